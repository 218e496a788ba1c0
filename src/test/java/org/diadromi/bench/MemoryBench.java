package org.diadromi.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import org.camunda.bpm.engine.ProcessEngine;
import org.diadromi.DiadromiApplication;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.process.SampleJourneys;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the application holds of the memory after many whole journeys, in a process of its own with the database in a file. Writes
 * {@code target/bench/memory.md}.
 */
class MemoryBench {

    private static final Path REPORT = Path.of("target/bench/memory.md");
    private static final int JOURNEYS = Integer.getInteger("bench.memory.journeys", 1000);

    @Test
    void memory_after_many_journeys() throws IOException, InterruptedException {
        Files.createDirectories(REPORT.getParent());
        Files.deleteIfExists(REPORT);
        try (ChildProcess child = new ChildProcess(
                REPORT.resolveSibling("memory.log"),
                System.getProperty("java.class.path"),
                Player.class.getName(),
                String.valueOf(JOURNEYS))) {
            child.untilEnd();
        }
    }

    /** The process that is measured: the application with a web server, and what plays the journeys beside it. */
    static final class Player {

        public static void main(String[] args) throws Exception {
            int number = Integer.parseInt(args[0]);
            try (ConfigurableApplicationContext context = SpringApplication.run(
                    new Class<?>[] {DiadromiApplication.class, SampleJourneys.Players.class}, new String[] {
                        "--spring.profiles.active=demo",
                        "--diadromi.demo-history=0",
                        "--server.port=0",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--diadromi.mail.directory=target/bench/outbox",
                        "--spring.datasource.url=" + TestDatabase.h2File("./target/bench/memory-" + System.nanoTime())
                    })) {
                Measured before = measure();
                AppClock clock = context.getBean(AppClock.class);
                monday(clock);
                JourneyReplay replay =
                        new JourneyReplay(context.getBean(SampleJourneys.class).wholeJourney());
                monday(clock);
                ProcessEngine engine = context.getBean(ProcessEngine.class);
                long begin = System.nanoTime();
                for (int i = 0; i < number; i++) {
                    replay.onOurs(engine);
                }
                double seconds = (System.nanoTime() - begin) / 1e9;
                report(number, replay.steps(), seconds, before, measure());
            }
            System.exit(0);
        }

        private static void monday(AppClock clock) {
            clock.setOffset(Duration.between(
                    Instant.now(),
                    JourneyReplay.MONDAY.atZone(BusinessCalendar.ATHENS).toInstant()));
        }
    }

    /** In MB; what the process holds is empty where the system does not tell it. */
    private record Measured(OptionalLong held, long heapAfterCollection) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s | %d",
                    held.isPresent() ? String.valueOf(held.getAsLong()) : "not told",
                    heapAfterCollection);
        }
    }

    private static Measured measure() throws IOException {
        OptionalLong held =
                ChildProcess.residentMegabytes(ProcessHandle.current().pid());
        System.gc();
        return new Measured(
                held, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
    }

    private static void report(int journeys, int steps, double seconds, Measured before, Measured after)
            throws IOException {
        Files.writeString(
                REPORT,
                String.format(
                        Locale.ROOT,
                        """
                        # What the application holds of the memory

                        In a process of its own with a heap of %d MB at most, on H2 in a file, whose cache is in the same heap. %,d journeys of %d steps took
                        %.0f s.

                        | | process (VmRSS), MB | heap used after a collection, MB |
                        |---|--:|--:|
                        | after the start | %s |
                        | after the journeys | %s |

                        What the process holds is told on Linux only. The journeys are played inside it, so that a little of it is the player's.
                        """,
                        Runtime.getRuntime().maxMemory() >> 20,
                        journeys,
                        steps,
                        seconds,
                        before,
                        after));
    }
}
