package org.diadromi.supervision;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How cases flow through the stages: how many, how fast, with which loops and to which end. */
@Repository
class FlowFigures {

    /** In place of a stage: the whole case. */
    static final String ALL = "all";

    /** How many cases of a stage or outcome. */
    record Number(String name, int cases) {}

    /**
     * How many cases came to a stage in one month and left it in another.
     *
     * @param stage or {@link #ALL} for cases that were opened and closed
     * @param began the beginning of the month in which they came; null when they came before the period
     * @param ended the beginning of the month in which they left; null when they were still there at the end of the period
     */
    record Spell(String stage, LocalDateTime began, LocalDateTime ended, int cases) {}

    /** How many cases came to each stage, were there and left it, month by month; {@link #ALL} is opened, open and closed. */
    static final class Course {

        private final YearMonth first;
        private final YearMonth last;
        private final Map<String, NavigableMap<YearMonth, Integer>> came = new HashMap<>();
        private final Map<String, NavigableMap<YearMonth, Integer>> left = new HashMap<>();

        private Course(View view, List<Spell> spells) {
            first = YearMonth.from(view.from());
            last = YearMonth.from(view.until().minusNanos(1));
            for (Spell spell : spells) {
                add(came, spell, spell.began() == null ? first.minusMonths(1) : YearMonth.from(spell.began()));
                if (spell.ended() != null) {
                    add(left, spell, YearMonth.from(spell.ended()));
                }
            }
        }

        private static void add(Map<String, NavigableMap<YearMonth, Integer>> sums, Spell spell, YearMonth month) {
            sums.computeIfAbsent(spell.stage(), stage -> new TreeMap<>()).merge(month, spell.cases(), Integer::sum);
        }

        /** The months of the period, from the first one on in which a case was open. */
        List<YearMonth> months() {
            YearMonth begin = came.values().stream()
                    .map(NavigableMap::firstKey)
                    .min(Comparator.naturalOrder())
                    .orElse(last);
            return Stream.iterate(
                            begin.isBefore(first) ? first : begin,
                            month -> !month.isAfter(last),
                            month -> month.plusMonths(1))
                    .toList();
        }

        /** How many came in that month. */
        int came(String stage, YearMonth month) {
            return of(came, stage).getOrDefault(month, 0);
        }

        /** How many left in that month. */
        int left(String stage, YearMonth month) {
            return of(left, stage).getOrDefault(month, 0);
        }

        /** How many left from the beginning of the period to the end of that month. */
        int leftUntil(String stage, YearMonth month) {
            return upTo(left, stage, month);
        }

        /** How many were there at the end of that month. */
        int there(String stage, YearMonth month) {
            return upTo(came, stage, month) - upTo(left, stage, month);
        }

        private static int upTo(Map<String, NavigableMap<YearMonth, Integer>> sums, String stage, YearMonth month) {
            return of(sums, stage).headMap(month, true).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }

        private static NavigableMap<YearMonth, Integer> of(
                Map<String, NavigableMap<YearMonth, Integer>> sums, String stage) {
            return sums.getOrDefault(stage, Collections.emptyNavigableMap());
        }
    }

    /**
     * How long a stage, or a whole case, took in days; percentiles by nearest rank.
     *
     * @param upTo7 how many of the cases took up to 7 days; the next ones follow upon each other
     */
    record CycleTime(
            String stage,
            int cases,
            double median,
            double p85,
            double p95,
            int upTo7,
            int upTo30,
            int upTo90,
            int upTo180,
            int upTo365,
            int longer) {}

    /** How often something was sent back or missed, and in how many cases. */
    record Loop(String taskKey, int times, int cases) {}

    private static final String CYCLE_TIME = """
            select %1$s as stage, count(*) as cases, %3$s,
                   count(*) filter (where %2$s.days <= 7) as up_to7,
                   count(*) filter (where %2$s.days > 7 and %2$s.days <= 30) as up_to30,
                   count(*) filter (where %2$s.days > 30 and %2$s.days <= 90) as up_to90,
                   count(*) filter (where %2$s.days > 90 and %2$s.days <= 180) as up_to180,
                   count(*) filter (where %2$s.days > 180 and %2$s.days <= 365) as up_to365,
                   count(*) filter (where %2$s.days > 365) as longer
            from %4$s group by stage
            """;

    private final JdbcClient jdbc;
    private final Aggregation aggregation;

    FlowFigures(JdbcClient jdbc, Aggregation aggregation) {
        this.jdbc = jdbc;
        this.aggregation = aggregation;
    }

