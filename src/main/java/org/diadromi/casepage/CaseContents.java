package org.diadromi.casepage;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.diadromi.casefile.CaseFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What the page of a case shows of it besides what the services of each part tell. */
@Repository
@Transactional(readOnly = true)
class CaseContents {

    private static final int MAILS = 50;

    /** The venture and the team, as far as they have names; each may be null. */
    record Venture(String name, String legalForm, Integer members, String team) {}

    /**
     * A stage that the case has entered.
     *
     * @param leftAt null while it is there
     */
    record Stage(String stage, LocalDateTime enteredAt, LocalDateTime leftAt) {}

    /** An open task; the groups are those that may take it on, with commas. */
    record OpenTask(
            String taskId,
            String taskKey,
            String process,
            String candidateGroups,
            String assignee,
            LocalDateTime dueAt) {}

    /** A mail to the person or about the case. */
    record Mail(
            long id, String subject, String recipient, String status, LocalDateTime createdAt, LocalDateTime sentAt) {}

    private final JdbcClient jdbc;

    CaseContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Venture venture(CaseFile caseFile) {
        return jdbc.sql("""
                select r.venture_name as name, r.legal_form, r.members,
                       (select e.team_name from enrolment e
                        where e.id = (select max(l.id) from enrolment l where l.case_id = c.id)) as team
                from case_file c left join registration r on r.case_id = c.id where c.id = ?
                """).param(caseFile.id()).query(Venture.class).single();
    }

    /** The stages that the case has been in, here and at centres before, oldest first; one that was entered twice is there twice. */
    List<Stage> stages(CaseFile caseFile) {
        // With "or" instead, H2 would read the stages of all cases.
        return jdbc.sql("""
                select stage, entered_at, left_at from stage_fact
                where case_id in (select cast(:id as bigint)
                                  union all select t.fact_id from case_transfer t where t.case_id = :id)
                order by entered_at, id
                """).param("id", caseFile.id()).query(Stage.class).list();
    }

    /** The open tasks, those due first at the top. */
    List<OpenTask> openTasks(CaseFile caseFile) {
        return jdbc.sql("""
                select task_id, task_key, process, candidate_groups, assignee, due_at
                from task_fact where case_id = ? and ended_at is null order by due_at, created_at
                """).param(caseFile.id()).query(OpenTask.class).list();
    }

    /** The number of the centre's case that a task belongs to; empty when the centre has no such task. */
    Optional<String> caseOfTask(String centreId, String taskId) {
        return jdbc.sql("""
                select c.case_number from task_fact t join case_fact c on c.case_id = t.case_id
                where t.task_id = ? and t.centre_id = ?
                """).params(taskId, centreId).query(String.class).optional();
    }

    /** The latest mails about the case, the newest first. */
    List<Mail> mails(CaseFile caseFile) {
        return jdbc.sql("""
                select id, subject, recipient, status, created_at, sent_at
                from outbox_mail where case_id = ? order by id desc fetch first %d rows only
                """.formatted(MAILS))
                .param(caseFile.id())
                .query(Mail.class)
                .list();
    }

    /** Why the case pauses or ended, as the form's reasons name it, and what was noted with it. */
    Optional<String> note(CaseFile caseFile) {
        return jdbc.sql("select outcome_note from case_file where id = ? and outcome_note is not null")
                .param(caseFile.id())
                .query(String.class)
                .optional();
    }
}
