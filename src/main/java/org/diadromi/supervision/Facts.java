package org.diadromi.supervision;

import java.time.LocalDateTime;
import java.util.List;
import org.diadromi.calendar.AppClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The read model of supervision: what happened to which case when. It is written in the transaction of the step, so it is never
 * behind; it knows the case by its number and nothing of the person, so it stays when a person is erased.
 */
@Service
public class Facts {

    /**
     * A task that begins.
     *
     * @param groups the candidate groups, with commas
     * @param waitingFor us, person, structure or registry
     * @param assignee who has it already, or null
     */
    public record NewTask(
            String id,
            String centreId,
            String caseNumber,
            String process,
            String key,
            String groups,
            String waitingFor,
            String assignee,
            LocalDateTime createdAt,
            LocalDateTime dueAt) {}

    private static final String NOW = "cast(:now as timestamp)";

    private static final String CLOSED =
            "update case_fact set closed_at = :now, outcome = :outcome, days = %s where case_id = :case"
                    .formatted(Durations.ofCase(NOW));

    private static final String STAGE_LEFT = """
            update stage_fact set left_at = :now, outcome = :outcome, days = %s
            where left_at is null and stage = :stage
              and case_id = (select case_id from case_fact where centre_id = :centre and case_number = :number)
            """.formatted(Durations.ofStage(NOW));

    private static final String TASK_ENDED = """
            update task_fact set ended_at = :now, ended_how = :how, outcome = :outcome, days = %s, waiting_days = %s
            where task_id = :task and ended_at is null
            """.formatted(Durations.ofTask(NOW), Durations.ofTask("r.claimed_at"));

    /**
     * Writes anew what rows say about others, just as the steps did: the lengths of all that has ended, and when the case of a stage was
     * opened, at its first time there. For rows that came to be in another way.
     */
    static final List<String> DERIVED = List.of(
            "update case_fact set days = %s where closed_at is not null".formatted(Durations.ofCase("r.closed_at")),
            "update stage_fact set days = %s where left_at is not null".formatted(Durations.ofStage("r.left_at")),
            "update task_fact set days = %s, waiting_days = %s where ended_at is not null"
                    .formatted(Durations.ofTask("r.ended_at"), Durations.ofTask("r.claimed_at")),
            """
            update stage_fact set opened_at = case when not exists (
                select 1 from stage_fact s where s.case_id = stage_fact.case_id and s.stage = stage_fact.stage and s.id < stage_fact.id)
                then (select c.opened_at from case_fact c where c.case_id = stage_fact.case_id) end
            """);

    private final JdbcClient jdbc;
    private final AppClock clock;

