package org.diadromi.followup.process;

import java.util.Map;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.followup.FollowUpService;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Stands by a venture that is at risk. */
@Component
class MentoringTask implements UserTask {

    private final CaseFiles cases;
    private final FollowUpService followUps;

    MentoringTask(CaseFiles cases, FollowUpService followUps) {
        this.cases = cases;
        this.followUps = followUps;
    }

    @Override
    public String id() {
        return "task_followUp_mentoring";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        return Map.of(
                "riskText",
                followUps
                        .get(cases.get(task.centreId(), task.caseNumber()), month(task))
                        .riskReason());
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        followUps.mentored(
                cases.get(task.centreId(), task.caseNumber()),
                month(task),
                answer.text("actions"),
                answer.count("contactMinutes"),
                answer.count("preparationMinutes"),
                task.userId());
        return Map.of();
    }

    private static int month(TaskContext task) {
        return (Integer) task.value(Routing.followUpMonth);
    }
}
