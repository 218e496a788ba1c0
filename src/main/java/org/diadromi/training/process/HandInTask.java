package org.diadromi.training.process;

import java.util.Map;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.training.BusinessPlan;
import org.diadromi.training.Training;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Records the version of the plan that the team hands in, with the comments on the version before in view. */
@Component
class HandInTask implements UserTask {

    private final CaseFiles cases;
    private final Training training;

    HandInTask(CaseFiles cases, Training training) {
        this.cases = cases;
        this.training = training;
    }

    @Override
    public String id() {
        return "task_training_handIn";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        return training.plan(cases.get(task.centreId(), task.caseNumber()))
                .filter(BusinessPlan::returned)
                .map(plan -> Map.<String, Object>of("returnedComments", plan.comments()))
                .orElse(Map.of());
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        training.handedIn(
                cases.get(task.centreId(), task.caseNumber()),
                answer.date("handedInOn"),
                answer.choices("deliverables"),
                answer.text("note"),
                task.userId());
        return Map.of();
    }
}
