package org.diadromi.training;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseWords;
import org.diadromi.casefile.Timeline;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Business-plan training: the place in a cohort, attendance, and the versions of the plan. */
@Service
@Transactional
public class Training {

    private static final String PASSED = "passed";
    private static final String DROPPED = "dropped";

    private final EnrolmentRepository enrolments;
    private final BusinessPlanRepository plans;
    private final Centres centres;
    private final Timeline timeline;
    private final CaseWords words;
    private final JdbcClient jdbc;
    private final AppClock clock;

    Training(
            EnrolmentRepository enrolments,
            BusinessPlanRepository plans,
            Centres centres,
            Timeline timeline,
            CaseWords words,
            JdbcClient jdbc,
            AppClock clock) {
        this.enrolments = enrolments;
        this.plans = plans;
        this.centres = centres;
        this.timeline = timeline;
        this.words = words;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Gives the case a place in a cohort. Its days may have passed: places are written down late, too.
     *
     * @param teamName null while there is no team
     * @throws RuleViolation when the cohort would end before it starts
     */
    public void enrol(
            CaseFile caseFile, String cohort, LocalDate startsOn, LocalDate endsOn, String teamName, String byUser) {
        if (endsOn.isBefore(startsOn)) {
            throw new RuleViolation(Problem.DATES_REVERSED);
        }
        enrolments.save(new Enrolment(
                null,
                caseFile.id(),
                caseFile.centreId(),
                cohort,
                startsOn,
                endsOn,
                teamName,
                null,
                byUser,
                clock.now()));
        words.write(caseFile.id());
        timeline.add(caseFile, Timeline.Kind.ENROLLED, null, byUser);
    }

    /** How large the centre wants a cohort to be; whoever gives the places keeps to it. */
    @Transactional(readOnly = true)
    public Centre rules(CaseFile caseFile) {
        return centres.get(caseFile.centreId());
    }

    /** The case's latest place in a cohort; an {@link IllegalStateException} when there is none. */
    @Transactional(readOnly = true)
    public Enrolment enrolment(CaseFile caseFile) {
        return enrolments
                .findLatest(caseFile.id())
                .orElseThrow(() -> new IllegalStateException("No enrolment for " + caseFile.number()));
    }

    /** The percentage of hours that passes at the case's centre. */
    @Transactional(readOnly = true)
    public int attendanceLimit(CaseFile caseFile) {
        return centres.get(caseFile.centreId()).attendanceLimit();
    }

    /** How much of the training the case has had so far. */
    @Transactional(readOnly = true)
    public Attendance attendance(CaseFile caseFile) {
        return attendance(caseFile, enrolment(caseFile));
    }

    private Attendance attendance(CaseFile caseFile, Enrolment enrolment) {
        return new Attendance(
                jdbc.sql("""
                select m.name, m.hours, case when a.enrolment_id is null then false else true end as attended
                from training_module m
                left join attendance a on a.module_key = m.module_key and a.enrolment_id = ?
                order by m.name
                """)
                        .param(enrolment.id())
                        .query(Attendance.Module.class)
                        .list(),
                centres.get(caseFile.centreId()).trainingHours());
    }

    /**
     * Records the modules that were attended in the cohort.
     *
     * @param moduleKeys keys of modules; none is a possible answer
     * @return whether the centre's limit is reached
     */
    public boolean attended(CaseFile caseFile, List<String> moduleKeys, String byUser) {
        return add(caseFile, moduleKeys, false, byUser);
    }

    /**
     * Records the modules that were caught up after the cohort; what was attended before stays as it is.
     *
     * @return whether the centre's limit is reached now
     */
    public boolean caughtUp(CaseFile caseFile, List<String> moduleKeys, String byUser) {
        return add(caseFile, moduleKeys, true, byUser);
    }

    private boolean add(CaseFile caseFile, List<String> moduleKeys, boolean caughtUp, String byUser) {
        Enrolment enrolment = enrolment(caseFile);
        if (!moduleKeys.isEmpty()) {
            jdbc.sql("""
                    insert into attendance (enrolment_id, module_key, caught_up)
                    select cast(:enrolment as bigint), module_key, cast(:caughtUp as boolean)
                    from training_module
                    where module_key in (:modules)
                      and module_key not in (select module_key from attendance where enrolment_id = :enrolment)
                    """)
                    .param("enrolment", enrolment.id())
                    .param("caughtUp", caughtUp)
                    .param("modules", moduleKeys)
                    .update();
        }
        Attendance attendance = attendance(caseFile, enrolment);
        timeline.add(caseFile, Timeline.Kind.ATTENDANCE_RECORDED, String.valueOf(attendance.percent()), byUser);
        boolean passed = attendance.passes(attendanceLimit(caseFile));
        if (passed) {
            enrolments.save(enrolment.ended(PASSED));
        }
        return passed;
    }

    /** Records that the person gives the training up. */
    public void dropped(CaseFile caseFile, String byUser) {
        enrolments.save(enrolment(caseFile).ended(DROPPED));
        timeline.add(caseFile, Timeline.Kind.ATTENDANCE_RECORDED, DROPPED, byUser);
    }

    /**
     * Records the next version of the plan.
     *
     * @param deliverables codes of what came with it
     * @param byUser who of the staff wrote it down; null where the person handed it in themselves
     * @throws RuleViolation when it is said to come only after today
     */
    public void handedIn(
            CaseFile caseFile, LocalDate handedInOn, List<String> deliverables, String note, String byUser) {
        if (handedInOn.isAfter(clock.today())) {
            throw new RuleViolation(Problem.DATE_IN_FUTURE);
        }
        int version = nextVersion(caseFile);
        plans.save(new BusinessPlan(
                null,
                caseFile.id(),
                version,
                handedInOn,
                String.join(",", deliverables),
                note,
                null,
                null,
                null,
                null));
        timeline.add(caseFile, Timeline.Kind.PLAN_HANDED_IN, String.valueOf(version), byUser);
    }

    /** The documents come with the version of the plan that is handed in next; again, where they came with an earlier one too. */
    public void attach(CaseFile caseFile, Collection<Long> documentIds) {
        int version = nextVersion(caseFile);
        documentIds.stream()
                .distinct()
                .forEach(document -> jdbc.sql(
                                "insert into plan_document (case_id, plan_version, document_id) values (?, ?, ?)")
                        .params(caseFile.id(), version, document)
                        .update());
    }

    /** The names of the files that came with a version of the plan. */
    @Transactional(readOnly = true)
    public List<String> files(CaseFile caseFile, int version) {
        return jdbc.sql("""
                select d.name from plan_document p join document d on d.id = p.document_id
                where p.case_id = ? and p.plan_version = ? order by d.id
                """).params(caseFile.id(), version).query(String.class).list();
    }

    private int nextVersion(CaseFile caseFile) {
        return plan(caseFile).map(BusinessPlan::planVersion).orElse(0) + 1;
    }

    /** The latest version of the plan; empty before the first. */
    @Transactional(readOnly = true)
    public Optional<BusinessPlan> plan(CaseFile caseFile) {
        return plans.findLatest(caseFile.id());
    }

    /**
     * Records what the trainer decides about the latest version.
     *
     * @param decision approve or return
     * @param comments what to mend; null when it is approved
     */
    public void reviewed(CaseFile caseFile, String decision, String comments, String byUser) {
        BusinessPlan plan = plan(caseFile)
                .orElseThrow(() -> new IllegalStateException("No business plan for " + caseFile.number()));
        plans.save(plan.reviewed(decision, comments, byUser, clock.now()));
        timeline.add(caseFile, Timeline.Kind.PLAN_REVIEWED, decision, byUser);
    }
}

interface EnrolmentRepository extends ListCrudRepository<Enrolment, Long> {
    @Query("select * from enrolment where case_id = :caseId order by id desc limit 1")
    Optional<Enrolment> findLatest(Long caseId);
}

interface BusinessPlanRepository extends ListCrudRepository<BusinessPlan, Long> {
    @Query("select * from business_plan where case_id = :caseId order by plan_version desc limit 1")
    Optional<BusinessPlan> findLatest(Long caseId);
}
