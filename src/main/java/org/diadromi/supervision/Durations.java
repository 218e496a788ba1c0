package org.diadromi.supervision;

/**
 * How long things lasted, as SQL that H2 and PostgreSQL both know and understand alike. What has ended has its length on its row; what
 * is open is measured when asked, where it is much by {@link Pauses}.
 */
final class Durations {

    private Durations() {}

    /**
     * The days from one moment to another without the pauses of the row's case, as a number with decimals; none where there is no
     * other moment (PostgreSQL's {@code greatest} does not look at what is missing). In the hour that an autumn
     * night has twice the clock on the wall may show less at the end than at the beginning: that is no time, not less than none.
     */
    static String days(String row, String from, String to) {
        return """
                (case when %2$s is not null then greatest(0, extract(epoch from (%2$s - %1$s)) - coalesce((
                    select sum(greatest(0, extract(epoch from (least(coalesce(p.resumed_at, %2$s), %2$s) - greatest(p.paused_at, %1$s)))))
                    from pause_fact p
                    where p.case_id = %3$s.case_id and p.paused_at < %2$s and coalesce(p.resumed_at, %2$s) > %1$s), 0)) / 86400.0 end)
                """.formatted(from, to, row);
    }

    /** For an update of {@code case_fact}: the days from the case's opening to that moment; its own columns are those of {@code r}. */
    static String ofCase(String to) {
        return own("case_fact", "case_id", days("r", "r.opened_at", to));
    }

    /** For an update of {@code stage_fact}: the days from the stage's beginning to that moment. */
    static String ofStage(String to) {
        return own("stage_fact", "id", days("r", "r.entered_at", to));
    }

    /** For an update of {@code task_fact}: the days from the task's beginning to that moment. */
    static String ofTask(String to) {
        return own("task_fact", "task_id", days("r", "r.created_at", to));
    }

    /** H2 can sum up columns of the row around a subquery where that row is selected, but not where it is updated. */
    private static String own(String table, String key, String days) {
        return "(select %3$s from %1$s r where r.%2$s = %1$s.%2$s)".formatted(table, key, days);
    }
}
