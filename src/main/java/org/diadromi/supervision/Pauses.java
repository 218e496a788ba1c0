package org.diadromi.supervision;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When cases paused, to measure in Java what is open, by the rule of {@link Durations}: in SQL, H2 takes ten times as long. */
final class Pauses {

    private record Pause(LocalDateTime begin, LocalDateTime end) {}

    private final Map<Long, List<Pause>> ofCases = new HashMap<>();

    private Pauses() {}

    /**
     * The pauses of the cases to which those rows belong that have no end.
     *
     * @param table a table of facts
     * @param end its column for the end
     */
    static Pauses ofOpen(View view, String table, String end, JdbcClient jdbc) {
        Pauses pauses = new Pauses();
        jdbc.sql("""
                select distinct p.case_id, p.paused_at, p.resumed_at from %s join pause_fact p on p.case_id = r.case_id
                where r.%s is null and %s
                """.formatted(view.from(table, "r"), end, view.condition("r")))
                .params(view.parameters())
                .query(row -> {
                    pauses.ofCases
                            .computeIfAbsent(row.getLong("case_id"), id -> new ArrayList<>())
                            .add(new Pause(
                                    row.getObject("paused_at", LocalDateTime.class),
                                    row.getObject("resumed_at", LocalDateTime.class)));
                });
        return pauses;
    }

    /** The days from one moment to another without the pauses of that case; not less than none. */
    double daysWithout(long caseId, LocalDateTime from, LocalDateTime to) {
        Duration length = Duration.between(from, to);
        for (Pause pause : ofCases.getOrDefault(caseId, List.of())) {
            LocalDateTime begin = pause.begin().isBefore(from) ? from : pause.begin();
            LocalDateTime end = pause.end() == null || pause.end().isAfter(to) ? to : pause.end();
            if (begin.isBefore(end)) {
                length = length.minus(Duration.between(begin, end));
            }
        }
        return Math.max(0, length.toNanos() / 86400e9);
    }
}
