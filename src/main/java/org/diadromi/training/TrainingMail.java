package org.diadromi.training;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.notification.MailContent;
import org.springframework.stereotype.Component;

/** What the mails of the training say: the cohort, the reminder of the plan, and what was decided about it. */
@Component
class TrainingMail implements MailContent {

    private static final String ENROLMENT = "training-enrolment";
    private static final String REMINDER = "plan-reminder";
    private static final String APPROVED = "plan-approved";
    private static final String RETURNED = "plan-returned";

    private final Training training;
    private final Texts texts;

    TrainingMail(Training training, Texts texts) {
        this.training = training;
        this.texts = texts;
    }

    @Override
    public Set<String> templates() {
        return Set.of(ENROLMENT, REMINDER, APPROVED, RETURNED);
    }

    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        return switch (template) {
            case ENROLMENT -> Optional.of(enrolment(caseFile));
            // A plan that waits for its review is nobody's to hand in.
            case REMINDER ->
                training.plan(caseFile).filter(BusinessPlan::unreviewed).isPresent()
                        ? Optional.empty()
                        : Optional.of(Map.of());
            case APPROVED -> Optional.of(Map.of());
            case RETURNED ->
                training.plan(caseFile).filter(BusinessPlan::returned).map(plan -> Map.of("comments", plan.comments()));
            default -> throw new IllegalArgumentException("Not a mail of the training: " + template);
        };
    }

    private Map<String, Object> enrolment(CaseFile caseFile) {
        Enrolment enrolment = training.enrolment(caseFile);
        return Map.of(
                "cohort", enrolment.cohort(),
                "startsOn", texts.date(enrolment.startsOn()),
                "endsOn", texts.date(enrolment.endsOn()),
                "teamName", enrolment.teamName() == null ? "" : enrolment.teamName(),
                "attendanceLimit", training.attendanceLimit(caseFile));
    }
}
