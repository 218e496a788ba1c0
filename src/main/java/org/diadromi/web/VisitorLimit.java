package org.diadromi.web;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one address of the network may do something that needs no login. Many people may share an address, at an event or
 * behind a provider, so limits are wide: they stop programs, not people.
 */
public final class VisitorLimit {

    private static final int REMEMBERED = 10_000;

    private final int times;
    private final Duration within;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A limit of so many times within a period. */
    public VisitorLimit(int times, Duration within) {
        this.times = times;
        this.within = within;
    }

    /** Counts one more for the address; false when that is one too many. */
    public boolean allows(String address) {
        return bucket(address).tryConsume(1);
    }

    /** Whether the address has used up what it may do. */
    public boolean isReached(String address) {
        return bucket(address).getAvailableTokens() == 0;
    }

    private Bucket bucket(String address) {
        synchronized (buckets) {
            return buckets.computeIfAbsent(
                    address,
                    unknown -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(times).refillGreedy(times, within))
                            .build());
        }
    }
}
