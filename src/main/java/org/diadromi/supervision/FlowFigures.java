package org.diadromi.supervision;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How cases flow through the stages: how many, how fast, with which loops and to which end. */
@Repository
class FlowFigures {

    /** How many cases of a stage, month or outcome. */
    record Number(String name, int cases) {}

    /** What happened to cases in a month: opened, closed, or entered the stage of that name; all before the period is one. */
    record Monthly(String event, LocalDateTime beginning, int cases) {

        /** Null for what was before the period. */
        YearMonth month() {
            return beginning == null ? null : YearMonth.from(beginning);
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
            select stage, count(*) as cases,
                   %s,
                   sum(case when days <= 7 then 1 else 0 end) as up_to7,
                   sum(case when days > 7 and days <= 30 then 1 else 0 end) as up_to30,
                   sum(case when days > 30 and days <= 90 then 1 else 0 end) as up_to90,
                   sum(case when days > 90 and days <= 180 then 1 else 0 end) as up_to180,
                   sum(case when days > 180 and days <= 365 then 1 else 0 end) as up_to365,
                   sum(case when days > 365 then 1 else 0 end) as longer
            from %s group by stage
            """;

    private final JdbcClient jdbc;
    private final Percentiles percentiles;

    FlowFigures(JdbcClient jdbc, Percentiles percentiles) {
        this.jdbc = jdbc;
        this.percentiles = percentiles;
    }

    /** Of the cases that were opened in the period, how many have entered each stage by now. */
    List<Number> reached(View view) {
        return numbers(view, """
                select s.stage as name, count(distinct s.case_id) as cases
                from %s join stage_fact s on s.case_id = c.case_id
                where c.opened_at >= :from and c.opened_at < :until and %s group by s.stage
                """);
    }

    /** How many cases were opened in the period. */
    int opened(View view) {
        return numbers(view, """
                        select 'opened' as name, count(*) as cases from %s
                        where c.opened_at >= :from and c.opened_at < :until and %s
                        """).get(0).cases();
    }

    /** Of the cases that were opened in the period, how many have a venture that was active after twelve months. */
    int activeAfterAYear(View view) {
        return numbers(view, """
                        select 'active' as name, count(distinct f.case_id) as cases
                        from %s join follow_up f on f.case_id = c.case_id
                        where f.follow_up_month = 12 and f.status = 'active'
                          and c.opened_at >= :from and c.opened_at < :until and %s
                        """).get(0).cases();
    }

    /** What happened in each month of the period, and before it: sums need the beginning. */
    List<Monthly> months(View view) {
        return jdbc.sql("""
                select 'opened' as event, beginning, count(*) as cases
                from (select %4$s as beginning from %7$s where c.opened_at < :until and %1$s) opened
                group by beginning
                union all
                select 'closed', beginning, count(*)
                from (select %5$s as beginning from %7$s where c.closed_at < :until and %1$s) closed
                group by beginning
                union all
                select stage, beginning, count(*)
                from (select s.stage, %6$s as beginning from %2$s where s.entered_at < :until and %3$s) entered
                group by stage, beginning
                """.formatted(
                                view.people(),
                                view.from("stage_fact", "s"),
                                view.people("s"),
                                month("c.opened_at"),
                                month("c.closed_at"),
                                month("s.entered_at"),
                                view.cases()))
                .params(view.parameters())
                .query(Monthly.class)
                .list();
    }

    /** To find the month of each moment takes longer than to count it; most moments are long ago. */
    private static String month(String moment) {
        return "case when %1$s >= :from then date_trunc('month', %1$s) end".formatted(moment);
    }

    /** The stages that were completed in the period. */
    List<CycleTime> stages(View view) {
        return cycleTimes(view, """
                select s.stage, s.days from %s
                where s.left_at >= :from and s.left_at < :until and s.outcome is not null and %s
                """.formatted(view.from("stage_fact", "s"), view.condition("s")));
    }

    /** The cases that were closed in the period, as one line with the stage {@code all}; none when there were none. */
    List<CycleTime> wholeCases(View view) {
        return cycleTimes(view, """
                select 'all' as stage, c.days from %s where c.closed_at >= :from and c.closed_at < :until and %s
                """.formatted(view.cases(), view.people()));
    }

    private List<CycleTime> cycleTimes(View view, String spans) {
        return jdbc.sql(CYCLE_TIME.formatted(percentiles.ofDays(), percentiles.of(spans, "stage", "days")))
                .params(view.parameters())
                .query(CycleTime.class)
                .list();
    }

    /** What was sent back or missed in the period; joined, because of a list of outcomes H2 reads all of each for every centre. */
    List<Loop> loops(View view) {
        return jdbc.sql("""
                select t.task_key, count(*) as times, count(distinct t.case_id) as cases
                from %s join (values ('return'), ('returned'), ('noShow')) back (outcome) on back.outcome = t.outcome
                where t.ended_how = 'COMPLETED' and t.ended_at >= :from and t.ended_at < :until and %s
                group by t.task_key
                """.formatted(view.from("task_fact", "t"), view.condition("t")))
                .params(view.parameters())
                .query(Loop.class)
                .list();
    }

    /** How the cases ended that were closed in the period. */
    List<Number> outcomes(View view) {
        return numbers(view, view.condition("c"), """
                select c.outcome as name, count(*) as cases from %s
                where c.closed_at >= :from and c.closed_at < :until and %s group by c.outcome
                """);
    }

    private List<Number> numbers(View view, String sql) {
        return numbers(view, view.people(), sql);
    }

    private List<Number> numbers(View view, String condition, String sql) {
        return jdbc.sql(sql.formatted(view.cases(), condition))
                .params(view.parameters())
                .query(Number.class)
                .list();
    }
}
