package org.diadromi.referral;

import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.Timeline;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.consent.Wording.Purpose;
import org.diadromi.workflow.Answer;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.CrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sends people to better paths and learns whether it helped. */
@Service
@Transactional
public class Referrals {

    private final ReferralRepository repository;
    private final Structures structures;
    private final Consents consents;
    private final Timeline timeline;
    private final JdbcClient jdbc;
    private final AppClock clock;

    Referrals(
            ReferralRepository repository,
            Structures structures,
            Consents consents,
            Timeline timeline,
            JdbcClient jdbc,
            AppClock clock) {
        this.repository = repository;
        this.structures = structures;
        this.consents = consents;
        this.timeline = timeline;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The structure of the directory that a person is sent to.
     *
     * @param mail where it is asked whether it takes the person on; null where it gets no mail
     * @param message what the centre writes to it; may be null
     */
    public record Asked(long structureId, String mail, String message) {}

    /**
     * Where a form sends a person.
     *
     * @param structureId the structure of the directory; null where one is named that is none of it
     * @param structure its name where it is none of the directory
     * @param contact whom to ask for there, where it is none of the directory; may be null
     * @param dataShared whether the person agrees that the structure is told of them
     * @param message what the centre writes to the person; may be null
     * @param structureMessage what the centre writes to the structure; may be null
     */
    public record Destination(
            String structureId,
            String structure,
            String contact,
            boolean dataShared,
            String message,
            String structureMessage) {

        /** As the forms that send somebody to a structure ask for it. */
        public static Destination of(Answer answer) {
            return new Destination(
                    answer.text("structureId"),
                    answer.text("structure"),
                    answer.text("structureContact"),
                    answer.yes("dataShared"),
                    answer.text("message"),
                    answer.text("structureMessage"));
        }
    }

    /**
     * Records where a person is sent, by a form that offered the centre's structures.
     *
     * @return whether the structure is to be asked by mail if it takes the person on
     * @throws RuleViolation when nobody is sent to the structure any more
     */
    public boolean refer(CaseFile caseFile, String path, Destination to, String byUser) {
        Structure chosen = to.structureId() == null
                ? null
                : structures
                        .find(caseFile.centreId(), Long.parseLong(to.structureId()))
                        .filter(Structure::active)
                        .orElseThrow(() -> new RuleViolation(Problem.STRUCTURE_UNKNOWN));
        refer(
                caseFile,
                path,
                chosen == null ? to.structure() : chosen.name(),
                chosen == null ? to.contact() : chosen.contact(),
                to.dataShared(),
                to.message(),
                chosen == null ? null : new Asked(chosen.id(), chosen.mail(), to.structureMessage()),
                byUser);
        return to.dataShared() && chosen != null && chosen.mail() != null;
    }

    /** Records where a person was sent, and that they agreed if the structure is told of them. */
    public void refer(
            CaseFile caseFile,
            String path,
            String structure,
            String contact,
            boolean dataShared,
            String message,
            Asked asked,
            String byUser) {
        repository.save(new Referral(
                null,
                caseFile.id(),
                path,
                structure,
                contact,
                dataShared,
                message,
                byUser,
                clock.now(),
                null,
                null,
                null,
                null,
                asked == null ? null : asked.structureId(),
                asked == null || !dataShared ? null : asked.mail(),
                asked == null || !dataShared ? null : asked.message(),
                null,
                null,
                null));
        if (dataShared) {
            consents.give(caseFile, Wording.SHARED_WITH_STRUCTURE, Texts.GREEK, Channel.UNKNOWN, byUser);
        }
        timeline.add(caseFile, Timeline.Kind.REFERRED, path, byUser);
    }

    /** The latest referral; an {@link IllegalStateException} before the first. */
    @Transactional(readOnly = true)
    public Referral latest(CaseFile caseFile) {
        return repository
                .findLatest(caseFile.id())
                .orElseThrow(() -> new IllegalStateException("No referral of " + caseFile.number()));
    }

    /**
     * Records whether the structure takes the person on.
     *
     * @param said accepted, declined or noAnswer
     * @param byUser the member of staff who heard it; null when the structure answered by its link
     * @throws RuleViolation when it has answered already
     */
    public void structureAnswered(CaseFile caseFile, Referral referral, String said, String note, String byUser) {
        int first = jdbc.sql("""
                update referral set structure_answer = ?, structure_note = ?, structure_answered_at = ?
                where id = ? and case_id = ? and structure_answer is null
                """)
                .params(said, note, clock.now(), referral.id(), caseFile.id())
                .update();
        if (first == 0) {
            throw new RuleViolation(Problem.REFERRAL_ANSWERED_ALREADY);
        }
        timeline.add(caseFile, Timeline.Kind.STRUCTURE_ANSWERED, said, byUser);
    }

    /** Whether the case goes on and waits for the structure's answer to this referral. */
    @Transactional(readOnly = true)
    public boolean awaits(CaseFile caseFile, Referral referral) {
        return caseFile.status() == CaseFile.Status.OPEN
                && awaited(caseFile)
                        .filter(awaited -> awaited.id().equals(referral.id()))
                        .isPresent();
    }

    /**
     * The referral to whose answer by the structure the case waits; empty when it waits for none. The answer to a referral of another stage, or of another
     * centre before, is none that is waited for, nor is one of which the person does not want any more that it is given. The consent that counts is the one
     * recorded with the referral, the first from then on: others, of referrals before or of a case that went into this one, do not stand for it.
     */
    @Transactional(readOnly = true)
    public Optional<Referral> awaited(CaseFile caseFile) {
        return jdbc.sql("""
                select r.* from referral r
                    join stage_fact s on s.case_id = r.case_id and s.left_at is null and s.entered_at <= r.referred_at
                where r.case_id = ? and r.structure_mail is not null and r.structure_answer is null
                    and r.id = (select max(l.id) from referral l where l.case_id = r.case_id)
                    and exists (select 1 from consent c where c.withdrawn_at is null
                                and c.id = (select min(g.id) from consent g where g.case_id = r.case_id and g.member_id is null
                                            and g.purpose = ? and g.given_at >= r.referred_at))
                """)
                .params(caseFile.id(), Purpose.SHARING.name())
                .query(Referral.class)
                .optional();
    }

    /** The referral of that id, if it is one of the case. */
    @Transactional(readOnly = true)
    Optional<Referral> find(CaseFile caseFile, long id) {
        return repository.findById(id).filter(referral -> referral.caseId().equals(caseFile.id()));
    }

    /** Records what the person said of the latest referral. */
    public void answered(CaseFile caseFile, String helped, boolean comesBack, String note, String byUser) {
        repository.save(latest(caseFile).answered(helped, comesBack, note, clock.now()));
        timeline.add(caseFile, Timeline.Kind.REFERRAL_ANSWERED, helped, byUser);
    }
}

interface ReferralRepository extends CrudRepository<Referral, Long> {
    @Query("select * from referral where case_id = :caseId order by id desc limit 1")
    Optional<Referral> findLatest(Long caseId);
}
