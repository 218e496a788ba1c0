package org.diadromi.calendar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * The one clock that engine, mail and pages ask. It runs with the machine's clock; a demonstration or a test sets it
 * forward, and whoever keeps time of their own is told.
 */
@Component
public class AppClock extends Clock {

    private final CopyOnWriteArrayList<Consumer<Duration>> followers = new CopyOnWriteArrayList<>();
    private volatile Duration offset = Duration.ZERO;

    @Override
    public ZoneId getZone() {
        return BusinessCalendar.ATHENS;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), offset);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    /** The date in Athens. */
    public LocalDate today() {
        return LocalDate.now(this);
    }

    /** The date and time in Athens, as the tables keep it. */
    public LocalDateTime now() {
        return LocalDateTime.now(this);
    }

    /** How far this clock is ahead of the machine's. */
    public Duration offset() {
        return offset;
    }

    /** Sets how far this clock is ahead of the machine's, and tells the followers. */
    public void setOffset(Duration newOffset) {
        offset = newOffset;
        followers.forEach(follower -> follower.accept(newOffset));
    }

    /** Has the follower told of the offset now and at every change. */
    public void follow(Consumer<Duration> follower) {
        followers.add(follower);
        follower.accept(offset);
    }
}
