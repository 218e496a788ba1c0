package org.diadromi.privacy;

import org.diadromi.calendar.AppClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who saw, changed, exported or erased what. An entry belongs to the transaction of the change it tells of; a reading, which
 * changes nothing, has one of its own.
 */
@Service
public class Audit {

    /** What can be done that somebody may later ask about. */
    public enum Action {
        VIEWED,
        CHANGED,
        EXPORTED,
        ERASED,
        LOGIN,
        LOGIN_FAILED,
        LOGOUT
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate joining;
    private final TransactionTemplate ofItsOwn;
    private final AppClock clock;

    Audit(JdbcClient jdbc, PlatformTransactionManager transactions, AppClock clock) {
        this.jdbc = jdbc;
        this.joining = new TransactionTemplate(transactions);
        this.ofItsOwn = new TransactionTemplate(transactions);
        this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * Writes down what the person who is logged in does; nobody, where the application does it by itself.
     *
     * @param centreId the centre whose data it is; null where it is no centre's
     * @param subject a case's number or an object's id, never a name
     * @param detail which part of it, or null
     */
    public void record(Action action, String centreId, String subject, String detail) {
        TransactionTemplate transaction =
                TransactionSynchronizationManager.isCurrentTransactionReadOnly() ? ofItsOwn : joining;
        transaction.executeWithoutResult(status -> jdbc.sql("""
                insert into audit_entry (at, action, centre_id, subject, detail, by_user) values (?, ?, ?, ?, ?, ?)
                """)
                .params(
                        clock.now(),
                        action.name(),
                        centreId,
                        shortened(subject, 200),
                        shortened(detail, 1000),
                        shortened(whoActs(), 64))
                .update());
    }

    private static String whoActs() {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        return login == null || login instanceof AnonymousAuthenticationToken || !login.isAuthenticated()
                ? null
                : login.getName();
    }

    private static String shortened(String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
