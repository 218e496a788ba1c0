package org.diadromi.followup;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.notification.MailContent;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Deadlines;
import org.springframework.stereotype.Component;

/** What the reminder of the annual certificate and the questions of a follow-up say; a venture that has closed gets none. */
@Component
class FollowUpMail implements MailContent {

    private static final String CERTIFICATE = "annual-certificate";

    /** Also the name of the time that the answer has. */
    private static final String SURVEY = "follow-up-survey";

    private final FollowUpService followUps;
    private final RegistrationService registrations;
    private final Deadlines deadlines;
    private final AppClock clock;
    private final Texts texts;

    FollowUpMail(
            FollowUpService followUps,
            RegistrationService registrations,
            Deadlines deadlines,
            AppClock clock,
            Texts texts) {
        this.followUps = followUps;
        this.registrations = registrations;
        this.deadlines = deadlines;
        this.clock = clock;
        this.texts = texts;
    }

    @Override
    public Set<String> templates() {
        return Set.of(CERTIFICATE, SURVEY);
    }

    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        if (followUps.hasClosed(caseFile)) {
            return Optional.empty();
        }
        String ventureName = registrations.get(caseFile).ventureName();
        return template.equals(CERTIFICATE)
                ? Optional.of(Map.of("ventureName", ventureName))
                : followUps.nextMonth(caseFile).map(month -> survey(month, ventureName, caseFile));
    }

    /** Questions that have been answered since are asked no more, though those of a later month may wait. */
    @Override
    public boolean hasPoint(String template, CaseFile caseFile, LocalDateTime writtenAt) {
        return MailContent.super.hasPoint(template, caseFile, writtenAt)
                && (!template.equals(SURVEY)
                        || followUps.of(caseFile).stream()
                                .allMatch(answered -> answered.recordedAt().isBefore(writtenAt)));
    }

    /** It goes out as the task of staff begins, so that both have the same time. */
    private Map<String, Object> survey(int month, String ventureName, CaseFile caseFile) {
        return Map.of(
                "month",
                month,
                "ventureName",
                ventureName,
                "answerBy",
                texts.date(deadlines.after(SURVEY, caseFile.centreId(), clock.today())));
    }
}
