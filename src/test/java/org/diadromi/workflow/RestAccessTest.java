package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.util.ResourceTypeUtil;
import org.diadromi.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the engine's REST interface answers, to whom, over HTTP as Tasklist and other clients call it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
class RestAccessTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INTERVIEW = "task_firstContact_initialInterview";
    private static final String MARK = "Παντζαρόπουλος";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AuthorizationService authorizations;

    private String task;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.h2(registry, "rest");
    }

    @BeforeEach
    void aCaseOfCorfu() throws Exception {
        HttpResponse<String> started = call(
                "kerkyra.intake",
                "POST",
                "/engine-rest/process-definition/key/support-journey/submit-form",
                variables(Map.of(
                        "source", "phone",
                        "firstName", "Θωμάς",
                        "lastName", MARK,
                        "salutation", "kyrios",
                        "phone", "26610 12345",
                        "municipality", "Κέρκυρα",
                        "language", "el",
                        "aloneOrGroup", "alone",
                        "informed", true)));
        assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
        JsonNode tasks = JSON.readTree(call(
                        "kerkyra.intake",
                        "GET",
                        "/engine-rest/task?sortBy=created&sortOrder=desc&taskDefinitionKey=" + INTERVIEW,
                        null)
                .body());
        task = tasks.get(0).path("id").asText();
    }

    // What roles may ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Role.class)
    void a_role_may_what_its_grants_in_the_database_say_and_nothing_else(Role role) {
        List<Authorization> grants = authorizations
                .createAuthorizationQuery()
                .groupIdIn(role.groupId())
                .list();
        List<String> ids = new ArrayList<>(Role.COORDINATOR.processes());
        ids.addAll(List.of("tasklist", "cockpit", "welcome", "something", "*"));
        int allowed = 0;
        // Rights on what has ended are switched off.
        for (Resource resource :
                EnumSet.complementOf(EnumSet.of(Resources.HISTORIC_TASK, Resources.HISTORIC_PROCESS_INSTANCE))) {
            for (Permission permission : ResourceTypeUtil.getPermissionsByResourceType(resource.resourceType())) {
                if (!List.of(permission.getTypes()).contains(resource)) {
                    continue;
                }
                for (String id : ids) {
                    boolean granted = grants.stream()
                            .anyMatch(grant -> grant.getResourceType() == resource.resourceType()
                                    && List.of("*", id).contains(grant.getResourceId())
                                    && grant.isPermissionGranted(permission));
                    assertThat(authorizations.isUserAuthorized(
                                    "nobody", List.of(role.groupId()), permission, resource, id))
                            .as("%s: %s of %s %s", role, permission, resource, id)
                            .isEqualTo(granted);
                    allowed += granted ? 1 : 0;
                }
            }
        }
        assertThat(allowed).isPositive();
    }

    @Test
    void whoever_is_granted_more_in_the_database_may_it() {
        Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setUserId("kerkyra.trainer");
        grant.setResource(Resources.PROCESS_DEFINITION);
        grant.setResourceId("counselling");
        grant.addPermission(ProcessDefinitionPermissions.READ_TASK);
        assertThat(mayReadCounselling()).isFalse();
        authorizations.saveAuthorization(grant);
        try {
            assertThat(mayReadCounselling()).isTrue();
        } finally {
            authorizations.deleteAuthorization(grant.getId());
        }
    }

    private boolean mayReadCounselling() {
        return authorizations.isUserAuthorized(
                "kerkyra.trainer",
                List.of(Role.TRAINER.groupId()),
                ProcessDefinitionPermissions.READ_TASK,
                Resources.PROCESS_DEFINITION,
                "counselling");
    }

    // Who gets in ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"/engine-rest/task", "/engine-rest/process-definition", "/engine-rest/engine", "/engine-rest/version"})
    void nobody_gets_in_without_an_account(String path) throws Exception {
        assertThat(call(null, "GET", path, null).statusCode()).isEqualTo(401);
        HttpRequest wrong = request("GET", path, null)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("dock.legal:wrong".getBytes()))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(wrong, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_account_of_the_application_gets_in() throws Exception {
        assertThat(call("kerkyra.intake", "GET", "/engine-rest/task", null).body())
                .contains(task);
    }

    static Stream<Arguments> forbidden() {
        return Stream.of(
                Arguments.of("PUT", "/engine-rest/task/{task}/variables/suitability", "{\"value\":\"kalo\"}"),
                Arguments.of("PUT", "/engine-rest/task/{task}/localVariables/person", "{\"value\":\"x\"}"),
                Arguments.of("POST", "/engine-rest/task/{task}/comment/create", "{\"message\":\"x\"}"),
                Arguments.of("POST", "/engine-rest/task/{task}/bpmnError", "{\"errorCode\":\"x\"}"),
                Arguments.of("POST", "/engine-rest/task/{task}/bpmnEscalation", "{\"escalationCode\":\"x\"}"),
                Arguments.of("POST", "/engine-rest/task/{task}/complete", "{}"),
                Arguments.of("POST", "/engine-rest/task/{task}/delegate", "{\"userId\":\"kerkyra.legal\"}"),
                Arguments.of("DELETE", "/engine-rest/task/{task}", null),
                Arguments.of("POST", "/engine-rest/message", "{\"messageName\":\"CaseOpened\"}"),
                Arguments.of("POST", "/engine-rest/process-definition/key/support-journey/start", "{}"),
                Arguments.of("POST", "/engine-rest/deployment/create", "{}"),
                Arguments.of("POST", "/engine-rest/user/create", "{}"),
                Arguments.of("POST", "/engine-rest/authorization/create", "{}"),
                Arguments.of("POST", "/engine-rest/filter/create", "{}"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("forbidden")
    void staff_change_nothing_past_the_forms(String method, String path, String body) throws Exception {
        for (String user : new String[] {"kerkyra.intake", "kerkyra.coordinator", "supervisor"}) {
            assertThat(call(user, method, path.replace("{task}", task), body).statusCode())
                    .as(user)
                    .isEqualTo(403);
        }
    }

    @Test
    void even_an_administrator_completes_a_task_by_its_form_only() throws Exception {
        HttpResponse<String> answer = call("admin", "POST", "/engine-rest/task/" + task + "/complete", "{}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("μόνο με την υποβολή της φόρμας");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /camunda/api/admin/setup/default/user/create",
        "POST, /camunda/api/admin/auth/user/default/login/tasklist"
    })
    void the_doors_of_the_web_applications_are_shut(String method, String path) throws Exception {
        HttpClient client = loggedIn("admin");
        HttpResponse<String> answer = client.send(request(method, path, "{}").build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(call(null, method, path, "{}").statusCode()).isIn(401, 403);
    }

    @Test
    void a_cookie_alone_moves_no_clock() throws Exception {
        HttpClient client = loggedIn("admin");
        assertThat(client.send(request("POST", "/demo/clock?advance=P1D", "").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
        assertThat(call("kerkyra.coordinator", "POST", "/demo/clock?advance=P1D", "")
                        .statusCode())
                .isEqualTo(403);
    }

    // Another centre ---------------------------------------------------------------------------------------

    static Stream<String> lookups() {
        return Stream.of(
                "/engine-rest/task",
                "/engine-rest/task/{task}",
                "/engine-rest/task/{task}/form-variables",
                "/engine-rest/task/{task}/variables",
                "/engine-rest/task/{task}/localVariables",
                "/engine-rest/task/{task}/deployed-form",
                "/engine-rest/variable-instance",
                "/engine-rest/process-instance",
                "/engine-rest/execution",
                "/engine-rest/history/task",
                "/engine-rest/history/variable-instance",
                "/engine-rest/history/process-instance",
                "/engine-rest/history/activity-instance",
                "/engine-rest/history/user-operation",
                "/engine-rest/history/detail",
                "/engine-rest/history/identity-link-log",
                "/engine-rest/job",
                "/engine-rest/incident",
                "/engine-rest/event-subscription");
    }

    @ParameterizedTest
    @MethodSource("lookups")
    void another_centre_learns_nothing_of_a_case(String path) throws Exception {
        String number = jdbc.sql("select max(number) from case_file")
                .query(String.class)
                .single();
        for (String user : new String[] {"chania.intake", "chania.coordinator", "dock.legal"}) {
            HttpResponse<String> answer = call(user, "GET", path.replace("{task}", task), null);
            assertThat(answer.body())
                    .as("%s as %s: %s", path, user, answer.statusCode())
                    .doesNotContain(MARK)
                    .doesNotContain(number)
                    .doesNotContain("\"tenantId\":\"kerkyra\"");
        }
    }

    @Test
    void another_centre_can_neither_claim_nor_answer_a_task() throws Exception {
        assertThat(call(
                                "chania.intake",
                                "POST",
                                "/engine-rest/task/" + task + "/claim",
                                "{\"userId\":\"chania.intake\"}")
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(call("chania.intake", "POST", "/engine-rest/task/" + task + "/submit-form", variables(Map.of()))
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(jdbc.sql("select count(*) from interview")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void staff_give_a_task_back_to_the_group_and_only_the_coordinator_gives_it_to_somebody() throws Exception {
        String assign = "/engine-rest/task/" + task + "/assignee";
        String toCounsellor = "{\"userId\":\"kerkyra.counsellor\"}";
        assertThat(call(
                                "kerkyra.intake",
                                "POST",
                                "/engine-rest/task/" + task + "/claim",
                                "{\"userId\":\"kerkyra.intake\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(call("chania.intake", "POST", "/engine-rest/task/" + task + "/unclaim", null)
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(call("kerkyra.intake", "POST", assign, toCounsellor).statusCode())
                .isEqualTo(403);
        assertThat(call("kerkyra.intake", "POST", "/engine-rest/task/" + task + "/unclaim", null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(call("kerkyra.coordinator", "GET", "/engine-rest/task/" + task, null)
                        .body())
                .contains("\"assignee\":null");
        assertThat(call("kerkyra.coordinator", "POST", assign, toCounsellor).statusCode())
                .isEqualTo(204);
        assertThat(call("kerkyra.coordinator", "POST", "/engine-rest/task/" + task + "/unclaim", null)
                        .statusCode())
                .isEqualTo(204);
    }

    // The contract over HTTP -------------------------------------------------------------------------------

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("ageBand", "", "Συμπληρώστε το πεδίο «Ηλικία»."),
                Arguments.of("ageBand", "b99", "Στο πεδίο «Ηλικία» επιλέξτε μία από τις διαθέσιμες τιμές."),
                Arguments.of("monthsUnemployed", 601, "πρέπει να είναι το πολύ 600."),
                Arguments.of("monthsUnemployed", "πολλοί", "δεν έχει τιμή του σωστού είδους."),
                Arguments.of("skills", "α".repeat(1001), "χωρά έως 1.000 χαρακτήρες."),
                Arguments.of("amka", "01010112345", "Το πεδίο «amka» δεν ανήκει στη φόρμα."),
                Arguments.of("suitability", "kalo", "Το πεδίο «suitability» δεν ανήκει στη φόρμα."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void a_wrong_answer_is_refused_and_nothing_is_recorded(String key, Object value, String sentence) throws Exception {
        Map<String, Object> answer = new java.util.HashMap<>(interview());
        answer.put(key, value);
        HttpClient tasklist = loggedIn("kerkyra.intake");

        for (HttpResponse<String> response : new HttpResponse[] {
            call("kerkyra.intake", "POST", "/engine-rest/task/" + task + "/submit-form", variables(answer)),
            tasklist(tasklist, "/task/" + task + "/submit-form", variables(answer))
        }) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            assertThat(JSON.readTree(response.body()).path("message").asText())
                    .endsWith(sentence)
                    .matches("(?s)(Συμπληρώστε|Στο|Το|Η) .*");
        }
        assertThat(jdbc.sql("select count(*) from interview")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(call("kerkyra.intake", "GET", "/engine-rest/task/" + task, null)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_right_answer_completes_the_task_over_tasklists_own_interface() throws Exception {
        HttpClient tasklist = loggedIn("kerkyra.intake");
        int before =
                jdbc.sql("select count(*) from interview").query(Integer.class).single();
        assertThat(tasklist(tasklist, "/task/" + task + "/submit-form", variables(interview()))
                        .statusCode())
                .isEqualTo(204);
        assertThat(jdbc.sql("select count(*) from interview")
                        .query(Integer.class)
                        .single())
                .isEqualTo(before + 1);
        jdbc.sql("delete from interview").update();
    }

    private static Map<String, Object> interview() {
        return Map.of(
                "ageBand", "b30to54",
                "labourStatus", "unemployed",
                "monthsUnemployed", 3,
                "incomeUrgency", "months",
                "purpose", "social",
                "collective", "yes",
                "bodyExists", "no");
    }

    // Calls ------------------------------------------------------------------------------------------------

    private HttpResponse<String> call(String user, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = request(method, path, body);
        if (user != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString((user + ":demo").getBytes()));
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    /** A session as a browser has it after the login page. */
    private HttpClient loggedIn(String user) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        String page = client.send(request("GET", "/login", null).build(), BodyHandlers.ofString())
                .body();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        HttpRequest login = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + user + "&password=demo&_csrf="
                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
                .build();
        assertThat(client.send(login, BodyHandlers.ofString()).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(location).doesNotContain("error"));
        return client;
    }

    /** A call as Tasklist's page makes it: with the session's cookie and Camunda's token against forged requests. */
    private HttpResponse<String> tasklist(HttpClient client, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> page = client.send(
                request("GET", "/camunda/app/tasklist/default/", null).build(), BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        String token = ((CookieManager) client.cookieHandler().orElseThrow())
                .getCookieStore().getCookies().stream()
                        .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                        .findFirst()
                        .orElseThrow()
                        .getValue();
        return client.send(
                request("POST", "/camunda/api/engine/engine/default" + path, body)
                        .header("X-XSRF-TOKEN", token)
                        .build(),
                BodyHandlers.ofString());
    }

    private static String variables(Map<String, Object> values) throws IOException {
        Map<String, Object> variables = new java.util.HashMap<>();
        values.forEach((key, value) -> variables.put(key, Map.of("value", value)));
        return JSON.writeValueAsString(Map.of("variables", variables));
    }
}
