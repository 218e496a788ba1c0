package org.diadromi.casefile.process;

import java.time.LocalDate;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseChanges;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.process.ChangeForm.Change;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records a change and brings it to the case's journey by its message. */
@Component
@Transactional
class EngineCaseChanges implements CaseChanges {

    private final CaseFiles cases;
    private final RuntimeService runtime;

    EngineCaseChanges(CaseFiles cases, RuntimeService runtime) {
        this.cases = cases;
        this.runtime = runtime;
    }

    @Override
    public void pause(CaseFile caseFile, LocalDate until, String reason, String note, String byUser) {
        apply(caseFile, Change.pause, until, reason, note, byUser);
    }

    @Override
    public void resume(CaseFile caseFile, String byUser) {
        apply(caseFile, Change.resume, null, null, null, byUser);
    }

    @Override
    public void withdraw(CaseFile caseFile, String reason, String note, String byUser) {
        apply(caseFile, Change.withdrawal, null, reason, note, byUser);
    }

    @Override
    public void close(CaseFile caseFile, String reason, String note, String byUser) {
        apply(caseFile, Change.closing, null, reason, note, byUser);
    }

    private void apply(CaseFile caseFile, Change change, LocalDate until, String reason, String note, String byUser) {
        try {
            record(caseFile, change, until, reason, note, byUser);
            runtime.createMessageCorrelation(change.message())
                    .processInstanceBusinessKey(caseFile.number())
                    .tenantId(caseFile.centreId())
                    .correlateWithResult();
        } catch (OptimisticLockingException | OptimisticLockingFailureException e) {
            throw new RuleViolation(Problem.CHANGED_MEANWHILE);
        }
    }

    /** Writes down what is asked for; the journey does the rest when it gets the message. */
    void record(CaseFile caseFile, Change change, LocalDate until, String reason, String note, String byUser) {
        switch (change) {
            case pause -> cases.pause(caseFile, until, reason, note, byUser);
            case resume -> {
                if (caseFile.status() != CaseFile.Status.PAUSED) {
                    throw new RuleViolation(Problem.CASE_NOT_PAUSED, caseFile.number());
                }
            }
            case withdrawal, closing -> cases.explainEnd(caseFile, reason, note, byUser);
        }
    }
}
