package org.diadromi.workflow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.diadromi.DiadromiSettings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Slows down whoever guesses: wrong answers are counted by account and by address of the network. A name that nobody has counts
 * like one that somebody has, so the throttle tells nothing about which accounts exist. Whoever has logged in from an address
 * before is counted there apart, so that a stranger's guesses do not shut them out.
 */
@Component
class LoginThrottle {

    private static final int REMEMBERED = 100_000;
    private static final Duration KNOWN_FOR = Duration.ofDays(30);

    private final DiadromiSettings.Login limits;
    private final TimeMeter time;
    private final Cache<String, Bucket> accounts;
    private final Cache<String, Bucket> addresses;
    private final Cache<String, Boolean> known = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(KNOWN_FOR)
            .build();

    @Autowired
    LoginThrottle(DiadromiSettings settings) {
        this(settings.login(), TimeMeter.SYSTEM_NANOTIME);
    }

    LoginThrottle(DiadromiSettings.Login limits, TimeMeter time) {
        this.limits = limits;
        this.time = time;
        this.accounts = buckets();
        this.addresses = buckets();
    }

    private Cache<String, Bucket> buckets() {
        // A bucket that nobody has touched for that long is full again.
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(limits.within())
                .build();
    }

    /**
     * Lets somebody try, and counts it when they are wrong. Tries at one account wait for each other: many sent at once would
     * all be checked before the first one counts.
     *
     * @param address where the request comes from; null counts by the account alone
     * @param isRight checks the password or code
     * @return what the check said
     * @throws TooManyTries when there were too many wrong ones; nothing has been checked then
     */
    boolean attempt(String account, String address, BooleanSupplier isRight) {
        String name = account.toLowerCase(Locale.ROOT);
        String here = name + "\n" + address;
        Bucket ofAccount = accounts.get(
                known.getIfPresent(here) == null ? name : here, unknown -> bucket(limits.wrongPerAccount()));
        Bucket ofAddress = address == null ? null : addresses.get(address, unknown -> bucket(limits.wrongPerAddress()));
        synchronized (ofAccount) {
            refuseIfEmpty(ofAccount);
            if (ofAddress != null) {
                refuseIfEmpty(ofAddress);
            }
            if (isRight.getAsBoolean()) {
                ofAccount.reset();
                known.put(here, true);
                return true;
            }
            ofAccount.tryConsume(1);
            if (ofAddress != null) {
                ofAddress.tryConsume(1);
            }
            return false;
        }
    }

    /** Forgets the wrong ones at an account that has got a new password. */
    void forgive(String account) {
        accounts.invalidate(account.toLowerCase(Locale.ROOT));
    }

    private static void refuseIfEmpty(Bucket bucket) {
        long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        if (wait > 0) {
            throw new TooManyTries(Duration.ofNanos(wait));
        }
    }

    private Bucket bucket(int tries) {
        return Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(tries).refillGreedy(tries, limits.within()))
                .build();
    }
}
