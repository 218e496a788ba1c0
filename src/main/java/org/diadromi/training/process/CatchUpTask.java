package org.diadromi.training.process;

import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.training.Attendance;
import org.diadromi.training.Training;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Records missed modules that were caught up, or that the person gives the training up. */
@Component
class CatchUpTask implements UserTask {

    private final CaseFiles cases;
    private final Training training;
    private final Texts texts;

    CatchUpTask(CaseFiles cases, Training training, Texts texts) {
        this.cases = cases;
        this.training = training;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_training_catchUp";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Attendance attendance = training.attendance(caseFile);
        return Map.of(
                "attendanceText",
                texts.of(
                        "training.attendance",
                        attendance.attendedHours(),
                        attendance.totalHours(),
                        attendance.percent(),
                        training.attendanceLimit(caseFile),
                        String.join(" · ", attendance.missing())));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        boolean passed = training.caughtUp(caseFile, answer.choices("modules"), task.userId());
        if (answer.yes("continues")) {
            return Map.of(Routing.attendancePassed, passed, Routing.trainingStopped, false);
        }
        training.dropped(caseFile, task.userId());
        // The journey asks for the decision on the plan: there will be none.
        return Map.of(Routing.attendancePassed, passed, Routing.trainingStopped, true, Routing.planDecision, "dropped");
    }
}
