package org.diadromi.training.process;

import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.training.Enrolment;
import org.diadromi.training.Training;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Records which modules were attended in the cohort. */
@Component
class AttendanceTask implements UserTask {

    private final CaseFiles cases;
    private final Training training;
    private final Texts texts;

    AttendanceTask(CaseFiles cases, Training training, Texts texts) {
        this.cases = cases;
        this.training = training;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_training_attendance";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Enrolment enrolment = training.enrolment(caseFile);
        return Map.of(
                "cohort",
                texts.of(
                        "training.cohort",
                        enrolment.cohort(),
                        texts.date(enrolment.startsOn()),
                        texts.date(enrolment.endsOn())),
                "attendanceLimit",
                texts.of("training.limit", training.attendanceLimit(caseFile)));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        return Map.of(
                Routing.attendancePassed,
                training.attended(
                        cases.get(task.centreId(), task.caseNumber()), answer.choices("modules"), task.userId()));
    }
}
