package org.diadromi.workflow;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.privacy.Audit;
import org.diadromi.supervision.Facts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who is away from a centre, and who stands in for them. From the first day to the last the stand-in has the tasks of the one
 * who is away, as far as their roles go; what is left of them then goes back.
 */
@Service
public class Absences {

    private static final Logger LOG = LoggerFactory.getLogger(Absences.class);

    /**
     * An absence that has not ended.
     *
     * @param userId who is away
     * @param fromDate the first day
     * @param toDate the last day
     * @param standIn who stands in
     */
    public record Absence(
            long id, String userId, String centreId, LocalDate fromDate, LocalDate toDate, String standIn) {}

    private static final String OPEN =
            "select id, user_id, centre_id, from_date, to_date, stand_in from staff_absence where ended_at is null ";

    private final StaffAccounts accounts;
    private final TasksInHand tasks;
    private final Facts facts;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Texts texts;
    private final AppClock clock;

    Absences(
            StaffAccounts accounts,
            TasksInHand tasks,
            Facts facts,
            Audit audit,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Texts texts,
            AppClock clock) {
        this.accounts = accounts;
        this.tasks = tasks;
        this.facts = facts;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.texts = texts;
        this.clock = clock;
    }

    /** The absences of a centre that go on or are to come, by their first day. */
    public List<Absence> of(String centreId) {
        return jdbc.sql(OPEN + "and centre_id = ? and to_date >= ? order by from_date, id")
                .params(centreId, clock.today())
                .query(Absence.class)
                .list();
    }

    /**
     * Enters an absence; one that begins today begins at once.
     *
     * @param from the first day
     * @param to the last day, today at the earliest
     * @throws RuleViolation when the days cannot be, when either of the two does not work in the centre, or when somebody would
     *     stand in who is away, or be away who stands in
     */
    public void enter(String centreId, String userId, LocalDate from, LocalDate to, String standIn, String byUser) {
        if (to.isBefore(from)) {
            throw new RuleViolation(Problem.DATES_REVERSED);
        }
        if (to.isBefore(clock.today())) {
            throw new RuleViolation(Problem.ABSENCE_IN_PAST);
        }
        transaction.executeWithoutResult(status -> {
            // Two who are entered at once, each as the other's stand-in, wait for each other here.
            jdbc.sql("select id from centre where id = ? for update")
                    .param(centreId)
                    .query(String.class)
                    .optional()
                    .orElseThrow(() -> new RuleViolation(Problem.STAND_IN_UNSUITABLE));
            if (userId.equals(standIn) || !worksIn(centreId, userId) || !worksIn(centreId, standIn)) {
                throw new RuleViolation(Problem.STAND_IN_UNSUITABLE);
            }
            if (during(centreId, "user_id", userId, from, to)) {
                throw new RuleViolation(Problem.ABSENCE_OVERLAPS);
            }
            if (during(centreId, "user_id", standIn, from, to)) {
                throw new RuleViolation(Problem.STAND_IN_AWAY);
            }
            if (during(centreId, "stand_in", userId, from, to)) {
                throw new RuleViolation(Problem.STANDS_IN_THEN);
            }
            jdbc.sql("""
                    insert into staff_absence (user_id, centre_id, from_date, to_date, stand_in, recorded_by)
                    values (?, ?, ?, ?, ?, ?)
                    """).params(userId, centreId, from, to, standIn, byUser).update();
            audit.record(
                    Audit.Action.CHANGED,
                    centreId,
                    userId,
                    texts.of("absences.audit.entered", texts.date(from), texts.date(to), standIn));
        });
        turn();
    }

