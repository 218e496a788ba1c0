package org.diadromi.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.diadromi.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the figures keep to beside being right, on both databases; that they are right is {@link RandomJourneysTest}'s. */
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

        private static final LocalDateTime NOW = RawHistory.NOW;

        @Autowired
        private JdbcClient jdbc;

        @Autowired
        private NowFigures now;

        @Autowired
        private FlowFigures flow;

        @Autowired
        private ResultFigures results;

        @Autowired
        private PeopleFigures people;

        @Autowired
        private FundingHours funding;

        @Autowired
        private FigurePages pages;

        @Autowired
        private Facts facts;

        @Test
        void when_a_case_goes_to_another_centre_the_work_done_stays_where_it_was_done() {
            fill(3, 200);
            View kerkyra = ofCentre("kerkyra");
            View chania = ofCentre("chania");
            List<PeopleFigures.Time> givenHere = people.times(kerkyra);
            List<PeopleFigures.Time> givenThere = people.times(chania);
            List<ResultFigures.Advised> advisedHere = results.advised(kerkyra);
            List<ResultFigures.Jobs> jobsHere = results.jobs(kerkyra);
            List<ResultFigures.Jobs> jobsThere = results.jobs(chania);
            List<ResultFigures.Response> answeredHere = results.response(kerkyra);
            List<ResultFigures.Response> answeredThere = results.response(chania);
            List<ResultFigures.Survival> survivalHere = results.survival(kerkyra);
            List<ResultFigures.Survival> survivalThere = results.survival(chania);
            List<FundingHours.Line> paidHere = funding.of(List.of("kerkyra"), 2020, 2030);
            int openedHere = opened(kerkyra);
            int openedThere = opened(chania);
            long moves = jdbc.sql("""
                    select min(s.case_id) from counselling_session s
                    join enrolment e on e.case_id = s.case_id join attendance a on a.enrolment_id = e.id
                    join case_fact c on c.case_id = s.case_id where s.outcome = 'attended' and c.centre_id = 'kerkyra'
                      and c.closed_at is null
                      and exists (select 1 from follow_up f join mentoring m on m.follow_up_id = f.id where f.case_id = s.case_id)
                    """).query(Long.class).single();

            facts.handedOver(moves, -1);
            jdbc.sql("update case_file set centre_id = 'chania', number = 'CHA-1' where id = ?")
                    .param(moves)
                    .update();
            facts.arrived(moves);

            assertThat(people.times(kerkyra)).isEqualTo(givenHere);
            assertThat(people.times(chania)).isEqualTo(givenThere);
            assertThat(funding.of(List.of("kerkyra"), 2020, 2030)).isEqualTo(paidHere);
            assertThat(results.advised(kerkyra)).containsExactlyInAnyOrderElementsOf(advisedHere);
            assertThat(results.jobs(kerkyra)).containsExactlyInAnyOrderElementsOf(jobsHere);
            assertThat(results.jobs(chania)).containsExactlyInAnyOrderElementsOf(jobsThere);
            assertThat(results.response(kerkyra)).isEqualTo(answeredHere);
            assertThat(results.response(chania)).isEqualTo(answeredThere);
            assertThat(results.survival(kerkyra)).isEqualTo(survivalHere);
            assertThat(results.survival(chania)).isEqualTo(survivalThere);
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

        @Test
        void hours_stand_beside_what_each_line_pays_in_the_calendar_year_of_the_session() {
            fill(4, 300);
            jdbc.sql("delete from funding_budget").update();
            jdbc.sql("""
                    insert into funding_budget (centre_id, line, budget_year, hours) values
                    ('kerkyra', 'packageB', 2026, 1), ('kerkyra', 'packageA', 2027, 70), ('chania', 'packageB', 2026, 500)
                    """).update();
            // One that was held in the old year and written down in the new one.
            jdbc.sql("""
                    update counselling_session set held_on = date '2026-12-31' where id = (
                        select min(s.id) from counselling_session s join case_fact c on c.case_id = s.case_id
                        where c.centre_id = 'kerkyra' and s.outcome = 'attended' and s.funding_line = 'packageB'
                          and s.recorded_at >= timestamp '2027-01-01 00:00:00')
                    """).update();
            Map<String, Integer> expected = new TreeMap<>();
            jdbc.sql("""
                    select s.* from counselling_session s
                    join case_fact c on c.case_id = s.case_id
                    where s.outcome = 'attended' and c.centre_id = 'kerkyra'
                    """).query().listOfRows().forEach(row -> {
                int year = ((java.sql.Date) row.get("held_on")).toLocalDate().getYear();
                if (year == 2026 || year == 2027) {
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
        void what_is_open_at_the_end_of_a_month_is_the_same_in_every_period() {
            fill(5, 300);
            List<Panel> ofAll = flowFrom(LocalDateTime.of(2000, 1, 1, 0, 0));
            List<Panel> ofYear = flowFrom(LocalDateTime.of(2027, 1, 1, 0, 0));
            List<List<Panel.Cell>> year = rows(ofYear, "arrivals");
            assertThat(year.get(0).get(0).text()).isEqualTo("01/2027");
            assertThat(rows(ofAll, "arrivals")).hasSizeGreaterThan(year.size()).endsWith(year.toArray(List[]::new));
            assertThat(rows(ofAll, "cumulative").stream()
                            .map(FiguresTest::withoutLast)
                            .toList())
                    .endsWith(rows(ofYear, "cumulative").stream()
                            .map(FiguresTest::withoutLast)
                            .toArray(List[]::new));
        }

        @Test
        void each_column_of_the_flow_counts_what_its_heading_says() {
            fill(5, 300);
            LocalDateTime from = LocalDateTime.of(2026, 6, 1, 0, 0);
            List<Panel> flow = flowFrom(from);
            List<List<Panel.Cell>> arrivals = rows(flow, "arrivals");
            List<List<Panel.Cell>> cumulative = rows(flow, "cumulative");
            assertThat(arrivals).hasSameSizeAs(cumulative);
            for (int row = 0; row < arrivals.size(); row++) {
                LocalDateTime begin = from.plusMonths(row);
                LocalDateTime end = NOW.isBefore(begin.plusMonths(1)) ? NOW : begin.plusMonths(1);
                String people = "case_fact where centre_id = 'kerkyra' and coalesce(outcome, '') <> 'duplicate' and ";
                assertThat(numbers(arrivals.get(row)))
                        .containsExactly(
                                count(people + "opened_at >= ? and opened_at < ?", begin, end),
                                count(people + "closed_at >= ? and closed_at < ?", begin, end),
                                count(people + "opened_at < ? and (closed_at is null or closed_at >= ?)", end, end));
                List<Double> stages = new ArrayList<>(FigurePages.STAGES.stream()
                        .map(stage -> count(
                                "stage_fact s join case_fact c on c.case_id = s.case_id where s.centre_id = 'kerkyra' and stage = '"
                                        + stage
                                        + "' and coalesce(c.outcome, '') <> 'duplicate' and entered_at < ? and (left_at is null or left_at >= ?)",
                                end,
                                end))
                        .toList());
                assertThat(stages.stream().mapToDouble(Double::doubleValue).sum())
                        .as("every open case is in one stage")
                        .isPositive()
                        .isEqualTo(arrivals.get(row).get(3).value());
                stages.add(count(people + "closed_at >= ? and closed_at < ?", from, end));
                assertThat(numbers(cumulative.get(row))).isEqualTo(stages);
            }
        }

        private double count(String rows, LocalDateTime... moments) {
            return jdbc.sql("select count(*) from " + rows)
                    .params((Object[]) moments)
                    .query(Double.class)
                    .single();
        }

        private static List<Double> numbers(List<Panel.Cell> row) {
            return row.stream().skip(1).map(Panel.Cell::value).toList();
        }

        private List<Panel> flowFrom(LocalDateTime from) {
            return pages.flow(
                    new View(List.of("kerkyra"), from, NOW, NOW, null, null, null, null),
                    new Discretion(true),
                    Locale.ENGLISH);
        }

        private static List<List<Panel.Cell>> rows(List<Panel> panels, String key) {
            return panels.stream()
                    .filter(panel -> panel.key().equals(key))
                    .findFirst()
                    .orElseThrow()
                    .rows();
        }

        @Test
        void limits_are_kept_for_whoever_asks_the_same_again_and_for_nobody_else() {
            fill(3, 300);
            View view = ofCentre("kerkyra");
            Map<String, Double> found = now.keptLimits(view);
            assertThat(found).isNotEmpty().isEqualTo(now.limits(view));
            jdbc.sql("update task_fact set days = days + 1").update();
            assertThat(now.limits(view)).isNotEqualTo(found);
            assertThat(now.keptLimits(at(view, view.now().plusMinutes(1)))).isEqualTo(found);
            for (View other : others(view)) {
                assertThat(now.keptLimits(other))
                        .as(other.toString())
                        .isNotEqualTo(found)
                        .isEqualTo(now.limits(other));
            }
        }

        private static View at(View view, LocalDateTime moment) {
            return new View(view.centres(), view.from(), view.until(), moment, null, null, null, null);
        }

        /** Questions that differ from this one in one thing each. */
        private static List<View> others(View view) {
            LocalDateTime from = view.from();
            LocalDateTime until = view.until();
            return List.of(
                    new View(List.of("chania"), from, until, view.now(), null, null, null, null),
                    new View(view.centres(), from.plusMonths(3), until, view.now(), null, null, null, null),
                    new View(view.centres(), from, until.minusMonths(3), view.now(), null, null, null, null),
                    new View(view.centres(), from, until, view.now(), "event", null, null, null),
                    new View(view.centres(), from, until, view.now(), null, "nobody", null, null),
                    new View(view.centres(), from, until, view.now(), null, null, true, null),
                    new View(view.centres(), from, until, view.now(), null, null, null, "koinsep"));
        }

        @Test
        void where_there_is_nothing_there_are_no_figures() {
            fill(1, 0);
            View view = ofCentre("kerkyra");
            assertThat(now.open(view, () -> now.limits(view))).isEqualTo(new NowFigures.Open(List.of(), List.of()));
            assertThat(now.numbers(view, List.of())).isEmpty();
            assertThat(now.past(view)).isEmpty();
            assertThat(flow.opened(view)).isZero();
            for (String chart : List.of("arrivals", "cumulative")) {
                assertThat(rows(flowFrom(view.from()), chart))
                        .singleElement()
                        .satisfies(month -> assertThat(numbers(month)).containsOnly(0.0));
            }
            assertThat(flow.wholeCases(view)).isEmpty();
        }

        private void fill(long seed, int count) {
            SampleCases.clear(jdbc);
            new SampleCases(jdbc, seed, NOW).add(count);
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

    private static List<Panel.Cell> withoutLast(List<Panel.Cell> row) {
        return row.subList(0, row.size() - 1);
    }
}
