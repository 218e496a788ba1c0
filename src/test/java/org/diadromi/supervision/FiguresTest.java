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
import org.springframework.dao.DataIntegrityViolationException;
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
                String process,
                String taskKey,
                LocalDateTime createdAt,
                LocalDateTime dueAt,
                LocalDateTime claimedAt,
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

        @Autowired
        private MapFigures map;

        @Autowired
        private ForecastFigures forecast;

        @Autowired
        private EventLog log;

        @Autowired
        private ResultFigures results;

        @Autowired
        private PeopleFigures people;

        @Autowired
        private FundingHours funding;

        @Autowired
        private Facts facts;

        private Map<Long, Case> cases;
        private List<Stage> stages;
        private List<Task> tasks;
        private Map<Long, List<Pause>> pauses;

        @Test
        void when_a_case_goes_to_another_centre_the_work_done_stays_where_it_was_done() {
            fill(3, 200);
            View kerkyra = ofCentre("kerkyra");
            View chania = ofCentre("chania");
            List<PeopleFigures.Time> givenHere = people.times(kerkyra);
            List<PeopleFigures.Time> givenThere = people.times(chania);
            List<ResultFigures.Advised> advisedHere = results.advised(kerkyra);
            List<FundingHours.Line> paidHere = funding.of(List.of("kerkyra"), 2020, 2030);
            int openedHere = opened(kerkyra);
            int openedThere = opened(chania);
            long moves = jdbc.sql(
                            """
                    select min(s.case_id) from counselling_session s
                    join enrolment e on e.case_id = s.case_id join attendance a on a.enrolment_id = e.id
                    join case_fact c on c.case_id = s.case_id where s.outcome = 'attended' and c.centre_id = 'kerkyra'
                      and not exists (select 1 from follow_up f where f.case_id = s.case_id)
                    """)
                    .query(Long.class)
                    .single();

            facts.handedOver(moves, -1);
            jdbc.sql("update case_file set centre_id = 'chania', number = 'CHA-1' where id = ?")
                    .param(moves)
                    .update();
            facts.arrived(moves);

            assertThat(people.times(kerkyra)).isEqualTo(givenHere);
            assertThat(people.times(chania)).isEqualTo(givenThere);
            assertThat(funding.of(List.of("kerkyra"), 2020, 2030)).isEqualTo(paidHere);
            assertThat(results.advised(kerkyra)).containsExactlyInAnyOrderElementsOf(advisedHere);
            assertThat(results.otherwise(kerkyra, Integer.MAX_VALUE))
                    .filteredOn(decision -> decision.reason() == null)
                    .as("reasons of a case that is another centre's now")
                    .hasSize(jdbc.sql("select count(*) from suitability_fact where case_id = -1 and advice <> decision")
                            .query(Integer.class)
                            .single());
            assertThat(opened(kerkyra)).isEqualTo(openedHere);
            assertThat(opened(chania)).isEqualTo(openedThere + 1);
            assertThat(flow.outcomes(kerkyra))
                    .filteredOn(outcome -> outcome.name().equals("transferred"))
                    .singleElement()
                    .extracting(FlowFigures.Number::cases)
                    .isEqualTo(1);
            assertThat(Outcomes.kind("transferred")).isEqualTo("transferred");
        }

        private static View ofCentre(String centre) {
            return new View(
                    List.of(centre),
                    LocalDateTime.of(2000, 1, 1, 0, 0),
                    LocalDateTime.of(2099, 1, 1, 0, 0),
                    NOW,
                    null,
                    null,
                    null,
                    null);
        }

        private int opened(View view) {
            return results.sources(view).stream()
                    .mapToInt(ResultFigures.Source::opened)
                    .sum();
        }

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
                assertResults(view, mine);
                assertPeople(view, mine);
                assertWeeks(view, mine);
                assertLog(view, mine);
                for (String process : MapPages.processes()) {
                    assertMap(view, process, mine);
                }
            }
        }

        @Test
        void hours_stand_beside_what_each_line_pays_in_the_calendar_year_of_the_session() {
            fill(4, 300);
            jdbc.sql("delete from funding_budget").update();
            jdbc.sql(
                            """
                    insert into funding_budget (centre_id, line, budget_year, hours) values
                    ('kerkyra', 'packageB', 2026, 1), ('kerkyra', 'packageA', 2027, 70), ('chania', 'packageB', 2026, 500)
                    """)
                    .update();
            // One that was held in the old year and written down in the new one.
            jdbc.sql(
                            """
                    update appointment set starts_at = timestamp '2026-12-31 18:00:00' where id = (
                        select min(s.appointment_id) from counselling_session s join case_fact c on c.case_id = s.case_id
                        where c.centre_id = 'kerkyra' and s.outcome = 'attended' and s.funding_line = 'packageB'
                          and s.recorded_at >= timestamp '2027-01-01 00:00:00')
                    """)
                    .update();
            Map<String, Integer> expected = new TreeMap<>();
            jdbc.sql(
                            """
                    select s.*, a.starts_at from counselling_session s join appointment a on a.id = s.appointment_id
                    where s.outcome = 'attended'
                    """)
                    .query()
                    .listOfRows()
                    .forEach(row -> {
                        int year = ((java.sql.Timestamp) row.get("starts_at"))
                                .toLocalDateTime()
                                .getYear();
                        if (cases.get(((Number) row.get("case_id")).longValue())
                                        .centreId()
                                        .equals("kerkyra")
                                && (year == 2026 || year == 2027)) {
                            expected.merge(
                                    year + " " + row.get("funding_line"),
                                    ((Number) row.get("contact_minutes")).intValue()
                                            + ((Number) row.get("preparation_minutes")).intValue(),
                                    Integer::sum);
                        }
                    });
            expected.putIfAbsent("2027 packageA", 0);

            List<FundingHours.Line> lines = funding.of(List.of("kerkyra"), 2026, 2027);
            assertThat(lines.stream()
                            .collect(Collectors.toMap(
                                    line -> line.year() + " " + line.line(), FundingHours.Line::minutes)))
                    .isEqualTo(expected)
                    .containsKeys("2026 unfunded", "2026 packageB");
            assertThat(lines)
                    .isSortedAccordingTo(Comparator.comparingInt(FundingHours.Line::year)
                            .reversed()
                            .thenComparing(FundingHours.Line::line));
            assertThat(lines.stream().filter(line -> line.hours() > 0))
                    .extracting(FundingHours.Line::line, FundingHours.Line::hours, FundingHours.Line::isUsedUp)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("packageA", 70, false),
                            org.assertj.core.groups.Tuple.tuple("packageB", 1, true));
            assertThat(funding.of(List.of("chania", "kerkyra"), 2026, 2026))
                    .filteredOn(line -> line.line().equals("packageB"))
                    .singleElement()
                    .extracting(FundingHours.Line::hours)
                    .isEqualTo(501);
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

        record Asked(
                long caseId,
                int followUpMonth,
                String status,
                Integer jobsFull,
                Integer jobsPart,
                Integer jobsWomen,
                Integer jobsTarget,
                LocalDateTime recordedAt) {}

        private void assertDecisions(View view, Predicate<Long> mine) {
            List<Map<String, Object>> decided = jdbc.sql("select * from suitability_fact").query().listOfRows().stream()
                    .filter(row -> mine.test(((Number) row.get("case_id")).longValue())
                            && in(((java.sql.Timestamp) row.get("decided_at")).toLocalDateTime(), view))
                    .toList();
            assertThat(results.advised(view).stream()
                            .collect(Collectors.toMap(
                                    ResultFigures.Advised::advice,
                                    advised -> List.of(advised.decisions(), advised.otherwise()))))
                    .isEqualTo(
                            decided.stream()
                                    .collect(Collectors.groupingBy(row -> (String) row.get("advice")))
                                    .entrySet()
                                    .stream()
                                    .collect(Collectors.toMap(
                                            Map.Entry::getKey,
                                            advice -> List.of(advice.getValue().size(), (int) advice.getValue().stream()
                                                    .filter(FiguresTest.Figures::isOtherwise)
                                                    .count()))));
            List<ResultFigures.Otherwise> otherwise = results.otherwise(view, Integer.MAX_VALUE);
            assertThat(otherwise)
                    .isSortedAccordingTo(Comparator.comparing(ResultFigures.Otherwise::decidedAt)
                            .reversed())
                    .allSatisfy(decision -> assertThat(decision.reason()).startsWith("Το συζητήσαμε"));
            assertThat(results.otherwise(view, 3)).isEqualTo(otherwise.subList(0, Math.min(3, otherwise.size())));
            assertThat(otherwise)
                    .extracting(ResultFigures.Otherwise::caseNumber)
                    .containsExactlyInAnyOrderElementsOf(decided.stream()
                            .filter(FiguresTest.Figures::isOtherwise)
                            .map(row -> cases.get(((Number) row.get("case_id")).longValue())
                                    .caseNumber())
                            .toList());
        }

        private static boolean isOtherwise(Map<String, Object> decision) {
            return !decision.get("advice").equals(decision.get("decision"));
        }

        private void assertResults(View view, Predicate<Long> mine) {
            assertDecisions(view, mine);
            List<Stage> registered = stages.stream()
                    .filter(stage -> stage.stage().equals("follow-up") && mine.test(stage.caseId()))
                    .toList();
            Map<String, Long> byForm = registered.stream()
                    .filter(stage -> in(stage.enteredAt(), view))
                    .collect(Collectors.groupingBy(
                            stage -> String.valueOf(cases.get(stage.caseId()).legalForm()), Collectors.counting()));
            assertThat(results.ventures(view).stream()
                            .collect(Collectors.toMap(
                                    form -> String.valueOf(form.legalForm()), form -> (long) form.ventures())))
                    .isEqualTo(byForm);
            assertThat(results.ventures(view).stream()
                            .mapToInt(ResultFigures.Ventures::groups)
                            .sum())
                    .isEqualTo((int) registered.stream()
                            .filter(stage -> in(stage.enteredAt(), view))
                            .filter(stage -> cases.get(stage.caseId()).groupSize() > 1)
                            .count());
            List<Asked> asked = jdbc.sql("select * from follow_up order by case_id, follow_up_month")
                    .query(Asked.class)
                    .list();
            assertJobs(view, asked, mine);
            assertSurvival(view, registered, asked);
            Map<Integer, List<Asked>> months = asked.stream()
                    .filter(found -> mine.test(found.caseId()) && in(found.recordedAt(), view))
                    .collect(Collectors.groupingBy(Asked::followUpMonth, TreeMap::new, Collectors.toList()));
            assertThat(results.response(view))
                    .isEqualTo(months.entrySet().stream()
                            .map(entry -> new ResultFigures.Response(
                                    entry.getKey(), entry.getValue().size(), (int) entry.getValue().stream()
                                            .filter(found -> !found.status().equals("noContact"))
                                            .count()))
                            .toList());
            Map<String, List<Case>> sources = cases.values().stream()
                    .filter(found -> mine.test(found.caseId()) && in(found.openedAt(), view))
                    .collect(Collectors.groupingBy(Case::source));
            List<ResultFigures.Source> told = results.sources(view);
            assertThat(told).hasSize(sources.size());
            told.forEach(source -> {
                List<Case> all = sources.get(source.source());
                assertThat(source.opened()).isEqualTo(all.size());
                assertThat(source.suitable()).isEqualTo(reached(all, "counselling"));
                assertThat(source.trained()).isEqualTo(reached(all, "business-plan-training"));
                assertThat(source.registered()).isEqualTo(reached(all, "follow-up"));
                assertThat(source.referred()).isEqualTo((int) all.stream()
                        .filter(found -> found.outcome() != null
                                && Outcomes.kind(found.outcome()).equals("referral"))
                        .count());
            });
        }

        private int reached(List<Case> all, String stage) {
            return (int) all.stream()
                    .filter(found -> stages.stream()
                            .anyMatch(passed -> passed.caseId() == found.caseId()
                                    && passed.stage().equals(stage)))
                    .count();
        }

        private void assertJobs(View view, List<Asked> asked, Predicate<Long> mine) {
            Map<Long, Asked> latest = new TreeMap<>();
            asked.stream()
                    .filter(found ->
                            found.jobsFull() != null && in(found.recordedAt(), view) && mine.test(found.caseId()))
                    .forEach(found -> latest.put(found.caseId(), found));
            List<ResultFigures.Jobs> jobs = results.jobs(view);
            assertThat(jobs.stream().mapToInt(ResultFigures.Jobs::ventures).sum())
                    .isEqualTo(latest.size());
            jobs.forEach(form -> {
                List<Asked> ofForm = latest.values().stream()
                        .filter(found -> java.util.Objects.equals(
                                cases.get(found.caseId()).legalForm(), form.legalForm()))
                        .toList();
                assertThat(form.full())
                        .isEqualTo(ofForm.stream().mapToInt(Asked::jobsFull).sum());
                assertThat(form.part())
                        .isEqualTo(ofForm.stream().mapToInt(Asked::jobsPart).sum());
                assertThat(form.women())
                        .isEqualTo(ofForm.stream().mapToInt(Asked::jobsWomen).sum());
                assertThat(form.target())
                        .isEqualTo(ofForm.stream().mapToInt(Asked::jobsTarget).sum());
            });
        }

        /** The product-limit estimate by its definition: month by month over a list of lives. */
        private void assertSurvival(View view, List<Stage> registered, List<Asked> asked) {
            record Life(int months, boolean closed, boolean lost) {}
            List<Life> lives = registered.stream()
                    .filter(stage -> stage.enteredAt().isBefore(view.until()))
                    .map(stage -> {
                        int last = 0;
                        boolean lost = false;
                        for (Asked found : asked) {
                            if (found.caseId() != stage.caseId()
                                    || !found.recordedAt().isBefore(view.until())) {
                                continue;
                            }
                            if (found.status().equals("closed")) {
                                return new Life(found.followUpMonth(), true, false);
                            }
                            lost = found.status().equals("noContact");
                            last = lost ? last : found.followUpMonth();
                        }
                        return new Life(last, false, lost);
                    })
                    .toList();
            double survival = 1;
            List<ResultFigures.Survival> told = results.survival(view);
            assertThat(told)
                    .extracting(ResultFigures.Survival::month)
                    .containsExactlyElementsOf(
                            new TreeSet<>(lives.stream().map(Life::months).toList()));
            for (ResultFigures.Survival step : told) {
                List<Life> atRisk = lives.stream()
                        .filter(life -> life.months() >= step.month())
                        .toList();
                List<Life> here = lives.stream()
                        .filter(life -> life.months() == step.month())
                        .toList();
                int closed = (int) here.stream().filter(Life::closed).count();
                survival *= (atRisk.size() - closed) / (double) atRisk.size();
                assertThat(step.atRisk()).isEqualTo(atRisk.size());
                assertThat(step.closed()).isEqualTo(closed);
                assertThat(step.lost())
                        .isEqualTo((int) here.stream().filter(Life::lost).count());
                assertThat(step.followed()).isEqualTo(here.size() - closed - step.lost());
                assertThat(step.survival()).isCloseTo(survival, within(1e-9));
            }
        }

        /** Each case is one trace of all that was done in it, under a name that says nothing. */
        private void assertLog(View view, Predicate<Long> mine) {
            Map<Long, List<String>> expected = new TreeMap<>();
            cases.values().stream()
                    .filter(found -> mine.test(found.caseId()) && in(found.openedAt(), view))
                    .forEach(found -> {
                        List<LocalDateTime> moments = new java.util.ArrayList<>(tasks.stream()
                                .filter(task -> task.caseId() == found.caseId() && "COMPLETED".equals(task.endedHow()))
                                .map(Task::endedAt)
                                .toList());
                        moments.add(found.openedAt());
                        if (found.closedAt() != null) {
                            moments.add(found.closedAt());
                        }
                        expected.put(
                                found.caseId(),
                                moments.stream()
                                        .sorted()
                                        .map(moment -> moment.toLocalDate().toString())
                                        .toList());
                    });
            try {
                String exact = logged(out -> log.csv(view, true, java.util.Locale.ENGLISH, out));
                String days = logged(out -> log.csv(view, false, java.util.Locale.ENGLISH, out));
                String xes = logged(out -> log.xes(view, true, java.util.Locale.ENGLISH, out));
                assertThat(log.cases(view)).isEqualTo(expected.size());
                assertThat(traces(exact)).containsExactlyInAnyOrderElementsOf(expected.values());
                assertThat(traces(days)).containsExactlyInAnyOrderElementsOf(expected.values());
                var document = javax.xml.parsers.DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new java.io.ByteArrayInputStream(xes.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                assertThat(document.getElementsByTagName("trace").getLength()).isEqualTo(expected.size());
                assertThat(document.getElementsByTagName("event").getLength())
                        .isEqualTo(
                                expected.values().stream().mapToInt(List::size).sum());
                for (String text : List.of(exact, days, xes)) {
                    assertThat(text).doesNotContainPattern("S\\d\\d-\\d{4}-").doesNotContain(".counsellor");
                }
                assertThat(days.lines().skip(1))
                        .allSatisfy(line -> assertThat(line.split(",")[3]).contains("T00:00:00.000"));
                if (!expected.isEmpty()) {
                    assertThat(exact.lines().skip(1).findFirst().orElseThrow().split(",")[0])
                            .isNotEqualTo(logged(out -> log.csv(view, true, java.util.Locale.ENGLISH, out))
                                    .lines()
                                    .skip(1)
                                    .findFirst()
                                    .orElseThrow()
                                    .split(",")[0]);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private interface Logging {
            void to(java.io.OutputStream out) throws Exception;
        }

        private static String logged(Logging logging) throws Exception {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            logging.to(out);
            return out.toString(java.nio.charset.StandardCharsets.UTF_8);
        }

        /** The days of each case's events in the order of the file. */
        private static java.util.Collection<List<String>> traces(String csv) {
            return csv.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .collect(Collectors.groupingBy(
                            cells -> cells[0],
                            Collectors.mapping(cells -> cells[3].substring(0, 10), Collectors.toList())))
                    .values();
        }

        private void assertWeeks(View view, Predicate<Long> mine) {
            ForecastFigures.Weeks weeks = forecast.weeks(view);
            int[] registered = new int[weeks.count()];
            int[] through = new int[weeks.count()];
            int[] opened = new int[weeks.count()];
            int open = 0;
            for (Case found : cases.values()) {
                if (!mine.test(found.caseId())) {
                    continue;
                }
                opened[weeksAgo(found.openedAt())]++;
                LocalDateTime venture = stages.stream()
                        .filter(stage -> stage.caseId() == found.caseId()
                                && stage.stage().equals("follow-up"))
                        .map(Stage::enteredAt)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
                if (venture != null) {
                    registered[weeksAgo(venture)]++;
                    through[weeksAgo(venture)]++;
                } else if (found.closedAt() != null) {
                    through[weeksAgo(found.closedAt())]++;
                } else {
                    open++;
                }
            }
            assertThat(weeks.registered()).isEqualTo(registered);
            assertThat(weeks.through()).isEqualTo(through);
            assertThat(weeks.opened()).isEqualTo(opened);
            assertThat(weeks.open()).isEqualTo(open);
        }

        private static int weeksAgo(LocalDateTime moment) {
            return (int) (Duration.between(moment, NOW).toSeconds() / (7 * 24 * 3600));
        }

        private void assertPeople(View view, Predicate<Long> mine) {
            List<PeopleFigures.Load> loads = people.loads(view);
            assertThat(loads.stream().mapToInt(PeopleFigures.Load::done).sum()).isEqualTo((int) tasks.stream()
                    .filter(task -> "COMPLETED".equals(task.endedHow()) && in(task.endedAt(), view))
                    .filter(task -> mine.test(task.caseId()))
                    .count());
            Map<String, Long> counsellors = cases.values().stream()
                    .filter(found -> mine.test(found.caseId()) && found.closedAt() == null)
                    .collect(Collectors.groupingBy(Case::counsellor, Collectors.counting()));
            assertThat(loads.stream()
                            .filter(load -> load.cases() > 0)
                            .collect(Collectors.toMap(PeopleFigures.Load::person, load -> (long) load.cases())))
                    .isEqualTo(counsellors);
            Map<String, int[]> expected = new TreeMap<>();
            jdbc.sql("select * from counselling_session where outcome = 'attended'")
                    .query()
                    .listOfRows()
                    .forEach(row -> {
                        long caseId = ((Number) row.get("case_id")).longValue();
                        if (mine.test(caseId)
                                && in(((java.sql.Timestamp) row.get("recorded_at")).toLocalDateTime(), view)) {
                            int[] sum = expected.computeIfAbsent(
                                    row.get("recorded_by") + " " + row.get("funding_line"), key -> new int[3]);
                            sum[0] += ((Number) row.get("contact_minutes")).intValue();
                            sum[1] += ((Number) row.get("preparation_minutes")).intValue();
                        }
                    });
            jdbc.sql("select m.*, f.case_id from mentoring m join follow_up f on f.id = m.follow_up_id")
                    .query()
                    .listOfRows()
                    .forEach(row -> {
                        long caseId = ((Number) row.get("case_id")).longValue();
                        if (mine.test(caseId)
                                && in(((java.sql.Timestamp) row.get("recorded_at")).toLocalDateTime(), view)) {
                            int[] sum =
                                    expected.computeIfAbsent(row.get("recorded_by") + " mentoring", key -> new int[3]);
                            sum[0] += ((Number) row.get("contact_minutes")).intValue();
                            sum[1] += ((Number) row.get("preparation_minutes")).intValue();
                        }
                    });
            java.util.Set<String> given = new java.util.HashSet<>();
            jdbc.sql(
                            """
                    select e.*, a.module_key, a.caught_up, t.hours from enrolment e join attendance a on a.enrolment_id = e.id
                    join training_module t on t.module_key = a.module_key
                    """)
                    .query()
                    .listOfRows()
                    .forEach(row -> {
                        long caseId = ((Number) row.get("case_id")).longValue();
                        LocalDateTime end = ((java.sql.Date) row.get("ends_on"))
                                .toLocalDate()
                                .atStartOfDay();
                        if (mine.test(caseId)
                                && !(boolean) row.get("caught_up")
                                && in(end, view)
                                && given.add(
                                        cases.get(caseId).centreId() + row.get("starts_on") + row.get("module_key"))) {
                            expected.computeIfAbsent(row.get("enrolled_by") + " training", key -> new int[3])[2] +=
                                    60 * ((Number) row.get("hours")).intValue();
                        }
                    });
            Map<String, List<Integer>> told = new TreeMap<>();
            people.times(view)
                    .forEach(time -> told.put(
                            time.person() + " " + time.fundingLine(),
                            List.of(time.contact(), time.preparation(), time.training())));
            Map<String, List<Integer>> all = new TreeMap<>();
            expected.forEach((key, sum) -> all.put(key, List.of(sum[0], sum[1], sum[2])));
            assertThat(told).isEqualTo(all);
        }

        /** One passage of a step, whichever kind it is. */
        private record Passage(
                String key,
                long caseId,
                LocalDateTime begun,
                LocalDateTime claimed,
                LocalDateTime due,
                LocalDateTime end) {}

        private void assertMap(View view, String process, Predicate<Long> mine) {
            boolean journey = process.equals("support-journey");
            Stream<Passage> all = journey
                    ? stages.stream()
                            .filter(stage -> stage.leftAt() == null || stage.outcome() != null)
                            .map(stage -> new Passage(
                                    stage.stage(), stage.caseId(), stage.enteredAt(), null, null, stage.leftAt()))
                    : tasks.stream()
                            .filter(task -> task.process().equals(process))
                            .filter(task -> task.endedAt() == null || "COMPLETED".equals(task.endedHow()))
                            .map(task -> new Passage(
                                    task.taskKey(),
                                    task.caseId(),
                                    task.createdAt(),
                                    task.claimedAt(),
                                    task.dueAt(),
                                    task.endedAt()));
            Map<Boolean, Map<String, List<Passage>>> ended = all.filter(passage -> mine.test(passage.caseId()))
                    .collect(Collectors.partitioningBy(
                            passage -> passage.end() != null, Collectors.groupingBy(Passage::key)));
            Map<String, List<Passage>> done = new TreeMap<>();
            ended.get(true).forEach((key, passages) -> {
                List<Passage> within = passages.stream()
                        .filter(passage -> in(passage.end(), view))
                        .toList();
                if (!within.isEmpty()) {
                    done.put(key, within);
                }
            });
            List<MapFigures.Step> steps = map.steps(view, process);
            assertThat(steps).extracting(MapFigures.Step::key).containsExactlyInAnyOrderElementsOf(done.keySet());
            for (MapFigures.Step step : steps) {
                List<Passage> passages = done.get(step.key());
                assertThat(step.done()).isEqualTo(passages.size());
                assertThat(step.cases()).isEqualTo((int)
                        passages.stream().map(Passage::caseId).distinct().count());
                List<Double> lengths = passages.stream()
                        .map(passage -> days(passage.caseId(), passage.begun(), passage.end()))
                        .toList();
                assertThat(step.median()).isCloseTo(nearestRank(lengths, 0.5), within(1e-6));
                if (!journey) {
                    assertThat(step.late()).isEqualTo((int) passages.stream()
                            .filter(passage -> passage.end().isAfter(passage.due()))
                            .count());
                    assertThat(step.waiting())
                            .isCloseTo(
                                    nearestRank(
                                            passages.stream()
                                                    .map(passage ->
                                                            days(passage.caseId(), passage.begun(), passage.claimed()))
                                                    .toList(),
                                            0.5),
                                    within(1e-6));
                    assertThat(step.working())
                            .isCloseTo(
                                    nearestRank(
                                            passages.stream()
                                                    .map(passage ->
                                                            days(passage.caseId(), passage.claimed(), passage.end()))
                                                    .toList(),
                                            0.5),
                                    within(1e-6));
                }
                MapFigures.Bands bands = map.bands(view, process, step.key());
                int[] limits = {1, 3, 7, 14, 30, Integer.MAX_VALUE};
                int[] told = {
                    bands.upTo1(), bands.upTo3(), bands.upTo7(), bands.upTo14(), bands.upTo30(), bands.longer()
                };
                for (int i = 0; i < limits.length; i++) {
                    double above = i == 0 ? Double.NEGATIVE_INFINITY : limits[i - 1];
                    double upTo = limits[i];
                    assertThat(told[i]).isEqualTo((int) lengths.stream()
                            .filter(value -> value > above && value <= upTo)
                            .count());
                }
            }
            Map<String, List<Passage>> waiting = new TreeMap<>();
            ended.get(false).forEach((key, passages) -> {
                List<Passage> now = passages.stream()
                        .filter(passage -> pauses.getOrDefault(passage.caseId(), List.of()).stream()
                                .noneMatch(pause -> pause.resumedAt() == null))
                        .toList();
                if (!now.isEmpty()) {
                    waiting.put(key, now);
                }
            });
            assertThat(map.open(view, process).stream()
                            .collect(Collectors.toMap(MapFigures.Open::key, MapFigures.Open::open)))
                    .isEqualTo(waiting.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, entry -> entry.getValue().size())));
            waiting.forEach((key, passages) -> {
                List<MapFigures.Waiting> told = map.waiting(view, process, key, 1000);
                assertThat(told)
                        .extracting(MapFigures.Waiting::caseNumber)
                        .containsExactlyInAnyOrderElementsOf(passages.stream()
                                .map(passage -> cases.get(passage.caseId()).caseNumber())
                                .toList());
                assertThat(told).extracting(MapFigures.Waiting::days).isSortedAccordingTo(Comparator.reverseOrder());
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

        /** What notices doubles in the background may look at a case between the two. */
        private void deleteCaseFiles(int patience) {
            try {
                jdbc.sql("delete from case_likeness").update();
                jdbc.sql("delete from case_double").update();
                jdbc.sql("delete from case_file").update();
            } catch (DataIntegrityViolationException e) {
                if (patience == 0) {
                    throw e;
                }
                deleteCaseFiles(patience - 1);
            }
        }

        private void fill(long seed, int count) {
            for (String table : List.of(
                    "mentoring",
                    "follow_up",
                    "counselling_session",
                    "appointment",
                    "attendance",
                    "enrolment",
                    "task_fact",
                    "stage_fact",
                    "pause_fact",
                    "suitability_fact",
                    "suitability_assessment",
                    "case_fact",
                    "case_double")) {
                jdbc.sql("delete from " + table).update();
            }
            deleteCaseFiles(5);
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
