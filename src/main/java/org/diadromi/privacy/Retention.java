package org.diadromi.privacy;

import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.notification.Outbox;
import org.diadromi.team.TeamMembers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Lets go of what the centre has no more reason to keep, category by category, every night. A page shows beforehand what that
 * will be.
 */
@Service
class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** In one night no more cases than this; the next night goes on. */
    private static final int CASES_A_NIGHT = 500;

    /**
     * Closed and not erased, nobody waits for an answer about it, and closed before the day. A case that went into another of the same person
     * goes with that one.
     */
    private static final String ENDED = """
            from case_file c
            where c.status = 'CLOSED' and c.erased_at is null and c.closed_at < :before and (:all or c.centre_id in (:centres))
              and not exists (select 1 from data_request r where r.case_id = c.id and r.decision is null)
              and c.merged_into is null
              and %s exists (select 1 from stage_fact s
                             where s.case_id in (select m.id from case_file m where m.id = c.id or m.merged_into = c.id)
                               and s.stage <> 'first-contact')\s""";

    private static final String LINKS = """
            from private_link where expires_at < :before
              and (:all or case_id in (select id from case_file where centre_id in (:centres)))
            """;

    private static final String ASKED = """
            from team_member m join case_file c on c.id = m.case_id
            where m.agreed_at is null and m.asked_at < :before and (:all or c.centre_id in (:centres))
            """;

    private static final String IMPORTS = """
            from outreach_row where import_id in (
                select id from outreach_import where created_at < :before and status <> 'RUNNING'
                  and (:all or centre_id in (:centres)))
            """;

    /**
     * How long each category is kept; without a period it is kept for ever.
     *
     * @param enquiries cases that never got beyond the first contact, after they were closed
     * @param cases all others, after they were closed
     * @param mails mails, after they were written
     * @param links private links, after they expired
     * @param asked members of teams who have not said whether they agree, after they were asked
     * @param imports the rows of attendance sheets, after they were uploaded
     * @param audit entries of the audit, after they were written
     */
    @ConfigurationProperties("diadromi.retention")
    record Periods(
            Period enquiries, Period cases, Period mails, Period links, Period asked, Period imports, Period audit) {}

    /** The categories. */
    enum Category {
        ENQUIRIES,
        CASES,
        MAILS,
        LINKS,
        ASKED,
        IMPORTS,
        AUDIT
    }

    /**
     * @param period how long it is kept; null for ever
     * @param before what is older goes; null where nothing does
     * @param count how much that is today
     */
    record Due(Category category, Period period, LocalDateTime before, long count) {}

    private record Ended(String centreId, String number) {}

    private record Unanswered(String centreId, String number, long memberId) {}

    private final Periods periods;
    private final Erasure erasure;
    private final CaseFiles cases;
    private final TeamMembers team;
    private final Outbox outbox;
    private final AuditChain chain;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final AppClock clock;

    Retention(
            Periods periods,
            Erasure erasure,
            CaseFiles cases,
            TeamMembers team,
            Outbox outbox,
            AuditChain chain,
            Audit audit,
            JdbcClient jdbc,
            AppClock clock) {
        this.periods = periods;
        this.erasure = erasure;
        this.cases = cases;
        this.team = team;
        this.outbox = outbox;
        this.chain = chain;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What would go now. The audit is of the whole installation: it is counted for all only.
     *
     * @param centreIds null for all
     */
    List<Due> due(Collection<String> centreIds) {
        List<Due> due = new ArrayList<>();
        for (Category category : Category.values()) {
            LocalDateTime before = before(category);
            if (category != Category.AUDIT || centreIds == null) {
                due.add(new Due(
                        category, period(category), before, before == null ? 0 : count(category, before, centreIds)));
            }
        }
        return due;
    }

    /** The numbers of the cases that would be erased now, up to 100. */
    List<String> numbers(Collection<String> centreIds) {
        List<String> numbers = new ArrayList<>();
        for (Category category : List.of(Category.ENQUIRIES, Category.CASES)) {
            if (before(category) != null) {
                numbers.addAll(
                        ended(category, "select c.number ", "order by c.number fetch first 100 rows only", centreIds)
                                .query(String.class)
                                .list());
            }
        }
        return numbers.stream().limit(100).toList();
    }

    /** Lets go of what is due, each case by itself: one that cannot be erased holds up no other. */
    @Scheduled(cron = "0 0 2 * * *", zone = "Europe/Athens")
    void run() {
        for (Category category : Category.values()) {
            LocalDateTime before = before(category);
            if (before != null) {
                long gone = letGo(category, before);
                if (gone > 0) {
                    LOG.info("Retention: {} of {} from before {}", gone, category, before.toLocalDate());
                    audit.record(
                            Audit.Action.ERASED,
                            null,
                            "retention",
                            category + " < " + before.toLocalDate() + ": " + gone);
                }
            }
        }
    }

    private long letGo(Category category, LocalDateTime before) {
        return switch (category) {
            case ENQUIRIES, CASES -> erase(category);
            case MAILS -> outbox.forget(before);
            case LINKS -> links("delete ", before, null).update();
            case ASKED -> forgetUnanswered(before);
            case IMPORTS -> imports("delete ", before, null).update();
            case AUDIT -> chain.cutBefore(before);
        };
    }

    private long erase(Category category) {
        long erased = 0;
        for (Ended ended : ended(
                        category,
                        "select c.centre_id, c.number ",
                        "order by c.closed_at fetch first " + CASES_A_NIGHT + " rows only",
                        null)
                .query(Ended.class)
                .list()) {
            CaseFile caseFile = cases.get(ended.centreId(), ended.number());
            try {
                erasure.erase(caseFile);
                erased++;
            } catch (RuntimeException e) {
                LOG.error("Retention could not erase case {}", ended.number(), e);
            }
        }
        return erased;
    }

    /** Silence is no consent: who has been asked and says nothing is not kept for ever. */
    private long forgetUnanswered(LocalDateTime before) {
        List<Unanswered> unanswered = asked("select c.centre_id, c.number, m.id as member_id ", before, null)
                .query(Unanswered.class)
                .list();
        for (Unanswered each : unanswered) {
            CaseFile caseFile = cases.get(each.centreId(), each.number());
            team.find(caseFile, each.memberId()).ifPresent(member -> team.erase(caseFile, member, null));
        }
        return unanswered.size();
    }

    private long count(Category category, LocalDateTime before, Collection<String> centreIds) {
        return switch (category) {
            case ENQUIRIES, CASES ->
                ended(category, "select count(*) ", "", centreIds)
                        .query(Long.class)
                        .single();
            case MAILS -> outbox.olderThan(before, centreIds);
            case LINKS ->
                links("select count(*) ", before, centreIds).query(Long.class).single();
            case ASKED ->
                asked("select count(*) ", before, centreIds).query(Long.class).single();
            case IMPORTS ->
                imports("select count(*) ", before, centreIds).query(Long.class).single();
            case AUDIT ->
                jdbc.sql("select count(*) from audit_entry where at < ?")
                        .param(before)
                        .query(Long.class)
                        .single();
        };
    }

    private JdbcClient.StatementSpec ended(
            Category category, String select, String order, Collection<String> centreIds) {
        return within(
                jdbc.sql(select + ENDED.formatted(category == Category.ENQUIRIES ? "not" : "") + order),
                before(category),
                centreIds);
    }

    private JdbcClient.StatementSpec links(String verb, LocalDateTime before, Collection<String> centreIds) {
        return within(jdbc.sql(verb + LINKS), before, centreIds);
    }

    private JdbcClient.StatementSpec asked(String select, LocalDateTime before, Collection<String> centreIds) {
        return within(jdbc.sql(select + ASKED), before, centreIds);
    }

    private JdbcClient.StatementSpec imports(String verb, LocalDateTime before, Collection<String> centreIds) {
        return within(jdbc.sql(verb + IMPORTS), before, centreIds);
    }

    private static JdbcClient.StatementSpec within(
            JdbcClient.StatementSpec statement, LocalDateTime before, Collection<String> centreIds) {
        return statement
                .param("before", before)
                .param("all", centreIds == null)
                .param("centres", centreIds == null || centreIds.isEmpty() ? List.of("") : centreIds);
    }

    private LocalDateTime before(Category category) {
        Period period = period(category);
        return period == null ? null : clock.today().minus(period).atStartOfDay();
    }

    private Period period(Category category) {
        return switch (category) {
            case ENQUIRIES -> periods.enquiries();
            case CASES -> periods.cases();
            case MAILS -> periods.mails();
            case LINKS -> periods.links();
            case ASKED -> periods.asked();
            case IMPORTS -> periods.imports();
            case AUDIT -> periods.audit();
        };
    }
}
