package org.diadromi.centre;

import java.time.LocalDate;

/**
 * A day on which a centre is not open or closed as the week and the country's holidays say.
 *
 * @param name what it is, e.g. the feast of the town's saint
 */
record SpecialDay(LocalDate day, Kind kind, String name) {

    /** Closed on the day; closed every year on that day; or open though the country has a holiday. */
    enum Kind {
        CLOSED,
        YEARLY,
        OPEN
    }
}
