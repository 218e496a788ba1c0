package org.diadromi.transfer;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Timeline;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.centre.Municipalities;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.counselling.Counselling;
import org.diadromi.notification.Outbox;
import org.diadromi.privacy.Audit;
import org.diadromi.team.TeamMember;
import org.diadromi.team.TeamMembers;
import org.diadromi.transfer.Transfer.Answer;
import org.diadromi.workflow.Deadlines;
import org.diadromi.workflow.Role;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cases that go over to another centre: one centre offers, the other accepts or declines, and only then anything of the case is
 * the other's (docs/adr/0028).
 */
@Service
@Transactional
public class Transfers {

    /** Why a case is offered. */
    public static final List<String> REASONS = List.of("moved", "nearer", "expertise", "capacity", "wish", "other");

    /** How long the other centre has for its answer, in the settings. */
    public static final String DEADLINE = "transfer-answer";

    private static final String SELECT = """
            select id, case_id, from_centre, to_centre, number_before, transfer_reason as reason, note, offered_by, offered_at,
                   transfer_answer as answer
            from case_transfer where\s""";

    private final CaseFiles cases;
    private final Timeline timeline;
    private final Consents consents;
    private final TeamMembers team;
    private final Counselling counselling;
    private final Centres centres;
    private final Municipalities municipalities;
    private final TransferProcess process;
    private final Outbox outbox;
    private final Deadlines deadlines;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final Texts texts;
    private final AppClock clock;

    Transfers(
            CaseFiles cases,
            Timeline timeline,
            Consents consents,
            TeamMembers team,
            Counselling counselling,
            Centres centres,
            Municipalities municipalities,
            TransferProcess process,
            Outbox outbox,
            Deadlines deadlines,
            Audit audit,
            JdbcClient jdbc,
            Texts texts,
            AppClock clock) {
        this.cases = cases;
        this.timeline = timeline;
        this.consents = consents;
        this.team = team;
        this.counselling = counselling;
        this.centres = centres;
        this.municipalities = municipalities;
        this.process = process;
        this.outbox = outbox;
        this.deadlines = deadlines;
        this.audit = audit;
        this.jdbc = jdbc;
        this.texts = texts;
        this.clock = clock;
    }

    // The centre that offers -----------------------------------------------------------------------------

    /** The other centres at which somebody works who could answer, by name. */
    @Transactional(readOnly = true)
    public List<Centre> receivers(CaseFile caseFile) {
        List<String> atWork = jdbc.sql("""
                select distinct r.centre_id from staff_role r join staff_account a on a.user_id = r.user_id
                where a.active = true and r.role in (:roles)
                """)
                .param("roles", List.of(Role.COORDINATOR.groupId(), Role.INTAKE.groupId()))
                .query(String.class)
                .list();
        return centres.all().stream()
                .filter(centre -> atWork.contains(centre.id()) && !centre.id().equals(caseFile.centreId()))
                .toList();
    }

    /** The offer of the case that nobody has answered yet. */
    @Transactional(readOnly = true)
    public Optional<Transfer> open(CaseFile caseFile) {
        return jdbc.sql(SELECT + "case_id = ? and transfer_answer is null")
                .param(caseFile.id())
                .query(Transfer.class)
                .optional();
    }

    /** Until when the other centre is to answer. */
    public LocalDate answerBy(Transfer transfer) {
        return deadlines.after(
                DEADLINE, transfer.toCentre(), transfer.offeredAt().toLocalDate());
    }

