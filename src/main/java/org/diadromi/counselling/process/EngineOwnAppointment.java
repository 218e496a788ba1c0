package org.diadromi.counselling.process;

import java.time.LocalDateTime;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseFile;
import org.diadromi.counselling.Counselling;
import org.diadromi.counselling.OwnAppointment;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what a person does about their appointment and tells the counselling process of it. */
@Component
class EngineOwnAppointment implements OwnAppointment {

    private static final String CANCELLED = "AppointmentCancelled";
    private static final String MOVED = "AppointmentMoved";

    private final Counselling counselling;
    private final RuntimeService runtime;

    EngineOwnAppointment(Counselling counselling, RuntimeService runtime) {
        this.counselling = counselling;
        this.runtime = runtime;
    }

    @Override
    public void confirm(CaseFile caseFile) {
        counselling.confirm(caseFile);
    }

    @Override
    @Transactional
    public void move(CaseFile caseFile, LocalDateTime startsAt) {
        requireOpen(caseFile);
        counselling.move(caseFile, startsAt);
        tell(caseFile, MOVED);
    }

    @Override
    @Transactional
    public void cancel(CaseFile caseFile, String words) {
        requireOpen(caseFile);
        counselling.cancel(caseFile, words);
        tell(caseFile, CANCELLED);
    }

    private static void requireOpen(CaseFile caseFile) {
        if (caseFile.status() != CaseFile.Status.OPEN) {
            throw new RuleViolation(Problem.NO_APPOINTMENT_AHEAD);
        }
    }

    private void tell(CaseFile caseFile, String message) {
        try {
            runtime.createMessageCorrelation(message)
                    .processInstanceBusinessKey(caseFile.number())
                    .tenantId(caseFile.centreId())
                    .correlateWithResult();
        } catch (MismatchingMessageCorrelationException e) {
            // A case that began under an earlier model, which knew no such message.
            throw new RuleViolation(Problem.NO_APPOINTMENT_AHEAD);
        }
    }
}
