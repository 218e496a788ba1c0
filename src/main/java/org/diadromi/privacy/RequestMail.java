package org.diadromi.privacy;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.notification.MailContent;
import org.springframework.stereotype.Component;

/** What the mails say about a person's request. Whoever is to be erased is not told besides that their case was closed. */
@Component
class RequestMail implements MailContent {

    private static final String DUE_SOON = "request-due-soon";
    private static final String WITHDRAWAL = "withdrawal";

    private final DataRequests requests;
    private final Texts texts;

    RequestMail(DataRequests requests, Texts texts) {
        this.requests = requests;
        this.texts = texts;
    }

    @Override
    public Set<String> templates() {
        return Set.of(
                "request-unidentified",
                "request-extended",
                "request-refused",
                "request-answered",
                "request-erasure",
                DUE_SOON,
                WITHDRAWAL);
    }

    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        if (template.equals(WITHDRAWAL)) {
            return requests.willBeErased(caseFile) ? Optional.empty() : Optional.of(Map.of());
        }
        return (template.equals(DUE_SOON) ? requests.dueFirst(caseFile) : Optional.of(requests.latest(caseFile)))
                .map(request -> Map.of(
                        "kind", texts.of(locale, "requests.kind." + request.kind()),
                        "receivedOn", texts.date(request.receivedOn()),
                        "dueOn", texts.date(request.dueOn()),
                        "reason",
                                Objects.requireNonNullElse(
                                        request.decision() == null
                                                ? request.extensionReason()
                                                : request.decisionReason(),
                                        ""),
                        "how",
                                texts.of(
                                        locale,
                                        "requests.done."
                                                + (request.handedOver() == null
                                                        ? request.kind()
                                                        : request.handedOver()))));
    }
}
