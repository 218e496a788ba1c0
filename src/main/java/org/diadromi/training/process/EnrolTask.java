package org.diadromi.training.process;

import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.centre.Centre;
import org.diadromi.training.Training;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Finds the person a place in a cohort. */
@Component
class EnrolTask implements UserTask {

    private final CaseFiles cases;
    private final Training training;
    private final Texts texts;

    EnrolTask(CaseFiles cases, Training training, Texts texts) {
        this.cases = cases;
        this.training = training;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_training_enrol";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        Centre rules = training.rules(cases.get(task.centreId(), task.caseNumber()));
        return Map.of(
                "cohortRules",
                texts.of("training.rules", rules.cohortMin(), rules.cohortMax(), rules.teamsMin(), rules.teamsMax()));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        training.enrol(
                cases.get(task.centreId(), task.caseNumber()),
                answer.text("cohort"),
                answer.date("startsOn"),
                answer.date("endsOn"),
                answer.text("teamName"),
                task.userId());
        return Map.of();
    }
}
