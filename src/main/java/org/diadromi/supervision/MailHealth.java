package org.diadromi.supervision;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.diadromi.calendar.AppClock;
import org.diadromi.notification.Outbox;
import org.diadromi.workflow.DemoClock;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** Whether mail goes out: a warning while mails were given up or have been due for long. */
@Component("outboxHealthIndicator")
class MailHealth extends AbstractHealthIndicator {

    /** The state of what works but wants somebody to look at it. */
    static final Status WARNING = new Status("WARNING");

    private static final Duration LONG = Duration.ofMinutes(30);

    private final Outbox outbox;
    private final AppClock clock;
    private final DemoClock demoClock;

    MailHealth(Outbox outbox, AppClock clock, DemoClock demoClock) {
        super("The outbox cannot be read");
        this.outbox = outbox;
        this.clock = clock;
        this.demoClock = demoClock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<Outbox.Queue> queues = outbox.queues();
        long failed = queues.stream().mapToLong(Outbox.Queue::failed).sum();
        LocalDateTime oldest = queues.stream()
                .map(Outbox.Queue::oldest)
                .filter(Objects::nonNull)
                .min(LocalDateTime::compareTo)
                .orElse(null);
        // The history of a demonstration runs through hours in a moment.
        boolean stuck = oldest != null
                && !demoClock.isTaken()
                && oldest.isBefore(clock.now().minus(LONG));
        health.status(failed > 0 || stuck ? WARNING : Status.UP)
                .withDetail(
                        "waiting",
                        queues.stream().mapToLong(Outbox.Queue::waiting).sum())
                .withDetail("failed", failed)
                .withDetail("dueSince", oldest == null ? "-" : oldest.toString());
    }
}
