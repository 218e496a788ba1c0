package org.diadromi.supervision;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.workflow.TasksByWaiting;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Holds the facts of tasks and stages against the engine's own history, and those of decisions on suitability against the cases, row
 * by row, and can write them anew from there. What the history never knew
 * (what an answer decided) is kept; what it no longer has, because its time to live is over, is no difference. The answer to an
 * offer of another centre has no facts: it belongs to no case of the centre that gives it.
 */
@Service
public class FactsCheck {

    /** The engine writes its history when a step is done, the facts while it is done. */
    private static final Duration SAME_MOMENT = Duration.ofMinutes(1);

    /**
     * Something that facts and history tell differently.
     *
     * @param fact what the fact says; null where there is none
     * @param history what the engine's history, or the case, says
     */
    public record Difference(String caseNumber, String object, String field, Object fact, Object history) {}

    private record Task(
            String taskId,
            String caseNumber,
            String centreId,
            String process,
            String taskKey,
            String assignee,
            LocalDateTime createdAt,
            LocalDateTime dueAt,
            LocalDateTime claimedAt,
            LocalDateTime endedAt,
            String endedHow) {}

    private record Stage(
            String caseNumber,
            String centreId,
            String stage,
            LocalDateTime enteredAt,
            LocalDateTime leftAt,
            boolean brokenOff) {}

    private record Decision(
            long assessmentId,
            String caseNumber,
            String advice,
            String decision,
            String decidedBy,
            LocalDateTime decidedAt) {}

    private static final String TASKS_OF_HISTORY = """
            select t.ID_ as task_id, p.BUSINESS_KEY_ as case_number, t.TENANT_ID_ as centre_id, t.PROC_DEF_KEY_ as process,
                   t.TASK_DEF_KEY_ as task_key, t.ASSIGNEE_ as assignee, t.START_TIME_ as created_at, t.DUE_DATE_ as due_at,
                   (select min(o.TIMESTAMP_) from ACT_HI_OP_LOG o
                    where o.TASK_ID_ = t.ID_ and o.PROPERTY_ = 'assignee' and o.NEW_VALUE_ is not null) as claimed_at,
                   t.END_TIME_ as ended_at,
                   case when t.END_TIME_ is null then null when t.DELETE_REASON_ = 'completed' then 'COMPLETED'
                        else 'CANCELLED' end as ended_how
            from ACT_HI_TASKINST t join ACT_HI_PROCINST p on p.ID_ = t.PROC_INST_ID_
            where t.PROC_DEF_KEY_ not in ('case-transfer', 'structure-review')
            order by t.START_TIME_, t.ID_
            """;

    private static final String TASKS_OF_FACTS = """
            select t.task_id, c.case_number, t.centre_id, t.process, t.task_key, t.assignee, t.created_at, t.due_at,
                   t.claimed_at, t.ended_at, t.ended_how
            from task_fact t join case_fact c on c.case_id = t.case_id
            """;

    private static final String STAGES_OF_HISTORY = """
            select p.BUSINESS_KEY_ as case_number, a.TENANT_ID_ as centre_id, called.PROC_DEF_KEY_ as stage,
                   a.START_TIME_ as entered_at, a.END_TIME_ as left_at, a.ACT_INST_STATE_ = 2 as broken_off
            from ACT_HI_ACTINST a
            join ACT_HI_PROCINST p on p.ID_ = a.PROC_INST_ID_
            join ACT_HI_PROCINST called on called.ID_ = a.CALL_PROC_INST_ID_
            where a.ACT_TYPE_ = 'callActivity' and a.PROC_DEF_KEY_ = 'support-journey'
            order by a.START_TIME_, a.SEQUENCE_COUNTER_
            """;

    private static final String STAGES_OF_FACTS = """
            select c.case_number, s.centre_id, s.stage, s.entered_at, s.left_at,
                   s.left_at is not null and s.outcome is null as broken_off
            from stage_fact s join case_fact c on c.case_id = s.case_id order by s.id
            """;

