package org.diadromi.registration;

import java.math.BigDecimal;
import java.time.LocalDate;

/** The numbers that the law sets: data with a source and a date from which each holds, never written into code. */
public interface LegalConstants {

    /**
     * The number under a key, as it holds on a day, in the unit that the table gives (members, percent, days, …).
     *
     * @throws IllegalStateException when the table has no such number for that day
     */
    BigDecimal value(String key, LocalDate on);
}
