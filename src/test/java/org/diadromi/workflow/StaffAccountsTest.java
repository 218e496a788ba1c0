package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Telephone;
import org.diadromi.TestDatabase;
import org.diadromi.workflow.StaffAccounts.Account;
import org.diadromi.workflow.StaffAccounts.Details;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who may log in, what they then hold where, and what becomes of it when that changes; on both databases and over HTTP. */
class StaffAccountsTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "staff");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "staff");
        }
    }

    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        private static final ObjectMapper JSON = new ObjectMapper();

        @LocalServerPort
        int port;

        @Autowired
        StaffAccounts accounts;

        @Autowired
        Staff staff;

        @Autowired
        SecondFactors factors;

        @Autowired
        IdentityService identity;

        @Autowired
        TaskService tasks;

        private String person;

        @BeforeEach
        void somebodyInTwoCentres() {
            person = "p" + Long.toString(System.nanoTime(), 36);
            accounts.create(
                    person,
                    "demo",
                    false,
                    details(
                            false,
                            Map.of("kerkyra", Set.of(Role.INTAKE), "chania", Set.of(Role.COUNSELLOR, Role.LEGAL))));
        }

        private static Details details(boolean administrator, Map<String, Set<Role>> roles) {
            return new Details("Στέλλα", "Ράφτη", "stella@example.org", "el", administrator, roles);
        }

        private Account account(String id) {
            return accounts.find(id).orElseThrow();
        }

        @Test
        void the_engines_memberships_are_all_that_the_roles_need_and_no_more() {
            assertThat(groups()).containsExactlyInAnyOrder("intake", "counsellor", "legal");
            assertThat(centres()).containsExactlyInAnyOrder("kerkyra", "chania");

            accounts.change(person, 0, details(false, Map.of("chania", Set.of(Role.LEGAL, Role.SUPERVISOR))), "admin");

            assertThat(groups()).containsExactlyInAnyOrder("legal", "supervisor");
            assertThat(centres()).containsExactly("chania");
            assertThat(account(person).roles()).isEqualTo(Map.of("chania", Set.of(Role.LEGAL, Role.SUPERVISOR)));
        }

        @Test
        void a_second_step_is_taken_once_and_goes_with_its_codes() {
            String secret = factors.newSecret();
            assertThat(factors.turnOn(person, secret, "000000")).isEmpty();
            assertThat(accounts.state(person).orElseThrow().secondFactor()).isFalse();
            String first = Telephone.code(secret, 0);
            List<String> codes = factors.turnOn(person, secret, first).orElseThrow();
            assertThat(accounts.state(person).orElseThrow().secondFactor()).isTrue();
            assertThat(codes).hasSize(10).doesNotHaveDuplicates();

            assertThat(factors.isRight(person, first, null)).isFalse();
            String next = Telephone.code(secret, 1);
            assertThat(factors.isRight(person, next, null)).isTrue();
            assertThat(factors.isRight(person, next, null)).isFalse();
            assertThat(factors.isRight(person, codes.get(3), null)).isTrue();
            assertThat(factors.isRight(person, codes.get(3), null)).isFalse();
            assertThat(factors.recoveryCodesLeft(person)).isEqualTo(9);
            assertThat(factors.newRecoveryCodes(person)).doesNotContainAnyElementsOf(codes);
            assertThat(factors.isRight(person, codes.get(4), null)).isFalse();

            factors.turnOff(person);
            assertThat(accounts.state(person).orElseThrow().secondFactor()).isFalse();
            assertThat(factors.recoveryCodesLeft(person)).isZero();
        }

        @Test
        void who_signs_on_elsewhere_has_one_account_whatever_they_are_called_there() {
            String name = "s" + person;
            Details first =
                    new Details("Ρωξάνη", "Κοντού", "r@example.org", "el", false, Map.of("dock", Set.of(Role.LEGAL)));
            assertThat(accounts.signOn("https://id " + name, name, false, "κουκουνάρι άτλαντας 7", first))
                    .isEqualTo(name);
            Details later =
                    new Details("Ρωξάνη", "Μάνεση", "r@example.org", "en", false, Map.of("dock", Set.of(Role.TRAINER)));
            assertThat(accounts.signOn("https://id " + name, "other", false, "κουκουνάρι άτλαντας 7", later))
                    .isEqualTo(name);
            assertThat(account(name).name()).isEqualTo("Ρωξάνη Μάνεση");
            assertThat(account(name).language()).isEqualTo("el");
            assertThat(account(name).roles()).isEqualTo(Map.of("dock", Set.of(Role.TRAINER)));
            int version = account(name).version();
            accounts.signOn("https://id " + name, name, false, "κουκουνάρι άτλαντας 7", later);
            assertThat(account(name).version()).isEqualTo(version);

            assertThatThrownBy(() -> accounts.signOn("https://id x" + name, person, false, "", first))
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            refused -> assertThat(refused.problem()).isEqualTo(Problem.SIGN_ON_NAME_TAKEN));
            assertThatThrownBy(() -> accounts.signOn("https://id x" + name, name, true, "", first))
                    .isInstanceOf(RuleViolation.class);
            assertThat(accounts.signOn("https://id x" + name, person, true, "", first))
                    .isEqualTo(person);
            assertThat(accounts.signsOn(person)).isTrue();
        }

        @Test
        void one_works_in_one_centre_at_a_time_and_supervises_all_of_them_at_once() {
            EngineUser staff = accounts.login(person).orElseThrow();
            assertThat(staff.workplaces()).containsExactly("kerkyra", "chania");
            assertThat(staff.centres()).containsExactly("kerkyra");
            assertThat(staff.groups()).containsExactly("intake");
            assertThat(staff.in("chania").centres()).containsExactly("chania");
            assertThat(staff.in("chania").groups()).containsExactlyInAnyOrder("counsellor", "legal");
            assertThat(staff.in("dock").centres()).containsExactly("kerkyra");

            EngineUser supervisor = accounts.login("supervisor").orElseThrow();
            assertThat(supervisor.centres()).hasSize(5);
            assertThat(supervisor.workplaces()).isEmpty();
            assertThat(supervisor.groups()).containsExactly("supervisor");
        }

        @Test
        void those_to_choose_from_are_in_the_order_of_their_names() {
            Map<String, String> firstToLast = Map.of(
                    "Ώρια", "Ράφτη", "Μαριάννα", "Βλάχου", "Μαρία", "Ωραίου", "Ανδρέας", "Ράφτης", "Άννα", "Ράφτη");
            List<String> asked = new ArrayList<>(List.of(person + "gone"));
            firstToLast.forEach((first, last) -> {
                String id = person + asked.size();
                accounts.create(
                        id,
                        "demo",
                        false,
                        new Details(first, last, "", "el", false, Map.of("dock", Set.of(Role.COUNSELLOR))));
                asked.add(id);
            });

            assertThat(staff.names(asked).values())
                    .containsExactly(
                            "Ανδρέας Ράφτης",
                            "Άννα Ράφτη",
                            "Μαρία Ωραίου",
                            "Μαριάννα Βλάχου",
                            "Ώρια Ράφτη",
                            person + "gone");
        }

        @Test
        void an_account_of_the_engine_from_before_is_taken_over_as_it_is() {
            String old = person + "old";
            User user = identity.newUser(old);
            user.setFirstName("Παλιός");
            user.setLastName("Λογαριασμός");
            user.setPassword("demo");
            identity.saveUser(user);
            identity.createMembership(old, "trainer");
            identity.createTenantUserMembership("dock", old);

            assertThat(accounts.login(old).orElseThrow().centres()).containsExactly("dock");
            assertThat(account(old).roles()).isEqualTo(Map.of("dock", Set.of(Role.TRAINER)));
        }

        @Test
        void of_two_who_change_the_same_account_the_second_is_told() {
            accounts.change(person, 0, details(false, Map.of("dock", Set.of(Role.LEGAL))), "admin");
            refuses(
                    Problem.CHANGED_MEANWHILE,
                    () -> accounts.change(person, 0, details(false, Map.of("chania", Set.of(Role.LEGAL))), "admin"));
            refuses(Problem.CHANGED_MEANWHILE, () -> accounts.deactivate(person, 0, "admin"));
            assertThat(centres()).containsExactly("dock");
        }

        @Test
        void a_name_to_log_in_with_is_plain_and_taken_once() {
            refuses(Problem.LOGIN_NAME_TAKEN, () -> accounts.create(person, "x", true, details(false, Map.of())));
            for (String name : List.of("", "Maria", "μαρία", "a b", ".a", "a..b", "x".repeat(65))) {
                refuses(Problem.LOGIN_NAME_INVALID, () -> accounts.create(name, "x", true, details(false, Map.of())));
            }
        }

        @Test
        void an_administrator_remains_even_when_two_take_each_others_right_at_once() throws Exception {
            refuses(
                    Problem.NOT_ONESELF,
                    () -> accounts.deactivate("admin", account("admin").version(), "admin"));
            refuses(
                    Problem.NOT_ONESELF,
                    () -> accounts.change("admin", account("admin").version(), details(false, Map.of()), "admin"));
            refuses(
                    Problem.LAST_ADMINISTRATOR,
                    () -> accounts.deactivate("admin", account("admin").version(), person));

            accounts.change(person, 0, details(true, Map.of()), "admin");
            Account one = account("admin");
            Account two = account(person);
            ExecutorService both = Executors.newFixedThreadPool(2);
            try {
                List<Future<Boolean>> done = both.invokeAll(List.<Callable<Boolean>>of(
                        () -> tried(() -> accounts.deactivate("admin", one.version(), person)),
                        () -> tried(() -> accounts.deactivate(person, two.version(), "admin"))));
                assertThat(List.of(done.get(0).get(), done.get(1).get())).containsExactlyInAnyOrder(true, false);
            } finally {
                both.shutdownNow();
            }
            if (!account("admin").active()) {
                accounts.reactivate("admin", account("admin").version());
            }
        }

        @Test
        void over_rest_a_person_of_two_centres_sees_the_tasks_of_one_only() throws Exception {
            String corfu = begin("kerkyra.intake", "Κερκυραία");
            String chania = begin("chania.intake", "Χανιώτισσα");

            assertThat(list(null)).contains(corfu).doesNotContain(chania);
            assertThat(list("kerkyra")).contains(corfu).doesNotContain(chania);
            assertThat(list("chania")).contains(chania).doesNotContain(corfu);
            assertThat(get("/engine-rest/task", person, "dock").statusCode()).isEqualTo(403);
            assertThat(get("/engine-rest/task/" + corfu, person, "chania").statusCode())
                    .isIn(403, 404);
        }

        @Test
        void a_session_works_in_the_centre_that_was_chosen_last() throws Exception {
            String corfu = begin("kerkyra.intake", "Κερκυραία");
            String chania = begin("chania.intake", "Χανιώτισσα");
            HttpClient browser = loggedIn(person);
            assertThat(inTasklist(browser)).contains(corfu).doesNotContain(chania);

            assertThat(choose(browser, "dock")).isEqualTo(404);
            assertThat(choose(browser, "chania")).isEqualTo(302);

            assertThat(inTasklist(browser)).contains(chania).doesNotContain(corfu);
            assertThat(browser.send(request("/menu").build(), BodyHandlers.ofString())
                            .body())
                    .contains("Χανίων ▾");
        }

        @Test
        void who_leaves_is_out_at_once_and_their_tasks_go_back() throws Exception {
            String task = begin("kerkyra.intake", "Εργασία");
            HttpClient browser = loggedIn(person);
            tasks.setAssignee(task, person);
            assertThat(inTasklist(browser)).contains(task);

            accounts.deactivate(person, account(person).version(), "admin");

            assertThat(browser.send(
                                    request("/camunda/api/engine/engine/default/task")
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(401);
            assertThat(browser.send(request("/menu").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(302);
            assertThat(get("/engine-rest/task", person, null).statusCode()).isEqualTo(401);
            assertThat(logIn(
                            HttpClient.newBuilder()
                                    .cookieHandler(new CookieManager())
                                    .build(),
                            person))
                    .contains("error");
            assertThat(tasks.createTaskQuery().taskId(task).singleResult().getAssignee())
                    .isNull();
            assertThat(groups()).isEmpty();
            assertThat(centres()).isEmpty();
            assertThat(account(person).name()).isEqualTo("Στέλλα Ράφτη");

            accounts.reactivate(person, account(person).version());
            assertThat(centres()).containsExactlyInAnyOrder("kerkyra", "chania");
            assertThat(inTasklist(loggedIn(person))).contains(task);
        }

        @Test
        void a_change_of_roles_counts_from_the_next_click_on() throws Exception {
            String corfu = begin("kerkyra.intake", "Κερκυραία");
            HttpClient browser = loggedIn(person);
            assertThat(inTasklist(browser)).contains(corfu);
            accounts.change(person, 0, details(false, Map.of("chania", Set.of(Role.LEGAL))), "admin");
            assertThat(inTasklist(browser)).doesNotContain(corfu);
        }

        // Ways in ---------------------------------------------------------------------------------------------

        private List<String> groups() {
            return identity.createGroupQuery().groupMember(person).list().stream()
                    .map(Group::getId)
                    .toList();
        }

        private List<String> centres() {
            return identity.createTenantQuery().userMember(person).list().stream()
                    .map(Tenant::getId)
                    .toList();
        }

        private static void refuses(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
            assertThatThrownBy(work)
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(problem));
        }

        private static boolean tried(Runnable work) {
            try {
                work.run();
                return true;
            } catch (RuleViolation | org.springframework.dao.ConcurrencyFailureException refused) {
                return false;
            }
        }

        /** Opens a case of the intake's centre; gives the id of its first task. */
        private String begin(String intake, String lastName) throws Exception {
            String body = JSON.writeValueAsString(Map.of(
                    "variables",
                    Map.of(
                            "source", Map.of("value", "phone"),
                            "firstName", Map.of("value", "Θάλεια"),
                            "lastName", Map.of("value", lastName),
                            "salutation", Map.of("value", "kyria"),
                            "phone", Map.of("value", "26610 12345"),
                            "municipality", Map.of("value", "Δήμος"),
                            "language", Map.of("value", "el"),
                            "aloneOrGroup", Map.of("value", "alone"),
                            "informed", Map.of("value", true))));
            HttpResponse<String> started = HttpClient.newHttpClient()
                    .send(
                            basic(request("/engine-rest/process-definition/key/support-journey/submit-form"), intake)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(body))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
            JsonNode found =
                    JSON.readTree(get("/engine-rest/task?sortBy=created&sortOrder=desc&maxResults=1", intake, null)
                            .body());
            return found.get(0).path("id").asText();
        }

        private String list(String centre) throws Exception {
            return get("/engine-rest/task", person, centre).body();
        }

        private HttpResponse<String> get(String path, String user, String centre) throws Exception {
            HttpRequest.Builder request = basic(request(path), user);
            if (centre != null) {
                request.header("X-Diadromi-Centre", centre);
            }
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        }

        private static HttpRequest.Builder basic(HttpRequest.Builder request, String user) {
            return request.header(
                    "Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":demo").getBytes()));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        }

        private HttpClient loggedIn(String user) throws Exception {
            HttpClient browser =
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
            assertThat(logIn(browser, user)).doesNotContain("login");
            return browser;
        }

        private String logIn(HttpClient browser, String user) throws Exception {
            return post(browser, "/login", "/login", "username=" + user + "&password=demo")
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
        }

        private int choose(HttpClient browser, String centre) throws Exception {
            return post(browser, "/centre", "/centre", "centre=" + centre).statusCode();
        }

        private HttpResponse<String> post(HttpClient browser, String page, String path, String form) throws Exception {
            Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                    .matcher(browser.send(request(page).build(), BodyHandlers.ofString())
                            .body());
            assertThat(token.find()).isTrue();
            return browser.send(
                    request(path)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(
                                    form + "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
                            .build(),
                    BodyHandlers.ofString());
        }

        private String inTasklist(HttpClient browser) throws Exception {
            return browser.send(
                            request("/camunda/api/engine/engine/default/task").build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
