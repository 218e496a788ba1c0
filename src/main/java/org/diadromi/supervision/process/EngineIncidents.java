package org.diadromi.supervision.process;

import java.time.LocalDateTime;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.supervision.EngineState;
import org.springframework.stereotype.Component;

/** The incidents and jobs as the engine keeps them. */
@Component
class EngineIncidents implements EngineState {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final AppClock clock;

    EngineIncidents(RuntimeService runtime, ManagementService management, AppClock clock) {
        this.runtime = runtime;
        this.management = management;
        this.clock = clock;
    }

    @Override
    public Map<String, Long> incidents() {
        return counted(Incident::getTenantId);
    }

    @Override
    public Map<String, Long> incidentsByStep() {
        return counted(Incident::getActivityId);
    }

    private Map<String, Long> counted(Function<Incident, String> by) {
        return roots().filter(incident -> by.apply(incident) != null)
                .collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }

    /** An incident of a phase is also one of the journey that called it: each once. */
    private Stream<Incident> roots() {
        return runtime.createIncidentQuery().list().stream()
                .filter(incident -> incident.getId().equals(incident.getRootCauseIncidentId()));
    }

    @Override
    public Jobs jobs() {
        Date now = Date.from(clock.instant());
        long failed = management.createJobQuery().noRetriesLeft().count();
        long all = management.createJobQuery().active().withRetriesLeft().count();
        long later = management
                .createJobQuery()
                .active()
                .withRetriesLeft()
                .duedateHigherThan(now)
                .count();
        return new Jobs(all - later, later, failed, oldestDue(now));
    }

    private LocalDateTime oldestDue(Date now) {
        return management
                .createJobQuery()
                .active()
                .withRetriesLeft()
                .duedateLowerThan(now)
                .orderByJobDuedate()
                .asc()
                .listPage(0, 1)
                .stream()
                .map(Job::getDuedate)
                .map(due -> LocalDateTime.ofInstant(due.toInstant(), BusinessCalendar.ATHENS))
                .findFirst()
                .orElse(null);
    }
}
