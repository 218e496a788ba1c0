package org.diadromi.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.diadromi.RuleViolation;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.supervision.Targets.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Targets against a simple count over the same rows, and the mails about them: each once, on both databases. */
class TargetsTest {

    @Nested
    class OnH2 extends OfCentres {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "targets");
        }
    }

    @Nested
    class OnPostgres extends OfCentres {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "targets");
        }
    }

    @SpringBootTest(
            properties = {"camunda.bpm.job-execution.enabled=false", "diadromi.mail.directory=target/targets/outbox"})
    @ActiveProfiles("demo")
    abstract static class OfCentres {

        /** A Wednesday. */
        private static final LocalDateTime NOW = LocalDateTime.of(2027, 4, 7, 12, 0);

        record Passage(
                long caseId,
                String caseNumber,
                String centreId,
                LocalDateTime enteredAt,
                LocalDateTime leftAt,
                String outcome) {}

        record Pause(LocalDateTime pausedAt, LocalDateTime resumedAt) {}

        @Autowired
        private Targets targets;

        @Autowired
        private TargetMails mails;

        @Autowired
        private JdbcClient jdbc;

        @Autowired
        private AppClock clock;

        @BeforeEach
        void there_are_cases_and_targets() {
            at(NOW);
            for (String table : List.of("outbox_mail", "target_alert", "stage_target")) {
                jdbc.sql("delete from " + table).update();
            }
            SampleCases.clear(jdbc);
            new SampleCases(jdbc, 7, NOW).add(300);
            targets.set("kerkyra", List.of(new Target("kerkyra", "counselling", 70, 85)));
            targets.set(
                    "dock",
                    List.of(new Target("dock", "counselling", 90, 50), new Target("dock", "first-contact", 10, 90)));
        }

        @AfterEach
        void back_to_today() {
            clock.setOffset(Duration.ZERO);
        }

        private void at(LocalDateTime moment) {
            clock.setOffset(Duration.between(
                    Instant.now(), moment.atZone(BusinessCalendar.ATHENS).toInstant()));
        }

        @Test
        void what_is_kept_and_what_comes_near_is_what_a_simple_count_gives() {
            View view = new View(
                    List.of("kerkyra", "dock", "chania"), NOW.minusMonths(9), NOW, NOW, null, null, null, null);
            List<Targets.Kept> kept = targets.kept(view);
            assertThat(kept).hasSize(3);
            List<Targets.Near> near = targets.near(view);
            int alltogether = 0;
            for (Targets.Kept target : kept) {
                List<Passage> passages = jdbc.sql("""
                        select s.case_id, c.case_number, s.centre_id, s.entered_at, s.left_at, s.outcome
                        from stage_fact s join case_fact c on c.case_id = s.case_id where s.stage = ? and s.centre_id = ?
                        """)
                        .params(target.stage(), target.centreId())
                        .query(Passage.class)
                        .list();
                List<Passage> done = passages.stream()
                        .filter(passage -> passage.leftAt() != null
                                && passage.outcome() != null
                                && !passage.leftAt().isBefore(view.from())
                                && passage.leftAt().isBefore(view.until()))
                        .toList();
                assertThat(target.done()).isEqualTo(done.size()).isPositive();
                assertThat(target.kept()).isEqualTo((int) done.stream()
                        .filter(passage -> days(passage) <= target.days())
                        .count());
                List<Passage> open = passages.stream()
                        .filter(passage -> passage.leftAt() == null
                                && pauses(passage).stream().noneMatch(pause -> pause.resumedAt() == null))
                        .toList();
                assertThat(target.missed()).isEqualTo((int) open.stream()
                        .filter(passage -> days(passage) > target.days())
                        .count());
                assertThat(target.near()).isEqualTo((int) open.stream()
                        .filter(passage -> days(passage) >= 0.8 * target.days() && days(passage) <= target.days())
                        .count());
                assertThat(near.stream()
                                .filter(found -> found.centreId().equals(target.centreId())
                                        && found.stage().equals(target.stage()))
                                .map(Targets.Near::caseNumber))
                        .containsExactlyInAnyOrderElementsOf(open.stream()
                                .filter(passage -> days(passage) >= 0.8 * target.days())
                                .map(Passage::caseNumber)
                                .toList());
                alltogether += target.near() + target.missed();
            }
            assertThat(near).hasSize(alltogether).isNotEmpty();
            assertThat(near).isSortedAccordingTo(Comparator.comparingDouble(found -> found.target() - found.days()));
        }

        private double days(Passage passage) {
            LocalDateTime end = passage.leftAt() == null ? NOW : passage.leftAt();
            Duration length = Duration.between(passage.enteredAt(), end);
            for (Pause pause : pauses(passage)) {
                LocalDateTime from =
                        pause.pausedAt().isAfter(passage.enteredAt()) ? pause.pausedAt() : passage.enteredAt();
                LocalDateTime to =
                        pause.resumedAt() != null && pause.resumedAt().isBefore(end) ? pause.resumedAt() : end;
                if (from.isBefore(to)) {
                    length = length.minus(Duration.between(from, to));
                }
            }
            return length.toSeconds() / 86400.0;
        }

        private List<Pause> pauses(Passage passage) {
            return jdbc.sql("select paused_at, resumed_at from pause_fact where case_id = ?")
                    .param(passage.caseId())
                    .query(Pause.class)
                    .list();
        }

        @Test
        void coordinators_are_told_once_of_each_case_and_once_a_week_how_it_went() {
            mails.tell();
            List<Targets.Near> near =
                    targets.near(new View(List.of("kerkyra", "dock"), NOW, NOW, NOW, null, null, null, null));
            int centres =
                    (int) near.stream().map(Targets.Near::centreId).distinct().count();
            assertThat(bodies("targets-near")).hasSize(centres);
            assertThat(near)
                    .isNotEmpty()
                    .allSatisfy(found -> assertThat(bodies("targets-near"))
                            .filteredOn(body -> body.contains(found.caseNumber()))
                            .hasSize(1));
            assertThat(bodies("weekly-digest")).hasSize(5);
            assertThat(bodies("weekly-digest"))
                    .filteredOn(body -> body.contains("Οι στόχοι σας"))
                    .hasSize(2);
            assertThat(jdbc.sql("select distinct subject from outbox_mail where template = 'weekly-digest'")
                            .query(String.class)
                            .single())
                    .contains("29/03/2027 – 04/04/2027");

            at(NOW.plusHours(3));
            mails.tell();
            assertThat(bodies("targets-near")).hasSize(centres);
            assertThat(bodies("weekly-digest")).hasSize(5);

            at(NOW.with(java.time.DayOfWeek.MONDAY).plusWeeks(1).withHour(7));
            mails.tell();
            assertThat(bodies("weekly-digest")).hasSize(5);
            at(NOW.with(java.time.DayOfWeek.MONDAY).plusWeeks(1).withHour(9));
            mails.tell();
            assertThat(bodies("weekly-digest")).hasSize(10);
            assertThat(bodies("weekly-digest")).noneMatch(body -> body.contains("Παππά"));
        }

        private List<String> bodies(String template) {
            return jdbc.sql("select body_text from outbox_mail where template = ? order by id")
                    .param(template)
                    .query(String.class)
                    .list();
        }

        @Test
        void targets_are_replaced_and_each_change_is_audited() {
            long before = changes();
            targets.set(
                    "dock",
                    List.of(new Target("dock", "counselling", 90, 50), new Target("dock", "follow-up", 700, 80)));
            assertThat(targets.of("dock"))
                    .isEqualTo(Map.of(
                            "counselling", new Target("dock", "counselling", 90, 50),
                            "follow-up", new Target("dock", "follow-up", 700, 80)));
            assertThat(targets.of("kerkyra")).containsOnlyKeys("counselling");
            assertThat(changes() - before).isEqualTo(2);
        }

        private long changes() {
            return jdbc.sql("select count(*) from audit_entry where subject like 'target %'")
                    .query(Long.class)
                    .single();
        }
    }

    @Test
    void what_is_typed_wrong_is_refused_and_what_is_empty_is_no_target() {
        assertThat(TargetForm.read(Map.of("days-counselling", " 60 ", "percent-counselling", "85"))
                        .targets("dock"))
                .containsExactly(new Target("dock", "counselling", 60, 85));
        assertThat(TargetForm.read(Map.of()).targets("dock")).isEmpty();
        for (String[] wrong : new String[][] {
            {"", "85"},
            {"60", ""},
            {"0", "85"},
            {"60", "101"},
            {"6,5", "85"},
            {"-3", "85"},
            {"99999", "85"},
            {"μέρες", "85"}
        }) {
            assertThatThrownBy(
                            () -> TargetForm.read(Map.of("days-counselling", wrong[0], "percent-counselling", wrong[1]))
                                    .targets("dock"))
                    .isInstanceOf(RuleViolation.class);
        }
    }
}
