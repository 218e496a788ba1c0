package org.diadromi.supervision;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Looks for one figure while others are looked for: a page is there after its longest one, not after all of them. */
@Component
class Meanwhile {

    /** Each takes a connection of its own: the pages that wait for them must leave some to everybody else. */
    private static final int AT_ONCE = 4;

    /** When all are busy, whoever asks searches by itself. */
    private final ExecutorService threads = new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            0,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            figure -> {
                Thread thread = new Thread(figure, "figures");
                thread.setDaemon(true);
                return thread;
            },
            (figure, busy) -> figure.run());

    /**
     * Begins to look for something, outside any transaction. What comes back waits until it is there, and throws what the search has
     * thrown.
     */
    <T> Supplier<T> find(Supplier<T> figure) {
        CompletableFuture<T> found = CompletableFuture.supplyAsync(figure, threads);
        return () -> {
            try {
                return found.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException thrown ? thrown : e;
            }
        };
    }

    @PreDestroy
    void end() {
        threads.shutdown();
    }
}
