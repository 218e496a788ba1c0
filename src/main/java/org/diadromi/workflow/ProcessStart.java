package org.diadromi.workflow;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Starts a process of a case whose beginning has been recorded outside of its start form. */
@Component
public class ProcessStart {

    private final RuntimeService runtime;
    private final IdentityService identity;

    ProcessStart(RuntimeService runtime, IdentityService identity) {
        this.runtime = runtime;
        this.identity = identity;
    }

    /** Starts it for the centre's case with these routing variables, in the transaction that records its beginning. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void start(String process, String centreId, String caseNumber, Map<Routing, Object> routing) {
        Authentication before = identity.getCurrentAuthentication();
        // Nobody's rights, but within the centre: the process belongs to it.
        identity.setAuthentication(new Authentication(null, List.of(), List.of(centreId)));
        try {
            runtime.createProcessInstanceByKey(process)
                    .processDefinitionWithoutTenantId()
                    .businessKey(caseNumber)
                    .setVariables(routing.entrySet().stream()
                            .collect(Collectors.toMap(
                                    variable -> variable.getKey().name(), Map.Entry::getValue)))
                    .execute();
        } finally {
            if (before == null) {
                identity.clearAuthentication();
            } else {
                identity.setAuthentication(before);
            }
        }
    }
}
