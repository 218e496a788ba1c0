package org.diadromi.contact;

import java.util.Optional;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Timeline;
import org.diadromi.supervision.Facts;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Whether the social economy is a person's path: the interview, the advice, and the counsellor's decision. */
@Service
@Transactional
public class Suitability {

    private final InterviewRepository interviews;
    private final SuitabilityAssessmentRepository assessments;
    private final CaseFiles cases;
    private final Timeline timeline;
    private final Facts facts;
    private final JdbcClient jdbc;
    private final AppClock clock;

    Suitability(
            InterviewRepository interviews,
            SuitabilityAssessmentRepository assessments,
            CaseFiles cases,
            Timeline timeline,
            Facts facts,
            JdbcClient jdbc,
            AppClock clock) {
        this.interviews = interviews;
        this.assessments = assessments;
        this.cases = cases;
        this.timeline = timeline;
        this.facts = facts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What an interview found of a person, in the codes of its form.
     *
     * @param monthsUnemployed null unless unemployed
     * @param purpose what the idea is for: social, livelihood, unsure
     * @param collective whether the person wants to work collectively: yes, no, unsure
     * @param needs what comes first: job, training, socialSupport, with commas; null for none
     */
    public record Findings(
            String ageBand,
            String gender,
            String education,
            String labourStatus,
            Integer monthsUnemployed,
            String incomeUrgency,
            String skills,
            String availability,
            boolean bodyExists,
            String purpose,
            String collective,
            String needs,
            String note) {}

    /** What was advised, why, and what would change it. */
    public record Advice(String outcome, String reason, String change) {}

    /** What was decided, and why. */
    public record Decision(String outcome, String reason) {}

    /**
     * Records an initial interview.
     *
     * @param vocative the last name as letters address it; null leaves it as it is
     */
    public void interviewed(CaseFile caseFile, Findings found, String vocative, String byUser) {
        interviews.save(new Interview(null, caseFile.id(), found, byUser, clock.now()));
        if (vocative != null && !vocative.equals(caseFile.salutationName())) {
            cases.addressAs(caseFile, vocative);
        }
        timeline.add(caseFile, Timeline.Kind.INTERVIEWED, null, byUser);
    }

    /** What the latest interview found; empty before the first. */
    @Transactional(readOnly = true)
    public Optional<Findings> findings(CaseFile caseFile) {
        return interviews.findLatest(caseFile.id()).map(Interview::found);
    }

    /** Records what the decision advises. */
    public void advised(CaseFile caseFile, Advice advice) {
        assessments.save(new SuitabilityAssessment(
                null,
                caseFile.id(),
                advice.outcome(),
                advice.reason(),
                advice.change(),
                clock.now(),
                null,
                null,
                null,
                null));
    }

    /** The latest advice. */
    @Transactional(readOnly = true)
    public Advice advice(CaseFile caseFile) {
        SuitabilityAssessment latest = latest(caseFile);
        return new Advice(latest.advice(), latest.adviceReason(), latest.adviceChange());
    }

    /** Records what the counsellor decides; a second decision on the same advice is kept beside the first. */
    public void decided(CaseFile caseFile, Decision decision, String byUser) {
        SuitabilityAssessment latest = latest(caseFile);
        SuitabilityAssessment open = latest.outcome() == null ? latest : latest.again(clock.now());
        SuitabilityAssessment decided =
                assessments.save(open.decided(decision.outcome(), decision.reason(), byUser, clock.now()));
        facts.suitability(
                decided.id(), caseFile.id(), caseFile.centreId(), decided.advice(), decision.outcome(), byUser);
        timeline.add(caseFile, Timeline.Kind.SUITABILITY_DECIDED, decision.outcome(), byUser);
    }

    /** The latest decision. */
    @Transactional(readOnly = true)
    public Decision decision(CaseFile caseFile) {
        SuitabilityAssessment latest = latest(caseFile);
        return new Decision(latest.outcome(), latest.reason());
    }

    /** Records the answer of a person who was not ready the last time. */
    public void askedAgain(CaseFile caseFile, String answer, String note, String byUser) {
        jdbc.sql("insert into asked_again (case_id, answer, note, asked_by, asked_at) values (?, ?, ?, ?, ?)")
                .params(caseFile.id(), answer, note, byUser, clock.now())
                .update();
        timeline.add(caseFile, Timeline.Kind.ASKED_AGAIN, answer, byUser);
    }

    private SuitabilityAssessment latest(CaseFile caseFile) {
        return assessments
                .findLatest(caseFile.id())
                .orElseThrow(() -> new IllegalStateException("No advice on suitability for " + caseFile.number()));
    }
}

interface InterviewRepository extends CrudRepository<Interview, Long> {
    @Query("select * from interview where case_id = :caseId order by id desc limit 1")
    Optional<Interview> findLatest(Long caseId);
}

interface SuitabilityAssessmentRepository extends CrudRepository<SuitabilityAssessment, Long> {
    @Query("select * from suitability_assessment where case_id = :caseId order by id desc limit 1")
    Optional<SuitabilityAssessment> findLatest(Long caseId);
}