    /** What was decided before the case came from another centre is that centre's: nobody here knows whether it was counted there. */
    private static final String DECISIONS_OF_CASES = """
            select a.id as assessment_id, f.number as case_number, a.advice, a.outcome as decision, a.decided_by, a.decided_at
            from suitability_assessment a join case_file f on f.id = a.case_id left join case_fact c on c.case_id = a.case_id
            where a.outcome is not null
              and (a.decided_at >= c.opened_at or exists (select 1 from suitability_fact s where s.assessment_id = a.id))
            order by a.id
            """;

    private static final String DECISIONS_OF_FACTS = """
            select s.assessment_id, c.case_number, s.advice, s.decision, s.decided_by, s.decided_at
            from suitability_fact s join case_fact c on c.case_id = s.case_id order by s.id
            """;

    private final JdbcClient jdbc;

    FactsCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every difference between the facts and the engine's history, or the cases. */
    @Transactional(readOnly = true)
    public List<Difference> differences() {
        List<Difference> found = differencesToHistory();
        found.addAll(differencesToCases(different -> {}));
        return found;
    }

    /** Those of the decisions; each that differs is given to the one who asks. */
    private List<Difference> differencesToCases(Consumer<Decision> different) {
        List<Difference> found = new ArrayList<>();
        Map<Long, List<Decision>> facts = decisions(DECISIONS_OF_FACTS);
        decisions(DECISIONS_OF_CASES).forEach((id, decided) -> {
            int before = found.size();
            compare(facts.getOrDefault(id, List.of()), decided.get(0), found);
            if (found.size() > before) {
                different.accept(decided.get(0));
            }
        });
        return found;
    }

    private Map<Long, List<Decision>> decisions(String query) {
        return jdbc.sql(query).query(Decision.class).list().stream()
                .collect(Collectors.groupingBy(Decision::assessmentId, LinkedHashMap::new, Collectors.toList()));
    }

    private List<Difference> differencesToHistory() {
        List<Difference> found = new ArrayList<>();
        Map<String, Task> facts =
                byId(jdbc.sql(TASKS_OF_FACTS).query(Task.class).list());
        for (Task history : tasksOfHistory()) {
            compare(facts.get(history.taskId()), history, found);
        }
        Map<String, Stage> stages =
                numbered(jdbc.sql(STAGES_OF_FACTS).query(Stage.class).list());
        numbered(stagesOfHistory()).forEach((key, history) -> compare(stages.get(key), history, found));
        return found;
    }

    /**
     * Writes anew, from the engine's history and the cases, whatever differs, and from the facts how long all took that has ended;
     * gives the differences that there were.
     */
    @Transactional
    public List<Difference> rebuild() {
        List<Difference> before = differencesToHistory();
        Map<String, Task> ofHistory = byId(tasksOfHistory());
        before.stream()
                .map(difference -> ofHistory.get(difference.object()))
                .filter(Objects::nonNull)
                .distinct()
                .forEach(this::write);
        List<String> cases = before.stream()
                .filter(difference -> !ofHistory.containsKey(difference.object()))
                .map(Difference::caseNumber)
                .distinct()
                .toList();
        if (!cases.isEmpty()) {
            Map<String, List<Stage>> stages =
                    stagesOfHistory().stream().collect(Collectors.groupingBy(Stage::caseNumber));
            cases.forEach(number -> writeStages(number, stages.getOrDefault(number, List.of())));
        }
        Facts.DERIVED.forEach(derived -> jdbc.sql(derived).update());
        before.addAll(differencesToCases(this::write));
        return before;
    }

    private void write(Decision decision) {
        jdbc.sql("""
                delete from suitability_fact where assessment_id = :id
                  and id > (select min(s.id) from suitability_fact s where s.assessment_id = :id)
                """).param("id", decision.assessmentId()).update();
        int known = jdbc.sql("""
                update suitability_fact set advice = ?, decision = ?, decided_by = ?, decided_at = ? where assessment_id = ?
                """)
                .params(
                        decision.advice(),
                        decision.decision(),
                        decision.decidedBy(),
                        decision.decidedAt(),
                        decision.assessmentId())
                .update();
        if (known == 0) {
            jdbc.sql("""
                    insert into suitability_fact (assessment_id, case_id, centre_id, advice, decision, decided_by, decided_at)
                    select a.id, a.case_id, c.centre_id, a.advice, a.outcome, a.decided_by, a.decided_at
                    from suitability_assessment a join case_fact c on c.case_id = a.case_id where a.id = ?
                    """).param(decision.assessmentId()).update();
        }
    }

