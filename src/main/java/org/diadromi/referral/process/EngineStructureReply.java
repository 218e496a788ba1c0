package org.diadromi.referral.process;

import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseFile;
import org.diadromi.referral.Referral;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.StructureReply;
import org.diadromi.workflow.Routing;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records the answer and brings it by its message to the stage that waits for it. */
@Component
class EngineStructureReply implements StructureReply {

    private static final String ANSWERED = "StructureAnswered";

    private final Referrals referrals;
    private final RuntimeService runtime;

    EngineStructureReply(Referrals referrals, RuntimeService runtime) {
        this.referrals = referrals;
        this.runtime = runtime;
    }

    @Override
    @Transactional
    public void answer(CaseFile caseFile, Referral referral, boolean accepts, String note) {
        if (caseFile.status() != CaseFile.Status.OPEN) {
            throw new RuleViolation(Problem.REFERRAL_ANSWERED_ALREADY);
        }
        String said = accepts ? "accepted" : "declined";
        referrals.structureAnswered(caseFile, referral, said, note, null);
        try {
            runtime.createMessageCorrelation(ANSWERED)
                    .processInstanceBusinessKey(caseFile.number())
                    .tenantId(caseFile.centreId())
                    .setVariable(Routing.structureAnswer.name(), said)
                    .correlateWithResult();
        } catch (MismatchingMessageCorrelationException | OptimisticLockingException e) {
            // The case has gone another way, or somebody has just called.
            throw new RuleViolation(Problem.REFERRAL_ANSWERED_ALREADY);
        }
    }
}
