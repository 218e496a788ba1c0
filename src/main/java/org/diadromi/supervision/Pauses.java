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

    /** All pauses, of all centres: they are few, and to look for those of each open case would take longer. */
    Pauses(JdbcClient jdbc) {
        jdbc.sql("select case_id, paused_at, resumed_at from pause_fact").query(row -> {
            ofCases.computeIfAbsent(row.getLong("case_id"), id -> new ArrayList<>())
                    .add(new Pause(
                            row.getObject("paused_at", LocalDateTime.class),
                            row.getObject("resumed_at", LocalDateTime.class)));
        });
    }

    /** Whether a case pauses and has not been resumed. */
    boolean pausesNow(long caseId) {
        return ofCases.getOrDefault(caseId, List.of()).stream().anyMatch(pause -> pause.end() == null);
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
