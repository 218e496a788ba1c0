package org.diadromi.workflow;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Starts a process of a case whose beginning has been recorded outside of its start form. */
@Component
public class ProcessStart {

    private final RuntimeService runtime;
    private final InCentre inCentre;

    ProcessStart(RuntimeService runtime, InCentre inCentre) {
        this.runtime = runtime;
        this.inCentre = inCentre;
    }

    /** Starts it for the centre's case with these routing variables, in the transaction that records its beginning. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void start(String process, String centreId, String caseNumber, Map<Routing, Object> routing) {
        startBefore(List.of(), process, centreId, caseNumber, routing);
    }

    /** The same, but right before these steps of it instead of at its beginning; none: at its beginning. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void startBefore(
            List<String> steps, String process, String centreId, String caseNumber, Map<Routing, Object> routing) {
        inCentre.run(centreId, () -> {
            ProcessInstantiationBuilder start = runtime.createProcessInstanceByKey(process)
                    .processDefinitionWithoutTenantId()
                    .businessKey(caseNumber)
                    .setVariables(routing.entrySet().stream()
                            .collect(Collectors.toMap(
                                    variable -> variable.getKey().name(), Map.Entry::getValue)));
            steps.forEach(start::startBeforeActivity);
            start.execute();
        });
    }
}
