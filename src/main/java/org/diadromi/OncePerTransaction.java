package org.diadromi;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Reads the same thing once in a transaction, however many ask for it; the next transaction reads it anew, and so does whoever asks
 * outside of one. Who changes a thing other than by what was given out, or locks it, has it forgotten.
 *
 * @param <K> by what a thing is found
 * @param <V> the thing
 */
public final class OncePerTransaction<K, V> {

    /** What the thing of that key is; read when it has not been read yet, or when nothing was found then. */
    public V get(K key, Function<K, V> read) {
        Map<K, V> held = held();
        V known = held.get(key);
        if (known == null) {
            known = read.apply(key);
            if (known != null) {
                held.put(key, known);
            }
        }
        return known;
    }

    /** From here on the thing is this one. */
    public void put(K key, V thing) {
        held().put(key, thing);
    }

    /** All is read anew from here on. */
    public void forget() {
        held().clear();
    }

    private Map<K, V> held() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return new HashMap<>();
        }
        @SuppressWarnings("unchecked")
        Held<K, V> held = (Held<K, V>) TransactionSynchronizationManager.getResource(this);
        if (held == null) {
            held = new Held<>(this);
            held.resume();
            TransactionSynchronizationManager.registerSynchronization(held);
        }
        return held.things;
    }

    /** Goes with its transaction, and steps aside when another one comes in between. */
    private record Held<K, V>(OncePerTransaction<K, V> owner, Map<K, V> things) implements TransactionSynchronization {

        Held(OncePerTransaction<K, V> owner) {
            this(owner, new HashMap<>());
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(owner);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(owner, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(owner);
        }
    }
}
