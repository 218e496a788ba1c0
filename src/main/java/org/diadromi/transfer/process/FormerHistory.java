package org.diadromi.transfer.process;

import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.diadromi.casefile.CaseFile;
import org.diadromi.privacy.KeptOutside;
import org.diadromi.transfer.Transfer;
import org.diadromi.transfer.Transfers;
import org.springframework.stereotype.Component;

/** The engine's history of what a case was at centres before, and of the offers by which it went or did not go. */
@Component
class FormerHistory implements KeptOutside {

    private final Transfers transfers;
    private final HistoryService history;

    FormerHistory(Transfers transfers, HistoryService history) {
        this.transfers = transfers;
        this.history = history;
    }

    @Override
    public Runnable erase(CaseFile caseFile) {
        for (Transfer transfer : transfers.all(caseFile)) {
            Stream.concat(
                            of(transfer.fromCentre(), transfer.numberBefore()),
                            of(transfer.toCentre(), transfer.reference()))
                    .forEach(history::deleteHistoricProcessInstanceIfExists);
        }
        return () -> {};
    }

    private Stream<String> of(String centreId, String businessKey) {
        return history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .tenantIdIn(centreId)
                .finished()
                .list()
                .stream()
                .map(HistoricProcessInstance::getId);
    }
}
