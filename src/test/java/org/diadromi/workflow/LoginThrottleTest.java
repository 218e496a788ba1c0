package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.diadromi.DiadromiSettings;
import org.junit.jupiter.api.Test;

/** How many wrong passwords are too many, and for how long. */
class LoginThrottleTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LoginThrottle throttle =
            new LoginThrottle(new DiadromiSettings.Login(5, 20, Duration.ofMinutes(15), null), new TimeMeter() {
                @Override
                public long currentTimeNanos() {
                    return nanos.get();
                }

                @Override
                public boolean isWallClockBased() {
                    return false;
                }
            });

    private boolean wrong(String account, String address) {
        return throttle.attempt(account, address, () -> false);
    }

    private boolean right(String account, String address) {
        return throttle.attempt(account, address, () -> true);
    }

    private void waitFor(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void after_five_wrong_ones_nothing_is_checked_until_three_minutes_have_passed() {
        for (int i = 0; i < 5; i++) {
            assertThat(wrong("maria", "1")).isFalse();
        }
        TooManyTries refused = catchThrowableOfType(TooManyTries.class, () -> right("maria", "2"));
        assertThat(refused.seconds()).isBetween(179L, 181L);
        assertThat(refused.minutes()).isBetween(3L, 4L);
        waitFor(Duration.ofMinutes(3));
        assertThat(wrong("maria", "2")).isFalse();
        assertThatThrownBy(() -> right("maria", "2")).isInstanceOf(TooManyTries.class);
        waitFor(Duration.ofMinutes(3));
        assertThat(right("maria", "2")).isTrue();
        assertThat(wrong("maria", "2")).isFalse();
    }

    @Test
    void a_right_one_forgives_the_wrong_ones_before() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                wrong("maria", null);
            }
            assertThat(right("maria", null)).isTrue();
        }
    }

    @Test
    void capital_letters_make_no_other_account() {
        for (int i = 0; i < 5; i++) {
            wrong(i % 2 == 0 ? "maria" : "MARIA", "1");
        }
        assertThatThrownBy(() -> wrong("Maria", "1")).isInstanceOf(TooManyTries.class);
    }

    @Test
    void one_address_tries_twenty_names_and_no_more_while_others_go_on() {
        for (int i = 0; i < 20; i++) {
            wrong("name" + i, "1");
        }
        assertThatThrownBy(() -> right("another", "1")).isInstanceOf(TooManyTries.class);
        assertThat(right("another", "2")).isTrue();
    }

    @Test
    void strangers_do_not_shut_out_who_has_been_in_from_their_own_address() {
        assertThat(right("maria", "home")).isTrue();
        for (int i = 0; i < 5; i++) {
            wrong("maria", "stranger");
        }
        assertThatThrownBy(() -> right("maria", "stranger")).isInstanceOf(TooManyTries.class);
        assertThat(right("maria", "home")).isTrue();
        for (int i = 0; i < 5; i++) {
            wrong("maria", "home");
        }
        assertThatThrownBy(() -> right("maria", "home")).isInstanceOf(TooManyTries.class);
    }

    @Test
    void a_hundred_at_once_are_five() throws InterruptedException {
        AtomicInteger checked = new AtomicInteger();
        ExecutorService attackers = Executors.newFixedThreadPool(20);
        for (int i = 0; i < 100; i++) {
            attackers.submit(() -> throttle.attempt("maria", null, () -> {
                checked.incrementAndGet();
                return false;
            }));
        }
        attackers.shutdown();
        assertThat(attackers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(checked).hasValue(5);
    }
}
