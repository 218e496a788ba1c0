package org.diadromi.counselling.process;

import java.util.Map;
import java.util.Optional;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.counselling.Caseload;
import org.diadromi.counselling.Counselling;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** A counsellor agrees on needs and goals with the person, and so takes the case on. */
@Component
class SupportPlanTask implements UserTask {

    private final CaseFiles cases;
    private final Counselling counselling;
    private final Caseload caseload;

    SupportPlanTask(CaseFiles cases, Counselling counselling, Caseload caseload) {
        this.cases = cases;
        this.counselling = counselling;
        this.caseload = caseload;
    }

    @Override
    public String id() {
        return "task_counselling_supportPlan";
    }

    @Override
    public Optional<String> assignee(TaskContext task) {
        return caseload.counsellor(task.centreId(), task.caseNumber());
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        counselling.plan(
                cases.get(task.centreId(), task.caseNumber()),
                answer.text("needs"),
                answer.text("goals"),
                answer.choices("areas"),
                answer.number("plannedSessions"),
                task.userId());
        return Map.of();
    }
}