    /** Ends an absence of the centre now, or strikes it out before it has begun; false when there is none. */
    public boolean end(String centreId, long id) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<Absence> absence = jdbc.sql(OPEN + "and centre_id = ? and id = ?")
                    .params(centreId, id)
                    .query(Absence.class)
                    .optional();
            absence.ifPresent(found -> {
                end(found);
                audit.record(Audit.Action.CHANGED, centreId, found.userId(), texts.of("absences.audit.ended"));
            });
            return absence.isPresent();
        }));
    }

    /** Begins and ends what is due; called every minute. Of two that run at once one does it. */
    @Scheduled(fixedDelay = 60_000, initialDelay = 30_000)
    public void turn() {
        LocalDate today = clock.today();
        List<Absence> over = jdbc.sql(OPEN + "and to_date < ? order by id")
                .param(today)
                .query(Absence.class)
                .list();
        over.forEach(absence -> alone(absence, () -> end(absence)));
        List<Absence> begin = jdbc.sql(OPEN + "and begun_at is null and from_date <= ? and to_date >= ? order by id")
                .params(today, today)
                .query(Absence.class)
                .list();
        begin.forEach(absence -> alone(absence, () -> begin(absence)));
    }

    /** One that cannot be done holds up none of the others. */
    private void alone(Absence absence, Runnable work) {
        try {
            transaction.executeWithoutResult(status -> work.run());
        } catch (RuntimeException e) {
            LOG.warn("Absence {} is tried again: {}", absence.id(), e.getClass().getSimpleName());
        }
    }

    private void begin(Absence absence) {
        int claimed = jdbc.sql("update staff_absence set begun_at = ? where id = ? and begun_at is null")
                .params(clock.now(), absence.id())
                .update();
        if (claimed == 1) {
            tasks.move(absence.userId(), absence.standIn(), absence.centreId(), accounts.activeRoles(absence.standIn()))
                    .forEach(task -> keep(absence.id(), task));
        }
    }

    private void end(Absence absence) {
        int claimed = jdbc.sql("update staff_absence set ended_at = ? where id = ? and ended_at is null")
                .params(clock.now(), absence.id())
                .update();
        if (claimed == 1) {
            List<String> taken = jdbc.sql("select task_id from staff_absence_task where absence_id = ?")
                    .param(absence.id())
                    .query(String.class)
                    .list();
            tasks.moveBack(taken, absence.standIn(), absence.userId(), accounts.activeRoles(absence.userId()));
            jdbc.sql("delete from staff_absence_task where absence_id = ?")
                    .param(absence.id())
                    .update();
        }
    }

    /** A task that has just been given to somebody who is away goes to their stand-in, unless they took it on themselves. */
    void redirect(DelegateTask task) {
        if (task.getAssignee() == null || task.getAssignee().equals(whoActs())) {
            return;
        }
        Absence absence = jdbc.sql(
                        OPEN
                                + "and begun_at is not null and user_id = ? and centre_id = ? and from_date <= ? and to_date >= ?")
                .params(task.getAssignee(), task.getTenantId(), clock.today(), clock.today())
                .query(Absence.class)
                .optional()
                .orElse(null);
        if (absence == null) {
            return;
        }
        if (!TasksInHand.mayWorkOn(
                task.getTaskDefinitionKey(), task.getTenantId(), accounts.activeRoles(absence.standIn()))) {
            return;
        }
        task.setAssignee(absence.standIn());
        keep(absence.id(), task.getId());
        facts.taskChanged(task.getId(), absence.standIn(), ContractParseListener.inAthens(task.getDueDate()));
    }

    private void keep(long absenceId, String taskId) {
        jdbc.sql("delete from staff_absence_task where absence_id = ? and task_id = ?")
                .params(absenceId, taskId)
                .update();
        jdbc.sql("insert into staff_absence_task (absence_id, task_id) values (?, ?)")
                .params(absenceId, taskId)
                .update();
    }

    private static String whoActs() {
        Authentication login = Context.getCommandContext().getAuthentication();
        return login == null ? null : login.getUserId();
    }

    private boolean worksIn(String centreId, String userId) {
        return accounts.activeRoles(userId).getOrDefault(centreId, Set.of()).stream()
                .anyMatch(Role::isStaff);
    }

    private boolean during(String centreId, String who, String userId, LocalDate from, LocalDate to) {
        return jdbc.sql("select count(*) from staff_absence where ended_at is null and centre_id = ? and " + who
                                + " = ? and from_date <= ? and to_date >= ?")
                        .params(centreId, userId, to, from)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
