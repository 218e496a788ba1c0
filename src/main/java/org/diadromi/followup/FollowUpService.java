package org.diadromi.followup;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.DiadromiSettings;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.Timeline;
import org.diadromi.centre.Centres;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Deadlines;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Follows ventures up after their registration: when, what they say, and what is done for those at risk. */
@Service
@Transactional
public class FollowUpService {

    /** When in the day a follow-up or a reminder comes up. */
    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final FollowUpRepository followUps;
    private final MentoringRepository mentorings;
    private final RegistrationService registrations;
    private final Centres centres;
    private final DiadromiSettings settings;
    private final Deadlines deadlines;
    private final Timeline timeline;
    private final JdbcClient jdbc;
    private final AppClock clock;

    FollowUpService(
            FollowUpRepository followUps,
            MentoringRepository mentorings,
            RegistrationService registrations,
            Centres centres,
            DiadromiSettings settings,
            Deadlines deadlines,
            Timeline timeline,
            JdbcClient jdbc,
            AppClock clock) {
        this.followUps = followUps;
        this.mentorings = mentorings;
        this.registrations = registrations;
        this.centres = centres;
        this.settings = settings;
        this.deadlines = deadlines;
        this.timeline = timeline;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The months after the registration in which the venture is followed up, in their order. The first call keeps the
     * months of the centre or the settings for the case, so that a change of them concerns later ventures only.
     */
    public List<Integer> months(CaseFile caseFile) {
        List<Integer> kept = jdbc.sql(
                        "select follow_up_month from follow_up_schedule where case_id = ? order by follow_up_month")
                .param(caseFile.id())
                .query(Integer.class)
                .list();
        if (!kept.isEmpty()) {
            return kept;
        }
        List<Integer> months = centres.get(caseFile.centreId()).months().orElse(settings.followUpMonths()).stream()
                .distinct()
                .sorted()
                .toList();
        jdbc.sql("insert into follow_up_schedule (case_id, follow_up_month) values "
                        + months.stream().map(month -> "(?, ?)").collect(Collectors.joining(", ")))
                .params(months.stream()
                        .flatMap(month -> Stream.of(caseFile.id(), month))
                        .toList())
                .update();
        return months;
    }

    /** When the follow-up of a month comes up, in Athens: so many months after the date of the certificate. */
    @Transactional(readOnly = true)
    public LocalDateTime dueAt(CaseFile caseFile, int month) {
        return registrations.registeredOn(caseFile).plusMonths(month).atTime(MORNING);
    }

    /** When the venture is first reminded to renew its annual certificate, in Athens; later reminders follow yearly. */
    @Transactional(readOnly = true)
    public LocalDateTime certificateReminderAt(CaseFile caseFile) {
        LocalDate certificate = registrations.registeredOn(caseFile);
        return deadlines
                .after("certificate-renewal", caseFile.centreId(), certificate)
                .atTime(MORNING);
    }

    /** The month whose follow-up is the next to be recorded; empty when all have been. */
    @Transactional(readOnly = true)
    public Optional<Integer> nextMonth(CaseFile caseFile) {
        return jdbc.sql("""
                select min(s.follow_up_month) from follow_up_schedule s where s.case_id = ? and not exists (
                    select 1 from follow_up f where f.case_id = s.case_id and f.follow_up_month = s.follow_up_month)
                """).param(caseFile.id()).query(Integer.class).optional();
    }

    /**
     * Records what the venture says in a month; a {@link org.diadromi.RuleViolation} when its jobs do not add up.
     *
     * @param byUser who of the staff wrote it down; null where the person did it themselves
     */
    public void surveyed(CaseFile caseFile, int month, Survey survey, String byUser) {
        survey.check();
        followUps.save(
                new FollowUp(null, caseFile.id(), caseFile.centreId(), month, survey, null, null, byUser, clock.now()));
        timeline.add(caseFile, Timeline.Kind.FOLLOWED_UP, survey.status(), byUser);
    }

    /** The follow-up of a month; an {@link IllegalStateException} before it has been recorded. */
    @Transactional(readOnly = true)
    public FollowUp get(CaseFile caseFile, int month) {
        return followUps
                .findByCaseIdAndFollowUpMonth(caseFile.id(), month)
                .orElseThrow(() -> new IllegalStateException("No follow-up " + month + " of " + caseFile.number()));
    }

    /** The follow-ups that have been recorded, the latest first. */
    @Transactional(readOnly = true)
    public List<FollowUp> of(CaseFile caseFile) {
        return followUps.findByCaseIdOrderByFollowUpMonthDesc(caseFile.id());
    }

    /** The latest follow-up before a month in which the venture told its jobs. */
    @Transactional(readOnly = true)
    public Optional<FollowUp> previousWithJobs(CaseFile caseFile, int month) {
        return followUps.findByCaseIdOrderByFollowUpMonth(caseFile.id()).stream()
                .filter(followUp ->
                        followUp.followUpMonth() < month && followUp.survey().jobs() != null)
                .reduce((earlier, later) -> later);
    }

    /** Whether the venture said in its latest follow-up that it has closed. */
    @Transactional(readOnly = true)
    public boolean hasClosed(CaseFile caseFile) {
        return followUps.findByCaseIdOrderByFollowUpMonth(caseFile.id()).stream()
                .reduce((earlier, later) -> later)
                .filter(latest -> "closed".equals(latest.survey().status()))
                .isPresent();
    }

    /** Keeps whether a follow-up shows a venture at risk, and why. */
    public void judged(CaseFile caseFile, int month, boolean atRisk, String reason) {
        followUps.save(get(caseFile, month).judged(atRisk, reason));
    }

    /** Records what was done for the venture after a month's follow-up; times in minutes. */
    public void mentored(
            CaseFile caseFile, int month, String actions, int contactMinutes, int preparationMinutes, String byUser) {
        mentorings.save(new Mentoring(
                null, get(caseFile, month).id(), actions, contactMinutes, preparationMinutes, byUser, clock.now()));
        timeline.add(caseFile, Timeline.Kind.MENTORED, String.valueOf(month), byUser);
    }
}

interface FollowUpRepository extends ListCrudRepository<FollowUp, Long> {
    @Query("select * from follow_up where case_id = :caseId and follow_up_month = :followUpMonth")
    Optional<FollowUp> findByCaseIdAndFollowUpMonth(Long caseId, int followUpMonth);

    @Query("select * from follow_up where case_id = :caseId order by follow_up_month")
    List<FollowUp> findByCaseIdOrderByFollowUpMonth(Long caseId);

    List<FollowUp> findByCaseIdOrderByFollowUpMonthDesc(Long caseId);
}

interface MentoringRepository extends CrudRepository<Mentoring, Long> {}