    private List<Task> tasksOfHistory() {
        return jdbc.sql(TASKS_OF_HISTORY)
                .query((row, number) -> new Task(
                        row.getString("task_id"),
                        row.getString("case_number"),
                        row.getString("centre_id"),
                        row.getString("process"),
                        row.getString("task_key"),
                        row.getString("assignee"),
                        inAthens(row.getTimestamp("created_at")),
                        inAthens(row.getTimestamp("due_at")),
                        inAthens(row.getTimestamp("claimed_at")),
                        inAthens(row.getTimestamp("ended_at")),
                        row.getString("ended_how")))
                .list();
    }

    private List<Stage> stagesOfHistory() {
        return jdbc.sql(STAGES_OF_HISTORY)
                .query((row, number) -> new Stage(
                        row.getString("case_number"),
                        row.getString("centre_id"),
                        row.getString("stage"),
                        inAthens(row.getTimestamp("entered_at")),
                        inAthens(row.getTimestamp("left_at")),
                        row.getBoolean("broken_off")))
                .list();
    }

    /** The engine writes in the machine's time zone, the application in that of Athens. */
    private static LocalDateTime inAthens(Timestamp moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment.toInstant(), BusinessCalendar.ATHENS);
    }

    private void write(Task task) {
        TasksByWaiting.Task model = TasksByWaiting.task(task.taskKey());
        int known = jdbc.sql("""
                update task_fact set assignee = ?, created_at = ?, due_at = ?, claimed_at = coalesce(cast(? as timestamp), claimed_at),
                                     ended_at = ?, ended_how = ?
                where task_id = ?
                """)
                .params(
                        task.assignee(),
                        task.createdAt(),
                        task.dueAt(),
                        task.claimedAt(),
                        task.endedAt(),
                        task.endedHow(),
                        task.taskId())
                .update();
        if (known == 0) {
            jdbc.sql("""
                    insert into task_fact (task_id, case_id, centre_id, process, task_key, candidate_groups, waiting_for,
                                           assignee, created_at, due_at, claimed_at, ended_at, ended_how)
                    select cast(? as varchar(64)), case_id, centre_id, cast(? as varchar(64)), cast(? as varchar(64)),
                           cast(? as varchar(100)), cast(? as varchar(10)), cast(? as varchar(64)), cast(? as timestamp),
                           cast(? as timestamp), cast(? as timestamp), cast(? as timestamp), cast(? as varchar(10))
                    from case_fact where centre_id = ? and case_number = ?
                    """)
                    .params(
                            task.taskId(),
                            task.process(),
                            task.taskKey(),
                            model.groups(),
                            model.waitingFor(),
                            task.assignee(),
                            task.createdAt(),
                            task.dueAt(),
                            task.claimedAt(),
                            task.endedAt(),
                            task.endedHow(),
                            task.centreId(),
                            task.caseNumber())
                    .update();
        }
    }

    /** The outcomes that the facts had are kept, in their order: the history knows the last value of each variable only. */
    private void writeStages(String caseNumber, List<Stage> stages) {
        Map<String, String> outcomes = new HashMap<>();
        List<Stage> facts = jdbc.sql(STAGES_OF_FACTS).query(Stage.class).list().stream()
                .filter(stage -> stage.caseNumber().equals(caseNumber))
                .toList();
        List<String> known = jdbc.sql("""
                select coalesce(outcome, '') from stage_fact
                where case_id = (select case_id from case_fact where case_number = ?) order by id
                """).param(caseNumber).query(String.class).list();
        List<String> keys = List.copyOf(numbered(facts).keySet());
        for (int i = 0; i < keys.size(); i++) {
            outcomes.put(keys.get(i), known.get(i));
        }
        jdbc.sql("delete from stage_fact where case_id = (select case_id from case_fact where case_number = ?)")
                .param(caseNumber)
                .update();
        numbered(stages).forEach((key, stage) -> {
            String outcome = stage.leftAt() == null || stage.brokenOff() ? null : outcomes.getOrDefault(key, "unknown");
            jdbc.sql("""
                    insert into stage_fact (case_id, centre_id, stage, entered_at, left_at, outcome)
                    select case_id, centre_id, cast(? as varchar(30)), cast(? as timestamp), cast(? as timestamp),
                           cast(? as varchar(30))
                    from case_fact where centre_id = ? and case_number = ?
                    """)
                    .params(
                            stage.stage(),
                            stage.enteredAt(),
                            stage.leftAt(),
                            outcome == null || outcome.isEmpty() ? null : outcome,
                            stage.centreId(),
                            caseNumber)
                    .update();
        });
    }

    private static void compare(Task fact, Task history, List<Difference> found) {
        Differences differences = new Differences(history.caseNumber(), history.taskId(), found);
        if (fact == null) {
            differences.add("task", null, history.taskKey());
            return;
        }
        differences.compare("case", fact.caseNumber(), history.caseNumber());
        differences.compare("centre", fact.centreId(), history.centreId());
        differences.compare("process", fact.process(), history.process());
        differences.compare("key", fact.taskKey(), history.taskKey());
        differences.compare("assignee", fact.assignee(), history.assignee());
        differences.compare("endedHow", fact.endedHow(), history.endedHow());
        differences.moment("createdAt", fact.createdAt(), history.createdAt());
        differences.moment("dueAt", fact.dueAt(), history.dueAt());
        differences.moment("endedAt", fact.endedAt(), history.endedAt());
        if (history.claimedAt() != null) {
            // The log has no claim that nobody who was logged in made.
            differences.moment("claimedAt", fact.claimedAt(), history.claimedAt());
        }
    }

    private static void compare(Stage fact, Stage history, List<Difference> found) {
        Differences differences = new Differences(history.caseNumber(), history.stage(), found);
        if (fact == null) {
            differences.add("stage", null, history.stage());
            return;
        }
        differences.compare("centre", fact.centreId(), history.centreId());
        differences.moment("enteredAt", fact.enteredAt(), history.enteredAt());
        differences.moment("leftAt", fact.leftAt(), history.leftAt());
        differences.compare("brokenOff", fact.brokenOff(), history.brokenOff());
    }

    private static void compare(List<Decision> facts, Decision decided, List<Difference> found) {
        Differences differences = new Differences(decided.caseNumber(), "suitability " + decided.assessmentId(), found);
        if (facts.isEmpty()) {
            differences.add("decision", null, decided.decision());
            return;
        }
        differences.compare("times", facts.size(), 1);
        Decision fact = facts.get(0);
        differences.compare("advice", fact.advice(), decided.advice());
        differences.compare("decision", fact.decision(), decided.decision());
        differences.compare("decidedBy", fact.decidedBy(), decided.decidedBy());
        differences.moment("decidedAt", fact.decidedAt(), decided.decidedAt());
    }

    private record Differences(String caseNumber, String object, List<Difference> found) {

        void compare(String field, Object fact, Object history) {
            if (!Objects.equals(fact, history)) {
                add(field, fact, history);
            }
        }

        void moment(String field, LocalDateTime fact, LocalDateTime history) {
            boolean same = fact == null || history == null
                    ? fact == history
                    : Duration.between(fact, history).abs().compareTo(SAME_MOMENT) <= 0;
            if (!same) {
                add(field, fact, history);
            }
        }

        void add(String field, Object fact, Object history) {
            found.add(new Difference(caseNumber, object, field, fact, history));
        }
    }

    private static Map<String, Task> byId(List<Task> tasks) {
        return tasks.stream().collect(Collectors.toMap(Task::taskId, Function.identity()));
    }

    /** Each stage of each case under a key that says the how-manieth of its kind it is. */
    private static Map<String, Stage> numbered(List<Stage> stages) {
        Map<String, Stage> numbered = new LinkedHashMap<>();
        for (Stage stage : stages) {
            int number = 1;
            while (numbered.putIfAbsent(stage.caseNumber() + "/" + stage.stage() + "/" + number, stage) != null) {
                number++;
            }
        }
        return numbered;
    }
}
