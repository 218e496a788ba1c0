package org.diadromi.counselling.process;

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
    public void cancel(CaseFile caseFile, String words) {
        if (caseFile.status() != CaseFile.Status.OPEN) {
            throw new RuleViolation(Problem.NO_APPOINTMENT_AHEAD);
        }
        counselling.cancel(caseFile, words);
        try {
            runtime.createMessageCorrelation(CANCELLED)
                    .processInstanceBusinessKey(caseFile.number())
                    .tenantId(caseFile.centreId())
                    .correlateWithResult();
        } catch (MismatchingMessageCorrelationException e) {
            // A case that began under an earlier model, which knew no such message.
            throw new RuleViolation(Problem.NO_APPOINTMENT_AHEAD);
        }
    }
}
