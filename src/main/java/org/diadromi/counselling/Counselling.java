package org.diadromi.counselling;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Timeline;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Counselling (συμβουλευτική): the support plan, the appointments, the sessions and how it ends. */
@Service
@Transactional
public class Counselling {

    /** The areas of counselling, as the forms name them. */
    public static final List<String> AREAS =
            List.of("socialEconomy", "business", "legal", "accounting", "hr", "funding");

    /** The session took place. */
    public static final String ATTENDED = "attended";

    /** The person did not come. */
    public static final String NO_SHOW = "noShow";

    /** The appointment was called off, so that another is arranged. */
    static final String MOVED = "moved";

    /** The conclusion of counselling that ends without a next step in the journey. */
    public static final String STOP = "stop";

    private final SupportPlanRepository plans;
    private final AppointmentRepository appointments;
    private final CounsellingSessionRepository sessions;
    private final Slots slots;
    private final CaseFiles cases;
    private final Timeline timeline;
    private final JdbcClient jdbc;
    private final Texts texts;
    private final AppClock clock;

    Counselling(
            SupportPlanRepository plans,
            AppointmentRepository appointments,
            CounsellingSessionRepository sessions,
            Slots slots,
            CaseFiles cases,
            Timeline timeline,
            JdbcClient jdbc,
            Texts texts,
            AppClock clock) {
        this.plans = plans;
        this.appointments = appointments;
        this.sessions = sessions;
        this.slots = slots;
        this.cases = cases;
        this.timeline = timeline;
        this.jdbc = jdbc;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * What becomes of an appointment.
     *
     * @param outcome attended, noShow or moved
     * @param contactMinutes time with the person; 0 unless attended
     * @param preparationMinutes time for it without the person; 0 unless attended
     * @param area null unless attended: the appointment's area counts
     * @param fundingLine where the hours count; null unless attended
     * @param goalsReached which goals of the support plan were reached, in words; null for none
     * @param nextStep another or conclude; null unless attended
     * @param nextStepNote what was agreed; null for nothing
     * @param nextStepDue until when that is to be done; null for no day
     */
    public record Outcome(
            String outcome,
            int contactMinutes,
            int preparationMinutes,
            String area,
            String fundingLine,
            String note,
            String goalsReached,
            String nextStep,
            String nextStepNote,
            LocalDate nextStepDue) {

        /** One that reached no goal and set no day. */
        public Outcome(
                String outcome,
                int contactMinutes,
                int preparationMinutes,
                String area,
                String fundingLine,
                String note,
                String nextStep,
                String nextStepNote) {
            this(
                    outcome,
                    contactMinutes,
                    preparationMinutes,
                    area,
                    fundingLine,
                    note,
                    null,
                    nextStep,
                    nextStepNote,
                    null);
        }
    }

    /**
     * An appointment's outcome with when, how and where it was, and who recorded it when; {@link Outcome} says what the other values mean.
     *
     * @param caseNumber the number of the case that has it
     */
    public record Session(
            long id,
            String caseNumber,
            LocalDateTime startsAt,
            String mode,
            String place,
            String outcome,
            int contactMinutes,
            int preparationMinutes,
            String area,
            String fundingLine,
            String note,
            String goalsReached,
            String nextStep,
            String nextStepNote,
            LocalDate nextStepDue,
            String recordedBy,
            LocalDateTime recordedAt) {}

    /**
     * What person and counsellor have agreed on.
     *
     * @param areas the areas of counselling, as the form's options name them
     * @param madeBy a user id
     */
    public record Plan(
            String needs, String goals, List<String> areas, int plannedSessions, String madeBy, LocalDateTime madeAt) {}

    /**
     * How far counselling has come.
     *
     * @param callNote the note of the latest call; null without one
     * @param summary how it was summed up when it ended in a referral that has come to nothing; null while it goes on
     */
    public record Progress(LocalDateTime begunAt, int plannedSessions, String callNote, String summary) {}

    /** Records the support plan; who makes it becomes the case's counsellor. */
    public void plan(
            CaseFile caseFile, String needs, String goals, List<String> areas, int plannedSessions, String byUser) {
        plans.save(new SupportPlan(
                null,
                caseFile.id(),
                needs,
                goals,
                String.join(",", areas),
                plannedSessions,
                null,
                null,
                null,
                null,
                null,
                byUser,
                clock.now()));
        cases.assignCounsellor(caseFile, byUser);
        timeline.add(caseFile, Timeline.Kind.PLAN_MADE, String.valueOf(plannedSessions), byUser);
    }

    /**
     * Books an appointment with the case's counsellor. Any day will do: centres meet people on Saturdays too.
     *
     * @throws RuleViolation when its time has come already, or the counsellor is away or has another appointment then
     */
    public void book(
            CaseFile caseFile,
            LocalDateTime startsAt,
            int minutes,
            String mode,
            String place,
            String area,
            String byUser) {
        if (!startsAt.isAfter(clock.now())) {
            throw new RuleViolation(Problem.LATE_APPOINTMENT);
        }
        String counsellor = caseFile.counsellor() == null ? byUser : caseFile.counsellor();
        slots.take(caseFile.centreId(), counsellor, startsAt, minutes, caseFile.id());
        appointments.save(new Appointment(
                null,
                caseFile.id(),
                UUID.randomUUID() + "@diadromi",
                startsAt,
                minutes,
                mode,
                place,
                area,
                counsellor,
                clock.now(),
                null,
                0));
        timeline.add(caseFile, Timeline.Kind.APPOINTMENT_BOOKED, startsAt.toString(), byUser);
    }

    /** The appointment booked last; an {@link IllegalStateException} when there is none. */
    @Transactional(readOnly = true)
    public Appointment appointment(CaseFile caseFile) {
        return appointments
                .findLatest(caseFile.id())
                .orElseThrow(() -> new IllegalStateException("No appointment for " + caseFile.number()));
    }

    /** The appointment booked last, if it is still to come: its time is ahead and nothing has been recorded of it. */
    @Transactional(readOnly = true)
    public Optional<Appointment> appointmentAhead(CaseFile caseFile) {
        return appointments
                .findLatest(caseFile.id())
                .filter(last -> last.startsAt().isAfter(clock.now()))
                .filter(last -> !sessions.existsByAppointmentId(last.id()));
    }

    /** Records that the person will come to the appointment ahead; a {@link RuleViolation} when there is none. */
    public void confirm(CaseFile caseFile) {
        appointments.save(ahead(caseFile).confirmed(clock.now()));
    }

    /**
     * Records that the person cannot come to the appointment ahead, as moved; a {@link RuleViolation} when there is none.
     *
     * @param words what they say to it; null for nothing
     */
    public void cancel(CaseFile caseFile, String words) {
        ahead(caseFile);
        String note = texts.of("appointment.cancelledByPerson");
        record(
                caseFile,
                new Outcome(MOVED, 0, 0, null, null, words == null ? note : note + "\n\n" + words, null, null),
                null);
    }

    /** When the person could come instead: the free times of the same counsellor from tomorrow on; empty without an appointment ahead. */
    @Transactional(readOnly = true)
    public List<LocalDateTime> freeInstead(CaseFile caseFile) {
        return appointmentAhead(caseFile)
                .filter(appointment -> appointment.counsellor() != null)
                .map(appointment -> slots
                        .free(
                                caseFile.centreId(),
                                appointment.counsellor(),
                                appointment.minutes(),
                                clock.today().plusDays(1),
                                caseFile.id())
                        .stream()
                        .filter(start -> !start.equals(appointment.startsAt()))
                        .toList())
                .orElse(List.of());
    }

    /**
     * Moves the appointment ahead to one of the times that {@link #freeInstead} gives.
     *
     * @throws RuleViolation when there is no appointment ahead, or that time is not free any more
     */
    public void move(CaseFile caseFile, LocalDateTime startsAt) {
        slots.lock(ahead(caseFile).counsellor());
        Appointment appointment = ahead(caseFile);
        if (!freeInstead(caseFile).contains(startsAt)) {
            throw new RuleViolation(Problem.SLOT_TAKEN);
        }
        appointments.save(appointment.moved(startsAt, clock.now()));
        timeline.add(caseFile, Timeline.Kind.APPOINTMENT_MOVED, startsAt.toString(), null);
    }

    /** The appointment booked last, if its time is ahead but it has been called off or the case has ended. */
    @Transactional(readOnly = true)
    Optional<Appointment> calledOff(CaseFile caseFile) {
        return appointments
                .findLatest(caseFile.id())
                .filter(last -> last.startsAt().isAfter(clock.now()))
                .filter(last -> sessions.existsByAppointmentIdAndOutcome(last.id(), MOVED)
                        || caseFile.status() == CaseFile.Status.CLOSED && !sessions.existsByAppointmentId(last.id()));
    }

    /** Records that the appointment ahead does not take place because somebody else takes over; false when there is none. */
    public boolean callOff(CaseFile caseFile, String why) {
        if (appointmentAhead(caseFile).isEmpty()) {
            return false;
        }
        record(caseFile, new Outcome(MOVED, 0, 0, null, null, why, null, null), null);
        return true;
    }

    private Appointment ahead(CaseFile caseFile) {
        return appointmentAhead(caseFile).orElseThrow(() -> new RuleViolation(Problem.NO_APPOINTMENT_AHEAD));
    }

    /**
     * Records what became of the appointment booked last.
     *
     * @return how many appointments in a row the person has missed, this one included
     * @throws RuleViolation when the day until which the next step is to be done has passed
     */
    public int record(CaseFile caseFile, Outcome outcome, String byUser) {
        if (outcome.nextStepDue() != null && outcome.nextStepDue().isBefore(clock.today())) {
            throw new RuleViolation(Problem.DATE_IN_PAST);
        }
        Appointment appointment = appointment(caseFile);
        sessions.save(new CounsellingSession(
                null,
                caseFile.id(),
                caseFile.centreId(),
                appointment.id(),
                appointment.startsAt().toLocalDate(),
                outcome.outcome(),
                outcome.contactMinutes(),
                outcome.preparationMinutes(),
                outcome.area() == null ? appointment.area() : outcome.area(),
                outcome.fundingLine(),
                outcome.note(),
                outcome.goalsReached(),
                outcome.nextStep(),
                outcome.nextStepNote(),
                outcome.nextStepDue(),
                byUser,
                clock.now()));
        timeline.add(caseFile, Timeline.Kind.SESSION_RECORDED, outcome.outcome(), byUser);
        return noShowsInRow(caseFile);
    }

    /** The case's recorded sessions, missed and moved ones too, in the order in which they were recorded. */
    @Transactional(readOnly = true)
    public List<Session> sessions(CaseFile caseFile) {
        return jdbc.sql("""
                select s.id, c.number as case_number, a.starts_at, a.mode, a.place, s.outcome, s.contact_minutes,
                       s.preparation_minutes, s.area, s.funding_line, s.note, s.goals_reached, s.next_step, s.next_step_note, s.next_step_due,
                       s.recorded_by, s.recorded_at
                from counselling_session s join appointment a on a.id = s.appointment_id
                    join case_file c on c.id = s.case_id
                where s.case_id = ? order by s.id
                """).param(caseFile.id()).query(Session.class).list();
    }

    /** How many appointments in a row the person has missed since they last came or were last called. */
    @Transactional(readOnly = true)
    public int noShowsInRow(CaseFile caseFile) {
        LocalDateTime lastCall = cases.history(caseFile).stream()
                .filter(entry -> entry.kind() == Timeline.Kind.CALLED)
                .map(Timeline.Entry::at)
                .max(LocalDateTime::compareTo)
                .orElse(LocalDateTime.MIN);
        return noShowsInRow(sessions(caseFile), lastCall);
    }

    /** Missed appointments at the end of the list: a session held ends the row, a moved one leaves it as it is. */
    static int noShowsInRow(List<Session> inOrder, LocalDateTime lastCall) {
        int inRow = 0;
        for (Session session : inOrder) {
            if (session.outcome().equals(ATTENDED)) {
                inRow = 0;
            } else if (session.outcome().equals(NO_SHOW) && session.recordedAt().isAfter(lastCall)) {
                inRow++;
            }
        }
        return inRow;
    }

    /** The support plan that counts now; empty before there is one. */
    @Transactional(readOnly = true)
    public Optional<Plan> plan(CaseFile caseFile) {
        return plans.findLatest(caseFile.id())
                .map(plan -> new Plan(
                        plan.needs(),
                        plan.goals(),
                        List.of(plan.areas().split(",")),
                        plan.plannedSessions(),
                        plan.madeBy(),
                        plan.madeAt()));
    }

    /** Plan and calls so far; an {@link IllegalStateException} before there is a support plan. */
    @Transactional(readOnly = true)
    public Progress progress(CaseFile caseFile) {
        SupportPlan plan = latestPlan(caseFile);
        return new Progress(plan.madeAt(), plan.plannedSessions(), plan.callNote(), plan.summary());
    }

    /**
     * Records the call to a person who has stopped coming. After it missed appointments are counted anew.
     *
     * @param outcome continue, stop or noContact; the latter two end the counselling
     * @return whether counselling goes on
     */
    public boolean called(CaseFile caseFile, String outcome, String note, String byUser) {
        boolean goesOn = outcome.equals("continue");
        SupportPlan plan = latestPlan(caseFile).called(note);
        plans.save(goesOn ? plan : plan.concluded(STOP, null, null, clock.now()));
        timeline.add(caseFile, Timeline.Kind.CALLED, outcome, byUser);
        return goesOn;
    }

    /**
     * Ends the counselling; anew, when a referral in which it ended has come to nothing.
     *
     * @param conclusion training, registration, referral or stop
     * @param referralStructure where the person is sent to by a form that makes no referral of it; null otherwise
     */
    public void conclude(
            CaseFile caseFile, String conclusion, String summary, String referralStructure, String byUser) {
        plans.save(latestPlan(caseFile).concluded(conclusion, summary, referralStructure, clock.now()));
        timeline.add(caseFile, Timeline.Kind.COUNSELLING_CONCLUDED, conclusion, byUser);
    }

    private SupportPlan latestPlan(CaseFile caseFile) {
        return plans.findLatest(caseFile.id())
                .orElseThrow(() -> new IllegalStateException("No support plan for " + caseFile.number()));
    }
}

interface SupportPlanRepository extends ListCrudRepository<SupportPlan, Long> {
    @Query("select * from support_plan where case_id = :caseId order by id desc limit 1")
    Optional<SupportPlan> findLatest(Long caseId);
}

interface AppointmentRepository extends ListCrudRepository<Appointment, Long> {
    @Query("select * from appointment where case_id = :caseId order by id desc limit 1")
    Optional<Appointment> findLatest(Long caseId);
}

interface CounsellingSessionRepository extends ListCrudRepository<CounsellingSession, Long> {
    @Query("select exists (select 1 from counselling_session where appointment_id = :appointmentId)")
    boolean existsByAppointmentId(Long appointmentId);

    boolean existsByAppointmentIdAndOutcome(Long appointmentId, String outcome);
}
