package org.diadromi.counselling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.diadromi.counselling.Counselling.Session;
import org.junit.jupiter.api.Test;

class NoShowsInRowTest {

    private static final LocalDateTime FIRST = LocalDateTime.of(2026, 11, 2, 12, 0);

    @Test
    void countsMissedAppointmentsOnly() {
        assertThat(inRow()).isZero();
        assertThat(inRow("noShow")).isEqualTo(1);
        assertThat(inRow("noShow", "noShow", "noShow")).isEqualTo(3);
    }

    @Test
    void aSessionHeldStartsTheCountAnew() {
        assertThat(inRow("noShow", "noShow", "attended")).isZero();
        assertThat(inRow("noShow", "noShow", "attended", "noShow")).isEqualTo(1);
    }

    @Test
    void aMovedAppointmentNeitherCountsNorStartsAnew() {
        assertThat(inRow("moved", "noShow", "moved", "noShow", "moved")).isEqualTo(2);
    }

    @Test
    void aCallStartsTheCountAnew() {
        List<Session> sessions = sessions("noShow", "noShow", "noShow", "noShow");
        LocalDateTime afterTheThird = sessions.get(2).recordedAt().plusHours(1);

        assertThat(Counselling.noShowsInRow(sessions.subList(0, 3), afterTheThird))
                .isZero();
        assertThat(Counselling.noShowsInRow(sessions, afterTheThird)).isEqualTo(1);
    }

    private static int inRow(String... outcomes) {
        return Counselling.noShowsInRow(sessions(outcomes), LocalDateTime.MIN);
    }

    /** One session a day. */
    private static List<Session> sessions(String... outcomes) {
        return IntStream.range(0, outcomes.length)
                .mapToObj(day -> new Session(
                        day,
                        "KER-2026-00001",
                        FIRST.plusDays(day),
                        "place",
                        null,
                        outcomes[day],
                        0,
                        0,
                        "legal",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "counsellor",
                        FIRST.plusDays(day)))
                .toList();
    }
}