    Facts(JdbcClient jdbc, AppClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    // Cases ----------------------------------------------------------------------------------------------

    /** A case file has been opened. */
    public void opened(long caseId) {
        jdbc.sql("""
                insert into case_fact (case_id, case_number, centre_id, source, group_size, counsellor, opened_at)
                select id, number, centre_id, source, group_size, counsellor, opened_at from case_file where id = ?
                """).param(caseId).update();
    }

    /** The case has been given to a counsellor (a user id). */
    public void counsellor(long caseId, String userId) {
        jdbc.sql("update case_fact set counsellor = ?, counsellor_since = ? where case_id = ?")
                .params(userId, clock.now(), caseId)
                .update();
    }

    /** The case is known to be of as many people as its file says now. */
    public void people(long caseId) {
        jdbc.sql(
                        "update case_fact set group_size = (select c.group_size from case_file c where c.id = :id) where case_id = :id")
                .param("id", caseId)
                .update();
    }

    /** The case's venture has chosen its legal form. */
    public void legalForm(long caseId, String legalForm) {
        jdbc.sql("update case_fact set legal_form = ? where case_id = ?")
                .params(legalForm, caseId)
                .update();
    }

    /**
     * A counsellor has decided on the case's suitability.
     *
     * @param assessmentId where the reason is
     * @param advice the path that was advised; the decision is one of the same
     */
    public void suitability(
            long assessmentId, long caseId, String centreId, String advice, String decision, String byUser) {
        jdbc.sql("""
                insert into suitability_fact (assessment_id, case_id, centre_id, advice, decision, decided_by, decided_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """)
                .params(assessmentId, caseId, centreId, advice, decision, byUser, clock.now())
                .update();
    }

    /** The case pauses from now on. */
    public void paused(long caseId) {
        jdbc.sql("insert into pause_fact (case_id, paused_at) values (?, ?)")
                .params(caseId, clock.now())
                .update();
    }

    /** The case goes on. */
    public void resumed(long caseId) {
        jdbc.sql("update pause_fact set resumed_at = ? where case_id = ? and resumed_at is null")
                .params(clock.now(), caseId)
                .update();
    }

    /** The case has ended, and with it a pause. */
    public void closed(long caseId, String outcome) {
        jdbc.sql(CLOSED)
                .param("now", clock.now())
                .param("outcome", outcome)
                .param("case", caseId)
                .update();
        resumed(caseId);
    }

    /**
     * The case goes over to another centre: its facts, and the work that was done on it, stay with the centre that had it,
     * under an id of their own.
     */
    public void handedOver(long caseId, long keptAs) {
        closed(caseId, Outcomes.TRANSFERRED);
        keptAs(caseId, keptAs);
    }

    /** The case's facts stay, as they are, with the centre that had it. */
    public void keptAs(long caseId, long keptAs) {
        for (String table :
                List.of("case_fact", "stage_fact", "task_fact", "pause_fact", "suitability_fact", "target_alert")) {
            jdbc.sql("update " + table + " set case_id = ? where case_id = ?")
                    .params(keptAs, caseId)
                    .update();
        }
        for (String table : List.of("counselling_session", "enrolment", "follow_up")) {
            jdbc.sql("update " + table + " set fact_id = ? where case_id = ? and fact_id is null")
                    .params(keptAs, caseId)
                    .update();
        }
    }

    /** The case begins anew at the centre to which it has come from another one. */
    public void arrived(long caseId) {
        jdbc.sql("""
                insert into case_fact (case_id, case_number, centre_id, source, group_size, counsellor, legal_form, opened_at)
                select c.id, c.number, c.centre_id, 'transfer', c.group_size, c.counsellor,
                       (select r.legal_form from registration r where r.case_id = c.id), cast(? as timestamp)
                from case_file c where c.id = ?
                """).params(clock.now(), caseId).update();
    }

    // Stages ---------------------------------------------------------------------------------------------

    /** The centre's case enters a stage now. */
    public void stageEntered(String centreId, String caseNumber, String stage) {
        jdbc.sql("""
                insert into stage_fact (case_id, centre_id, stage, entered_at, opened_at)
                select c.case_id, c.centre_id, cast(:stage as varchar(30)), cast(:now as timestamp),
                       case when not exists (select 1 from stage_fact s where s.case_id = c.case_id and s.stage = :stage)
                            then c.opened_at end
                from case_fact c where c.centre_id = :centre and c.case_number = :number
                """)
                .param("stage", stage)
                .param("now", clock.now())
                .param("centre", centreId)
                .param("number", caseNumber)
                .update();
    }

    /** The centre's case leaves a stage now, with the outcome that the process took from it; null when it was broken off. */
    public void stageLeft(String centreId, String caseNumber, String stage, String outcome) {
        jdbc.sql(STAGE_LEFT)
                .param("now", clock.now())
                .param("outcome", outcome)
                .param("stage", stage)
                .param("centre", centreId)
                .param("number", caseNumber)
                .update();
    }

    // Tasks ----------------------------------------------------------------------------------------------

    /** A task begins. */
    public void taskBegun(NewTask task) {
        jdbc.sql("""
                insert into task_fact (task_id, case_id, centre_id, process, task_key, candidate_groups, waiting_for,
                                       assignee, created_at, due_at)
                select cast(? as varchar(64)), case_id, centre_id, cast(? as varchar(64)), cast(? as varchar(64)),
                       cast(? as varchar(100)), cast(? as varchar(10)), cast(? as varchar(64)),
                       cast(? as timestamp), cast(? as timestamp)
                from case_fact where centre_id = ? and case_number = ?
                """)
                .params(
                        task.id(),
                        task.process(),
                        task.key(),
                        task.groups(),
                        task.waitingFor(),
                        task.assignee(),
                        task.createdAt(),
                        task.dueAt(),
                        task.centreId(),
                        task.caseNumber())
                .update();
    }

    /**
     * A task has another assignee (null: nobody) or due date; the first assignee's moment is kept. Whoever had it from its
     * beginning on has not taken it on.
     */
    public void taskChanged(String taskId, String assignee, LocalDateTime dueAt) {
        jdbc.sql("""
                update task_fact set assignee = :assignee, due_at = :due,
                    claimed_at = coalesce(claimed_at, case when coalesce(assignee, '') <> :assigned then cast(:claimed as timestamp) end)
                where task_id = :task
                """)
                .param("assignee", assignee)
                .param("due", dueAt)
                .param("assigned", assignee == null ? "" : assignee)
                .param("claimed", assignee == null ? null : clock.now())
                .param("task", taskId)
                .update();
    }

    /** A task has been done; the outcome is what its answer decided, or null. */
    public void taskDone(String taskId, String outcome) {
        ended(taskId, "COMPLETED", outcome);
    }

    /** A task has gone without being done, because its process took another way or ended. */
    public void taskGone(String taskId) {
        ended(taskId, "CANCELLED", null);
    }

    private void ended(String taskId, String how, String outcome) {
        jdbc.sql(TASK_ENDED)
                .param("now", clock.now())
                .param("how", how)
                .param("outcome", outcome)
                .param("task", taskId)
                .update();
    }
}
