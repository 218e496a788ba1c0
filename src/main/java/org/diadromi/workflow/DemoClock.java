package org.diadromi.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.runtime.Job;
import org.diadromi.DiadromiSettings;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.notification.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Moves the one clock forward in a demonstration. The timers on the way fire one after the other, each at its own time, so that
 * what follows from one is there before the next.
 */
@Component
public class DemoClock {

    private static final Logger LOG = LoggerFactory.getLogger(DemoClock.class);
    private static final String SETTING = "demo.clock.seconds-ahead";
    private static final int PATIENCE = 50;

    private final AppClock clock;
    private final ManagementService management;
    private final Outbox outbox;
    private final JdbcClient jdbc;
    private final ObjectProvider<JobExecutor> executor;
    private volatile boolean taken;
    private boolean executorRan;

    DemoClock(
            AppClock clock,
            @Lazy ManagementService management,
            @Lazy Outbox outbox,
            JdbcClient jdbc,
            ObjectProvider<JobExecutor> executor,
            DiadromiSettings settings) {
        this.clock = clock;
        this.management = management;
        this.outbox = outbox;
        this.jdbc = jdbc;
        this.executor = executor;
        if (settings.demo()) {
            saved().ifPresent(clock::setOffset);
        }
    }

    private Optional<Duration> saved() {
        return jdbc.sql("select setting_value from app_setting where name = ?")
                .param(SETTING)
                .query(Long.class)
                .optional()
                .map(Duration::ofSeconds);
    }

    /**
     * Takes the clock for a history that is played, and sets it to where the history is: until it is given back nobody else moves
     * it, and the engine runs no job by itself.
     */
    public synchronized void take(Instant moment) {
        taken = true;
        play(moment);
    }

    /** The engine starts its executor a little after the application is ready. */
    private void rest() {
        JobExecutor running = executor.getIfAvailable();
        if (running != null && running.isActive()) {
            running.shutdown();
            executorRan = true;
        }
    }

    /** Sets the clock that was taken to any moment. */
    public void play(Instant moment) {
        rest();
        clock.setOffset(Duration.between(Instant.now(), moment));
    }

    /**
     * Sets the clock back to where it was before it was taken.
     *
     * @param complete whether the history is: then the engine works by itself again. With half of one, all that is still to come in
     *     it would happen at once, today
     */
    public synchronized void giveBack(boolean complete) {
        clock.setOffset(saved().orElse(Duration.ZERO));
        if (complete && executorRan) {
            executorRan = false;
            executor.getObject().start();
        }
        taken = false;
    }

    /** Whether a history is being played, so that nothing happens by itself and moments are not those of today. */
    public boolean isTaken() {
        return taken;
    }

    /** The moment at which the clock will be when it is given back. */
    public Instant present() {
        return Instant.now().plus(saved().orElse(Duration.ZERO));
    }

    /**
     * Moves the clock on by a period of at most ten years and runs what falls due on the way.
     *
     * @return how many timers fired
     * @throws IllegalArgumentException when the period is negative, zero or longer
     * @throws RuleViolation while a history is played
     */
    public synchronized int advance(Period by) {
        if (taken) {
            throw new RuleViolation(Problem.HISTORY_IS_PLAYED);
        }
        ZonedDateTime now = ZonedDateTime.now(clock);
        ZonedDateTime target = now.plus(by);
        if (!target.isAfter(now) || target.isAfter(now.plusYears(10))) {
            throw new IllegalArgumentException("The clock moves forward by at most ten years, not by " + by);
        }
        int fired = 0;
        int patience = PATIENCE;
        Set<String> given = new HashSet<>();
        for (Optional<Job> next = next(target.toInstant(), given);
                next.isPresent();
                next = next(target.toInstant(), given)) {
            Job job = next.get();
            moveTo(job.getDuedate().toInstant());
            try {
                management.executeJob(job.getId());
                fired++;
                patience = PATIENCE;
            } catch (ProcessEngineException e) {
                // The engine's own executor may have taken it the moment the clock moved: then it is gone on the next
                // look.
                if (--patience == 0) {
                    LOG.warn(
                            "The timer {} does not run: {}",
                            job.getId(),
                            e.getClass().getSimpleName());
                    given.add(job.getId());
                    patience = PATIENCE;
                }
                pause();
            }
            outbox.sendDue();
        }
        moveTo(target.toInstant());
        save();
        outbox.sendDue();
        return fired;
    }

    private Optional<Job> next(Instant until, Set<String> given) {
        return management
                .createJobQuery()
                .active()
                .withRetriesLeft()
                .duedateLowerThan(Date.from(until))
                .orderByJobDuedate()
                .asc()
                .list()
                .stream()
                // The engine's own clean-up comes by every night and is no part of the story.
                .filter(job -> job.getProcessDefinitionId() != null && !given.contains(job.getId()))
                .findFirst();
    }

    private void moveTo(Instant moment) {
        if (moment.isAfter(clock.instant())) {
            clock.setOffset(Duration.between(Instant.now(), moment));
        }
    }

    private void save() {
        String seconds = String.valueOf(clock.offset().toSeconds());
        int known = jdbc.sql("update app_setting set setting_value = ? where name = ?")
                .params(seconds, SETTING)
                .update();
        if (known == 0) {
            jdbc.sql("insert into app_setting (name, setting_value) values (?, ?)")
                    .params(SETTING, seconds)
                    .update();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
