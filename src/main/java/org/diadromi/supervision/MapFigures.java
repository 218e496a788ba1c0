package org.diadromi.supervision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    private record Median(String key, double days) {}

    private record Counts(String key, int done, int cases, int late) {}

    private final JdbcClient jdbc;

    MapFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The steps of the process that were done in the period. */
    List<Step> steps(View view, String process) {
        boolean journey = JOURNEY.equals(process);
        Map<String, Double> all = medians(view, process, journey ? "t.entered_at" : "t.created_at", end(journey));
        Map<String, Double> waiting = journey ? Map.of() : medians(view, process, "t.created_at", "t.claimed_at");
        Map<String, Double> working = journey ? Map.of() : medians(view, process, "t.claimed_at", "t.ended_at");
        List<Step> steps = new ArrayList<>();
        jdbc.sql(
                        "select %s as \"key\", count(*) as done, count(distinct t.case_id) as cases, %s as late %s group by %1$s"
                                .formatted(
                                        name(journey),
                                        journey ? "0" : "sum(case when t.ended_at > t.due_at then 1 else 0 end)",
                                        done(view, journey)))
                .params(parameters(view, process))
                .query(Counts.class)
                .list()
                .forEach(counts -> steps.add(new Step(
                        counts.key(),
                        counts.done(),
                        counts.cases(),
                        counts.late(),
                        all.getOrDefault(counts.key(), 0.0),
                        waiting.getOrDefault(counts.key(), 0.0),
                        working.getOrDefault(counts.key(), 0.0))));
        return steps;
    }

    private Map<String, Double> medians(View view, String process, String from, String to) {
        boolean journey = JOURNEY.equals(process);
        Map<String, Double> medians = new LinkedHashMap<>();
        jdbc.sql("select step as \"key\", %s as days from %s group by step"
                        .formatted(
                                Durations.nearestRank("0.5"),
                                Durations.ranked(
                                        "step",
                                        "select %s as step, %s as days %s and %s is not null and %s is not null"
                                                .formatted(
                                                        name(journey),
                                                        Durations.days("t", from, to),
                                                        done(view, journey),
                                                        from,
                                                        to))))
                .params(parameters(view, process))
                .query(Median.class)
                .list()
                .forEach(median -> medians.put(median.key(), median.days()));
        return medians;
    }

    /** How the lengths of one step of the process spread. */
    Bands bands(View view, String process, String key) {
        boolean journey = JOURNEY.equals(process);
        return jdbc.sql(
                        """
                select coalesce(sum(case when days <= 1 then 1 else 0 end), 0) as up_to1,
                       coalesce(sum(case when days > 1 and days <= 3 then 1 else 0 end), 0) as up_to3,
                       coalesce(sum(case when days > 3 and days <= 7 then 1 else 0 end), 0) as up_to7,
                       coalesce(sum(case when days > 7 and days <= 14 then 1 else 0 end), 0) as up_to14,
                       coalesce(sum(case when days > 14 and days <= 30 then 1 else 0 end), 0) as up_to30,
                       coalesce(sum(case when days > 30 then 1 else 0 end), 0) as longer
                from (select %s as days %s and %s = :key) lengths
                """
                                .formatted(
                                        Durations.days("t", journey ? "t.entered_at" : "t.created_at", end(journey)),
                                        done(view, journey),
                                        name(journey)))
                .params(parameters(view, process))
                .param("key", key)
                .query(Bands.class)
                .single();
    }

    /** How many wait at each step of the process now. */
    List<Open> open(View view, String process) {
        boolean journey = JOURNEY.equals(process);
        return jdbc.sql("select %s as \"key\", count(*) as open %s group by %1$s"
                        .formatted(name(journey), waitingNow(view, journey)))
                .params(parameters(view, process))
                .query(Open.class)
                .list();
    }

    /** Who waits at a step of the process now, the longest first. */
    List<Waiting> waiting(View view, String process, String key, int most) {
        boolean journey = JOURNEY.equals(process);
        return jdbc.sql(
                        """
                select c.case_number, c.centre_id, %s as days, %s as late %s and %s = :key
                order by days desc, c.case_number fetch first %d rows only
                """
                                .formatted(
                                        Durations.days(
                                                "t",
                                                journey ? "t.entered_at" : "t.created_at",
                                                "cast(:now as timestamp)"),
                                        journey ? "false" : "case when t.due_at < :now then true else false end",
                                        waitingNow(view, journey),
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

    private static String end(boolean journey) {
        return journey ? "t.left_at" : "t.ended_at";
    }

    private static String done(View view, boolean journey) {
        return (journey
                        ? "from stage_fact t join case_fact c on c.case_id = t.case_id where t.outcome is not null"
                        : "from task_fact t join case_fact c on c.case_id = t.case_id "
                                + "where t.process = :process and t.ended_how = 'COMPLETED'")
                + " and %1$s >= :from and %1$s < :until and ".formatted(end(journey))
                + view.condition();
    }

    private static String waitingNow(View view, boolean journey) {
        return (journey
                        ? "from stage_fact t join case_fact c on c.case_id = t.case_id where t.left_at is null"
                        : "from task_fact t join case_fact c on c.case_id = t.case_id "
                                + "where t.process = :process and t.ended_at is null")
                + " and not exists (select 1 from pause_fact q where q.case_id = t.case_id and q.resumed_at is null) and "
                + view.condition();
    }

    private static Map<String, Object> parameters(View view, String process) {
        Map<String, Object> parameters = view.parameters();
        parameters.put("process", process);
        return parameters;
    }
}
