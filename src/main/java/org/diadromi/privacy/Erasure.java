package org.diadromi.privacy;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.privacy.CaseTables.Column;
import org.diadromi.privacy.CaseTables.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Erases the person of a closed case. Rows that refer to the case go; of the few tables whose rows are counted or whose hours are
 * reported a shell stays: numbers, codes and times, and nothing that anybody typed (docs/adr/0016).
 */
@Service
@Transactional
public class Erasure {

    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);
    private static final String NOTHING = "–";
    private static final Set<Integer> NUMBERS =
            Set.of(Types.INTEGER, Types.BIGINT, Types.SMALLINT, Types.DECIMAL, Types.NUMERIC);

    /** What stays of each row that stays; whatever is not named here is emptied, so also a column that is new. */
    private static final Map<String, Set<String>> SHELLS = Map.of(
            "case_file",
            Set.of(
                    "id",
                    "number",
                    "centre_id",
                    "source",
                    "group_size",
                    "informed_at",
                    "counsellor",
                    "status",
                    "opened_at",
                    "closed_at",
                    "outcome",
                    "outcome_reason",
                    "merged_into",
                    "merged_at",
                    "version"),
            "appointment",
            Set.of("id", "case_id", "starts_at", "minutes", "mode", "area", "counsellor", "booked_at", "confirmed_at"),
            "counselling_session",
            Set.of(
                    "id",
                    "case_id",
                    "centre_id",
                    "appointment_id",
                    "held_on",
                    "outcome",
                    "contact_minutes",
                    "preparation_minutes",
                    "area",
                    "funding_line",
                    "next_step",
                    "recorded_by",
                    "recorded_at",
                    "fact_id"),
            "enrolment",
            Set.of(
                    "id",
                    "case_id",
                    "centre_id",
                    "starts_on",
                    "ends_on",
                    "outcome",
                    "enrolled_by",
                    "enrolled_at",
                    "fact_id"),
            "attendance",
            Set.of("enrolment_id", "module_key", "caught_up"),
            "follow_up",
            Set.of(
                    "id",
                    "case_id",
                    "centre_id",
                    "fact_id",
                    "follow_up_month",
                    "status",
                    "members",
                    "jobs_full",
                    "jobs_part",
                    "jobs_women",
                    "jobs_target",
                    "turnover",
                    "public_share",
                    "payroll",
                    "non_member_staff",
                    "funding_received",
                    "people_served",
                    "needs_help",
                    "publish_consent",
                    "at_risk",
                    "recorded_by",
                    "recorded_at"),
            "data_request",
            Set.of(
                    "id",
                    "case_id",
                    "kind",
                    "received_on",
                    "channel",
                    "due_on",
                    "extended_at",
                    "identified_how",
                    "decision",
                    "handed_over",
                    "decided_by",
                    "decided_at",
                    "recorded_by",
                    "recorded_at",
                    "changed_at"),
            "mentoring",
            Set.of("id", "follow_up_id", "contact_minutes", "preparation_minutes", "recorded_by", "recorded_at"));

    /** What stands where nothing may be empty; each is an SQL expression. */
    private static final Map<String, String> INSTEAD = Map.of(
            "case_file.salutation", "'UNKNOWN'",
            "case_file.language", "'el'",
            "appointment.uid", "concat('erased-', id)");

    private final CaseTables tables;
    private final List<KeptOutside> outside;
    private final CaseFiles cases;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final AppClock clock;

    Erasure(
            CaseTables tables,
            List<KeptOutside> outside,
            CaseFiles cases,
            JdbcClient jdbc,
            Audit audit,
            AppClock clock) {
        this.tables = tables;
        this.outside = outside;
        this.cases = cases;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Erases, and with it the cases of the same person that went into it; what has been erased already is not touched again.
     *
     * @throws RuleViolation while the case is open: its journey has to end first
     */
    public void erase(CaseFile caseFile) {
        if (caseFile.status() != CaseFile.Status.CLOSED) {
            throw new RuleViolation(Problem.CASE_STILL_OPEN, caseFile.number());
        }
        // Of two at once the second finds it done.
        cases.lock(caseFile.id());
        if (isErased(caseFile.id())) {
            return;
        }
        cases.mergedInto(caseFile).forEach(this::erase);
        List<Runnable> afterwards =
                outside.stream().map(part -> part.erase(caseFile)).toList();
        tables.all().stream()
                .sorted(Comparator.comparingInt(Table::depth).reversed())
                .forEach(
                        table -> jdbc.sql(statement(table)).param(caseFile.id()).update());
        cases.erased(caseFile);
        audit.record(Audit.Action.ERASED, caseFile.centreId(), caseFile.number(), null);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                afterwards.forEach(Runnable::run);
                // Whoever restores an older backup finds here what has to be erased again.
                LOG.info("Erased the person of case {}", caseFile.number());
            }
        });
    }

    /** Whether the person of the case has been erased. */
    @Transactional(readOnly = true)
    public boolean isErased(long caseId) {
        return jdbc.sql("select count(*) from case_file where id = ? and erased_at is not null")
                        .param(caseId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static String statement(Table table) {
        Set<String> stays = SHELLS.get(table.name());
        if (stays == null) {
            return "delete from " + table.name() + " where " + table.ofCase();
        }
        List<String> emptied = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!stays.contains(column.name())) {
                emptied.add(column.name() + " = " + empty(table, column));
            }
        }
        // A table of which everything stays has nothing to be emptied.
        String assignments = emptied.isEmpty()
                ? table.columns().get(0).name() + " = " + table.columns().get(0).name()
                : String.join(", ", emptied);
        return "update " + table.name() + " set " + assignments + " where " + table.ofCase();
    }

    private static String empty(Table table, Column column) {
        String instead = INSTEAD.get(table.name() + "." + column.name());
        if (instead != null) {
            return instead;
        }
        if (column.nullable()) {
            return "null";
        }
        if (column.type() == Types.VARCHAR || column.type() == Types.CLOB) {
            return "'" + NOTHING + "'";
        }
        if (NUMBERS.contains(column.type())) {
            return "0";
        }
        if (column.type() == Types.BOOLEAN || column.type() == Types.BIT) {
            return "false";
        }
        throw new IllegalStateException("Nothing is said of what is left of " + table.name() + "." + column.name());
    }
}
