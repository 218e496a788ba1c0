package org.diadromi.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every figure against a slow and simple count over the same rows, in several views of random cases, on both databases. */
class FiguresTest {

    @Nested
    class OnH2 extends Figures {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "figures");
        }
    }

    @Nested
    class OnPostgres extends Figures {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "figures");
        }
    }

    @SpringBootTest(properties = "camunda.bpm.job-execution.enabled=false")
    @ActiveProfiles("demo")
    abstract static class Figures {

        private static final LocalDateTime NOW = LocalDateTime.of(2027, 4, 7, 12, 0);

        record Case(
                long caseId,
                String caseNumber,
                String centreId,
                String source,
                int groupSize,
                String counsellor,
                String legalForm,
                LocalDateTime openedAt,
                LocalDateTime closedAt,
                String outcome) {}

        record Stage(long caseId, String stage, LocalDateTime enteredAt, LocalDateTime leftAt, String outcome) {}

        record Task(
                long caseId,
                String taskKey,
                LocalDateTime createdAt,
                LocalDateTime dueAt,
                LocalDateTime endedAt,
                String endedHow,
                String outcome) {}

        record Pause(long caseId, LocalDateTime pausedAt, LocalDateTime resumedAt) {}

        @Autowired
        private JdbcClient jdbc;

        @Autowired
        private NowFigures now;

        @Autowired
        private FlowFigures flow;

        private Map<Long, Case> cases;
        private List<Stage> stages;
        private List<Task> tasks;
        private Map<Long, List<Pause>> pauses;

        @ParameterizedTest
        @ValueSource(longs = {1, 2})
        void every_figure_is_what_a_simple_count_gives(long seed) {
            fill(seed, 400);
            for (View view : views()) {
                View seen = view;
                Predicate<Long> mine = id -> belongs(cases.get(id), seen);

                assertThat(now.openCases(view))
                        .extracting(NowFigures.OpenCase::caseNumber)
                        .containsExactlyInAnyOrderElementsOf(stages.stream()
                                .filter(stage -> stage.leftAt() == null && mine.test(stage.caseId()))
                                .map(stage -> cases.get(stage.caseId()).caseNumber())
                                .toList());
                assertOpenTasks(view, mine);
                assertPast(view, mine);
                assertFlow(view, mine);
            }
        }

        @Test
        void where_there_is_nothing_there_are_no_figures() {
            fill(1, 0);
            View view = views().get(0);
            assertThat(now.openCases(view)).isEmpty();
            assertThat(now.openTasks(view)).isEmpty();
            assertThat(now.past(view)).isEmpty();
            assertThat(flow.opened(view)).isZero();
            assertThat(flow.months(view)).isEmpty();
            assertThat(flow.wholeCases(view)).isEmpty();
        }

        private void assertOpenTasks(View view, Predicate<Long> mine) {
            Map<String, List<Double>> past = tasks.stream()
                    .filter(task -> "COMPLETED".equals(task.endedHow()) && in(task.endedAt(), view))
                    .filter(task -> mine.test(task.caseId()))
                    .collect(Collectors.groupingBy(
                            Task::taskKey,
                            Collectors.mapping(
                                    task -> days(task.caseId(), task.createdAt(), task.endedAt()),
                                    Collectors.toList())));
            Map<String, List<Task>> open = tasks.stream()
                    .filter(task -> task.endedAt() == null && mine.test(task.caseId()))
                    .filter(task -> pauses.getOrDefault(task.caseId(), List.of()).stream()
                            .noneMatch(pause -> pause.resumedAt() == null))
                    .collect(Collectors.groupingBy(Task::taskKey));
            Map<String, NowFigures.OpenTasks> told = now.openTasks(view).stream()
                    .collect(Collectors.toMap(NowFigures.OpenTasks::taskKey, Function.identity()));
            assertThat(told.keySet()).isEqualTo(open.keySet());
            open.forEach((key, all) -> {
                NowFigures.OpenTasks figure = told.get(key);
                List<Double> before = past.getOrDefault(key, List.of());
                assertThat(figure.open()).isEqualTo(all.size());
                assertThat(figure.overdue()).isEqualTo((int)
                        all.stream().filter(task -> task.dueAt().isBefore(NOW)).count());
                assertThat(figure.soon()).isEqualTo((int) all.stream()
                        .filter(task ->
                                !task.dueAt().isBefore(NOW) && task.dueAt().isBefore(NOW.plusDays(7)))
                        .count());
                assertThat(figure.stuck())
                        .as("stuck at %s", key)
                        .isEqualTo(
                                before.size() < NowFigures.ENOUGH_PAST
                                        ? 0
                                        : (int) all.stream()
                                                .filter(task -> days(task.caseId(), task.createdAt(), NOW)
                                                        > nearestRank(before, 0.95) + 1e-9)
                                                .count());
            });
        }

        private void assertPast(View view, Predicate<Long> mine) {
            Map<String, List<Double>> done = done(view, mine);
            List<NowFigures.Past> past = now.past(view);
            assertThat(past).extracting(NowFigures.Past::stage).containsExactlyInAnyOrderElementsOf(done.keySet());
            past.forEach(figure -> {
                List<Double> days = done.get(figure.stage());
                assertThat(figure.cases()).isEqualTo(days.size());
                assertThat(figure.median()).isCloseTo(nearestRank(days, 0.5), within(1e-6));
                assertThat(figure.p85()).isCloseTo(nearestRank(days, 0.85), within(1e-6));
                assertThat(figure.p95()).isCloseTo(nearestRank(days, 0.95), within(1e-6));
            });
        }

        private void assertFlow(View view, Predicate<Long> mine) {
            List<Case> opened = cases.values().stream()
                    .filter(found -> mine.test(found.caseId()) && in(found.openedAt(), view))
                    .toList();
            assertThat(flow.opened(view)).isEqualTo(opened.size());
            assertThat(byName(flow.reached(view)))
                    .isEqualTo(stages.stream()
                            .filter(stage -> opened.contains(cases.get(stage.caseId())))
                            .collect(Collectors.groupingBy(Stage::stage, TreeMap::new, Collectors.summingInt(s -> 1))));
            assertThat(flow.activeAfterAYear(view)).isEqualTo((int) jdbc
                    .sql("select case_id from follow_up where follow_up_month = 12 and status = 'active'")
                    .query(Long.class)
                    .list()
                    .stream()
                    .filter(id -> opened.contains(cases.get(id)))
                    .count());
            List<Case> closed = cases.values().stream()
                    .filter(found -> mine.test(found.caseId()) && in(found.closedAt(), view))
                    .toList();
            assertThat(byName(flow.outcomes(view)))
                    .isEqualTo(closed.stream()
                            .collect(Collectors.groupingBy(
                                    Case::outcome, TreeMap::new, Collectors.summingInt(found -> 1))));
            Map<String, List<Double>> done = done(view, mine);
            assertThat(flow.stages(view))
                    .extracting(FlowFigures.CycleTime::stage)
                    .containsExactlyInAnyOrderElementsOf(done.keySet());
            flow.stages(view).forEach(time -> assertCycleTime(time, done.get(time.stage())));
            List<FlowFigures.CycleTime> whole = flow.wholeCases(view);
            assertThat(whole).hasSize(closed.isEmpty() ? 0 : 1);
            whole.forEach(time -> assertCycleTime(
                    time,
                    closed.stream()
                            .map(found -> days(found.caseId(), found.openedAt(), found.closedAt()))
                            .toList()));
            assertMonths(view, mine);
            assertLoops(view, mine);
        }

        private static void assertCycleTime(FlowFigures.CycleTime time, List<Double> days) {
            assertThat(time.cases()).isEqualTo(days.size());
            assertThat(time.median()).isCloseTo(nearestRank(days, 0.5), within(1e-6));
            assertThat(time.p85()).isCloseTo(nearestRank(days, 0.85), within(1e-6));
            assertThat(time.p95()).isCloseTo(nearestRank(days, 0.95), within(1e-6));
            int[] limits = {7, 30, 90, 180, 365, Integer.MAX_VALUE};
            int[] told = {time.upTo7(), time.upTo30(), time.upTo90(), time.upTo180(), time.upTo365(), time.longer()};
            for (int i = 0; i < limits.length; i++) {
                double above = i == 0 ? Double.NEGATIVE_INFINITY : limits[i - 1];
                double upTo = limits[i];
                assertThat(told[i]).isEqualTo((int) days.stream()
                        .filter(value -> value > above && value <= upTo)
                        .count());
            }
        }

        private void assertMonths(View view, Predicate<Long> mine) {
            Map<String, Integer> expected = new TreeMap<>();
            cases.values().stream().filter(found -> mine.test(found.caseId())).forEach(found -> {
                count(expected, "opened", found.openedAt(), view);
                count(expected, "closed", found.closedAt(), view);
            });
            stages.stream()
                    .filter(stage -> mine.test(stage.caseId()))
                    .forEach(stage -> count(expected, stage.stage(), stage.enteredAt(), view));
            Map<String, Integer> told = new TreeMap<>();
            flow.months(view).forEach(month -> told.put(month.event() + " " + month.yearMonth(), month.cases()));
            assertThat(told).isEqualTo(expected);
        }

        private static void count(Map<String, Integer> counts, String event, LocalDateTime at, View view) {
            if (at != null && at.isBefore(view.until())) {
                counts.merge(event + " " + YearMonth.from(at), 1, Integer::sum);
            }
        }

        private void assertLoops(View view, Predicate<Long> mine) {
            Map<String, List<Task>> again = tasks.stream()
                    .filter(task -> "COMPLETED".equals(task.endedHow()) && in(task.endedAt(), view))
                    .filter(task -> mine.test(task.caseId()))
                    .filter(task -> task.outcome() != null
                            && List.of("return", "returned", "noShow").contains(task.outcome()))
                    .collect(Collectors.groupingBy(Task::taskKey));
            List<FlowFigures.Loop> loops = flow.loops(view);
            assertThat(new TreeSet<>(
                            loops.stream().map(FlowFigures.Loop::taskKey).toList()))
                    .isEqualTo(new TreeSet<>(again.keySet()));
            loops.forEach(loop -> {
                List<Task> all = again.get(loop.taskKey());
                assertThat(loop.times()).isEqualTo(all.size());
                assertThat(loop.cases()).isEqualTo((int)
                        all.stream().map(Task::caseId).distinct().count());
            });
        }

        private Map<String, List<Double>> done(View view, Predicate<Long> mine) {
            return stages.stream()
                    .filter(stage -> in(stage.leftAt(), view) && stage.outcome() != null && mine.test(stage.caseId()))
                    .collect(Collectors.groupingBy(
                            Stage::stage,
                            Collectors.mapping(
                                    stage -> days(stage.caseId(), stage.enteredAt(), stage.leftAt()),
                                    Collectors.toList())));
        }

        private static Map<String, Integer> byName(List<FlowFigures.Number> numbers) {
            return new TreeMap<>(
                    numbers.stream().collect(Collectors.toMap(FlowFigures.Number::name, FlowFigures.Number::cases)));
        }

        private static boolean belongs(Case found, View view) {
            return view.centres().contains(found.centreId())
                    && (view.source() == null || view.source().equals(found.source()))
                    && (view.counsellor() == null || view.counsellor().equals(found.counsellor()))
                    && (view.group() == null || view.group() == found.groupSize() > 1)
                    && (view.legalForm() == null || view.legalForm().equals(found.legalForm()));
        }

        private static boolean in(LocalDateTime moment, View view) {
            return moment != null && !moment.isBefore(view.from()) && moment.isBefore(view.until());
        }

        /** Minute by minute would be slower still: the length less what of it lies in a pause. */
        private double days(long caseId, LocalDateTime from, LocalDateTime to) {
            Duration length = Duration.between(from, to);
            for (Pause pause : pauses.getOrDefault(caseId, List.of())) {
                LocalDateTime begin = pause.pausedAt().isAfter(from) ? pause.pausedAt() : from;
                LocalDateTime end =
                        pause.resumedAt() != null && pause.resumedAt().isBefore(to) ? pause.resumedAt() : to;
                if (begin.isBefore(end)) {
                    length = length.minus(Duration.between(begin, end));
                }
            }
            return length.toSeconds() / 86400.0;
        }

        private static double nearestRank(List<Double> values, double share) {
            List<Double> sorted =
                    values.stream().sorted(Comparator.naturalOrder()).toList();
            int percent = (int) Math.round(share * 100);
            return sorted.get((sorted.size() * percent + 99) / 100 - 1);
        }

        private List<View> views() {
            LocalDateTime year = LocalDateTime.of(2026, 5, 1, 0, 0);
            LocalDateTime end = LocalDateTime.of(2027, 4, 8, 0, 0);
            List<String> all = List.of("kerkyra", "chania", "magnisia", "karditsa", "dock");
            return Stream.of(
                            new View(all, year, end, NOW, null, null, null, null),
                            new View(
                                    List.of("kerkyra"),
                                    LocalDateTime.of(2000, 1, 1, 0, 0),
                                    end,
                                    NOW,
                                    null,
                                    null,
                                    null,
                                    null),
                            new View(all, year.plusMonths(8), end, NOW, "event", null, null, null),
                            new View(all, year, end, NOW, null, "dock.counsellor", null, null),
                            new View(all, year, end, NOW, null, null, true, null),
                            new View(List.of("chania", "dock"), year, end, NOW, null, null, false, null),
                            new View(all, year, end, NOW, null, null, null, "koinsep"))
                    .toList();
        }

        private void fill(long seed, int count) {
            for (String table :
                    List.of("follow_up", "task_fact", "stage_fact", "pause_fact", "case_fact", "case_file")) {
                jdbc.sql("delete from " + table).update();
            }
            new SampleCases(jdbc, seed, NOW).add(count);
            cases = jdbc.sql("select * from case_fact").query(Case.class).list().stream()
                    .collect(Collectors.toMap(Case::caseId, Function.identity()));
            stages = jdbc.sql("select * from stage_fact").query(Stage.class).list();
            tasks = jdbc.sql("select * from task_fact").query(Task.class).list();
            pauses = jdbc.sql("select * from pause_fact").query(Pause.class).list().stream()
                    .collect(Collectors.groupingBy(Pause::caseId));
        }
    }

    @Test
    void who_may_not_see_names_gets_no_number_from_one_to_four_and_no_exact_one() {
        Discretion supervisor = new Discretion(false);
        assertThat(supervisor.number(0)).isZero();
        for (int few = 1; few < 5; few++) {
            assertThat(supervisor.number(few)).isNull();
            assertThat(supervisor.measure(few)).isFalse();
        }
        for (int exact = 5; exact < 500; exact++) {
            assertThat(supervisor.number(exact) % 5).isZero();
            assertThat(Math.abs(supervisor.number(exact) - exact)).isLessThanOrEqualTo(2);
        }
        assertThat(new Discretion(true).number(3)).isEqualTo(3);
    }
}
