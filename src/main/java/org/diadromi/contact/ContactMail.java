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
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Timeline;
import org.diadromi.centre.ServiceLevels;
import org.diadromi.notification.MailContent;
import org.springframework.stereotype.Component;

/** What the mails of the first contact say. */
@Component
class ContactMail implements MailContent {

    private final CaseFiles cases;
    private final ServiceLevels levels;
    private final BusinessCalendar calendar;
    private final Texts texts;
    private final AppClock clock;

    ContactMail(CaseFiles cases, ServiceLevels levels, BusinessCalendar calendar, Texts texts, AppClock clock) {
        this.cases = cases;
        this.levels = levels;
        this.calendar = calendar;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    public Set<String> templates() {
        return Set.of("acknowledgement", "not-now", "interview-late");
    }

    /** Nobody is thanked for writing who did not write, but has come with their case from another centre. */
    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        if (template.equals("acknowledgement")
                && cases.history(caseFile).stream().anyMatch(entry -> entry.kind() == Timeline.Kind.TRANSFERRED)) {
            return Optional.empty();
        }
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
