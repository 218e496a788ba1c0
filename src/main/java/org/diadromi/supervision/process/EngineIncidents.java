package org.diadromi.supervision.process;

import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.diadromi.supervision.EngineState;
import org.springframework.stereotype.Component;

/** The incidents as the engine keeps them. */
@Component
class EngineIncidents implements EngineState {

    private final RuntimeService runtime;

    EngineIncidents(RuntimeService runtime) {
        this.runtime = runtime;
    }

    @Override
    public Map<String, Long> incidents() {
        return runtime.createIncidentQuery().list().stream()
                .filter(incident -> incident.getTenantId() != null)
                // An incident of a phase is also one of the journey that called it.
                .filter(incident -> incident.getId().equals(incident.getRootCauseIncidentId()))
                .collect(Collectors.groupingBy(Incident::getTenantId, Collectors.counting()));
    }
}
