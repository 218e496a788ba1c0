package org.diadromi.supervision;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How each step of a process does: how often it was done, how long it took, waited and was worked on, and how often too late. */
@Repository
class MapFigures {

    /** The process whose steps are the stages of the others. */
    static final String JOURNEY = "support-journey";

    /**
     * A step and what was done of it in the period. Days are without pauses; percentiles by nearest rank.
     *
     * @param key the task's key, or the stage's name for the journey
     * @param done how often it was done
     * @param cases in how many cases
     * @param late how often after its due date
     * @param median days from beginning to end
     * @param waiting median days from beginning to the first claim
     * @param working median days from the first claim to the end
     */
    record Step(String key, int done, int cases, int late, double median, double waiting, double working) {}

    /** How many times a step took how long: up to 1, 3, 7, 14, 30 days and longer. */
    record Bands(int upTo1, int upTo3, int upTo7, int upTo14, int upTo30, int longer) {}

    /** A case that waits at a step. */
    record Waiting(String caseNumber, String centreId, double days, boolean late) {}

    /** How many cases wait at a step now, those that pause left aside. */
    record Open(String key, int open) {}

    private final JdbcClient jdbc;
    private final Aggregation aggregation;

    MapFigures(JdbcClient jdbc, Aggregation aggregation) {
        this.jdbc = jdbc;
        this.aggregation = aggregation;
    }

    /** The steps of the process that were done in the period. */
    List<Step> steps(View view, String process) {
        boolean journey = JOURNEY.equals(process);
        String parts = journey
                ? "0 as late, 0.0 as waiting, 0.0 as working"
                : """
                  count(*) filter (where t.ended_at > t.due_at) as late,
                  coalesce(%s, 0.0) as waiting, coalesce(%s, 0.0) as working
                  """.formatted(
                        aggregation.percentile("0.5", "t.waiting_days"),
                        aggregation.percentile(
                                "0.5", "case when t.waiting_days > t.days then 0 else t.days - t.waiting_days end"));
        return jdbc.sql("""
                select %s as "key", count(*) as done, %s as cases, %s as median, %s
                %s group by %1$s
                """.formatted(
                                name(journey),
                                aggregation.different("t.case_id"),
                                aggregation.percentile("0.5", "t.days"),
                                parts,
                                done(view, journey)))
                .params(parameters(view, process))
                .query(Step.class)
                .list();
    }

    /** How the lengths of one step of the process spread. */
    Bands bands(View view, String process, String key) {
        boolean journey = JOURNEY.equals(process);
        return jdbc.sql("""
                select count(*) filter (where days <= 1) as up_to1,
                       count(*) filter (where days > 1 and days <= 3) as up_to3,
                       count(*) filter (where days > 3 and days <= 7) as up_to7,
                       count(*) filter (where days > 7 and days <= 14) as up_to14,
                       count(*) filter (where days > 14 and days <= 30) as up_to30,
                       count(*) filter (where days > 30) as longer
                from (select t.days %s and %s = :key) lengths
                """.formatted(done(view, journey), name(journey)))
                .params(parameters(view, process))
                .param("key", key)
                .query(Bands.class)
                .single();
    }

    /** How many wait at each step of the process now. */
    List<Open> open(View view, String process) {
        boolean journey = JOURNEY.equals(process);
        return jdbc.sql("select %s as \"key\", count(*) as open %s group by %1$s"
                        .formatted(name(journey), waitingNow(view, journey, "")))
                .params(parameters(view, process))
                .query(Open.class)
                .list();
    }

    /** Who waits at a step of the process now, the longest first. */
    List<Waiting> waiting(View view, String process, String key, int most) {
        boolean journey = JOURNEY.equals(process);
        return jdbc.sql("""
                select n.case_number, n.centre_id, %s as days, %s as late %s and %s = :key
                order by days desc, n.case_number fetch first %d rows only
                """.formatted(
                        Durations.days("t", journey ? "t.entered_at" : "t.created_at", "cast(:now as timestamp)"),
                        journey ? "false" : "case when t.due_at < :now then true else false end",
                        waitingNow(view, journey, " join case_fact n on n.case_id = t.case_id"),
                        name(journey),
                        most))
                .params(parameters(view, process))
                .param("key", key)
                .query(Waiting.class)
                .list();
    }

    private static String name(boolean journey) {
        return journey ? "t.stage" : "t.task_key";
    }

    private static String done(View view, boolean journey) {
        String end = journey ? "t.left_at" : "t.ended_at";
        return from(view, journey, "")
                + (journey
                        ? " where t.outcome is not null"
                        : " where t.process = :process and t.ended_how = 'COMPLETED'")
                + " and %1$s >= :from and %1$s < :until and ".formatted(end)
                + view.condition("t");
    }

    private static String waitingNow(View view, boolean journey, String join) {
        return from(view, journey, join)
                + (journey ? " where t.left_at is null" : " where t.process = :process and t.ended_at is null")
                + " and "
                + view.going("t");
    }

    private static String from(View view, boolean journey, String join) {
        return "from " + view.from(journey ? "stage_fact" : "task_fact", "t") + join;
    }

    private static Map<String, Object> parameters(View view, String process) {
        Map<String, Object> parameters = view.parameters();
        parameters.put("process", process);
        return parameters;
    }
}
