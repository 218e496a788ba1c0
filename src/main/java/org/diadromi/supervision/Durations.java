package org.diadromi.supervision;

/**
 * How long things lasted, as SQL that H2 and PostgreSQL both know and understand alike: their {@code percentile_disc} do not, so
 * percentiles by nearest rank are counted here.
 */
final class Durations {

    private Durations() {}

    /** The days from one moment to another without the pauses of the row's case, as a number with decimals. */
    static String days(String row, String from, String to) {
        return """
                ((extract(epoch from (%2$s - %1$s)) - coalesce((
                    select sum(extract(epoch from (least(coalesce(p.resumed_at, %2$s), %2$s) - greatest(p.paused_at, %1$s))))
                    from pause_fact p
                    where p.case_id = %3$s.case_id and p.paused_at < %2$s and coalesce(p.resumed_at, %2$s) > %1$s), 0)) / 86400.0)
                """
                .formatted(from, to, row);
    }

    /** Each row of the query with its {@code place} among those of the same name, shortest first, and their {@code number}. */
    static String ranked(String name, String query) {
        return """
                (select ranked.*, row_number() over (partition by %1$s order by days) as place,
                        count(*) over (partition by %1$s) as number
                 from (%2$s) ranked) done
                """
                .formatted(name, query);
    }

    /** Of ranked rows, the shortest length that at least that share of them did not exceed. */
    static String nearestRank(String share) {
        return "min(case when place >= %s * number then days end)".formatted(share);
    }
}
