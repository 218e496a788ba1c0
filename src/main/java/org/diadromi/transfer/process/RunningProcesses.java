package org.diadromi.transfer.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.diadromi.workflow.InCentre;
import org.diadromi.workflow.ProcessStart;
import org.diadromi.workflow.Routing;
import org.springframework.stereotype.Component;

/** The processes of a case, which cannot change their centre: they end at the one and begin at the other, where they stood. */
@Component
class RunningProcesses {

    private static final String MESSAGE = "CaseTransferred";

    /** What ran of a case. */
    record Left(List<Running> processes) {}

    private record Running(String process, List<String> steps, Map<Routing, Object> routing) {}

    private final RuntimeService runtime;
    private final ProcessStart start;
    private final InCentre inCentre;

    RunningProcesses(RuntimeService runtime, ProcessStart start, InCentre inCentre) {
        this.runtime = runtime;
        this.start = start;
        this.inCentre = inCentre;
    }

    /** Ends whatever runs of the centre's case, and says what ran. */
    Left leave(String centreId, String caseNumber) {
        List<Running> left = new ArrayList<>();
        inCentre.run(centreId, () -> {
            for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                    .processInstanceBusinessKey(caseNumber)
                    .tenantIdIn(centreId)
                    .rootProcessInstances()
                    .list()) {
                left.add(new Running(
                        instance.getProcessDefinitionKey(),
                        steps(runtime.getActivityInstance(instance.getId())).toList(),
                        routing(instance.getId())));
                end(instance.getId());
            }
        });
        return new Left(left);
    }

    /** Begins at the centre what was left, each before the steps at which it stood. */
    void goOn(Left left, String centreId, String caseNumber) {
        left.processes()
                .forEach(running ->
                        start.startBefore(running.steps(), running.process(), centreId, caseNumber, running.routing()));
    }

    /** A process that knows the message says itself how it ends; a request, or a journey of an older model, is ended. */
    private void end(String instanceId) {
        if (runtime.createEventSubscriptionQuery()
                        .processInstanceId(instanceId)
                        .eventName(MESSAGE)
                        .count()
                > 0) {
            runtime.createMessageCorrelation(MESSAGE)
                    .processInstanceId(instanceId)
                    .correlate();
        } else {
            runtime.deleteProcessInstance(instanceId, MESSAGE);
        }
    }

    private static Stream<String> steps(ActivityInstance at) {
        return at.getChildActivityInstances().length == 0
                ? Stream.of(at.getActivityId())
                : Arrays.stream(at.getChildActivityInstances()).flatMap(RunningProcesses::steps);
    }

    private Map<Routing, Object> routing(String instanceId) {
        Map<Routing, Object> routing = new HashMap<>();
        runtime.getVariables(instanceId).forEach((name, value) -> {
            if (Routing.allows(name) && value != null) {
                routing.put(Routing.valueOf(name), value);
            }
        });
        return routing;
    }
}
