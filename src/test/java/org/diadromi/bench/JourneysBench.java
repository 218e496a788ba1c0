package org.diadromi.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ProcessEngine;
import org.diadromi.BareEngine;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.process.SampleJourneys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What the application costs over the engine itself: whole journeys through the form contract, in turn with the same journeys on an
 * engine that runs the same models with none of our code, on databases of the same server. Writes {@code target/bench/journeys.md}.
 */
class JourneysBench {

    private static final Path REPORT = Path.of("target/bench/journeys.md");
    private static final int PAIRS = Integer.getInteger("bench.pairs", 7);
    private static final int JOURNEYS = Integer.getInteger("bench.journeys", 20);

    /**
     * An installation runs for days: what is compared is compiled. In turn, one journey each: what all of them call would be compiled for the
     * one that calls it first, and each of the others would fall out of that at the same place for ever.
     */
    private static final int WARM_UP = Integer.getInteger("bench.journeys.before", 200);

    private static final AtomicInteger MADE = new AtomicInteger();
    private static final List<String> TOLD = new ArrayList<>();

    @Nested
    class OnH2 extends Journeys {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            registry.add("spring.datasource.url", () -> h2("ours"));
        }

        private static String h2(String name) {
            return TestDatabase.h2File("./target/bench/" + name + "-" + System.nanoTime());
        }

        @Override
        HikariConfig emptyDatabase() {
            HikariConfig database = new HikariConfig();
            database.setJdbcUrl(h2("bare"));
            database.setUsername("sa");
            return database;
        }

        @Override
        String name() {
            return "H2";
        }

