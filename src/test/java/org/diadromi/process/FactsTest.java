package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.diadromi.process.SampleForms.askedAgain;
import static org.diadromi.process.SampleForms.call;
import static org.diadromi.process.SampleForms.closing;
import static org.diadromi.process.SampleForms.endOfPause;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.pause;
import static org.diadromi.process.SampleForms.plan;
import static org.diadromi.process.SampleForms.planApproved;
import static org.diadromi.process.SampleForms.planReturned;
import static org.diadromi.process.SampleForms.referral;
import static org.diadromi.process.SampleForms.referralCall;
import static org.diadromi.process.SampleForms.suitability;
import static org.diadromi.process.SampleForms.supportPlan;
import static org.diadromi.process.SampleForms.withdrawal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricJobLog;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.diadromi.TestDatabase;
import org.diadromi.supervision.FactsCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The facts of supervision say what the engine's history says, whatever befalls a case, on both databases. */
class FactsTest {

    @Nested
    class OnH2 extends Facts {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "facts");
        }
    }

    @Nested
    class OnPostgres extends Facts {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "facts");
        }
    }

    abstract static class Facts extends Scenario {

        record Task(
                String taskKey,
                String assignee,
                LocalDateTime createdAt,
                LocalDateTime claimedAt,
                LocalDateTime endedAt,
                String endedHow,
                String outcome) {}

        @Autowired
        private FactsCheck check;

        @Autowired
        private HistoryService history;

        @Autowired
        private JdbcClient jdbc;

        @AfterEach
        void whatever_happened_facts_and_history_agree() {
            assertThat(check.differences()).isEmpty();
            List<HistoricTaskInstance> all =
                    history.createHistoricTaskInstanceQuery().list();
            assertThat(all).isNotEmpty();
            assertThat(number("select count(*) from task_fact")).isEqualTo(all.size());
            assertThat(number("select count(*) from task_fact where ended_at is null"))
                    .isEqualTo((int) all.stream()
                            .filter(task -> task.getEndTime() == null)
                            .count());
            centre.closesAllCases();
            assertThat(check.differences()).isEmpty();
            whatHasEndedSaysHowLongItTook();
            theHistoryHasItsLengthsAndSaysNothingTwice();
        }

        /** The engine no longer reads when a task began for each change to it, and leaves completions to the audit. */
        private void theHistoryHasItsLengthsAndSaysNothingTwice() {
            assertThat(history.createHistoricTaskInstanceQuery().finished().list())
                    .isNotEmpty()
                    .allSatisfy(task -> assertThat(task.getDurationInMillis())
                            .isEqualTo(task.getEndTime().getTime()
                                    - task.getStartTime().getTime()));
            assertThat(history.createHistoricActivityInstanceQuery().finished().list())
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step.getDurationInMillis())
                            .isEqualTo(step.getEndTime().getTime()
                                    - step.getStartTime().getTime()));
            assertThat(history.createUserOperationLogQuery().list())
                    .extracting(UserOperationLogEntry::getOperationType)
                    .contains(UserOperationLogEntry.OPERATION_TYPE_CLAIM)
                    .doesNotContain(UserOperationLogEntry.OPERATION_TYPE_COMPLETE);
            assertThat(history.createHistoricJobLogQuery().list()).allMatch(HistoricJobLog::isFailureLog);
        }

        record Span(String what, long caseId, LocalDateTime begun, LocalDateTime ended, Double days) {}

        private void whatHasEndedSaysHowLongItTook() {
            List<Span> spans = spans();
            assertThat(spans).isNotEmpty();
            for (Span span : spans) {
                Duration length = Duration.between(span.begun(), span.ended());
                for (Map<String, Object> pause : jdbc.sql("select * from pause_fact where case_id = ?")
                        .param(span.caseId())
                        .query()
                        .listOfRows()) {
                    LocalDateTime paused = ((Timestamp) pause.get("paused_at")).toLocalDateTime();
                    LocalDateTime resumed = ((Timestamp) pause.get("resumed_at")).toLocalDateTime();
                    LocalDateTime from = paused.isAfter(span.begun()) ? paused : span.begun();
                    LocalDateTime until = resumed.isBefore(span.ended()) ? resumed : span.ended();
                    length = from.isBefore(until) ? length.minus(Duration.between(from, until)) : length;
                }
                assertThat(span.days()).as(span.toString()).isCloseTo(length.toNanos() / 86400e9, within(1e-6));
            }
        }

        private List<Span> spans() {
            return jdbc.sql("""
                    select 'case' as what, case_id, opened_at as begun, closed_at as ended, days from case_fact where closed_at is not null
                    union all
                    select stage, case_id, entered_at, left_at, days from stage_fact where left_at is not null
                    union all
                    select task_key, case_id, created_at, ended_at, days from task_fact where ended_at is not null
                    union all
                    select concat(task_key, ' waits'), case_id, created_at, claimed_at, waiting_days from task_fact
                    where ended_at is not null and claimed_at is not null
                    """).query(Span.class).list();
        }

        @Test
        void a_long_journey_with_its_loops() {
            firstContactUpToTheDecision();
            centre.does(suitability("notNow"));
            centre.timerFires("timer_firstContact_askAgain");
            centre.does(askedAgain("yes"));
            centre.does(interview());
            centre.does(suitability("employmentService"));
            centre.does(referral());
            centre.timerFires("timer_firstContact_referralCall");
            centre.does(referralCall("yes"));
            centre.does(suitability("kalo"));
            centre.does(supportPlan());
            centre.timerFires("timer_counselling_inactive");
            centre.does(call("continue"));
            counsellingEnds();
            trainingUpToThePlan();
            centre.does(plan(centre.today()));
            centre.does(planReturned());
            centre.does(plan(centre.today()));
            centre.does(planApproved());
            registrationToTheVenture();
            followUpFindsAllWell();

            assertThat(tasks("task_firstContact_decideSuitability"))
                    .extracting(Task::outcome)
                    .containsExactly("notNow", "employmentService", "kalo");
            assertThat(jdbc.sql("""
                            select concat(s.advice, ' ', s.decision, ' ', s.decided_by) from suitability_fact s
                            join case_fact c on c.case_id = s.case_id join suitability_assessment a on a.id = s.assessment_id
                            where c.case_number = ? and a.reason is not null and a.outcome = s.decision and a.advice = s.advice
                            order by s.id
                            """)
                            .param(centre.caseNumber())
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "kalo notNow " + CentreAtWork.user("counsellor"),
                            "kalo employmentService " + CentreAtWork.user("counsellor"),
                            "kalo kalo " + CentreAtWork.user("counsellor"));
            assertThat(tasks("task_training_review")).extracting(Task::outcome).containsExactly("return", "approve");
            assertThat(tasks("task_firstContact_initialInterview"))
                    .extracting(Task::outcome)
                    .containsOnlyNulls();
            Map<String, Object> fact = jdbc.sql("select * from case_fact where case_number = ?")
                    .param(centre.caseNumber())
                    .query()
                    .singleRow();
            assertThat(fact.get("source")).isEqualTo("event");
            assertThat(fact.get("group_size")).isEqualTo(5);
            assertThat(fact.get("counsellor")).isEqualTo(CentreAtWork.user("counsellor"));
            assertThat(fact.get("legal_form")).isNotNull();
        }

        private void counsellingEnds() {
            appointmentIsBooked();
            centre.does(SampleForms.sessionHeld("conclude"));
            centre.does(SampleForms.conclusion("training"));
        }

        @Test
        void a_case_that_waits_has_open_facts() {
            firstContactUpToTheDecision();

            assertThat(tasks("task_firstContact_initialInterview"))
                    .singleElement()
                    .satisfies(task -> {
                        assertThat(task.endedHow()).isEqualTo("COMPLETED");
                        assertThat(task.assignee()).isEqualTo(CentreAtWork.user("intake"));
                        assertThat(task.claimedAt()).isBetween(task.createdAt(), task.endedAt());
                    });
            assertThat(tasks("task_firstContact_decideSuitability"))
                    .singleElement()
                    .satisfies(task -> {
                        assertThat(task.endedAt()).isNull();
                        assertThat(task.claimedAt()).isNull();
                    });
        }

        @Test
        void a_task_that_is_taken_back_keeps_its_first_claim() {
            centre.registers(SampleForms.firstContact());
            centre.opens(CentreAtWork.user("intake"), "task_firstContact_initialInterview");
            LocalDateTime first =
                    tasks("task_firstContact_initialInterview").get(0).claimedAt();
            centre.isAt(CentreAtWork.MONDAY.plusDays(1));
            centre.gives("task_firstContact_initialInterview", null);
            assertThat(tasks("task_firstContact_initialInterview").get(0).assignee())
                    .isNull();
            centre.does(interview());

            assertThat(tasks("task_firstContact_initialInterview").get(0).claimedAt())
                    .isEqualTo(first)
                    .isBefore(CentreAtWork.MONDAY.plusHours(1));
        }

        @Test
        void a_pause_moves_due_dates_and_is_a_fact_itself() {
            firstContactUpToTheDecision();
            centre.asksFor(pause(centre.today().plusDays(30)));
            assertThat(check.differences()).isEmpty();
            centre.timerFires("timer_pause_until");
            centre.does(suitability("kalo"));
            centre.asksFor(pause(centre.today().plusDays(30)));
            centre.isAt(centre.now().plusDays(2));
            centre.asksFor(endOfPause());
            centre.asksFor(pause(centre.today().plusDays(30)));
            centre.isAt(centre.now().plusDays(3));
            centre.asksFor(withdrawal());

            assertThat(jdbc.sql("""
                            select cast(resumed_at as date) - cast(paused_at as date)
                            from pause_fact p join case_fact c on c.case_id = p.case_id
                            where c.case_number = ? order by paused_at
                            """)
                            .param(centre.caseNumber())
                            .query((row, n) -> days(row.getObject(1)))
                            .list())
                    .containsExactly(30L, 2L, 3L);
        }

        @Test
        void a_case_that_ends_before_its_time_leaves_its_tasks_and_stage_broken_off() {
            straightToTraining();
            centre.asksFor(closing());

            assertThat(tasks("task_training_enrol")).extracting(Task::endedHow).containsExactly("CANCELLED");
            assertThat(jdbc.sql("select outcome from case_fact where case_number = ?")
                            .param(centre.caseNumber())
                            .query(String.class)
                            .single())
                    .isEqualTo("closedByCentre");
        }

        @Test
        void what_differs_is_told_and_written_anew() {
            straightToTraining();
            String number = centre.caseNumber();
            List<Task> before = tasks("task_counselling_supportPlan");
            jdbc.sql("delete from task_fact where task_key = 'task_counselling_conclude' and " + ofCase())
                    .param(number)
                    .update();
            jdbc.sql(
                            "update task_fact set ended_how = 'CANCELLED', assignee = null where task_key = 'task_counselling_supportPlan' and "
                                    + ofCase())
                    .param(number)
                    .update();
            jdbc.sql("delete from stage_fact where stage = 'counselling' and " + ofCase())
                    .param(number)
                    .update();

            assertThat(check.differences())
                    .extracting(FactsCheck.Difference::caseNumber, FactsCheck.Difference::field)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(number, "task"),
                            org.assertj.core.groups.Tuple.tuple(number, "endedHow"),
                            org.assertj.core.groups.Tuple.tuple(number, "assignee"),
                            org.assertj.core.groups.Tuple.tuple(number, "stage"));
            assertThat(check.rebuild()).hasSize(4);
            assertThat(check.differences()).isEmpty();
            whatHasEndedSaysHowLongItTook();
            assertThat(tasks("task_counselling_supportPlan"))
                    .usingRecursiveFieldByFieldElementComparator(RecursiveComparisonConfiguration.builder()
                            .withComparatorForType(
                                    Comparator.comparing(moment -> moment.truncatedTo(ChronoUnit.MINUTES)),
                                    LocalDateTime.class)
                            .build())
                    .isEqualTo(before);
            assertThat(centre.stages())
                    .extracting(CentreAtWork.Stage::stage)
                    .containsExactly("first-contact", "counselling", "business-plan-training");
        }

        @Test
        void a_decision_that_is_not_as_the_case_has_it_is_told_and_written_anew() {
            straightToTraining();
            String number = centre.caseNumber();
            List<Decided> before = decided();
            assertThat(before).hasSize(1);
            for (List<String> change : List.of(
                    List.of("decision", "delete from suitability_fact where " + ofCase()),
                    List.of("decision", "update suitability_fact set decision = 'notNow' where " + ofCase()),
                    List.of("decidedBy", "update suitability_fact set decided_by = 'nobody' where " + ofCase()),
                    List.of("times", """
                            insert into suitability_fact (assessment_id, case_id, centre_id, advice, decision, decided_by, decided_at)
                            select assessment_id, case_id, centre_id, advice, decision, decided_by, decided_at
                            from suitability_fact where """ + " " + ofCase()))) {
                assertThat(jdbc.sql(change.get(1)).param(number).update()).isEqualTo(1);
                List<CentreAtWork.Stage> stages = centre.stages();
                assertThat(check.differences())
                        .extracting(FactsCheck.Difference::caseNumber, FactsCheck.Difference::field)
                        .containsExactly(org.assertj.core.groups.Tuple.tuple(number, change.get(0)));
                assertThat(check.rebuild()).hasSize(1);
                assertThat(check.differences()).isEmpty();
                assertThat(decided()).isEqualTo(before);
                assertThat(centre.stages()).isEqualTo(stages);
            }
        }

        record Decided(
                long assessmentId,
                long caseId,
                String centreId,
                String advice,
                String decision,
                String decidedBy,
                LocalDateTime decidedAt) {}

        private List<Decided> decided() {
            return jdbc
                    .sql("select * from suitability_fact where " + ofCase())
                    .param(centre.caseNumber())
                    .query(Decided.class)
                    .list()
                    .stream()
                    // The case keeps its own moment of the same step.
                    .map(one -> new Decided(
                            one.assessmentId(),
                            one.caseId(),
                            one.centreId(),
                            one.advice(),
                            one.decision(),
                            one.decidedBy(),
                            one.decidedAt().truncatedTo(ChronoUnit.MINUTES)))
                    .toList();
        }

        private static String ofCase() {
            return "case_id = (select case_id from case_fact where case_number = ?)";
        }

        private static long days(Object difference) {
            // PostgreSQL subtracts dates to a number of days, H2 to an interval.
            return difference instanceof Number number
                    ? number.longValue()
                    : ((org.h2.api.Interval) difference).getLeading();
        }

        private List<Task> tasks(String key) {
            return jdbc.sql("""
                    select t.task_key, t.assignee, t.created_at, t.claimed_at, t.ended_at, t.ended_how, t.outcome
                    from task_fact t join case_fact c on c.case_id = t.case_id
                    where c.case_number = ? and t.task_key = ? order by t.created_at
                    """)
                    .params(centre.caseNumber(), key)
                    .query(Task.class)
                    .list();
        }

        private int number(String sql) {
            return jdbc.sql(sql).query(Integer.class).single();
        }
    }
}
