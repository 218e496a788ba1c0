package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.CentreAtWork.CENTRE;
import static org.diadromi.process.CentreAtWork.user;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.suitability;
import static org.diadromi.process.SampleForms.supportPlan;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.diadromi.TestDatabase;
import org.diadromi.casefile.Timeline;
import org.diadromi.counselling.Caseload;
import org.diadromi.supervision.FactsCheck;
import org.diadromi.workflow.Absences;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who gets a new case where the centre lets the application share them out; on both databases. */
class CaseloadTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "caseload");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "caseload");
        }
    }

    abstract static class Promises extends Scenario {

        private static final String DECIDE = "task_firstContact_decideSuitability";
        private static final String PLAN = "task_counselling_supportPlan";

        @Autowired
        private Caseload caseload;

        @Autowired
        private StaffAccounts accounts;

        @Autowired
        private Absences absences;

        @Autowired
        private FactsCheck check;

        @Autowired
        private PlatformTransactionManager transactions;

        @Autowired
        private JdbcClient jdbc;

        private String anna;
        private String vaso;
        private String giorgos;

        @BeforeEach
        void three_counsellors_without_a_case_and_one_for_the_accounts() {
            centre.closesAllCases();
            String id = Long.toString(System.nanoTime(), 36);
            // By name Anna is the first, by the name to log in with the last.
            anna = counsellor("c" + id, "Άννα", "Αβραμίδου", Set.of());
            vaso = counsellor("b" + id, "Βάσω", "Βλάχου", Set.of("socialEconomy", "legal"));
            giorgos = counsellor("a" + id, "Γιώργος", "Γαλάνης", Set.of("legal"));
            jdbc.sql("insert into staff_area (user_id, centre_id, area) values (?, ?, 'accounting')")
                    .params(user("counsellor"), CENTRE)
                    .update();
            shares("SELF");
        }

        @AfterEach
        void everything_as_it_was() {
            absences.of(CENTRE).forEach(absence -> absences.end(CENTRE, absence.id()));
            for (String person : List.of(anna, vaso, giorgos)) {
                leaves(person);
            }
            jdbc.sql("delete from staff_area where user_id = ?")
                    .param(user("counsellor"))
                    .update();
            shares("STAFF");
            assertThat(check.differences()).as("of facts and history").isEmpty();
        }

        private String counsellor(String id, String firstName, String lastName, Set<String> areas) {
            accounts.create(
                    id,
                    "demo",
                    false,
                    new StaffAccounts.Details(
                            firstName,
                            lastName,
                            null,
                            "el",
                            false,
                            Map.of(CENTRE, Set.of(Role.COUNSELLOR)),
                            Map.of(CENTRE, areas)));
            return id;
        }

        private void leaves(String person) {
            accounts.find(person)
                    .filter(StaffAccounts.Account::active)
                    .ifPresent(account -> accounts.deactivate(person, account.version(), "admin"));
        }

        private void shares(String how) {
            jdbc.sql("update centre set assigning = ? where id = ?")
                    .params(how, CENTRE)
                    .update();
        }

        /** A new case comes to where counsellors begin; gives who has it. */
        private String next() {
            centre.registers(firstContact());
            assertThat(centre.caseFile().counsellor()).isNull();
            centre.does(interview());
            String assignee = centre.waiting(DECIDE).getAssignee();
            assertThat(centre.caseFile().counsellor()).isEqualTo(assignee);
            assertThat(jdbc.sql("""
                            select coalesce(t.assignee, '') from task_fact t join case_fact c on c.case_id = t.case_id
                            where c.case_number = ? and t.task_key = ? and t.claimed_at is null
                              and coalesce(c.counsellor, '') = coalesce(t.assignee, '')
                            """)
                            .params(centre.caseNumber(), DECIDE)
                            .query(String.class)
                            .single())
                    .as("as supervision counts it")
                    .isEqualTo(assignee == null ? "" : assignee);
            return assignee;
        }

        private void minuteLater() {
            centre.isAt(centre.now().plusMinutes(1));
        }

        @Test
        void it_is_the_one_of_the_area_with_the_fewest_open_cases() {
            assertThat(next()).as("by name").isEqualTo(anna);
            assertThat(centre.happened()).contains(Timeline.Kind.COUNSELLOR_CHANGED);
            assertThat(jdbc.sql("select count(*) from audit_entry where subject = ? and detail = ?")
                            .params(centre.caseNumber(), "Αυτόματη ανάθεση σε σύμβουλο")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            String first = centre.caseNumber();
            minuteLater();
            assertThat(next()).isEqualTo(vaso);
            minuteLater();
            assertThat(next()).as("who got one longest ago").isEqualTo(anna);
            minuteLater();
            assertThat(next()).isEqualTo(vaso);

            // Anna's first case is closed: of the two she has the fewest, although she is not the first by the clock.
            minuteLater();
            assertThat(next()).isEqualTo(anna);
            minuteLater();
            assertThat(next()).isEqualTo(vaso);
            centre.asksAs(user("coordinator"), SampleForms.closing().with("caseNumber", first));
            minuteLater();
            assertThat(next()).isEqualTo(anna);
            assertThat(jdbc.sql("select count(*) from case_file where counsellor = ?")
                            .param(giorgos)
                            .query(Integer.class)
                            .single())
                    .as("another area's")
                    .isZero();
        }

        @Test
        void whoever_is_away_or_has_left_gets_none_and_without_anybody_of_the_area_the_group_has_it() {
            LocalDate today = centre.today();
            absences.enter(CENTRE, anna, today, today.plusDays(3), user("counsellor"), user("coordinator"));
            assertThat(next()).isEqualTo(vaso);
            leaves(vaso);
            assertThat(next()).isNull();
            centre.waitsFor(DECIDE, "counsellor", LocalDate.of(2027, 3, 8));

            // Whoever takes it on from the group gives no reason to do otherwise with the plan.
            centre.doesAs(user("counsellor"), suitability("kalo"));
            assertThat(centre.waiting(PLAN).getAssignee()).isNull();
            centre.does(supportPlan());
            assertThat(centre.caseFile().counsellor()).isEqualTo(user("counsellor"));
        }

        @Test
        void the_case_stays_with_its_counsellor_who_may_hand_back_and_the_coordinator_may_give_it_to_another() {
            assertThat(next()).isEqualTo(anna);
            centre.gives(DECIDE, null);
            centre.does(suitability("kalo"));
            assertThat(centre.waiting(PLAN).getAssignee()).isEqualTo(anna);
            centre.gives(PLAN, giorgos);
            centre.doesAs(giorgos, supportPlan());
            assertThat(centre.caseFile().counsellor()).isEqualTo(giorgos);
        }

        @Test
        void once_there_is_a_plan_its_areas_say_who_fits() {
            next();
            centre.doesAs(anna, suitability("kalo"));
            centre.doesAs(anna, supportPlan());
            jdbc.sql("update support_plan set areas = 'hr,accounting' where case_id = ?")
                    .param(centre.caseFile().id())
                    .update();
            leaves(anna);
            assertThat(caseload.counsellor(CENTRE, centre.caseNumber())).contains(user("counsellor"));
        }

        @Test
        void where_staff_decide_it_waits_for_them() {
            shares("STAFF");
            assertThat(next()).isNull();
            centre.doesAs(vaso, suitability("kalo"));
            assertThat(centre.waiting(PLAN).getAssignee()).isNull();
        }

        @Test
        void two_cases_at_once_go_to_two_counsellors() throws Exception {
            shares("STAFF");
            next();
            String one = centre.caseNumber();
            next();
            String two = centre.caseNumber();
            shares("SELF");
            CyclicBarrier both = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                List<Future<String>> got = threads.invokeAll(
                        List.<Callable<String>>of(() -> chosen(one, both), () -> chosen(two, both)),
                        30,
                        TimeUnit.SECONDS);
                assertThat(List.of(got.get(0).get(), got.get(1).get())).containsExactlyInAnyOrder(anna, vaso);
            } finally {
                threads.shutdownNow();
            }
        }

        /** Chooses in a transaction that lasts a while after the choice, as that of a step does. */
        private String chosen(String number, CyclicBarrier both) throws Exception {
            both.await(10, TimeUnit.SECONDS);
            return new TransactionTemplate(transactions).execute(status -> {
                String counsellor = caseload.counsellor(CENTRE, number).orElseThrow();
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return counsellor;
            });
        }
    }
}
