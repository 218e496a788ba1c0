package org.diadromi.calendar;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.diadromi.centre.Centres;
import org.diadromi.centre.OpeningDays;
import org.springframework.stereotype.Component;

/**
 * Which days a centre works: its days of the week without the Greek public holidays (with Orthodox Easter), but for what it has
 * entered itself.
 */
@Component
public class BusinessCalendar {

    /** The time zone of every centre, deadline and appointment. */
    public static final ZoneId ATHENS = ZoneId.of("Europe/Athens");

    /** A holiday of schools only; offices work. */
    private static final String SCHOOLS_ONLY = "THREE_HIERARCHS";

    private final HolidayManager holidays =
            HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.GREECE));
    private final Map<Year, Set<LocalDate>> publicHolidays = new ConcurrentHashMap<>();
    private final Centres centres;

    BusinessCalendar(Centres centres) {
        this.centres = centres;
    }

    /** Whether the centre works on this day. */
    public boolean isBusinessDay(String centreId, LocalDate day) {
        return works(day, centres.openingDays(centreId));
    }

    /** The days from the first to the last on which the centre works. */
    public List<LocalDate> businessDays(String centreId, LocalDate first, LocalDate last) {
        OpeningDays days = centres.openingDays(centreId);
        return first.datesUntil(last.plusDays(1))
                .filter(day -> works(day, days))
                .toList();
    }

    /** The country's holidays from the first day to the last, with their names in the reader's language. */
    public Map<LocalDate, String> holidays(LocalDate first, LocalDate last, Locale locale) {
        return holidays.getHolidays(first, last).stream()
                .filter(holiday -> !holiday.getPropertiesKey().contains(SCHOOLS_ONLY))
                .collect(Collectors.toMap(
                        Holiday::getDate, holiday -> holiday.getDescription(locale), (one, other) -> one));
    }

    /**
     * The day that lies this far after the given one. Business days are counted from the next day on; a calendar period
     * that ends on a day off is left where it is, because the law counts such days too.
     */
    public LocalDate plus(String centreId, LocalDate day, Span span) {
        LocalDate result = day.plus(span.period());
        OpeningDays days = centres.openingDays(centreId);
        for (int left = span.businessDays(); left > 0; ) {
            result = result.plusDays(1);
            if (works(result, days)) {
                left--;
            }
        }
        return result;
    }

    private boolean works(LocalDate day, OpeningDays days) {
        return days.isOpen(day, publicHolidays(Year.from(day)).contains(day));
    }

    private Set<LocalDate> publicHolidays(Year year) {
        return publicHolidays.computeIfAbsent(
                year,
                y -> holidays.getHolidays(y).stream()
                        .filter(holiday -> !holiday.getPropertiesKey().contains(SCHOOLS_ONLY))
                        .map(Holiday::getDate)
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
