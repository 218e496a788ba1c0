package org.diadromi.referral.process;

import java.util.List;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.referral.Referral;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.StructureReply;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Records the answer and brings it by its message to the stage that waits for it, or what the person says to the task to call. */
@Component
class EngineStructureReply implements StructureReply {

    private static final String ANSWERED = "StructureAnswered";

    private final CaseFiles cases;
    private final Referrals referrals;
    private final List<StructureCallTask> calls;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final TransactionTemplate transaction;

    EngineStructureReply(
            CaseFiles cases,
            Referrals referrals,
            List<StructureCallTask> calls,
            RuntimeService runtime,
            TaskService tasks,
            PlatformTransactionManager transactions) {
        this.cases = cases;
        this.referrals = referrals;
        this.calls = calls;
        this.runtime = runtime;
        this.tasks = tasks;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public void answer(CaseFile caseFile, Referral referral, boolean accepts, String note) {
        try {
            answerOnce(caseFile, referral, accepts, note);
        } catch (OptimisticLockingException clash) {
            // The time for the answer has just run out, and the task to call takes it: not too late, as a second press
            // would show.
            try {
                answerOnce(caseFile, referral, accepts, note);
            } catch (OptimisticLockingException again) {
                throw new RuleViolation(Problem.REFERRAL_ANSWERED_ALREADY);
            }
        }
    }

    private void answerOnce(CaseFile caseFile, Referral referral, boolean accepts, String note) {
        transaction.executeWithoutResult(status -> hear(caseFile, referral, accepts, note));
    }

    private void hear(CaseFile caseFile, Referral referral, boolean accepts, String note) {
        // What the page has read may be old: the consent may be taken back, or the case ended, at the same moment.
        CaseFile now = cases.locked(caseFile.centreId(), caseFile.number());
        if (!referrals.awaits(now, referral)) {
            throw new RuleViolation(Problem.REFERRAL_ANSWERED_ALREADY);
        }
        String said = accepts ? "accepted" : "declined";
        referrals.structureAnswered(now, referral, said, note, null);
        try {
            runtime.createMessageCorrelation(ANSWERED)
                    .processInstanceBusinessKey(now.number())
                    .tenantId(now.centreId())
                    .setVariable(Routing.structureAnswer.name(), said)
                    .correlateWithResult();
        } catch (MismatchingMessageCorrelationException e) {
            // The case has gone another way.
            throw new RuleViolation(Problem.REFERRAL_ANSWERED_ALREADY);
        }
    }

    @Override
    @Transactional
    public void takenBack(CaseFile caseFile) {
        tasks.createTaskQuery()
                .processInstanceBusinessKey(caseFile.number())
                .tenantIdIn(caseFile.centreId())
                .taskDefinitionKeyIn(calls.stream().map(UserTask::id).toArray(String[]::new))
                .list()
                .forEach(call -> tasks.setVariableLocal(call.getId(), StructureCallTask.TAKEN_BACK, true));
    }
}
