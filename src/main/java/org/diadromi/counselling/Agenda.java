package org.diadromi.counselling;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.centre.Centres;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What stands in the calendars of those who work at a centre. */
@Service
@Transactional(readOnly = true)
class Agenda {

    /** A list of what waits for a page, not for a report. */
    private static final int MOST_WAITING = 50;

    /**
     * An appointment as it stands in a calendar.
     *
     * @param outcome what became of it; null until that is recorded
     * @param paused whether its case is paused
     */
    record Entry(
            String uid,
            String centreId,
            String caseNumber,
            String firstName,
            String lastName,
            String counsellor,
            LocalDateTime startsAt,
            int minutes,
            String mode,
            String place,
            LocalDateTime confirmedAt,
            int revision,
            String outcome,
            boolean paused) {

        public LocalDateTime endsAt() {
            return startsAt.plusMinutes(minutes);
        }
    }

    /** The first or last day of a cohort of the training. */
    record CohortDay(String cohort, boolean first) {}

    /** Somebody's absence, with its first and last day. */
    record Away(String userId, LocalDate fromDate, LocalDate toDate) {}

    /**
     * One day of a calendar.
     *
     * @param closed why the centre is closed, "" where there is no name for it; null when it is open
     * @param away the user ids of those who are away
     */
    record Day(LocalDate date, String closed, List<String> away, List<CohortDay> cohorts, List<Entry> appointments) {

        public boolean isEmpty() {
            return away.isEmpty() && cohorts.isEmpty() && appointments.isEmpty();
        }
    }

    /** A case that waits for its next appointment. */
    record Waiting(String caseNumber, String firstName, String lastName, String counsellor, LocalDateTime dueAt) {}

    private record Cohort(String cohort, LocalDate startsOn, LocalDate endsOn) {}

    private static final String STANDING = """
            select a.uid, c.centre_id, c.number as case_number, c.first_name, c.last_name, a.counsellor, a.starts_at, a.minutes,
                   a.mode, a.place, a.confirmed_at, a.revision, s.outcome, c.status = 'PAUSED' as paused
            from appointment a join case_file c on c.id = a.case_id
                left join counselling_session s on s.appointment_id = a.id
            where a.starts_at >= :first and a.starts_at < :end and (s.outcome is null or s.outcome <> 'moved')
                and s.fact_id is null
                and (s.outcome is not null or c.status <> 'CLOSED'
                    and not exists (select 1 from appointment later where later.case_id = a.case_id and later.id > a.id))
            """;

    private final BusinessCalendar calendar;
    private final Centres centres;
    private final JdbcClient jdbc;

    Agenda(BusinessCalendar calendar, Centres centres, JdbcClient jdbc) {
        this.calendar = calendar;
        this.centres = centres;
        this.jdbc = jdbc;
    }

    /**
     * The days of a centre from the first to the last.
     *
     * @param person whose appointments and absences; null for everybody's
     */
    List<Day> days(String centreId, String person, LocalDate first, LocalDate last, Locale locale) {
        Set<LocalDate> open = new HashSet<>(calendar.businessDays(centreId, first, last));
        Map<LocalDate, String> closed = new HashMap<>(calendar.holidays(first, last, locale));
        closed.putAll(centres.closures(centreId, first, last));
        List<Entry> entries = jdbc.sql(STANDING
                        + " and c.centre_id = :centre and (:all or a.counsellor = :person) order by a.starts_at, a.id")
                .param("first", first.atStartOfDay())
                .param("end", last.plusDays(1).atStartOfDay())
                .param("centre", centreId)
                .param("all", person == null)
                .param("person", person == null ? "" : person)
                .query(Entry.class)
                .list();
        List<Away> absences = absences(centreId, person, first, last);
        List<Cohort> cohorts = cohorts(centreId, first, last);
        List<Day> days = new ArrayList<>();
        first.datesUntil(last.plusDays(1)).forEach(date -> {
            List<CohortDay> ofCohorts = new ArrayList<>();
            cohorts.forEach(cohort -> {
                if (cohort.startsOn().equals(date)) {
                    ofCohorts.add(new CohortDay(cohort.cohort(), true));
                }
                if (cohort.endsOn().equals(date)) {
                    ofCohorts.add(new CohortDay(cohort.cohort(), false));
                }
            });
            days.add(new Day(
                    date,
                    open.contains(date) ? null : closed.getOrDefault(date, ""),
                    absences.stream()
                            .filter(away -> !date.isBefore(away.fromDate()) && !date.isAfter(away.toDate()))
                            .map(Away::userId)
                            .distinct()
                            .toList(),
                    ofCohorts,
                    entries.stream()
                            .filter(entry -> entry.startsAt().toLocalDate().equals(date))
                            .toList()));
        });
        return days;
    }

    /** The appointments of one person in these centres from the first day to the last, earliest first. */
    List<Entry> of(String person, Set<String> centreIds, LocalDate first, LocalDate last) {
        return centreIds.isEmpty()
                ? List.of()
                : jdbc.sql(
                                STANDING
                                        + " and a.counsellor = :person and c.centre_id in (:centres) order by a.starts_at, a.id")
                        .param("first", first.atStartOfDay())
                        .param("end", last.plusDays(1).atStartOfDay())
                        .param("person", person)
                        .param("centres", centreIds)
                        .query(Entry.class)
                        .list();
    }

    /** The cases of the centre that wait for an appointment, the most pressing first; with a person, those of that counsellor. */
    List<Waiting> waiting(String centreId, String person) {
        return jdbc.sql("""
                select c.number as case_number, c.first_name, c.last_name, c.counsellor, t.due_at
                from task_fact t join case_file c on c.id = t.case_id
                where t.centre_id = :centre and t.task_key = 'task_counselling_bookAppointment' and t.ended_at is null
                    and c.status = 'OPEN' and (:all or c.counsellor = :person)
                order by t.due_at, c.id fetch first %d rows only
                """.formatted(MOST_WAITING))
                .param("centre", centreId)
                .param("all", person == null)
                .param("person", person == null ? "" : person)
                .query(Waiting.class)
                .list();
    }

    /** The absences from a centre between the days; with a person, that one's only. */
    List<Away> absences(String centreId, String person, LocalDate first, LocalDate last) {
        return jdbc.sql("""
                select user_id, from_date, to_date from staff_absence
                where ended_at is null and centre_id = :centre and from_date <= :last and to_date >= :first
                    and (:all or user_id = :person)
                order by from_date, user_id
                """)
                .param("centre", centreId)
                .param("first", first)
                .param("last", last)
                .param("all", person == null)
                .param("person", person == null ? "" : person)
                .query(Away.class)
                .list();
    }

    private List<Cohort> cohorts(String centreId, LocalDate first, LocalDate last) {
        return jdbc.sql("""
                select distinct e.cohort, e.starts_on, e.ends_on from enrolment e
                where e.centre_id = :centre and e.fact_id is null
                    and (e.starts_on between :first and :last or e.ends_on between :first and :last)
                order by e.cohort, e.starts_on
                """)
                .param("centre", centreId)
                .param("first", first)
                .param("last", last)
                .query(Cohort.class)
                .list();
    }
}
