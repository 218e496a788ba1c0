package org.diadromi.workflow;

import org.camunda.bpm.engine.RuntimeService;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Starts the journey of a case that nobody of the staff registers: from the public form, an event, a structure. */
@Component
public class JourneyStart {

    private final RuntimeService runtime;
    private final InCentre inCentre;

    JourneyStart(RuntimeService runtime, InCentre inCentre) {
        this.runtime = runtime;
        this.inCentre = inCentre;
    }

    /** Starts the journey of the centre's case, in the transaction that opens it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void start(String centreId, String caseNumber) {
        inCentre.run(
                centreId,
                () -> runtime.createMessageCorrelation("CaseOpened")
                        .processInstanceBusinessKey(caseNumber)
                        .withoutTenantId()
                        .correlateStartMessage());
    }
}
