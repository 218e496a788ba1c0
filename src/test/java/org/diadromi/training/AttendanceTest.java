package org.diadromi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.diadromi.training.Attendance.Module;
import org.junit.jupiter.api.Test;

class AttendanceTest {

    @Test
    void countsHoursAndNotModules() {
        Attendance attendance = new Attendance(List.of(new Module("long", 6, true), new Module("short", 2, false)));

        assertThat(attendance.percent()).isEqualTo(75);
        assertThat(attendance.missing()).containsExactly("short");
    }

    @Test
    void passesAtExactlyTheLimit() {
        assertThat(ofForty(32).passes(80)).isTrue();
        assertThat(ofForty(31).passes(80)).isFalse();
        assertThat(ofForty(40).passes(100)).isTrue();
        assertThat(ofForty(0).passes(0)).isTrue();
    }

    @Test
    void neitherShownNorPassedIsMoreThanWasAttended() {
        Attendance almost = ofForty(33);

        assertThat(almost.percent()).isEqualTo(82);
        assertThat(almost.passes(83)).isFalse();
    }

    /** Forty modules of one hour, the first so many attended. */
    private static Attendance ofForty(int attended) {
        List<Module> modules = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            modules.add(new Module("module " + i, 1, i < attended));
        }
        return new Attendance(modules);
    }
}
