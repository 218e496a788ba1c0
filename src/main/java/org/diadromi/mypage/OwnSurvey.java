package org.diadromi.mypage;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.followup.FollowUpService;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.TaskForms;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The follow-up's questions, answered by the person. The answer completes the task of staff through the contract of its form, so
 * that both are checked alike, and whoever comes first has answered.
 */
@Service
class OwnSurvey {

    private static final String TASK = "task_followUp_survey";

    /** How a venture may be by its own word; that nobody could be reached is for staff to say. */
    static final List<String> STATUSES = List.of("active", "dormant", "closed");

    static final List<String> CHOICES = List.of("needsHelp", "publishConsent");
    static final List<String> TEXTS = List.of("closedReason", "partners", "needs");
    static final List<String> COUNTS =
            List.of("members", "nonMemberStaff", "jobsFull", "jobsPart", "jobsWomen", "jobsTarget", "peopleServed");
    static final List<String> SUMS = List.of("turnover", "publicShare", "payroll", "fundingReceived");

    private static final Pattern GREEK_THOUSANDS = Pattern.compile("-?[1-9]\\d{0,2}(\\.\\d{3})+(,\\d{0,2})?");
    private static final Pattern ENGLISH_THOUSANDS = Pattern.compile("-?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d{0,2})?");
    private static final Pattern PLAIN = Pattern.compile("-?\\d{1,20}([.,]\\d{0,20})?");

    /** What is asked of a venture: how many months after its registration. */
    record Asked(int month, String ventureName) {}

    private final CaseFiles cases;
    private final FollowUpService followUps;
    private final RegistrationService registrations;
    private final TaskForms forms;

    OwnSurvey(CaseFiles cases, FollowUpService followUps, RegistrationService registrations, TaskForms forms) {
        this.cases = cases;
        this.followUps = followUps;
        this.registrations = registrations;
        this.forms = forms;
    }

    /** What waits for an answer; empty when nothing does, because it is not time, has been answered or the case rests. */
    Optional<Asked> asked(CaseFile caseFile) {
        if (caseFile.status() != CaseFile.Status.OPEN || !forms.waits(caseFile.centreId(), caseFile.number(), TASK)) {
            return Optional.empty();
        }
        return followUps
                .nextMonth(caseFile)
                .map(month -> new Asked(month, registrations.get(caseFile).ventureName()));
    }

    /**
     * Answers what waits.
     *
     * @param typed by the keys of the form, as they were typed
     * @throws TaskForms.Refused when something is missing or wrong
     * @throws org.diadromi.RuleViolation when it has been answered already
     */
    @Transactional
    void answer(CaseFile caseFile, Map<String, String> typed) {
        cases.lock(caseFile.id());
        Map<String, Object> answer = new HashMap<>();
        answer.put("ventureStatus", STATUSES.contains(typed.get("ventureStatus")) ? typed.get("ventureStatus") : null);
        CHOICES.forEach(key -> answer.put(key, typed.get(key)));
        TEXTS.forEach(key -> answer.put(key, typed.get(key)));
        COUNTS.forEach(key -> answer.put(key, number(typed.get(key))));
        SUMS.forEach(key -> answer.put(key, number(typed.get(key))));
        forms.answerAsPerson(caseFile.centreId(), caseFile.number(), TASK, answer);
    }

    /**
     * A number as people write it: «12.500,50», «12500,5», «12,500.50», «12 500 €». A sign before exactly three digits divides
     * thousands: nobody counts tenths of a cent. What is none is given back as it is, for the form to refuse.
     */
    static Object number(String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        String text = typed.replaceAll("[\\s\\u00a0\\u202f€%]", "");
        if (GREEK_THOUSANDS.matcher(text).matches()) {
            text = text.replace(".", "");
        } else if (ENGLISH_THOUSANDS.matcher(text).matches()) {
            text = text.replace(",", "");
        }
        return PLAIN.matcher(text).matches() ? new BigDecimal(text.replace(',', '.')) : typed;
    }
}
