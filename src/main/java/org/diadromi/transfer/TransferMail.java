package org.diadromi.transfer;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.casefile.CaseFile;
import org.diadromi.centre.Centres;
import org.diadromi.notification.MailContent;
import org.springframework.stereotype.Component;

/** What people are told when their case has gone over to another centre. */
@Component
class TransferMail implements MailContent {

    private static final String TRANSFERRED = "transferred";

    private final Transfers transfers;
    private final Centres centres;

    TransferMail(Transfers transfers, Centres centres) {
        this.transfers = transfers;
        this.centres = centres;
    }

    @Override
    public Set<String> templates() {
        return Set.of(TRANSFERRED);
    }

    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        return transfers.all(caseFile).stream()
                .filter(transfer -> transfer.answer() == Transfer.Answer.ACCEPTED)
                .reduce((earlier, later) -> later)
                .map(last -> Map.of(
                        "fromCentre", centres.get(last.fromCentre()).name(locale),
                        "formerNumber", last.numberBefore()));
    }
}
