package org.diadromi.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.diadromi.RuleViolation;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.supervision.FactsCheck;
import org.diadromi.workflow.DemoClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** The history of a demonstration, smaller than it is there: complete, true to the engine, and played once, whatever interrupts it. */
class DemoHistoryTest {

    private static final int CASES = 40;

    @Nested
    class OnH2 extends History {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "history");
        }
    }

    @Nested
    class OnPostgres extends History {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "history");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo-history=" + CASES, "diadromi.mail.directory=target/history/outbox"})
    @ActiveProfiles("demo")
    @AutoConfigureMockMvc
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @ExtendWith(OutputCaptureExtension.class)
    abstract static class History {

        @Autowired
        private DemoHistory history;

        @Autowired
        private DemoClock demoClock;

        @Autowired
        private AppClock clock;

        @Autowired
        private MockMvc mvc;

        @Autowired
        private HealthEndpoint health;

        @Autowired
        private FactsCheck check;

        @Autowired
        private JdbcClient jdbc;

        @Test
        @Order(1)
        void a_break_in_the_middle_loses_nothing_and_repeats_nothing(CapturedOutput log) throws Exception {
            await(() -> number("select count(*) from case_file") >= 5);
            assertThat(history.percent()).isNotNull();
            mvc.perform(get("/login").locale(java.util.Locale.forLanguageTag("el")))
                    .andExpect(content().string(containsString("Ετοιμάζεται το ιστορικό της επίδειξης (")));
            assertThatThrownBy(() -> demoClock.advance(Period.ofDays(1))).isInstanceOf(RuleViolation.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            assertThat(part("jobExecutor").getDetails())
                    .containsEntry("active", false)
                    .containsEntry("resting", "the history of the demonstration is being played");
            history.stop();
            assertThat(history.percent()).isNull();
            assertThat(clock.offset()).isEqualTo(Duration.ZERO);
            // With half of a history nothing may happen by itself, and somebody has to know.
            assertThat(part("jobExecutor").getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            long then = number("select count(*) from case_file");
            assertThat(then).isLessThan(CASES);
            assertThat(check.differences()).isEmpty();

            history.start();
            await(() -> history.percent() == null);
            assertThat(part("jobExecutor").getStatus()).isEqualTo(Status.UP);
            assertThat(part("jobExecutor").getDetails()).containsEntry("active", true);
            assertThat(number("select count(*) from case_file")).isEqualTo(CASES);
            assertThat(log.getAll()).doesNotContain("was refused").doesNotContain("broken off");
        }

        @Test
        @Order(2)
        void the_history_is_what_the_engine_lived_through() {
            assertThat(check.differences()).isEmpty();
            assertThat(clock.offset()).isEqualTo(Duration.ZERO);
            assertThat(number("select count(distinct stage) from stage_fact")).isEqualTo(5);
            assertThat(number("select count(*) from case_fact where outcome is not null"))
                    .isPositive();
            assertThat(number("select count(*) from task_fact where ended_at is null"))
                    .isPositive();
            assertThat(number("select count(*) from task_fact where claimed_at > created_at and ended_at > claimed_at"))
                    .isGreaterThan(CASES);
            assertThat(number("select count(*) from follow_up")).isPositive();
            assertThat(number("select count(*) from referral where structure_id is not null"))
                    .isPositive();
            assertThat(number("""
                    select count(*) from referral r join case_file c on c.id = r.case_id
                    where c.outcome = 'counselling.referral' and r.structure_mail is not null and r.structure_answer <> 'accepted'
                        and r.id = (select max(l.id) from referral l where l.case_id = r.case_id)
                    """)).isZero();
            assertThat(number("select count(distinct case_id) from team_member where agreed_at is not null"))
                    .isGreaterThan(3);
            assertThat(
                            number(
                                    "select count(*) from outbox_mail where member_id is not null and template <> 'team-consent'"))
                    .isPositive();
            assertThat(number("select count(*) from team_member where email not like 'demo.%@example.org'"))
                    .isZero();
            assertThat(jdbc.sql("select distinct centre_id from case_fact order by 1")
                            .query(String.class)
                            .list())
                    .isEqualTo(List.of("chania", "dock", "karditsa", "kerkyra", "magnisia"));
            assertThat(number(
                            "select count(*) from case_fact where opened_at < ?",
                            clock.now().minusMonths(18)))
                    .isPositive();
            for (String moment : List.of("created_at", "ended_at")) {
                assertThat(number("select count(*) from task_fact where " + moment + " > ?", clock.now()))
                        .isZero();
            }
            assertThat(number(
                            "select count(*) from outbox_mail where status = 'PENDING' and next_attempt < ?",
                            clock.now()))
                    .isZero();
        }

        @Test
        @Order(3)
        void it_is_not_played_twice() {
            history.start();
            assertThat(history.percent()).isNull();
            assertThat(number("select count(*) from case_file")).isEqualTo(CASES);
        }

        @AfterAll
        void no_more() {
            history.stop();
        }

        private Health part(String name) {
            return (Health) health.healthForPath(name);
        }

        private long number(String sql, Object... parameters) {
            return jdbc.sql(sql).params(parameters).query(Long.class).single();
        }

        private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
            for (int i = 0; i < 6000; i++) {
                if (condition.getAsBoolean()) {
                    return;
                }
                Thread.sleep(50);
            }
            throw new AssertionError("It did not come to that in five minutes");
        }
    }
}
