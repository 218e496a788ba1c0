package org.diadromi.mypage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.document.Documents;
import org.diadromi.training.BusinessPlan;
import org.diadromi.training.Training;
import org.diadromi.workflow.TaskForms;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The business plan, handed in by the person. It completes the task that waits for it, with the files as documents of the case: from
 * that moment it is the centre that has to read.
 */
@Service
class OwnPlan {

    private static final String TASK = "task_training_handIn";

    /** What may come with a plan, as the form of staff has it. */
    static final List<String> DELIVERABLES = List.of(
            "canvas",
            "teamAgreement",
            "marketEvidence",
            "cashFlow",
            "businessPlanV1",
            "businessPlanV2",
            "statuteDraft",
            "pitch");

    /** The most files that come at once. */
    static final int MOST_FILES = 5;

    /** A file as it was chosen. */
    record Chosen(String name, byte[] bytes) {}

    /**
     * How it stands with the plan.
     *
     * @param latest what was handed in last; null before the first
     * @param waited whether the centre waits for it now
     */
    record Standing(BusinessPlan latest, boolean waited) {}

    private final CaseFiles cases;
    private final Training training;
    private final Documents documents;
    private final TaskForms forms;
    private final AppClock clock;

    OwnPlan(CaseFiles cases, Training training, Documents documents, TaskForms forms, AppClock clock) {
        this.cases = cases;
        this.training = training;
        this.documents = documents;
        this.forms = forms;
        this.clock = clock;
    }

    /** How it stands; empty where the plan is no matter now: not yet, no more, or the case rests. */
    Optional<Standing> of(CaseFile caseFile) {
        if (caseFile.status() != CaseFile.Status.OPEN) {
            return Optional.empty();
        }
        BusinessPlan latest = training.plan(caseFile).orElse(null);
        boolean waited = forms.waits(caseFile.centreId(), caseFile.number(), TASK);
        return waited || latest != null && latest.unreviewed()
                ? Optional.of(new Standing(latest, waited))
                : Optional.empty();
    }

    /**
     * Hands the plan in, today.
     *
     * @param deliverables codes of what it is
     * @param note what the person says to it; null for nothing
     * @throws TaskForms.Refused when nothing was ticked or the note is too long
     * @throws RuleViolation when a file is not taken, there is none or there are too many, or nobody waits for a plan (any more)
     */
    @Transactional
    void handIn(CaseFile caseFile, List<String> deliverables, String note, List<Chosen> files) {
        cases.lock(caseFile.id());
        if (!forms.waits(caseFile.centreId(), caseFile.number(), TASK)) {
            throw new RuleViolation(Problem.TASK_DONE_ALREADY);
        }
        if (files.isEmpty()) {
            throw new RuleViolation(Problem.DOCUMENT_EMPTY);
        }
        if (files.size() > MOST_FILES) {
            throw new RuleViolation(Problem.DOCUMENTS_TOO_MANY, MOST_FILES);
        }
        // Before the answer: the review begins with it, and shows what came.
        training.attach(
                caseFile,
                files.stream()
                        .map(file -> documents
                                .receive(caseFile, file.name(), file.bytes())
                                .id())
                        .toList());
        Map<String, Object> answer = new HashMap<>();
        answer.put("handedInOn", clock.today().toString());
        answer.put("deliverables", deliverables);
        answer.put("note", note);
        forms.answerAsPerson(caseFile.centreId(), caseFile.number(), TASK, answer);
    }
}
