package org.diadromi.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.TestDatabase;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.diadromi.workflow.StaffAccounts.Account;
import org.diadromi.workflow.StaffAccounts.Details;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What an administrator and a coordinator can do with accounts, and what not. */
class StaffOfficeTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "staffoffice");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "staffoffice");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        @Autowired
        StaffOffice staff;

        @Autowired
        StaffAccounts accounts;

        @Autowired
        IdentityService identity;

        @Autowired
        JdbcClient jdbc;

        private EngineUser admin;
        private EngineUser corfu;
        private String person;

        @BeforeEach
        void somebodyNew() {
            admin = accounts.login("admin").orElseThrow();
            corfu = accounts.login("kerkyra.coordinator").orElseThrow();
            person = "p" + Long.toString(System.nanoTime(), 36);
        }

        private static Details details(Map<String, Set<Role>> roles) {
            return details(false, roles);
        }

        private static Details details(boolean administrator, Map<String, Set<Role>> roles) {
            return new Details("Θάλεια", "Ρούσσου", "thaleia@example.org", "el", administrator, roles);
        }

        private Account account(String id) {
            return accounts.find(id).orElseThrow();
        }

        @Test
        void an_administrator_adds_somebody_who_can_log_in_at_once_with_the_password_shown() {
            String password = staff.add(
                    admin,
                    person,
                    details(Map.of("kerkyra", Set.of(Role.INTAKE, Role.LEGAL), "chania", Set.of(Role.TRAINER))));

            assertThat(password).matches("([a-z2-9]{4}-){3}[a-z2-9]{4}");
            assertThat(identity.checkPassword(person, password)).isTrue();
            assertThat(account(person).mustChangePassword()).isTrue();
            EngineUser user = accounts.login(person).orElseThrow();
            assertThat(user.workplaces()).containsExactly("kerkyra", "chania");
            assertThat(user.groups()).containsExactlyInAnyOrder("intake", "legal");

            String next = staff.newPassword(admin, person).orElseThrow();
            assertThat(identity.checkPassword(person, next)).isTrue();
            assertThat(identity.checkPassword(person, password)).isFalse();
        }

        @Test
        void a_coordinator_sees_the_people_of_the_own_centre_with_their_roles_there_and_no_administrator() {
            staff.add(admin, person, details(true, Map.of("kerkyra", Set.of(Role.INTAKE))));

            assertThat(staff.of(corfu)).extracting(Account::userId).contains("kerkyra.intake", "stella", "supervisor");
            assertThat(staff.of(corfu))
                    .allSatisfy(account -> assertThat(account.roles()).containsOnlyKeys("kerkyra"));
            assertThat(staff.of(corfu)).noneMatch(Account::administrator);
            assertThat(staff.find(corfu, person)).isEmpty();
            assertThat(staff.find(corfu, "chania.intake")).isEmpty();
            assertThat(staff.find(corfu, "admin")).isEmpty();
        }

        @Test
        void a_coordinator_gives_roles_of_the_own_centre_only() {
            staff.add(
                    corfu,
                    person,
                    details(
                            true,
                            Map.of(
                                    "kerkyra",
                                    Set.of(Role.INTAKE, Role.SUPERVISOR),
                                    "chania",
                                    Set.of(Role.COORDINATOR))));
            assertThat(account(person).roles()).isEqualTo(Map.of("kerkyra", Set.of(Role.INTAKE)));
            assertThat(account(person).administrator()).isFalse();

            refuses(
                    Problem.ROLE_MISSING,
                    () -> staff.add(corfu, person + "x", details(Map.of("chania", Set.of(Role.LEGAL)))));
            assertThat(accounts.find(person + "x")).isEmpty();
        }

        @Test
        void of_somebody_who_works_elsewhere_too_a_coordinator_changes_the_own_roles_and_nothing_else() {
            staff.add(
                    admin,
                    person,
                    details(Map.of("kerkyra", Set.of(Role.LEGAL, Role.SUPERVISOR), "chania", Set.of(Role.COUNSELLOR))));

            assertThat(staff.wholly(corfu, person)).isFalse();
            assertThat(staff.newPassword(corfu, person)).isEmpty();
            assertThat(staff.deactivate(corfu, person, 0)).isFalse();
            assertThat(staff.change(
                            corfu,
                            person,
                            0,
                            new Details(
                                    "Άλλο",
                                    "Όνομα",
                                    "other@example.org",
                                    "en",
                                    true,
                                    Map.of("kerkyra", Set.of(Role.ACCOUNTANT)))))
                    .isTrue();

            Account after = account(person);
            assertThat(after.name()).isEqualTo("Θάλεια Ρούσσου");
            assertThat(after.email()).isEqualTo("thaleia@example.org");
            assertThat(after.administrator()).isFalse();
            assertThat(after.roles())
                    .isEqualTo(Map.of(
                            "kerkyra", Set.of(Role.ACCOUNTANT, Role.SUPERVISOR), "chania", Set.of(Role.COUNSELLOR)));
        }

        @Test
        void areas_of_counselling_are_each_centres_own_and_stay_where_nothing_is_said_of_them() {
            Map<String, Set<Role>> roles =
                    Map.of("kerkyra", Set.of(Role.COUNSELLOR), "chania", Set.of(Role.COUNSELLOR));
            staff.add(
                    admin, person, areas(roles, Map.of("kerkyra", Set.of("legal", "hr"), "chania", Set.of("funding"))));
            assertThat(staff.change(
                            corfu,
                            person,
                            account(person).version(),
                            areas(roles, Map.of("kerkyra", Set.of("business"), "chania", Set.of("legal")))))
                    .isTrue();
            assertThat(accounts.areas(person))
                    .isEqualTo(Map.of("kerkyra", Set.of("business"), "chania", Set.of("funding")));

            staff.change(corfu, person, account(person).version(), details(roles));
            assertThat(accounts.areas(person)).containsKeys("kerkyra", "chania");
            staff.change(corfu, person, account(person).version(), areas(roles, Map.of()));
            assertThat(accounts.areas(person)).isEqualTo(Map.of("chania", Set.of("funding")));
            assertThat(jdbc.sql(
                                    "select detail from audit_entry where subject = ? and centre_id = 'kerkyra' and detail like 'Τομείς%' order by id")
                            .param(person)
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "Τομείς συμβουλευτικής: Νομικά, Ανθρώπινο δυναμικό",
                            "Τομείς συμβουλευτικής: Επιχειρηματικότητα",
                            "Τομείς συμβουλευτικής: όλοι");
        }

        private static Details areas(Map<String, Set<Role>> roles, Map<String, Set<String>> areas) {
            return new Details("Θάλεια", "Ρούσσου", "thaleia@example.org", "el", false, roles, areas);
        }

        @Test
        void nobody_of_another_centre_is_changed() {
            Account other = account("chania.intake");
            assertThat(staff.change(
                            corfu, "chania.intake", other.version(), details(Map.of("kerkyra", Set.of(Role.LEGAL)))))
                    .isFalse();
            assertThat(staff.deactivate(corfu, "chania.intake", other.version()))
                    .isFalse();
            assertThat(staff.reactivate(corfu, "chania.intake", other.version()))
                    .isFalse();
            assertThat(staff.newPassword(corfu, "chania.intake")).isEmpty();
            assertThat(staff.newPassword(corfu, "admin")).isEmpty();
            assertThat(account("chania.intake")).isEqualTo(other);
        }

        @Test
        void a_coordinator_does_not_resign_nor_leave_by_themselves() {
            int version = account("kerkyra.coordinator").version();
            refuses(
                    Problem.NOT_ONESELF,
                    () -> staff.change(
                            corfu,
                            "kerkyra.coordinator",
                            version,
                            details(Map.of("kerkyra", Set.of(Role.COUNSELLOR)))));
            refuses(Problem.NOT_ONESELF, () -> staff.deactivate(corfu, "kerkyra.coordinator", version));
            assertThat(account("kerkyra.coordinator").version()).isEqualTo(version);
        }

        @Test
        void who_returns_has_the_roles_from_before() {
            staff.add(corfu, person, details(Map.of("kerkyra", Set.of(Role.INTAKE))));
            assertThat(staff.deactivate(corfu, person, 0)).isTrue();
            assertThat(accounts.login(person)).isEmpty();
            assertThat(staff.find(corfu, person)).isPresent();
            assertThat(staff.reactivate(corfu, person, 1)).isTrue();
            assertThat(accounts.login(person).orElseThrow().groups()).containsExactly("intake");
        }

        @Test
        void each_change_is_written_down_for_the_centres_it_concerns() {
            staff.add(admin, person, details(Map.of("kerkyra", Set.of(Role.LEGAL), "chania", Set.of(Role.COUNSELLOR))));
            staff.change(admin, person, 0, details(Map.of("chania", Set.of(Role.COUNSELLOR, Role.TRAINER))));
            staff.deactivate(admin, person, 1);

            assertThat(audited("kerkyra")).containsExactly("Λογαριασμός, ρόλοι: Νομικά", "Λογαριασμός, χωρίς ρόλους");
            assertThat(audited("chania"))
                    .containsExactly(
                            "Λογαριασμός, ρόλοι: Συμβουλευτική",
                            "Λογαριασμός, ρόλοι: Συμβουλευτική, Εκπαίδευση",
                            "Απενεργοποίηση λογαριασμού");
        }

        private java.util.List<String> audited(String centre) {
            return jdbc.sql("select detail from audit_entry where subject = ? and centre_id = ? order by id")
                    .params(person, centre)
                    .query(String.class)
                    .list();
        }

        private static void refuses(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
            assertThatThrownBy(work)
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(problem));
        }
    }
}
