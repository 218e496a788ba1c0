package org.diadromi.supervision;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
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

    /** For so long the limits that were found are good enough: no harm comes from a step that is stuck ten minutes sooner or later. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    /**
     * A case in a stage that it has not left.
     *
     * @param days since it entered the stage, without pauses
     * @param overdue its tasks that are late, none while it pauses
     */
    record OpenCase(long caseId, String stage, double days, int overdue) {}

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

    /**
     * What is open now.
     *
     * @param cases the longest in their stage first
     * @param tasks by step and by whom they wait for
     */
    record Open(List<OpenCase> cases, List<OpenTasks> tasks) {}

    /** A task of a case that does not pause, open for so many days without pauses. */
    private record OpenTask(long caseId, String key, String waitingFor, double days, LocalDateTime due) {

        private boolean isOverdue(LocalDateTime now) {
            return due != null && due.isBefore(now);
        }
    }

    private final JdbcClient jdbc;
    private final Aggregation aggregation;
    private final LoadingCache<View, Map<String, Double>> keptLimits;

    NowFigures(JdbcClient jdbc, Aggregation aggregation) {
        this.jdbc = jdbc;
        this.aggregation = aggregation;
        keptLimits =
                Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(200).build(this::limits);
    }

    /**
     * What is open in the view.
     *
     * @param limits gives the {@link #limits} of the view, which may still be looked for
     */
    Open open(View view, Supplier<Map<String, Double>> limits) {
        Pauses pauses = new Pauses(jdbc);
        List<OpenTask> tasks = tasks(view, pauses);
        return new Open(cases(view, pauses, tasks), sums(view, tasks, limits));
    }

    private List<OpenTask> tasks(View view, Pauses pauses) {
        return jdbc
                .sql("""
                select t.case_id, t.task_key, t.waiting_for, t.created_at, t.due_at from %s where t.ended_at is null and %s
                """.formatted(view.from("task_fact", "t"), view.condition("t")))
                .params(view.parameters())
                .query((row, number) -> new OpenTask(
                        row.getLong("case_id"),
                        row.getString("task_key"),
                        row.getString("waiting_for"),
                        pauses.daysWithout(
                                row.getLong("case_id"), row.getObject("created_at", LocalDateTime.class), view.now()),
                        row.getObject("due_at", LocalDateTime.class)))
                .list()
                .stream()
                .filter(task -> !pauses.pausesNow(task.caseId()))
                .toList();
    }

    private List<OpenCase> cases(View view, Pauses pauses, List<OpenTask> tasks) {
        Map<Long, Integer> overdue = new HashMap<>();
        tasks.stream()
                .filter(task -> task.isOverdue(view.now()))
                .forEach(task -> overdue.merge(task.caseId(), 1, Integer::sum));
        return jdbc
                .sql("select s.case_id, s.stage, s.entered_at from %s where s.left_at is null and %s"
                        .formatted(view.from("stage_fact", "s"), view.condition("s")))
                .params(view.parameters())
                .query((row, number) -> new OpenCase(
                        row.getLong("case_id"),
                        row.getString("stage"),
                        pauses.daysWithout(
                                row.getLong("case_id"), row.getObject("entered_at", LocalDateTime.class), view.now()),
                        overdue.getOrDefault(row.getLong("case_id"), 0)))
                .list()
                .stream()
                .sorted(Comparator.comparingDouble(OpenCase::days).reversed().thenComparing(OpenCase::caseId))
                .toList();
    }

    private static List<OpenTasks> sums(View view, List<OpenTask> tasks, Supplier<Map<String, Double>> found) {
        Map<String, Double> limits = found.get();
        LocalDateTime soon = view.now().plusDays(7);
        Map<List<String>, OpenTasks> sums = new HashMap<>();
        tasks.forEach(task -> {
            boolean overdue = task.isOverdue(view.now());
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

    /** The numbers of cases, by their ids; without those that have gone to a centre outside the view meanwhile. */
    Map<Long, String> numbers(View view, List<OpenCase> cases) {
        Map<Long, String> numbers = new HashMap<>();
        if (!cases.isEmpty()) {
            jdbc.sql("select case_id, case_number, centre_id from case_fact where case_id in (:ids)")
                    .param("ids", cases.stream().map(OpenCase::caseId).toList())
                    .query(row -> {
                        if (view.centres().contains(row.getString("centre_id"))) {
                            numbers.put(row.getLong("case_id"), row.getString("case_number"));
                        }
                    });
        }
        return numbers;
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

    /** The {@link #limits} as they are, or were when somebody asked the same, at most ten minutes ago. */
    Map<String, Double> keptLimits(View view) {
        return keptLimits.get(view.ofPeriod());
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
        return Map.copyOf(limits);
    }
}
