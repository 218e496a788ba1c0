package org.diadromi.referral.process;

import java.util.HashMap;
import java.util.Map;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.referral.Referral;
import org.diadromi.referral.Referrals;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Asks a structure that has not answered a referral whether it takes the person on. */
@Component
class StructureCallTask implements UserTask {

    /** What its form shows when the person does not want any more that the structure is told of them. */
    static final String TAKEN_BACK = "consentWithdrawn";

    private final CaseFiles cases;
    private final Referrals referrals;

    StructureCallTask(CaseFiles cases, Referrals referrals) {
        this.cases = cases;
        this.referrals = referrals;
    }

    @Override
    public String id() {
        return "task_firstContact_structureCall";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Referral referral = referrals.latest(caseFile);
        Map<String, Object> values = new HashMap<>();
        values.put(TAKEN_BACK, referrals.awaited(caseFile).isEmpty());
        values.put("structure", referral.structure());
        values.put("structureContact", referral.contact());
        return values;
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        // As the structure's own answer does: of the two at once the second finds the first.
        CaseFile caseFile = cases.locked(task.centreId(), task.caseNumber());
        String said = answer.text("structureAnswer");
        referrals.structureAnswered(caseFile, referrals.latest(caseFile), said, answer.text("note"), task.userId());
        return Map.of(Routing.structureAnswer, said);
    }
}
