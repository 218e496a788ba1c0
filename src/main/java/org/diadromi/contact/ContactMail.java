package org.diadromi.contact;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.casefile.CaseFile;
import org.diadromi.centre.ServiceLevels;
import org.diadromi.notification.MailContent;
import org.springframework.stereotype.Component;

/** What the mails of the first contact say. */
@Component
class ContactMail implements MailContent {

    private final ServiceLevels levels;
    private final BusinessCalendar calendar;
    private final Texts texts;
    private final AppClock clock;

    ContactMail(ServiceLevels levels, BusinessCalendar calendar, Texts texts, AppClock clock) {
        this.levels = levels;
        this.calendar = calendar;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    public Set<String> templates() {
        return Set.of("acknowledgement", "not-now", "interview-late");
    }

    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        return Optional.of(
                switch (template) {
                    case "acknowledgement" ->
                        Map.of(
                                "withinDays",
                                levels.span(caseFile.centreId(), "initial-interview")
                                        .businessDays());
                    case "not-now" -> Map.of("askAgainOn", after("ask-again", caseFile, clock.today()));
                    default ->
                        Map.of(
                                "taskName",
                                texts.of(locale, "task.initialInterview"),
                                "dueOn",
                                texts.date(clock.today()));
                });
    }

    private String after(String deadline, CaseFile caseFile, LocalDate day) {
        return texts.date(calendar.plus(caseFile.centreId(), day, levels.span(caseFile.centreId(), deadline)));
    }
}
