package org.diadromi.privacy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The audit as those read it who answer for a centre. */
@Service
class AuditLog {

    static final int PAGE = 50;

    /** An entry as the list shows it. */
    record Entry(
            LocalDateTime at,
            String action,
            String centreId,
            String subject,
            String detail,
            String byUser,
            Long sealNumber) {}

    /** What is looked for; null or blank where it does not matter. */
    record Wanted(String subject, String byUser, String action, LocalDate from, LocalDate to) {}

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The entries of the centres, newest first, one more than a page holds where there are more; of all centres and of none when
     * the list is null.
     */
    List<Entry> page(Collection<String> centreIds, Wanted wanted, int page) {
        StringBuilder sql = new StringBuilder(
                "select at, action, centre_id, subject, detail, by_user, seal_number from audit_entry where 1 = 1");
        if (centreIds != null) {
            sql.append(" and centre_id in (:centres)");
        }
        if (given(wanted.subject())) {
            sql.append(" and subject = :subject");
        }
        if (given(wanted.byUser())) {
            sql.append(" and by_user = :byUser");
        }
        if (given(wanted.action())) {
            sql.append(" and action = :action");
        }
        if (wanted.from() != null) {
            sql.append(" and at >= :from");
        }
        if (wanted.to() != null) {
            sql.append(" and at < :to");
        }
        sql.append(" order by id desc offset :skip rows fetch first :most rows only");
        JdbcClient.StatementSpec statement =
                jdbc.sql(sql.toString()).param("skip", (long) page * PAGE).param("most", PAGE + 1);
        if (centreIds != null) {
            statement = statement.param("centres", centreIds.isEmpty() ? List.of("") : centreIds);
        }
        if (given(wanted.subject())) {
            statement = statement.param("subject", wanted.subject().strip());
        }
        if (given(wanted.byUser())) {
            statement = statement.param("byUser", wanted.byUser().strip());
        }
        if (given(wanted.action())) {
            statement = statement.param("action", wanted.action());
        }
        if (wanted.from() != null) {
            statement = statement.param("from", wanted.from().atStartOfDay());
        }
        if (wanted.to() != null) {
            statement = statement.param("to", wanted.to().plusDays(1).atStartOfDay());
        }
        return statement.query(Entry.class).list();
    }

    /** The accounts that have a role in the centres; of all where the list is null. */
    List<String> staff(Collection<String> centreIds) {
        return jdbc.sql(
                        "select distinct user_id from staff_role where (:all or centre_id in (:centres)) order by user_id")
                .param("all", centreIds == null)
                .param("centres", centreIds == null || centreIds.isEmpty() ? List.of("") : centreIds)
                .query(String.class)
                .list();
    }

    private static boolean given(String text) {
        return text != null && !text.isBlank();
    }
}
