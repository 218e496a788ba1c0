package org.diadromi.registration;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.notification.MailContent;
import org.springframework.stereotype.Component;

/** What the mails about the Registry and its deadlines say. */
@Component
class RegistrationMail implements MailContent {

    private static final String REGISTERED = "registered";
    private static final String SOON = "additional-data-soon";
    private static final String LAST_NOTICE = "last-notice";
    private static final String ANSWER_LATE = "registry-late";

    private final RegistrationService registrations;
    private final Texts texts;

    RegistrationMail(RegistrationService registrations, Texts texts) {
        this.registrations = registrations;
        this.texts = texts;
    }

    @Override
    public Set<String> templates() {
        return Set.of(REGISTERED, SOON, LAST_NOTICE, ANSWER_LATE);
    }

    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        Registration registration = registrations.get(caseFile);
        if (template.equals(ANSWER_LATE)) {
            return registration.answer() != null
                    ? Optional.empty()
                    : Optional.of(Map.of("dueOn", texts.date(registrations.answerBy(caseFile))));
        }
        if (registration.additionalDataOn() != null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (template) {
                    case REGISTERED ->
                        Map.of(
                                "ventureName", registration.ventureName(),
                                "registryNumber", registration.registryNumber(),
                                "additionalDataBy", texts.date(registrations.additionalDataBy(caseFile)));
                    case SOON ->
                        Map.of(
                                "ventureName", registration.ventureName(),
                                "additionalDataBy", texts.date(registrations.additionalDataBy(caseFile)));
                    case LAST_NOTICE ->
                        Map.of(
                                "ventureName", registration.ventureName(),
                                "lastNoticeBy", texts.date(registrations.lastNoticeBy(caseFile)));
                    default -> throw new IllegalArgumentException("No mail of the registration: " + template);
                });
    }
}
