package org.diadromi.supervision;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is open now, how old it is against the past, and what is late. */
@Repository
class NowFigures {

    /** A step counts as stuck against the past only where the past has this many. */
    static final int ENOUGH_PAST = 20;

    /**
     * A case in a stage that it has not left.
     *
     * @param days since it entered the stage, without pauses
     * @param overdue its tasks that are late, none while it pauses
     */
    record OpenCase(String caseNumber, String centreId, String stage, double days, int overdue) {}

    /** How long the cases took that completed a stage in the period, in days; percentiles by nearest rank. */
    record Past(String stage, int cases, double median, double p85, double p95) {}

    /** The open tasks of a step, cases that pause left aside. */
    record OpenTasks(String taskKey, String waitingFor, int open, int overdue, int soon, int stuck) {}

    private record Limit(String taskKey, double p95) {}

    private final JdbcClient jdbc;
    private final Percentiles percentiles;

    NowFigures(JdbcClient jdbc, Percentiles percentiles) {
        this.jdbc = jdbc;
        this.percentiles = percentiles;
    }

    List<OpenCase> openCases(View view) {
        Map<Long, Integer> overdue = new HashMap<>();
        jdbc.sql("""
                select t.case_id, count(*) as overdue from %s
                where t.ended_at is null and t.due_at < :now and %s group by t.case_id
                """.formatted(view.from("task_fact", "t"), view.going("t")))
                .params(view.parameters())
                .query(row -> {
                    overdue.put(row.getLong("case_id"), row.getInt("overdue"));
                });
        return jdbc.sql("""
                select n.case_id, n.case_number, n.centre_id, s.stage, %s as days
                from %s join case_fact n on n.case_id = s.case_id
                where s.left_at is null and %s
                order by days desc, n.case_number
                """.formatted(
                                Durations.days("s", "s.entered_at", "cast(:now as timestamp)"),
                                view.from("stage_fact", "s"),
                                view.condition("s")))
                .params(view.parameters())
                .query((row, number) -> new OpenCase(
                        row.getString("case_number"),
                        row.getString("centre_id"),
                        row.getString("stage"),
                        row.getDouble("days"),
                        overdue.getOrDefault(row.getLong("case_id"), 0)))
                .list();
    }

    List<Past> past(View view) {
        String completed = """
                select s.stage, s.days from %s
                where s.left_at >= :from and s.left_at < :until and s.outcome is not null and %s
                """.formatted(view.from("stage_fact", "s"), view.condition("s"));
        return jdbc.sql("select stage, count(*) as cases, %s from (%s) done group by stage"
                        .formatted(percentiles.ofDays(), completed))
                .params(view.parameters())
                .query(Past.class)
                .list();
    }

    List<OpenTasks> openTasks(View view) {
        List<Limit> limits = limits(view);
        Map<String, Object> parameters = view.parameters();
        parameters.put("soon", view.now().plusDays(7));
        StringBuilder limit = new StringBuilder("case");
        for (int i = 0; i < limits.size(); i++) {
            limit.append(" when t.task_key = :key%1$d then cast(:limit%1$d as double precision)".formatted(i));
            parameters.put("key" + i, limits.get(i).taskKey());
            parameters.put("limit" + i, limits.get(i).p95());
        }
        return jdbc.sql("""
                select t.task_key, t.waiting_for, count(*) as open,
                       sum(case when t.due_at < :now then 1 else 0 end) as overdue,
                       sum(case when t.due_at >= :now and t.due_at < :soon then 1 else 0 end) as soon,
                       sum(case when t.days > %s then 1 else 0 end) as stuck
                from (select t.task_key, t.waiting_for, t.due_at, %s as days
                      from %s
                      where t.ended_at is null and %s) t
                group by t.task_key, t.waiting_for
                """.formatted(
                                limits.isEmpty() ? "cast(null as double precision)" : limit + " end",
                                Durations.days("t", "t.created_at", "cast(:now as timestamp)"),
                                view.from("task_fact", "t"),
                                view.going("t")))
                .params(parameters)
                .query(OpenTasks.class)
                .list();
    }

    /** Over how many days a step is stuck, where the past has enough of them; H2 would count this anew for each open task in a join. */
    private List<Limit> limits(View view) {
        String done = """
                select t.task_key, t.days from %s
                where t.ended_how = 'COMPLETED' and t.ended_at >= :from and t.ended_at < :until and %s
                """.formatted(view.from("task_fact", "t"), view.condition("t"));
        return jdbc.sql("select task_key, %s as p95 from (%s) done group by task_key having count(*) >= %d"
                        .formatted(percentiles.at("0.95", "days"), done, ENOUGH_PAST))
                .params(view.parameters())
                .query(Limit.class)
                .list();
    }
}