    /** Whether the venture's application lies with the Registry: then the centre that prepared it sees it through. */
    @Transactional(readOnly = true)
    public boolean isSubmitted(CaseFile caseFile) {
        return jdbc.sql("select count(*) from registration where case_id = ? and submitted_on is not null")
                        .param(caseFile.id())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Offers the case to another centre. It goes on as before until that centre accepts it.
     *
     * @param note what the other centre should know besides, or null; it reads it before it accepts
     * @param agreed by which way the person, and the members of their team, said that they agree
     * @throws RuleViolation when the case cannot go now, has been offered already, or nobody is there to answer
     */
    public Transfer offer(
            CaseFile caseFile, String toCentre, String reason, String note, Channel agreed, String byUser) {
        CaseFile now = cases.locked(caseFile.centreId(), caseFile.number());
        requireMovable(now);
        if (open(now).isPresent()) {
            throw new RuleViolation(Problem.TRANSFER_OFFERED_ALREADY, now.number());
        }
        Centre to = receivers(now).stream()
                .filter(centre -> centre.id().equals(toCentre))
                .findFirst()
                .orElseThrow(() -> new RuleViolation(Problem.TRANSFER_CENTRE));
        consents.give(now, Wording.HANDED_TO_CENTRE, now.language(), agreed, byUser, to.name(now.language()));
        team.of(now).stream()
                .filter(member -> member.state() == TeamMember.State.AGREED)
                .forEach(member -> consents.give(
                        now,
                        member.id(),
                        Wording.HANDED_TO_CENTRE,
                        member.locale(),
                        agreed,
                        byUser,
                        to.name(member.locale())));
        jdbc.sql("""
                insert into case_transfer (case_id, from_centre, to_centre, number_before, transfer_reason, note, offered_by,
                                           offered_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(now.id(), now.centreId(), to.id(), now.number(), reason, note, byUser, clock.now())
                .update();
        Transfer transfer = open(now).orElseThrow();
        timeline.add(now, Timeline.Kind.TRANSFER_OFFERED, to.id(), byUser);
        audit.record(Audit.Action.CHANGED, now.centreId(), now.number(), texts.of("transfer.audit.offered", to.name()));
        process.begin(transfer);
        return transfer;
    }

    /** Takes the open offer of the case back; a {@link RuleViolation} when it has been answered or there is none. */
    public void takeBack(CaseFile caseFile, String byUser) {
        CaseFile now = cases.locked(caseFile.centreId(), caseFile.number());
        Transfer transfer = open(now).orElseThrow(() -> new RuleViolation(Problem.TRANSFER_ANSWERED));
        answered(transfer, Answer.TAKEN_BACK, null, byUser);
        timeline.add(now, Timeline.Kind.TRANSFER_TAKEN_BACK, transfer.toCentre(), byUser);
        audit.record(
                Audit.Action.CHANGED,
                now.centreId(),
                now.number(),
                texts.of("transfer.audit.takenBack", name(transfer.toCentre())));
        process.end(transfer);
    }

    /** Takes back that the case may go to another centre; an offer that waits for an answer lapses with it. */
    public void disagree(CaseFile caseFile, Channel via) {
        CaseFile now = cases.locked(caseFile.centreId(), caseFile.number());
        consents.withdraw(now, Wording.Purpose.HANDING_OVER, via, null);
        lapse(now);
    }

    /** An offer has lost its point when the case ends or its venture is submitted to the Registry. */
    @EventListener
    void on(Timeline.Coming step) {
        if (step.kind() == Timeline.Kind.CLOSED || step.kind() == Timeline.Kind.SUBMITTED) {
            lapse(step.caseFile());
        }
    }

    private void lapse(CaseFile caseFile) {
        open(caseFile).ifPresent(transfer -> {
            if (answered(transfer, Answer.LAPSED, null, null)) {
                timeline.add(caseFile, Timeline.Kind.TRANSFER_LAPSED, transfer.toCentre(), null);
                process.end(transfer);
            }
        });
    }

    // The centre that answers ----------------------------------------------------------------------------

    /** The offer of that id, for whoever works on its process. */
    @Transactional(readOnly = true)
    public Transfer get(long id) {
        return jdbc.sql(SELECT + "id = ?").param(id).query(Transfer.class).single();
    }

    /**
     * What the other centre is told of the case before it answers: nothing by which the person is known, and no word that somebody
     * typed.
     *
     * @param stage null between two stages
     * @param area the regional unit in which the person lives; null where it is not known
     * @param sessions how many have been held
     */
    public record Sketch(String stage, String area, int groupSize, LocalDate openedOn, int sessions) {}

    /** The sketch of an offered case. */
    @Transactional(readOnly = true)
    public Sketch sketch(Transfer transfer) {
        Sketch found =
                jdbc.sql("""
                select (select max(s.stage) from stage_fact s where s.case_id = c.id and s.left_at is null) as stage,
                       c.municipality as area, c.group_size, cast(c.opened_at as date) as opened_on,
                       (select count(*) from counselling_session h where h.case_id = c.id and h.outcome = 'attended') as sessions
                from case_file c where c.id = ?
                """).param(transfer.caseId()).query(Sketch.class).single();
        return new Sketch(found.stage(), area(found.area()), found.groupSize(), found.openedOn(), found.sessions());
    }

    private String area(String municipality) {
        List<String> areas = municipalities.find(municipality).stream()
                .map(Municipalities.Municipality::regionalUnit)
                .distinct()
                .toList();
        return areas.size() == 1 ? areas.get(0) : null;
    }

    /** Declines the offer; the case stays where it is. A {@link RuleViolation} when it has been answered. */
    public void decline(Transfer transfer, String reason, String byUser) {
        CaseFile caseFile = lockedForAnswer(transfer);
        answered(transfer, Answer.DECLINED, reason, byUser);
        timeline.add(caseFile, Timeline.Kind.TRANSFER_DECLINED, reason, byUser);
        audit.record(
                Audit.Action.CHANGED,
                transfer.fromCentre(),
                caseFile.number(),
                texts.of("transfer.audit.declined", name(transfer.toCentre())));
    }

    /** Accepts the offer; a {@link RuleViolation} when it has been answered or the case cannot go now. */
    public void accept(Transfer transfer, String byUser) {
        requireMovable(lockedForAnswer(transfer));
        answered(transfer, Answer.ACCEPTED, null, byUser);
    }

    /**
     * Records that the appointment, if one is ahead, does not take place: it was with the centre that gives the case away.
     *
     * @return the case as it still is at that centre, where there was one
     */
    public Optional<CaseFile> callOffAppointment(Transfer transfer) {
        CaseFile before = cases.get(transfer.fromCentre(), transfer.numberBefore());
        return counselling.callOff(before, texts.of("transfer.appointment")) ? Optional.of(before) : Optional.empty();
    }

    /**
     * Moves the case of an accepted offer: everything of it is the new centre's from now on.
     *
     * @return the case with its new number
     */
    public CaseFile move(Transfer transfer) {
        CaseFile before = cases.get(transfer.fromCentre(), transfer.numberBefore());
        String byUser = jdbc.sql("select answered_by from case_transfer where id = ?")
                .param(transfer.id())
                .query(String.class)
                .optional()
                .orElse(null);
        jdbc.sql("update case_transfer set fact_id = ? where id = ?")
                .params(transfer.factId(), transfer.id())
                .update();
        // Of whoever has agreed to nothing yet, the other centre learns nothing.
        team.of(before).stream()
                .filter(member -> member.state() == TeamMember.State.ASKED)
                .forEach(member -> team.erase(before, member, byUser));
        cases.mergedInto(before).forEach(merged -> takeAlong(merged, transfer));
        CaseFile moved = cases.handOver(before, transfer.toCentre(), transfer.factId(), byUser);
        outbox.handOver(moved.id(), moved.centreId());
        audit.record(
                Audit.Action.CHANGED,
                transfer.fromCentre(),
                transfer.numberBefore(),
                texts.of("transfer.audit.left", name(transfer.toCentre())));
        audit.record(
                Audit.Action.CHANGED,
                moved.centreId(),
                moved.number(),
                texts.of("transfer.audit.arrived", name(transfer.fromCentre()), transfer.numberBefore()));
        return moved;
    }

    /** What turned out to be the same person's goes along, with a former number and facts of its own. */
    private void takeAlong(CaseFile merged, Transfer with) {
        jdbc.sql("""
                insert into case_transfer (case_id, from_centre, to_centre, number_before, transfer_reason, offered_by, offered_at,
                                           transfer_answer, answered_by, answered_at)
                select cast(? as bigint), from_centre, to_centre, cast(? as varchar(20)), transfer_reason, offered_by, offered_at,
                       transfer_answer, answered_by, answered_at
                from case_transfer where id = ?
                """).params(merged.id(), merged.number(), with.id()).update();
        List<Transfer> own = all(merged);
        Transfer last = own.get(own.size() - 1);
        jdbc.sql("update case_transfer set fact_id = ? where id = ?")
                .params(last.factId(), last.id())
                .update();
        cases.takeAlong(merged, with.toCentre(), last.factId());
        outbox.handOver(merged.id(), with.toCentre());
    }

    // Afterwards -----------------------------------------------------------------------------------------

    /** The number that a case of the centre has now, which had that one at a centre before; empty when there is none. */
    @Transactional(readOnly = true)
    public Optional<String> numberNow(String centreId, String numberBefore) {
        return jdbc.sql("""
                select distinct c.number from case_transfer t join case_file c on c.id = t.case_id
                where t.number_before = ? and t.transfer_answer = 'ACCEPTED' and c.centre_id = ? and c.number <> t.number_before
                """).params(numberBefore, centreId).query(String.class).optional();
    }

    /** Every offer of the case, whatever became of it, oldest first. */
    @Transactional(readOnly = true)
    public List<Transfer> all(CaseFile caseFile) {
        return jdbc.sql(SELECT + "case_id = ? order by id")
                .param(caseFile.id())
                .query(Transfer.class)
                .list();
    }

    private void requireMovable(CaseFile caseFile) {
        switch (caseFile.status()) {
            case CLOSED -> throw new RuleViolation(Problem.CASE_CLOSED, caseFile.number());
            case PAUSED -> throw new RuleViolation(Problem.TRANSFER_PAUSED);
            case OPEN -> {
                if (isSubmitted(caseFile)) {
                    throw new RuleViolation(Problem.TRANSFER_SUBMITTED);
                }
            }
        }
    }

    private CaseFile lockedForAnswer(Transfer transfer) {
        cases.lock(transfer.caseId());
        if (get(transfer.id()).answer() != null) {
            throw new RuleViolation(Problem.TRANSFER_ANSWERED);
        }
        return cases.get(transfer.fromCentre(), transfer.numberBefore());
    }

    private boolean answered(Transfer transfer, Answer answer, String reason, String byUser) {
        return jdbc.sql("""
                        update case_transfer set transfer_answer = ?, answer_reason = ?, answered_by = ?, answered_at = ?
                        where id = ? and transfer_answer is null
                        """)
                        .params(answer.name(), reason, byUser, clock.now(), transfer.id())
                        .update()
                == 1;
    }

    private String name(String centreId) {
        return centres.get(centreId).name();
    }
}
