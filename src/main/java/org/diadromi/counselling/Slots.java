package org.diadromi.counselling;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * When counsellors are free: the hours of their week on the days that the centre is open, without absences and without the
 * appointments they have. It reads absences from their table: what enters them hangs on the engine, and that on the tasks
 * which ask here.
 */
@Service
public class Slots {

    /** So far ahead times are offered. */
    private static final int DAYS = 28;

    /** No appointment is longer. */
    private static final int LONGEST_MINUTES = 240;

    /**
     * When a counsellor receives people.
     *
     * @param weekday 1 is Monday
     * @param minutes how long each appointment takes
     */
    public record Hours(int weekday, LocalTime fromTime, LocalTime toTime, int minutes) {}

    private record Busy(LocalDateTime startsAt, int minutes) {
        boolean meets(LocalDateTime start, LocalDateTime end) {
            return startsAt.isBefore(end) && startsAt.plusMinutes(minutes).isAfter(start);
        }
    }

    private record Away(LocalDate fromDate, LocalDate toDate) {
        boolean on(LocalDate day) {
            return !day.isBefore(fromDate) && !day.isAfter(toDate);
        }
    }

    private final BusinessCalendar calendar;
    private final JdbcClient jdbc;
    private final AppClock clock;

    Slots(BusinessCalendar calendar, JdbcClient jdbc, AppClock clock) {
        this.calendar = calendar;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The counsellor's hours at the centre, in the order of the week. */
    public List<Hours> hours(String centreId, String counsellor) {
        return jdbc.sql("""
                select weekday, from_time, to_time, minutes from counsellor_hours
                where user_id = ? and centre_id = ? order by weekday, from_time
                """)
                .params(counsellor, centreId)
                .query((row, number) -> new Hours(
                        row.getInt(1),
                        row.getObject(2, LocalTime.class),
                        row.getObject(3, LocalTime.class),
                        row.getInt(4)))
                .list();
    }

    /**
     * The times at which an appointment of that length could begin, from the given day on for four weeks, earliest first.
     *
     * @param caseId the case whose own appointment does not count, because it is the one to be moved; null for none
     */
    public List<LocalDateTime> free(String centreId, String counsellor, int minutes, LocalDate from, Long caseId) {
        List<Hours> week = hours(centreId, counsellor);
        if (week.isEmpty()) {
            return List.of();
        }
        LocalDate last = from.plusDays(DAYS - 1L);
        List<Busy> busy = busy(counsellor, from.atStartOfDay(), last.plusDays(1).atStartOfDay(), caseId);
        List<Away> away = away(centreId, counsellor, from, last);
        List<LocalDateTime> free = new ArrayList<>();
        for (LocalDate day : calendar.businessDays(centreId, from, last)) {
            if (away.stream().anyMatch(absence -> absence.on(day))) {
                continue;
            }
            week.stream()
                    .filter(hours -> hours.weekday() == day.getDayOfWeek().getValue())
                    .forEach(hours -> {
                        LocalDateTime end = day.atTime(hours.toTime());
                        for (LocalDateTime start = day.atTime(hours.fromTime());
                                !start.plusMinutes(minutes).isAfter(end);
                                start = start.plusMinutes(hours.minutes())) {
                            LocalDateTime begins = start;
                            LocalDateTime ends = start.plusMinutes(minutes);
                            if (begins.isAfter(clock.now())
                                    && busy.stream().noneMatch(other -> other.meets(begins, ends))) {
                                free.add(begins);
                            }
                        }
                    });
        }
        return free;
    }

    /** Whether the counsellor has no appointment at that time. */
    public boolean isFree(String counsellor, LocalDateTime startsAt, int minutes) {
        LocalDateTime ends = startsAt.plusMinutes(minutes);
        return busy(counsellor, startsAt, ends, null).stream().noneMatch(other -> other.meets(startsAt, ends));
    }

    /**
     * Makes sure that the counsellor can take the time. Of two who want it at once the second waits here for the first, and
     * then is refused.
     *
     * @throws RuleViolation when the counsellor is away or has another appointment then, in whichever centre
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void take(String centreId, String counsellor, LocalDateTime startsAt, int minutes, Long caseId) {
        lock(counsellor);
        LocalDate day = startsAt.toLocalDate();
        if (!away(centreId, counsellor, day, day).isEmpty()) {
            throw new RuleViolation(Problem.COUNSELLOR_AWAY);
        }
        LocalDateTime ends = startsAt.plusMinutes(minutes);
        if (busy(counsellor, startsAt, ends, caseId).stream().anyMatch(other -> other.meets(startsAt, ends))) {
            throw new RuleViolation(Problem.SLOT_TAKEN);
        }
    }

    /** Whoever else gives away the counsellor's time waits until this transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    void lock(String counsellor) {
        jdbc.sql("select user_id from staff_account where user_id = ? for update")
                .param(counsellor)
                .query(String.class)
                .optional();
    }

    /** The appointments that still stand: the last of each open case, unless something has been recorded of it. */
    private List<Busy> busy(String counsellor, LocalDateTime from, LocalDateTime to, Long caseId) {
        return jdbc.sql("""
                select a.starts_at, a.minutes from appointment a join case_file c on c.id = a.case_id
                where a.counsellor = ? and a.starts_at > ? and a.starts_at < ? and c.status <> 'CLOSED' and c.id <> ?
                    and not exists (select 1 from appointment later where later.case_id = a.case_id and later.id > a.id)
                    and not exists (select 1 from counselling_session s where s.appointment_id = a.id)
                """)
                .params(counsellor, from.minusMinutes(LONGEST_MINUTES), to, caseId == null ? -1L : caseId)
                .query(Busy.class)
                .list();
    }

    private List<Away> away(String centreId, String counsellor, LocalDate from, LocalDate to) {
        return jdbc.sql("""
                select from_date, to_date from staff_absence
                where ended_at is null and user_id = ? and centre_id = ? and from_date <= ? and to_date >= ?
                """)
                .params(counsellor, centreId, to, from)
                .query(Away.class)
                .list();
    }
}
