package org.diadromi.referral.process;

import java.util.Map;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.referral.Referrals;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Asks a person whether the referral helped. */
@Component
class ReferralCallTask implements UserTask {

    private final CaseFiles cases;
    private final Referrals referrals;

    ReferralCallTask(CaseFiles cases, Referrals referrals) {
        this.cases = cases;
        this.referrals = referrals;
    }

    @Override
    public String id() {
        return "task_firstContact_referralCall";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        return Map.of(
                "structure",
                referrals.latest(cases.get(task.centreId(), task.caseNumber())).structure());
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        boolean comesBack = answer.yes("comesBack");
        referrals.answered(
                cases.get(task.centreId(), task.caseNumber()),
                answer.text("helped"),
                comesBack,
                answer.text("note"),
                task.userId());
        return Map.of(Routing.comesBack, comesBack);
    }
}
