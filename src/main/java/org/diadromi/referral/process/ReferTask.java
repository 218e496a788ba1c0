package org.diadromi.referral.process;

import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.contact.Suitability;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.Structures;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Sends a person to a better path. */
@Component
class ReferTask implements UserTask {

    private final CaseFiles cases;
    private final Suitability suitability;
    private final Referrals referrals;
    private final Structures structures;
    private final Texts texts;

    ReferTask(CaseFiles cases, Suitability suitability, Referrals referrals, Structures structures, Texts texts) {
        this.cases = cases;
        this.suitability = suitability;
        this.referrals = referrals;
        this.structures = structures;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_firstContact_refer";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        Suitability.Decision decision = suitability.decision(cases.get(task.centreId(), task.caseNumber()));
        return Map.of(
                "suitabilityOutcome", texts.option("suitability", decision.outcome()),
                "suitabilityReason", decision.reason(),
                "structureOptions", structures.offered(task.centreId()));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        boolean asked = referrals.refer(
                cases.get(task.centreId(), task.caseNumber()),
                (String) task.value(Routing.suitability),
                Referrals.Destination.of(answer),
                task.userId());
        return Map.of(Routing.structureTold, asked);
    }
}
