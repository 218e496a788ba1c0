package org.diadromi.workflow;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Starts the journey of a case that nobody of the staff registers: from the public form, an event, a structure. */
@Component
public class JourneyStart {

    private final RuntimeService runtime;
    private final IdentityService identity;

    JourneyStart(RuntimeService runtime, IdentityService identity) {
        this.runtime = runtime;
        this.identity = identity;
    }

    /** Starts the journey of the centre's case, in the transaction that opens it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void start(String centreId, String caseNumber) {
        Authentication before = identity.getCurrentAuthentication();
        // Nobody's rights, but within the centre: the process belongs to it.
        identity.setAuthentication(new Authentication(null, List.of(), List.of(centreId)));
        try {
            runtime.createMessageCorrelation("CaseOpened")
                    .processInstanceBusinessKey(caseNumber)
                    .withoutTenantId()
                    .correlateStartMessage();
        } finally {
            if (before == null) {
                identity.clearAuthentication();
            } else {
                identity.setAuthentication(before);
            }
        }
    }
}
