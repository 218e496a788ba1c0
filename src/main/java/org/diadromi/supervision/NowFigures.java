package org.diadromi.supervision;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    record OpenTasks(String taskKey, String waitingFor, int open, int overdue, int soon, int stuck) {

        private OpenTasks plus(OpenTasks other) {
            return new OpenTasks(
                    taskKey,
                    waitingFor,
                    open + other.open,
                    overdue + other.overdue,
                    soon + other.soon,
                    stuck + other.stuck);
        }
    }

    /** One of them, open for so many days without pauses. */
    private record OpenTask(String key, String waitingFor, double days, LocalDateTime due) {}

    private final JdbcClient jdbc;
    private final Aggregation aggregation;

    NowFigures(JdbcClient jdbc, Aggregation aggregation) {
        this.jdbc = jdbc;
        this.aggregation = aggregation;
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
        Pauses pauses = Pauses.ofOpen(view, "stage_fact", "left_at", jdbc);
        return jdbc
                .sql("""
                select n.case_id, n.case_number, n.centre_id, s.stage, s.entered_at
                from %s join case_fact n on n.case_id = s.case_id
                where s.left_at is null and %s
                """.formatted(view.from("stage_fact", "s"), view.condition("s")))
                .params(view.parameters())
                .query((row, number) -> new OpenCase(
                        row.getString("case_number"),
                        row.getString("centre_id"),
                        row.getString("stage"),
                        pauses.daysWithout(
                                row.getLong("case_id"), row.getObject("entered_at", LocalDateTime.class), view.now()),
                        overdue.getOrDefault(row.getLong("case_id"), 0)))
                .list()
                .stream()
                .sorted(Comparator.comparingDouble(OpenCase::days).reversed().thenComparing(OpenCase::caseNumber))
                .toList();
    }

    List<Past> past(View view) {
        return jdbc.sql("""
                select s.stage, count(*) as cases, %s from %s
                where s.left_at >= :from and s.left_at < :until and s.outcome is not null and %s
                group by s.stage
                """.formatted(aggregation.ofDays("s"), view.from("stage_fact", "s"), view.condition("s")))
                .params(view.parameters())
                .query(Past.class)
                .list();
    }

    /**
     * The open tasks by step and by whom they wait for.
     *
     * @param found gives the {@link #limits} of the view, which may still be looked for
     */
    List<OpenTasks> openTasks(View view, Supplier<Map<String, Double>> found) {
        Pauses pauses = Pauses.ofOpen(view, "task_fact", "ended_at", jdbc);
        List<OpenTask> tasks = jdbc.sql("""
                select t.task_key, t.waiting_for, t.case_id, t.created_at, t.due_at from %s
                where t.ended_at is null and %s
                """.formatted(view.from("task_fact", "t"), view.going("t")))
                .params(view.parameters())
                .query((row, number) -> new OpenTask(
                        row.getString("task_key"),
                        row.getString("waiting_for"),
                        pauses.daysWithout(
                                row.getLong("case_id"), row.getObject("created_at", LocalDateTime.class), view.now()),
                        row.getObject("due_at", LocalDateTime.class)))
                .list();
        Map<String, Double> limits = found.get();
        LocalDateTime soon = view.now().plusDays(7);
        Map<List<String>, OpenTasks> sums = new HashMap<>();
        tasks.forEach(task -> {
            boolean overdue = task.due() != null && task.due().isBefore(view.now());
            sums.merge(
                    List.of(task.key(), task.waitingFor()),
                    new OpenTasks(
                            task.key(),
                            task.waitingFor(),
                            1,
                            overdue ? 1 : 0,
                            task.due() != null && !overdue && task.due().isBefore(soon) ? 1 : 0,
                            task.days() > limits.getOrDefault(task.key(), Double.MAX_VALUE) ? 1 : 0),
                    OpenTasks::plus);
        });
        return List.copyOf(sums.values());
    }

    /** Over how many days a step is stuck, where the past has enough of them. */
    Map<String, Double> limits(View view) {
        Map<String, Double> limits = new HashMap<>();
        jdbc.sql("""
                select t.task_key, %s as p95 from %s
                where t.ended_how = 'COMPLETED' and t.ended_at >= :from and t.ended_at < :until and %s
                group by t.task_key having count(*) >= %d
                """.formatted(
                                aggregation.percentile("0.95", "t.days"),
                                view.from("task_fact", "t"),
                                view.condition("t"),
                                ENOUGH_PAST))
                .params(view.parameters())
                .query(row -> {
                    limits.put(row.getString("task_key"), row.getDouble("p95"));
                });
        return limits;
    }
}
