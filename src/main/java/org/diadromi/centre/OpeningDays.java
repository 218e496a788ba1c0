package org.diadromi.centre;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/**
 * When a centre is open.
 *
 * @param week the days of the week
 * @param closed days on which it is closed
 * @param closedYearly days on which it is closed in every year
 * @param open days on which it is open though the country has a holiday, as on a 1 May that has been moved
 */
public record OpeningDays(Set<DayOfWeek> week, Set<LocalDate> closed, Set<MonthDay> closedYearly, Set<LocalDate> open) {

    /** Monday to Friday without exceptions. */
    public static final OpeningDays OFFICE = new OpeningDays(
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
            Set.of(),
            Set.of(),
            Set.of());

    /** Whether the centre is open on the day; what it has said of that very day counts first. */
    public boolean isOpen(LocalDate day, boolean publicHoliday) {
        if (open.contains(day)) {
            return true;
        }
        return week.contains(day.getDayOfWeek())
                && !publicHoliday
                && !closed.contains(day)
                && !closedYearly.contains(MonthDay.from(day));
    }
}
