package org.diadromi.workflow;

import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Whether the engine does by itself what falls due, in place of the engine's own indicator of that name: while the history of a
 * demonstration is played the executor rests on purpose, and the player does what falls due.
 */
@Component("jobExecutorHealthIndicator")
@ConditionalOnProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
class ExecutorHealth extends AbstractHealthIndicator {

    private final JobExecutor executor;
    private final DemoClock demoClock;

    ExecutorHealth(JobExecutor executor, DemoClock demoClock) {
        super("The job executor cannot be asked");
        this.executor = executor;
        this.demoClock = demoClock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        boolean active = executor.isActive();
        boolean played = demoClock.isTaken();
        (active || played ? health.up() : health.down())
                .withDetail("name", executor.getName())
                .withDetail("active", active);
        if (played) {
            health.withDetail("resting", "the history of the demonstration is being played");
        }
    }
}