        @Override
        long written() {
            return 0;
        }
    }

    @Nested
    class OnPostgres extends Journeys {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "journeys");
        }

        @Override
        HikariConfig emptyDatabase() {
            HikariConfig database = new HikariConfig();
            database.setJdbcUrl(TestDatabase.postgres("bare_journeys" + MADE.incrementAndGet()));
            database.setUsername("postgres");
            database.setPassword("postgres");
            return database;
        }

        @Override
        String name() {
            return "PostgreSQL";
        }

        @Override
        long written() {
            return jdbc.sql("select cast(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bigint)")
                    .query(Long.class)
                    .single();
        }
    }

    @SpringBootTest(
            properties = {
                "camunda.bpm.job-execution.enabled=false",
                "diadromi.mail.directory=target/bench/outbox",
                "spring.datasource.hikari.maximum-pool-size=4"
            })
    @ActiveProfiles("demo")
    @Import({SampleJourneys.Players.class, CountedDatabase.Counting.class})
    abstract static class Journeys {

        @Autowired
        private SampleJourneys journeys;

        @Autowired
        private ProcessEngine engine;

        @Autowired
        private AppClock clock;

        @Autowired
        private CountedDatabase counted;

        @Autowired
        JdbcClient jdbc;

        /** Another one each time. */
        abstract HikariConfig emptyDatabase();

        abstract String name();

        /** By the clock, and by the processor of the thread alone, which other work on the machine changes less. */
        private record Taken(double seconds, double processorSeconds) {}

        /** How many bytes the database has written to its log so far. */
        abstract long written();

        @Test
        void whole_journeys_beside_the_bare_engine() throws IOException {
            at(JourneyReplay.MONDAY);
            JourneyReplay replay = new JourneyReplay(journeys.wholeJourney());
            at(JourneyReplay.MONDAY);
            try (HikariDataSource pool = pool();
                    HikariDataSource guardedPool = pool()) {
                CountedDatabase countedBare = new CountedDatabase(pool);
                ProcessEngine bare = BareEngine.on(countedBare, "bare-" + name(), replay.stepsAfterRegistration());
                ProcessEngine guarded =
                        BareEngine.guardedOn(guardedPool, "guarded-" + name(), replay.stepsAfterRegistration());
                try {
                    Runnable ours = () -> replay.onOurs(engine);
                    Runnable theirs = () -> replay.onBare(bare);
                    Runnable theirsGuarded = () -> replay.onGuarded(guarded);
                    for (int i = 0; i < WARM_UP; i++) {
                        List.of(theirs, theirsGuarded, ours).forEach(Runnable::run);
                    }
                    TOLD.add("## " + name());
                    TOLD.add("");
                    compare(ours, theirs, theirsGuarded, replay.steps());
                    count(ours, counted, theirs, countedBare);
                } finally {
                    guarded.close();
                    bare.close();
                }
            }
        }

        private HikariDataSource pool() {
            HikariConfig database = emptyDatabase();
            database.setMaximumPoolSize(4);
            return new HikariDataSource(database);
        }

        private void compare(Runnable ours, Runnable theirs, Runnable theirsGuarded, int steps) {
            List<Taken> bare = new ArrayList<>();
            List<Taken> guarded = new ArrayList<>();
            List<Taken> own = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                bare.add(times(JOURNEYS, theirs));
                guarded.add(times(JOURNEYS, theirsGuarded));
                own.add(times(JOURNEYS, ours));
            }
            TOLD.add(String.format(
                    Locale.ROOT,
                    "After %d journeys each, %d rounds of %d journeys of %d steps, in turn; ours at best %.0f journeys per minute.",
                    WARM_UP,
                    PAIRS,
                    JOURNEYS,
                    steps,
                    JOURNEYS
                            * 60
                            / own.stream().mapToDouble(Taken::seconds).min().orElseThrow()));
            TOLD.add("");
            TOLD.add("| ours over | journeys per minute | journeys per second of the thread's processor time |");
            TOLD.add("|---|--:|--:|");
            tell("the bare engine", bare, own);
            tell("the bare engine that checks rights and centres, with the starter's history", guarded, own);
            TOLD.add("");
        }

        private static void tell(String whom, List<Taken> theirs, List<Taken> ours) {
            TOLD.add(String.format(
                    "| %s | %s | %s |",
                    whom,
                    medianAndRange(theirs, ours, Taken::seconds),
                    medianAndRange(theirs, ours, Taken::processorSeconds)));
        }

        private static String medianAndRange(List<Taken> theirs, List<Taken> ours, ToDoubleFunction<Taken> time) {
            double[] ratios = IntStream.range(0, ours.size())
                    .mapToDouble(i -> time.applyAsDouble(theirs.get(i)) / time.applyAsDouble(ours.get(i)))
                    .sorted()
                    .toArray();
            return String.format(
                    Locale.ROOT,
                    "%.2f (%.2f to %.2f)",
                    ratios[ratios.length / 2],
                    ratios[0],
                    ratios[ratios.length - 1]);
        }

        private void count(Runnable ours, CountedDatabase ourDatabase, Runnable theirs, CountedDatabase bareDatabase) {
            long[] onOurs = counts(ours, ourDatabase);
            long[] onBare = counts(theirs, bareDatabase);
            TOLD.add("| per journey | ours | bare engine | ratio |");
            TOLD.add("|---|--:|--:|--:|");
            String[] names = {
                "statements", "of them on the engine's tables", "commits that wrote", "bytes of write-ahead log"
            };
            for (int i = 0; i < names.length; i++) {
                if (onBare[i] > 0) {
                    TOLD.add(String.format(
                            Locale.ROOT,
                            "| %s | %,d | %,d | %.2f |",
                            names[i],
                            onOurs[i] / JOURNEYS,
                            onBare[i] / JOURNEYS,
                            onOurs[i] / (double) onBare[i]));
                }
            }
            TOLD.add("");
            TOLD.add(String.format(
                    Locale.ROOT,
                    "Besides, mails and the audit took %,d statements per journey.",
                    onOurs[4] / JOURNEYS));
            TOLD.add("");
        }

        private long[] counts(Runnable journey, CountedDatabase database) {
            long before = written();
            database.begin();
            times(JOURNEYS, journey);
            database.end();
            return new long[] {
                database.statements(),
                database.engineStatements(),
                database.commits(),
                written() - before,
                database.besides()
            };
        }

        private static Taken times(int number, Runnable journey) {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long begin = System.nanoTime();
            long processorBegin = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < number; i++) {
                journey.run();
            }
            return new Taken(
                    (System.nanoTime() - begin) / 1e9, (threads.getCurrentThreadCpuTime() - processorBegin) / 1e9);
        }

        private void at(LocalDateTime moment) {
            clock.setOffset(Duration.between(
                    Instant.now(), moment.atZone(BusinessCalendar.ATHENS).toInstant()));
        }
    }

    @BeforeAll
    static void folder() throws IOException {
        Files.createDirectories(REPORT.getParent());
    }

    @AfterAll
    static void report() throws IOException {
        Files.writeString(
                REPORT,
                "# What the application costs over the bare engine\n\n" + String.join("\n", TOLD)
                        + "\nThe bare engine runs the same models, keeps the fields of a form as variables, and calls nothing of ours. It keeps the history that it keeps by itself (audit), and nobody is logged in. In the second figure it checks who may do a step, as ours does (it asks the database, ours its memory), and keeps the history that it keeps when Camunda's starter sets it up (full).\n");
    }
}
