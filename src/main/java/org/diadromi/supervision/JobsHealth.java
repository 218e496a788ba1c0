package org.diadromi.supervision;

import java.time.Duration;
import java.util.Map;
import org.diadromi.calendar.AppClock;
import org.diadromi.workflow.DemoClock;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** Whether the engine does its own work: a warning while steps have failed for good or wait long past their time. */
@Component("failedJobsHealthIndicator")
class JobsHealth extends AbstractHealthIndicator {

    private static final Duration LONG = Duration.ofMinutes(30);

    private final EngineState engine;
    private final AppClock clock;
    private final DemoClock demoClock;

    JobsHealth(EngineState engine, AppClock clock, DemoClock demoClock) {
        super("The engine's jobs cannot be read");
        this.engine = engine;
        this.clock = clock;
        this.demoClock = demoClock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        EngineState.Jobs jobs = engine.jobs();
        Map<String, Long> steps = engine.incidentsByStep();
        // The history of a demonstration runs through hours in a moment.
        boolean stuck = jobs.oldestDue() != null
                && !demoClock.isTaken()
                && jobs.oldestDue().isBefore(clock.now().minus(LONG));
        health.status(jobs.failed() > 0 || !steps.isEmpty() || stuck ? MailHealth.WARNING : Status.UP)
                .withDetail("failed", jobs.failed())
                .withDetail("steps", steps)
                .withDetail("due", jobs.due())
                .withDetail(
                        "dueSince",
                        jobs.oldestDue() == null ? "-" : jobs.oldestDue().toString());
    }
}
