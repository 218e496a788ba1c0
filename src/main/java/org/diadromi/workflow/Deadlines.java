package org.diadromi.workflow;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.calendar.Span;
import org.diadromi.centre.ServiceLevels;

/** When things are due: the lengths come from what the centre has settled or the settings, the days from the calendar of the case's centre. */
@ProcessBean("deadlines")
public class Deadlines {

    /** When a day's deadline ends: the close of office hours. */
    private static final LocalTime END_OF_WORK = LocalTime.of(17, 0);

    private final ServiceLevels levels;
    private final BusinessCalendar calendar;
    private final AppClock clock;

    Deadlines(ServiceLevels levels, BusinessCalendar calendar, AppClock clock) {
        this.levels = levels;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** The end of the day that lies the named deadline after today, for the centre of the process. */
    public Date in(String deadline, DelegateExecution execution) {
        return endOf(after(deadline, execution.getTenantId(), clock.today()));
    }

    /** Repeats without end, each time after the named deadline, which is a calendar period. */
    public String cycle(String deadline, DelegateExecution execution) {
        Period period = levels.span(execution.getTenantId(), deadline).period();
        if (period.isZero()) {
            throw new IllegalArgumentException(
                    "The length of " + deadline + " repeats, so it is a period such as P14D");
        }
        return "R/" + period;
    }

    /** The day that lies the named deadline after another day, in the centre's calendar. */
    public LocalDate after(String deadline, String centreId, LocalDate day) {
        return calendar.plus(centreId, day, levels.span(centreId, deadline));
    }

    /** The day that lies a number of calendar days after another; for deadlines that the law sets. */
    public LocalDate afterDays(String centreId, LocalDate day, int days) {
        return calendar.plus(centreId, day, new Span(0, Period.ofDays(days)));
    }

    /** The end of office hours on a day, in Athens. */
    public Date endOf(LocalDate day) {
        return at(day.atTime(END_OF_WORK));
    }

    /** The last second of a day, in Athens: a deadline that the law sets lasts as long as its day. */
    public Date midnightAfter(LocalDate day) {
        return at(day.atTime(23, 59, 59));
    }

    /** A moment in Athens as the engine keeps it. */
    public Date at(LocalDateTime moment) {
        return Date.from(moment.atZone(BusinessCalendar.ATHENS).toInstant());
    }
}
