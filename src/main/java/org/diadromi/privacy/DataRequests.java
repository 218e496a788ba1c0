package org.diadromi.privacy;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.LegalConstants;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people ask of their data: registers it, keeps its deadline and what was decided. */
@Service
@Transactional
public class DataRequests {

    private static final String SELECT = """
            select r.id, c.centre_id, c.number as case_number, r.kind, r.received_on, r.channel, r.details, r.due_on,
                   r.extended_at, r.extension_reason, r.identified_how, r.decision, r.decision_reason, r.handed_over,
                   r.decided_at, c.erased_at is not null as erased
            from data_request r join case_file c on c.id = r.case_id where\s""";

    private final JdbcClient jdbc;
    private final CaseFiles cases;
    private final Erasure erasure;
    private final LegalConstants constants;
    private final AppClock clock;

    DataRequests(JdbcClient jdbc, CaseFiles cases, Erasure erasure, LegalConstants constants, AppClock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.erasure = erasure;
        this.constants = constants;
        this.clock = clock;
    }

    /**
     * Registers a request; it is due one month after it was received (GDPR Art. 12(3)).
     *
     * @param details in the person's words, or null
     * @return its id
     * @throws RuleViolation when it was received in the future, when the same is asked for already, or when there is nobody any
     *     more to ask for anything
     */
    public long receive(
            CaseFile caseFile, String kind, LocalDate receivedOn, String channel, String details, String byUser) {
        if (receivedOn.isAfter(clock.today())) {
            throw new RuleViolation(Problem.DATE_IN_FUTURE);
        }
        if (erasure.isErased(caseFile.id())) {
            throw new RuleViolation(Problem.CASE_UNKNOWN, caseFile.number());
        }
        // Two who register the same at once take turns.
        cases.lock(caseFile.id());
        if (jdbc.sql("select count(*) from data_request where case_id = ? and kind = ? and decision is null")
                        .params(caseFile.id(), kind)
                        .query(Integer.class)
                        .single()
                > 0) {
            throw new RuleViolation(Problem.REQUEST_OPEN_ALREADY, caseFile.number());
        }
        jdbc.sql("""
                insert into data_request (case_id, kind, received_on, channel, details, due_on, recorded_by, recorded_at, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        caseFile.id(),
                        kind,
                        receivedOn,
                        channel,
                        details,
                        receivedOn.plusMonths(months("gdpr.answer-months", receivedOn)),
                        byUser,
                        clock.now(),
                        clock.now())
                .update();
        return jdbc.sql("select max(id) from data_request where case_id = ?")
                .param(caseFile.id())
                .query(Long.class)
                .single();
    }

    /** Records how the person was identified. */
    public void identified(long id, String how) {
        jdbc.sql("update data_request set identified_how = ?, changed_at = ? where id = ? and decision is null")
                .params(how, clock.now(), id)
                .update();
    }

    /**
     * Gives the answer two months more (GDPR Art. 12(3)), once and within the first month.
     *
     * @throws RuleViolation when it has been extended, or is late already
     */
    public void extend(DataRequest request, String reason) {
        if (request.extendedAt() != null) {
            throw new RuleViolation(Problem.REQUEST_EXTENDED_ALREADY);
        }
        if (clock.today().isAfter(request.dueOn())) {
            throw new RuleViolation(Problem.REQUEST_TOO_LATE);
        }
        jdbc.sql(
                        "update data_request set due_on = ?, extended_at = ?, extension_reason = ?, changed_at = ? where id = ?")
                .params(
                        request.receivedOn()
                                .plusMonths(months("gdpr.answer-months", request.receivedOn())
                                        + months("gdpr.extension-months", request.receivedOn())),
                        clock.now(),
                        reason,
                        clock.now(),
                        request.id())
                .update();
    }

    /**
     * Records the answer.
     *
     * @param decision grant, refuse or unidentified
     * @param reason what the person is told; null where it was granted
     * @param handedOver how a copy was handed over, or null
     */
    public void decide(long id, String decision, String reason, String handedOver, String byUser) {
        jdbc.sql("""
                update data_request set decision = ?, decision_reason = ?, handed_over = ?, decided_by = ?, decided_at = ?,
                    changed_at = ?
                where id = ?
                """)
                .params(decision, reason, handedOver, byUser, clock.now(), clock.now(), id)
                .update();
    }

    /** The request of that id, if it is one of the centres'. */
    @Transactional(readOnly = true)
    public Optional<DataRequest> find(long id, Collection<String> centreIds) {
        return jdbc.sql(SELECT + "r.id = :id and c.centre_id in (:centres)")
                .param("id", id)
                .param("centres", centreIds.isEmpty() ? List.of("") : centreIds)
                .query(DataRequest.class)
                .optional();
    }

    /** The centres' requests: the open ones by their deadline, then the latest 200 of those that were answered. */
    @Transactional(readOnly = true)
    List<DataRequest> of(Collection<String> centreIds) {
        return jdbc.sql(SELECT + """
                c.centre_id in (:centres)
                order by case when r.decision is null then 0 else 1 end,
                         case when r.decision is null then r.due_on end, r.decided_at desc, r.id desc
                fetch first 200 rows only
                """)
                .param("centres", centreIds.isEmpty() ? List.of("") : centreIds)
                .query(DataRequest.class)
                .list();
    }

    /** The request of the case about which something was last decided; an {@link IllegalStateException} when there is none. */
    @Transactional(readOnly = true)
    DataRequest latest(CaseFile caseFile) {
        return jdbc.sql(SELECT + "c.id = ? order by r.changed_at desc, r.id desc fetch first 1 rows only")
                .param(caseFile.id())
                .query(DataRequest.class)
                .optional()
                .orElseThrow(() -> new IllegalStateException("No request of " + caseFile.number()));
    }

    /** The open request of the case that is due first, if one is open. */
    @Transactional(readOnly = true)
    Optional<DataRequest> dueFirst(CaseFile caseFile) {
        return jdbc.sql(SELECT + "c.id = ? and r.decision is null order by r.due_on, r.id fetch first 1 rows only")
                .param(caseFile.id())
                .query(DataRequest.class)
                .optional();
    }

    /** Whether the case is about to be erased. */
    @Transactional(readOnly = true)
    boolean willBeErased(CaseFile caseFile) {
        return jdbc.sql(
                                "select count(*) from data_request where case_id = ? and kind = 'erasure' and decision = 'grant'")
                        .param(caseFile.id())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Whether the mail that tells the person of the erasure has left, or was given up. */
    @Transactional(readOnly = true)
    public boolean lastMailIsOut(CaseFile caseFile) {
        return jdbc.sql("""
                        select count(*) from outbox_mail
                        where case_id = ? and template = 'request-erasure' and status in ('PENDING', 'SENDING')
                        """).param(caseFile.id()).query(Integer.class).single() == 0;
    }

    private int months(String key, LocalDate on) {
        return constants.value(key, on).intValueExact();
    }
}
