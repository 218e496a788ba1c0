package org.diadromi.workflow;

import java.time.Duration;
import org.springframework.security.authentication.LockedException;

/** There were too many wrong passwords or codes; it says how long to wait. */
class TooManyTries extends LockedException {

    private final transient Duration wait;

    TooManyTries(Duration wait) {
        super("Too many wrong tries");
        this.wait = wait;
    }

    /** Whole seconds after which one more try is let through, at least one. */
    long seconds() {
        return Math.max(1, wait.toSeconds() + 1);
    }

    /** The same in minutes, rounded up, as people are told. */
    long minutes() {
        return (seconds() + 59) / 60;
    }
}
