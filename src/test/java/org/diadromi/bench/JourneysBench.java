package org.diadromi.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.diadromi.BareEngine;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.process.JourneyStep;
import org.diadromi.process.SampleJourneys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
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
    private static final int PAIRS = 7;
    private static final int JOURNEYS = Integer.getInteger("bench.journeys", 20);
    private static final LocalDateTime MONDAY = LocalDateTime.of(2027, 3, 1, 10, 0);
    private static final List<String> TOLD = new ArrayList<>();

    @Nested
    class OnH2 extends Journeys {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            registry.add("spring.datasource.url", () -> h2("ours"));
        }

        private static String h2(String name) {
            return "jdbc:h2:file:./target/bench/" + name + "-" + System.nanoTime();
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
            database.setJdbcUrl(TestDatabase.postgres("bare_journeys"));
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
    @Import({SampleJourneys.Players.class, Counting.class})
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

        private List<JourneyStep> steps;
        private int made;

        abstract HikariConfig emptyDatabase();

        abstract String name();

        /** How many bytes the database has written to its log so far. */
        abstract long written();

        @Test
        void whole_journeys_beside_the_bare_engine() throws IOException {
            at(MONDAY);
            steps = journeys.wholeJourney();
            at(MONDAY);
            HikariConfig database = emptyDatabase();
            database.setMaximumPoolSize(4);
            try (HikariDataSource pool = new HikariDataSource(database)) {
                CountedDatabase countedBare = new CountedDatabase(pool);
                ProcessEngine bare = BareEngine.on(countedBare, "bare-" + name(), stepsAfterRegistration());
                try {
                    Runnable ours = this::onOurs;
                    Runnable theirs = () -> onBare(bare);
                    times(3 * JOURNEYS, theirs);
                    times(3 * JOURNEYS, ours);
                    TOLD.add("## " + name());
                    TOLD.add("");
                    compare(ours, theirs);
                    count(ours, counted, theirs, countedBare);
                } finally {
                    bare.close();
                }
            }
        }

        private void compare(Runnable ours, Runnable theirs) {
            List<Double> ratios = new ArrayList<>();
            double fastest = 0;
            for (int pair = 0; pair < PAIRS; pair++) {
                double bareTime = times(JOURNEYS, theirs);
                double ourTime = times(JOURNEYS, ours);
                ratios.add(bareTime / ourTime);
                fastest = Math.max(fastest, JOURNEYS * 60 / ourTime);
            }
            ratios.sort(null);
            TOLD.add(String.format(
                    Locale.ROOT,
                    "Journeys per minute over the bare engine's, %d pairs in turn of %d journeys of %d steps: median %.2f, from %.2f to %.2f; at best %.0f journeys per minute.",
                    PAIRS,
                    JOURNEYS,
                    steps.size(),
                    ratios.get(PAIRS / 2),
                    ratios.get(0),
                    ratios.get(PAIRS - 1),
                    fastest));
            TOLD.add("");
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

        /** In seconds. */
        private static double times(int number, Runnable journey) {
            long begin = System.nanoTime();
            for (int i = 0; i < number; i++) {
                journey.run();
            }
            return (System.nanoTime() - begin) / 1e9;
        }

        private int stepsAfterRegistration() {
            return (int) steps.stream()
                    .filter(step -> "task_registration_step".equals(step.form()))
                    .count();
        }

        private void onBare(ProcessEngine bare) {
            String number = "KER-2027-" + ++made;
            VariableMap more = Variables.createVariables()
                    .putValue("noShowsInRow", 0)
                    .putValue("noShowLimit", 2)
                    .putValue("attendancePassed", true)
                    .putValue("trainingStopped", false)
                    .putValue("atRisk", false);
            play(bare, number, more);
        }

        private void onOurs() {
            play(engine, null, null);
        }

        private void play(ProcessEngine on, String businessKey, VariableMap more) {
            String number = businessKey;
            for (JourneyStep step : steps) {
                if (step.timer() != null) {
                    fire(on, number, step.timer());
                    continue;
                }
                String role = step.user().substring(step.user().indexOf('.') + 1);
                if (more == null) {
                    on.getIdentityService().setAuthentication(step.user(), List.of(role), List.of("kerkyra"));
                }
                try {
                    VariableMap form = form(step, more);
                    if (number == null || step == steps.get(0)) {
                        String definition = on.getRepositoryService()
                                .createProcessDefinitionQuery()
                                .processDefinitionKey("support-journey")
                                .latestVersion()
                                .singleResult()
                                .getId();
                        number = number == null
                                ? on.getFormService()
                                        .submitStartForm(definition, form)
                                        .getBusinessKey()
                                : on.getFormService()
                                        .submitStartForm(definition, number, form)
                                        .getBusinessKey();
                    } else {
                        submit(on, number, step, form);
                    }
                } finally {
                    on.getIdentityService().clearAuthentication();
                }
            }
        }

        private VariableMap form(JourneyStep step, VariableMap more) {
            VariableMap form = Variables.createVariables();
            form.putAll(step.variables());
            if (form.containsKey("appointmentAt")) {
                form.putValue("appointmentAt", nextAppointment().toString());
            }
            if (more != null) {
                form.putAll(more);
            }
            return form;
        }

        /** No two people come at the same time. */
        private LocalDateTime nextAppointment() {
            LocalDate day = MONDAY.toLocalDate().plusDays(1);
            for (int left = ++made; left > 0; left--) {
                do {
                    day = day.plusDays(1);
                } while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY);
            }
            return day.atTime(10, 0);
        }

        private static void submit(ProcessEngine on, String number, JourneyStep step, Map<String, Object> form) {
            Task task = on
                    .getTaskService()
                    .createTaskQuery()
                    .processInstanceBusinessKey(number)
                    .taskDefinitionKey(step.form())
                    .active()
                    .listPage(0, 1)
                    .stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(number + " does not wait for " + step.form()));
            on.getTaskService().claim(task.getId(), step.user());
            on.getFormService().submitTaskForm(task.getId(), form);
        }

        private static void fire(ProcessEngine on, String number, String timer) {
            for (ProcessInstance instance : on.getRuntimeService()
                    .createProcessInstanceQuery()
                    .processInstanceBusinessKey(number)
                    .list()) {
                Job job = on.getManagementService()
                        .createJobQuery()
                        .processInstanceId(instance.getId())
                        .activityId(timer)
                        .singleResult();
                if (job != null) {
                    on.getManagementService().executeJob(job.getId());
                    return;
                }
            }
            throw new IllegalStateException(number + " has no timer " + timer);
        }

        private void at(LocalDateTime moment) {
            clock.setOffset(Duration.between(
                    Instant.now(), moment.atZone(BusinessCalendar.ATHENS).toInstant()));
        }
    }

    @TestConfiguration
    static class Counting {
        @Bean
        static BeanPostProcessor countedDataSource() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source && "dataSource".equals(name)
                            ? new CountedDatabase(source)
                            : bean;
                }
            };
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
                        + "\nThe bare engine runs the same models, keeps the fields of a form as variables, and calls nothing of ours.\n");
    }
}
