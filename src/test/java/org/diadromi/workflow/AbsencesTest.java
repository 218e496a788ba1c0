package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.FirstContact;
import org.diadromi.contact.PublicContact;
import org.diadromi.workflow.Absences.Absence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who is away and who stands in: whose the tasks are on which day, and who can stand in for whom. */
class AbsencesTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "absences");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "absences");
        }
    }

    @SpringBootTest(
            properties = {
                "diadromi.demo=true",
                "camunda.bpm.job-execution.enabled=false",
                "diadromi.mail.directory=target/absences/outbox"
            })
    abstract static class Promises {

        private static final LocalDate MONDAY = LocalDate.of(2027, 3, 1);
        private static final String CENTRE = "kerkyra";

        @Autowired
        Absences absences;

        @Autowired
        StaffAccounts accounts;

        @Autowired
        PublicContact contacts;

        @Autowired
        IdentityService identity;

        @Autowired
        TaskService tasks;

        @Autowired
        RuntimeService runtime;

        @Autowired
        JdbcClient jdbc;

        @Autowired
        AppClock clock;

        private String away;
        private String standIn;
        private String task;

        @BeforeEach
        void somebody_has_a_task_on_a_monday() {
            isOn(MONDAY);
            String id = Long.toString(System.nanoTime(), 36);
            away = account("a" + id, Role.INTAKE);
            standIn = account("b" + id, Role.INTAKE);
            task = newTask();
            tasks.setAssignee(task, away);
        }

        @AfterEach
        void nobody_is_away() {
            absences.of(CENTRE).forEach(absence -> absences.end(CENTRE, absence.id()));
            clock.setOffset(Duration.ZERO);
        }

        private void isOn(LocalDate day) {
            clock.setOffset(Duration.between(
                    Instant.now(),
                    day.atTime(9, 0).atZone(BusinessCalendar.ATHENS).toInstant()));
            absences.turn();
        }

        private String account(String id, Role... roles) {
            accounts.create(
                    id,
                    "demo",
                    false,
                    new StaffAccounts.Details(
                            "Θάλεια", "Ρούσσου", id + "@example.org", "el", false, Map.of(CENTRE, Set.of(roles))));
            return id;
        }

        private String newTask() {
            String number = contacts.receive(
                    new FirstContact(
                            CENTRE,
                            "Θάλεια",
                            "Ρούσσου",
                            CaseFile.Salutation.KYRIA,
                            null,
                            "thaleia@example.org",
                            "Κέρκυρα",
                            "el",
                            "publicForm",
                            null,
                            1,
                            null),
                    true);
            return tasks.createTaskQuery()
                    .processInstanceBusinessKey(number)
                    .singleResult()
                    .getId();
        }

        private String assignee() {
            String assignee =
                    tasks.createTaskQuery().taskId(task).singleResult().getAssignee();
            assertThat(jdbc.sql("select coalesce(assignee, '') from task_fact where task_id = ?")
                            .param(task)
                            .query(String.class)
                            .single())
                    .as("as supervision counts it")
                    .isEqualTo(assignee == null ? "" : assignee);
            return assignee;
        }

        private void enter(LocalDate from, LocalDate to) {
            absences.enter(CENTRE, away, from, to, standIn, away);
        }

        private void as(String user, String group, Runnable work) {
            identity.setAuthentication(user, List.of(group), List.of(CENTRE));
            try {
                work.run();
            } finally {
                identity.clearAuthentication();
            }
        }

        @Test
        void the_stand_in_has_the_tasks_from_the_first_day_to_the_last() {
            enter(MONDAY.plusDays(2), MONDAY.plusDays(4));
            assertThat(assignee()).isEqualTo(away);
            isOn(MONDAY.plusDays(2));
            assertThat(assignee()).isEqualTo(standIn);
            isOn(MONDAY.plusDays(4));
            assertThat(assignee()).isEqualTo(standIn);
            isOn(MONDAY.plusDays(5));
            assertThat(assignee()).isEqualTo(away);
            assertThat(absences.of(CENTRE)).isEmpty();
        }

        @Test
        void the_tasks_of_a_paused_case_change_hands_too() {
            String process = tasks.createTaskQuery().taskId(task).singleResult().getProcessInstanceId();
            runtime.suspendProcessInstanceById(process);
            enter(MONDAY, MONDAY);
            assertThat(assignee()).isEqualTo(standIn);
            assertThat(tasks.createTaskQuery().taskId(task).suspended().count()).isEqualTo(1);
            isOn(MONDAY.plusDays(1));
            assertThat(assignee()).isEqualTo(away);
        }

        @Test
        void a_task_that_is_given_to_whoever_is_away_goes_to_the_stand_in() {
            tasks.setAssignee(task, null);
            enter(MONDAY, MONDAY.plusDays(1));
            as("kerkyra.coordinator", "coordinator", () -> tasks.setAssignee(task, away));
            assertThat(assignee()).isEqualTo(standIn);
            isOn(MONDAY.plusDays(2));
            assertThat(assignee()).isEqualTo(away);
            as("kerkyra.coordinator", "coordinator", () -> tasks.setAssignee(task, standIn));
            as("kerkyra.coordinator", "coordinator", () -> tasks.setAssignee(task, away));
            assertThat(assignee()).isEqualTo(away);
        }

        @Test
        void whoever_is_away_may_take_a_task_on_themselves() {
            tasks.setAssignee(task, null);
            enter(MONDAY, MONDAY);
            as(away, "intake", () -> tasks.claim(task, away));
            assertThat(assignee()).isEqualTo(away);
        }

        @Test
        void what_somebody_else_has_taken_over_meanwhile_stays_theirs() {
            enter(MONDAY, MONDAY);
            tasks.setAssignee(task, "kerkyra.intake");
            isOn(MONDAY.plusDays(1));
            assertThat(assignee()).isEqualTo("kerkyra.intake");
        }

        @Test
        void a_task_that_the_stand_in_may_not_work_on_goes_to_its_group() {
            standIn = account(standIn + "t", Role.TRAINER);
            enter(MONDAY, MONDAY);
            assertThat(assignee()).isNull();
        }

        @Test
        void an_absence_can_end_early_and_only_at_its_own_centre() {
            enter(MONDAY, MONDAY.plusDays(20));
            long id = absences.of(CENTRE).get(0).id();
            assertThat(absences.end("chania", id)).isFalse();
            assertThat(assignee()).isEqualTo(standIn);
            assertThat(absences.end(CENTRE, id)).isTrue();
            assertThat(assignee()).isEqualTo(away);
            assertThat(absences.end(CENTRE, id)).isFalse();
        }

        @Test
        void the_tasks_of_a_stand_in_who_leaves_go_to_the_group() {
            enter(MONDAY, MONDAY.plusDays(5));
            accounts.deactivate(standIn, 0, "admin");
            assertThat(assignee()).isNull();
            as("kerkyra.coordinator", "coordinator", () -> tasks.setAssignee(task, away));
            assertThat(assignee()).isEqualTo(away);
        }

        @Test
        void mails_to_whoever_is_away_go_to_the_stand_in_as_well() {
            absences.enter(CENTRE, "kerkyra.coordinator", MONDAY, MONDAY, standIn, "kerkyra.coordinator");
            assertThat(accounts.addresses(CENTRE, Role.COORDINATOR))
                    .containsExactlyInAnyOrder("kerkyra.coordinator@example.org", standIn + "@example.org");
            assertThat(accounts.addresses("chania", Role.COORDINATOR))
                    .containsExactly("chania.coordinator@example.org");
            isOn(MONDAY.plusDays(1));
            assertThat(accounts.addresses(CENTRE, Role.COORDINATOR)).containsExactly("kerkyra.coordinator@example.org");
        }

        @Test
        void days_that_cannot_be_are_refused() {
            refuses(Problem.DATES_REVERSED, () -> enter(MONDAY.plusDays(1), MONDAY));
            refuses(Problem.ABSENCE_IN_PAST, () -> enter(MONDAY.minusDays(3), MONDAY.minusDays(1)));
            enter(MONDAY, MONDAY.plusDays(3));
            refuses(Problem.ABSENCE_OVERLAPS, () -> enter(MONDAY.plusDays(3), MONDAY.plusDays(9)));
            enter(MONDAY.plusDays(4), MONDAY.plusDays(9));
            assertThat(absences.of(CENTRE)).hasSize(2);
        }

        @Test
        void nobody_stands_in_who_is_away_themselves_or_works_elsewhere() {
            refuses(Problem.STAND_IN_UNSUITABLE, () -> absences.enter(CENTRE, away, MONDAY, MONDAY, away, away));
            refuses(
                    Problem.STAND_IN_UNSUITABLE,
                    () -> absences.enter(CENTRE, away, MONDAY, MONDAY, "chania.intake", away));
            refuses(
                    Problem.STAND_IN_UNSUITABLE,
                    () -> absences.enter(CENTRE, "chania.intake", MONDAY, MONDAY, standIn, away));
            refuses(
                    Problem.STAND_IN_UNSUITABLE,
                    () -> absences.enter(CENTRE, away, MONDAY, MONDAY, "supervisor", away));
            absences.enter(CENTRE, standIn, MONDAY, MONDAY.plusDays(3), "kerkyra.intake", standIn);
            refuses(Problem.STAND_IN_AWAY, () -> enter(MONDAY.plusDays(3), MONDAY.plusDays(5)));
            refuses(
                    Problem.STANDS_IN_THEN,
                    () -> absences.enter(CENTRE, "kerkyra.intake", MONDAY, MONDAY, away, "admin"));
            enter(MONDAY.plusDays(4), MONDAY.plusDays(5));
        }

        @Test
        void two_do_not_become_each_others_stand_ins_at_once() throws Exception {
            ExecutorService both = Executors.newFixedThreadPool(2);
            try {
                List<Future<Boolean>> done = both.invokeAll(
                        List.<Callable<Boolean>>of(() -> entered(away, standIn), () -> entered(standIn, away)));
                assertThat(List.of(done.get(0).get(), done.get(1).get())).containsExactlyInAnyOrder(true, false);
                assertThat(absences.of(CENTRE)).extracting(Absence::userId).hasSize(1);
            } finally {
                both.shutdownNow();
            }
        }

        private boolean entered(String who, String by) {
            try {
                absences.enter(CENTRE, who, MONDAY, MONDAY, by, who);
                return true;
            } catch (RuleViolation refused) {
                return false;
            }
        }

        private static void refuses(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
            assertThatThrownBy(work)
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(problem));
        }
    }
}
