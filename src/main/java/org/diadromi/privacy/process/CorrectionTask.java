package org.diadromi.privacy.process;

import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.contact.Intake;
import org.diadromi.privacy.DataRequests;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.TaskContext;
import org.springframework.stereotype.Component;

/** Corrects who the person is and how they are reached. */
@Component
class CorrectionTask extends RequestTask {

    private final CaseFiles cases;
    private final Intake intake;

    CorrectionTask(DataRequests requests, CaseFiles cases, Intake intake, Texts texts) {
        super(requests, texts);
        this.cases = cases;
        this.intake = intake;
    }

    @Override
    public String id() {
        return "task_dataRequest_correction";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Map<String, Object> shown = super.show(task);
        shown.put("firstName", caseFile.firstName());
        shown.put("lastName", caseFile.lastName());
        shown.put("phone", caseFile.phone());
        shown.put("email", caseFile.email());
        shown.put("municipality", caseFile.municipality());
        return shown;
    }

    @Override
    void grant(TaskContext task, Answer answer) {
        intake.correct(
                cases.get(task.centreId(), task.caseNumber()),
                new CaseFile.Identity(
                        answer.text("firstName"),
                        answer.text("lastName"),
                        answer.text("phone"),
                        answer.text("email"),
                        answer.text("municipality")));
    }
}
