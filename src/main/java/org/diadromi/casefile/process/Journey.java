package org.diadromi.casefile.process;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Date;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.process.ChangeForm.Change;
import org.diadromi.supervision.Outcomes;
import org.diadromi.workflow.Deadlines;
import org.diadromi.workflow.ProcessBean;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.Suspension;

/** What the journey itself does to a case: pause, go on, end. */
@ProcessBean("journey")
public class Journey {

    /** A paused case comes back before the day's work begins. */
    private static final LocalTime START_OF_WORK = LocalTime.of(8, 0);

    /** The Registry's deadlines: the law knows no pause. */
    private static final Set<String> SET_BY_LAW = Set.of(
            "task_registration_registryAnswer",
            "timer_registration_answerLate",
            "task_registration_additionalData",
            "timer_registration_additionalDataSoon",
            "timer_registration_additionalDataMissed",
            "task_registration_lastNotice",
            "timer_registration_lastNoticeMissed");

    private final CaseFiles cases;
    private final RuntimeService runtime;
    private final Suspension suspension;
    private final Deadlines deadlines;
    private final AppClock clock;

    Journey(CaseFiles cases, RuntimeService runtime, Suspension suspension, Deadlines deadlines, AppClock clock) {
        this.cases = cases;
        this.runtime = runtime;
        this.suspension = suspension;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** Brings a requested change to the journey of the case. */
    public void applyChange(DelegateExecution execution) {
        Change change = Change.valueOf((String) execution.getVariable(Routing.change.name()));
        runtime.createMessageCorrelation(change.message())
                .processInstanceBusinessKey(execution.getProcessBusinessKey())
                .tenantId(execution.getTenantId())
                .correlateWithResult();
    }

    /** Suspends the case's phase: its tasks leave the lists and its timers rest. */
    public void pause(DelegateExecution execution) {
        suspension.suspend(execution.getProcessInstanceId());
    }

    /** The morning of the day until which the case pauses. */
    public Date pausedUntil(DelegateExecution execution) {
        return deadlines.at(caseOf(execution).pausedUntil().atTime(START_OF_WORK));
    }

    /** Takes the phase up again; what was due is due later by as long as the pause was, but for the law. */
    public void resume(DelegateExecution execution) {
        CaseFile caseFile = caseOf(execution);
        suspension.resume(
                execution.getProcessInstanceId(), Duration.between(caseFile.pausedAt(), clock.now()), SET_BY_LAW);
        cases.resume(caseFile);
    }

    /** Ends the case as the person's wish. */
    public void withdraw(DelegateExecution execution) {
        cases.close(caseOf(execution), "withdrawn");
    }

    /** Ends the case as the centre's decision; one that was opened twice is nobody's failure. */
    public void closeByCentre(DelegateExecution execution) {
        CaseFile caseFile = caseOf(execution);
        cases.close(caseFile, "duplicate".equals(caseFile.outcomeReason()) ? Outcomes.DUPLICATE : "closedByCentre");
    }

    /** Ends the case with what the last phase came to. */
    public void close(DelegateExecution execution) {
        cases.close(caseOf(execution), outcome(execution));
    }

    /** The last phase that was reached decides; each phase leaves its result in one routing variable. */
    private static String outcome(DelegateExecution execution) {
        String ventureStatus = routing(execution, Routing.ventureStatus);
        if (ventureStatus != null) {
            return "followedUp";
        }
        String registry = routing(execution, Routing.registryAnswer);
        if (registry != null) {
            return "registry." + registry;
        }
        String plan = routing(execution, Routing.planDecision);
        if (plan != null) {
            return "training." + plan;
        }
        String conclusion = routing(execution, Routing.conclusion);
        if (conclusion != null) {
            return "counselling." + conclusion;
        }
        return "suitability." + Objects.requireNonNullElse(routing(execution, Routing.suitability), "none");
    }

    private static String routing(DelegateExecution execution, Routing variable) {
        return (String) execution.getVariable(variable.name());
    }

    private CaseFile caseOf(DelegateExecution execution) {
        return cases.get(execution.getTenantId(), execution.getProcessBusinessKey());
    }
}
