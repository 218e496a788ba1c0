package org.diadromi.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What the application tells browsers about itself, and what it takes from nobody. */
class HardeningTest extends RunningApp {

    private static final String ENGINE = "/camunda/api/engine/engine/default";

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private FilterService filters;

    @Autowired
    private IdentityService identity;

    private Visitor visitor() {
        return new Visitor(url(""));
    }

    private Visitor demo(String user) {
        return visitor().loggedIn(user, "demo");
    }

    // Headers and cookies ------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/contact", "/my/unknown", "/assets/diadromi.css", "/nowhere"})
    void our_pages_run_no_script_but_the_jars_and_stand_in_no_frame(String path) {
        HttpResponse<String> answer = visitor().get(path);
        assertThat(header(answer, "Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("script-src 'self';")
                .contains("style-src 'self';")
                .contains("frame-ancestors 'none'")
                .contains("base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.body())
                .doesNotContain("<script>")
                .doesNotContain(" style=")
                .doesNotContain(" onclick=");
        // From which private link a person comes, not even our own pages learn.
        saysTheRest(answer, path.startsWith("/my") ? "no-referrer" : "same-origin");
    }

    @Test
    void camundas_pages_keep_their_own_policy_and_say_the_rest() {
        HttpResponse<String> answer = demo("kerkyra.intake").get("/camunda/app/tasklist/default/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Security-Policy"))
                .contains("'nonce-")
                .contains("frame-ancestors 'none'");
        saysTheRest(answer, "same-origin");
    }

    private static void saysTheRest(HttpResponse<String> answer, String referrer) {
        assertThat(header(answer, "Referrer-Policy")).isEqualTo(referrer);
        assertThat(header(answer, "Permissions-Policy")).contains("camera=()").contains("geolocation=()");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void scripts_read_no_session_and_other_sites_send_no_cookie() {
        Visitor visitor = visitor();
        assertThat(cookies(visitor.get("/login?lang=en")))
                .anySatisfy(cookie -> assertThat(cookie).startsWith("DIADROMI=").contains("HttpOnly", "SameSite=Lax"))
                .anySatisfy(cookie ->
                        assertThat(cookie).startsWith("DIADROMI_LANG=").contains("HttpOnly", "SameSite=Lax"));
        assertThat(cookies(demo("kerkyra.intake").get("/camunda/app/welcome/default/")))
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("XSRF-TOKEN=").contains("SameSite=Lax"));
    }

    // Forged requests ----------------------------------------------------------------------------------------

    @Test
    void a_cookie_alone_changes_nothing() {
        for (String path : List.of(
                "/logout",
                "/centre",
                ENGINE + "/task",
                ENGINE + "/process-definition/key/support-journey/submit-form",
                "/camunda/api/admin/auth/user/default/logout")) {
            for (String[] header : new String[][] {{}, {"X-XSRF-TOKEN", "guessed"}}) {
                Visitor intake = demo("kerkyra.intake");
                intake.get("/camunda/app/tasklist/default/");
                // Camunda's filter ends the session as well.
                assertThat(intake.call("POST", path, "{}", header).statusCode())
                        .as(path)
                        .isIn(401, 403);
            }
        }
    }

    @Test
    void tasklists_own_way_out_ends_the_session() {
        Visitor intake = demo("kerkyra.intake");
        intake.get("/camunda/app/tasklist/default/");
        assertThat(intake.call(
                                "POST",
                                "/camunda/api/admin/auth/user/default/logout",
                                "{}",
                                "X-XSRF-TOKEN",
                                intake.cookie("XSRF-TOKEN").orElseThrow())
                        .statusCode())
                .isEqualTo(204);
        assertThat(Visitor.location(intake.get("/menu"))).endsWith("/login");
    }

    // Models -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"kerkyra.coordinator", "kerkyra.intake", "supervisor"})
    void nobody_but_an_administrator_deploys(String user) {
        assertThat(deploy(user, "").statusCode()).isEqualTo(403);
        Visitor browser = demo(user);
        browser.get("/camunda/app/welcome/default/");
        assertThat(browser.call(
                                "POST",
                                ENGINE + "/deployment/create",
                                "{}",
                                "X-XSRF-TOKEN",
                                browser.cookie("XSRF-TOKEN").orElseThrow())
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bpmn:scriptTask id=\"x\" scriptFormat=\"javascript\"><bpmn:script>1</bpmn:script></bpmn:scriptTask>",
                "<bpmn:serviceTask id=\"x\" camunda:class=\"java.lang.Runtime\"/>",
                "<bpmn:userTask id=\"x\" camunda:formKey=\"embedded:deployment:evil.html\"/>",
                "<bpmn:userTask id=\"x\" camunda:formKey=\"embedded:app:nothing/here.html\"/>",
                "<bpmn:userTask id=\"x\" camunda:formKey=\"https://evil.example/form\"/>",
                "<bpmn:userTask id=\"x\"><bpmn:extensionElements><camunda:taskListener event=\"create\">"
                        + "<camunda:script scriptFormat=\"groovy\">1</camunda:script></camunda:taskListener>"
                        + "</bpmn:extensionElements></bpmn:userTask>"
            })
    void a_model_that_brings_code_or_forms_along_is_refused_to_the_administrator_too(String element) {
        HttpResponse<String> answer = deploy("admin", element);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("Το μοντέλο δεν αναπτύχθηκε");
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("brought-along")
                        .count())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataSource", "staffAccounts", "jdbcClient", "outbox", "processEngine", "environment"})
    void a_model_calls_no_bean_but_those_made_for_it(String bean) {
        HttpResponse<String> answer =
                deploy("admin", "<bpmn:serviceTask id=\"x\" camunda:expression=\"${" + bean + ".toString()}\"/>");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            assertThatThrownBy(() -> runtime.createProcessInstanceByKey("brought-along")
                            .processDefinitionTenantId("kerkyra")
                            .execute())
                    .isInstanceOf(ProcessEngineException.class)
                    .hasMessageContaining("Cannot resolve identifier '" + bean + "'");
        } finally {
            repository
                    .createDeploymentQuery()
                    .deploymentName("brought-along")
                    .list()
                    .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
        }
    }

    private HttpResponse<String> deploy(String user, String element) {
        String model = """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="http://diadromi.org/test">
                  <bpmn:process id="brought-along" isExecutable="true" camunda:historyTimeToLive="P1D">
                    <bpmn:startEvent id="start"/>
                    <bpmn:sequenceFlow id="flow" sourceRef="start" targetRef="x"/>
                    %s
                  </bpmn:process>
                </bpmn:definitions>
                """.formatted(element);
        String part = "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
        String body = part.formatted("deployment-name", "", "brought-along")
                + part.formatted("tenant-id", "", "kerkyra")
                + part.formatted("data", "; filename=\"x.bpmn\"", model)
                + "--b--\r\n";
        Visitor visitor = visitor();
        return visitor.send(visitor.request("/engine-rest/deployment/create")
                .header("Authorization", Visitor.basic(user, "demo"))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }

    // What people type ---------------------------------------------------------------------------------------

    @Test
    void what_is_typed_is_never_an_expression() {
        String typed = "${dataSource}#{1+1}";
        openCase("kerkyra.intake", typed, "Εκφράσεως");
        assertThat(jdbc.sql("select first_name from case_file where last_name = 'Εκφράσεως'")
                        .query(String.class)
                        .list())
                .containsOnly(typed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"assigneeExpression", "candidateGroupExpression", "createdBeforeExpression"})
    void no_query_takes_an_expression(String key) {
        String query = "{\"" + key + "\": \"${1+1}\"}";
        String filter = filters.createFilterQuery().list().get(0).getId();
        for (String path : List.of("/task", "/filter/" + filter + "/list")) {
            HttpResponse<String> answer =
                    visitor().callAs("kerkyra.intake", "demo", "POST", "/engine-rest" + path, query);
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(400, 500);
            assertThat(answer.body()).contains("Expressions are forbidden");
        }
    }

    // Accounts -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "POST, /user/create",
        "PUT, /user/kerkyra.legal/credentials",
        "PUT, /user/kerkyra.legal/profile",
        "POST, /user/kerkyra.legal/unlock",
        "DELETE, /user/kerkyra.legal",
        "POST, /group/create",
        "PUT, /group/intake/members/kerkyra.legal",
        "DELETE, /group/legal/members/kerkyra.legal",
        "PUT, /tenant/chania/user-members/kerkyra.legal"
    })
    void accounts_are_changed_on_our_pages_only(String method, String path) {
        assertThat(visitor()
                        .callAs("admin", "demo", method, "/engine-rest" + path, "{}")
                        .statusCode())
                .isEqualTo(403);
        Visitor admin = demo("admin");
        admin.get("/camunda/app/admin/default/");
        assertThat(admin.call(
                                method,
                                ENGINE + path,
                                "{}",
                                "X-XSRF-TOKEN",
                                admin.cookie("XSRF-TOKEN").orElseThrow())
                        .statusCode())
                .isEqualTo(403);
        assertThat(visitor()
                        .callAs("admin", "demo", "POST", "/engine-rest/user/count", "{}")
                        .statusCode())
                .isNotEqualTo(403);
    }

    @Test
    void the_engines_own_way_to_set_a_password_has_the_same_rules() {
        User user = identity.newUser("somebody");
        user.setPassword("Password123!");
        assertThatThrownBy(() -> identity.saveUser(user))
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageContaining("policy");
        assertThat(identity.createUserQuery().userId("somebody").count()).isZero();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static List<String> cookies(HttpResponse<?> answer) {
        return answer.headers().allValues("Set-Cookie");
    }

    @Test
    void what_is_larger_than_any_form_is_refused_with_a_sentence() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url("/cases/KER-2026-00001/documents")))
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .header("Accept", "text/html")
                                .POST(BodyPublishers.ofByteArray(new byte[102 << 20]))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("Το αρχείο είναι πολύ μεγάλο").contains("έως 10 MB");
    }
}
