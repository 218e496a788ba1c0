package org.diadromi.centre;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is read of a centre's settings once, and anew after each change of them: it gives the centre's row another version, which
 * whoever asks has read in their own transaction. So it holds with several nodes too.
 */
final class Settled<V> {

    private record Kept<V>(Centre as, V value) {}

    private final Map<String, Kept<V>> kept = new ConcurrentHashMap<>();

    V get(Centre centre, Function<Centre, V> read) {
        Kept<V> known = kept.get(centre.id());
        if (known == null || !known.as().equals(centre)) {
            known = new Kept<>(centre, read.apply(centre));
            kept.put(centre.id(), known);
        }
        return known.value();
    }

    /** What was read of a change that was taken back would come to hold for the next of the same version. */
    void forget() {
        kept.clear();
    }
}