    /** Of the cases that were opened in the period, how many have entered each stage by now. */
    List<Number> reached(View view) {
        return numbers(view, view.from("stage_fact", "s"), view.people("s"), """
                select s.stage as name, count(*) as cases from %s
                where s.opened_at >= :from and s.opened_at < :until and %s group by s.stage
                """);
    }

    /** How many cases were opened in the period. */
    int opened(View view) {
        return numbers(view, view.cases(), view.people(), """
                        select 'opened' as name, count(*) as cases from %s
                        where c.opened_at >= :from and c.opened_at < :until and %s
                        """).get(0).cases();
    }

    /** Of the cases that were opened in the period, how many have a venture that was active after twelve months. */
    int activeAfterAYear(View view) {
        String ventures = view.work("follow_up", "f") + " join case_fact n on n.case_id = " + View.factsOf("f");
        return numbers(view, ventures, view.condition("f") + " and " + View.once("n"), """
                        select 'active' as name, count(*) as cases from %s
                        where f.follow_up_month = 12 and f.status = 'active' and f.recorded_at >= :from
                          and n.opened_at >= :from and n.opened_at < :until and %s
                        """)
                .get(0)
                .cases();
    }

    /** How cases went through the stages in the period; what ended before it is not read. */
    Course course(View view) {
        String ofCases = spells("'%s'".formatted(ALL), "c.opened_at", "c.closed_at", view.cases(), view.people());
        String ofStages =
                spells("s.stage", "s.entered_at", "s.left_at", view.from("stage_fact", "s"), view.people("s"));
        return new Course(
                view,
                jdbc.sql(ofCases + " union all " + ofStages)
                        .params(view.parameters())
                        .query(Spell.class)
                        .list());
    }

    /** Two parts of the index instead of one condition with "or", for which all of it would be read. */
    private static String spells(String stage, String began, String ended, String from, String condition) {
        return Stream.of("is null", ">= :from")
                .map(which -> """
                        select %1$s as stage,
                               case when %2$s >= :from then date_trunc('month', %2$s) end as began,
                               case when %3$s < :until then date_trunc('month', %3$s) end as ended,
                               count(*) as cases
                        from %4$s where %3$s %6$s and %2$s < :until and %5$s
                        group by stage, began, ended
                        """.formatted(stage, began, ended, from, condition, which))
                .collect(Collectors.joining(" union all "));
    }

    /** The stages that were completed in the period. */
    List<CycleTime> stages(View view) {
        return cycleTimes(view, "s.stage", "s", """
                %s where s.left_at >= :from and s.left_at < :until and s.outcome is not null and %s
                """.formatted(view.from("stage_fact", "s"), view.condition("s")));
    }

    /** The cases that were closed in the period, as one line with the stage {@link #ALL}; none when there were none. */
    List<CycleTime> wholeCases(View view) {
        return cycleTimes(view, "'%s'".formatted(ALL), "c", """
                %s where c.closed_at >= :from and c.closed_at < :until and %s
                """.formatted(view.cases(), view.people()));
    }

    private List<CycleTime> cycleTimes(View view, String stage, String row, String ended) {
        return jdbc.sql(CYCLE_TIME.formatted(stage, row, aggregation.ofDays(row), ended))
                .params(view.parameters())
                .query(CycleTime.class)
                .list();
    }

    /** What was sent back or missed in the period; joined, because of a list of outcomes H2 reads all of each for every centre. */
    List<Loop> loops(View view) {
        return jdbc.sql("""
                select t.task_key, count(*) as times, %s as cases
                from %s join (values ('return'), ('returned'), ('noShow')) back (outcome) on back.outcome = t.outcome
                where t.ended_how = 'COMPLETED' and t.ended_at >= :from and t.ended_at < :until and %s
                group by t.task_key
                """.formatted(
                                aggregation.different("t.case_id"), view.from("task_fact", "t"), view.condition("t")))
                .params(view.parameters())
                .query(Loop.class)
                .list();
    }

    /** How the cases ended that were closed in the period. */
    List<Number> outcomes(View view) {
        return numbers(view, view.cases(), view.condition("c"), """
                select c.outcome as name, count(*) as cases from %s
                where c.closed_at >= :from and c.closed_at < :until and %s group by c.outcome
                """);
    }

    private List<Number> numbers(View view, String from, String condition, String sql) {
        return jdbc.sql(sql.formatted(from, condition))
                .params(view.parameters())
                .query(Number.class)
                .list();
    }
}
