package org.diadromi.browser;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.diadromi.TestDatabase;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Logging in with an identity provider, which settings alone have made known; here it is the only way in. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "diadromi.demo=true",
            "camunda.bpm.job-execution.enabled=false",
            "spring.security.oauth2.client.registration.kekalo.client-id=diadromi",
            "spring.security.oauth2.client.registration.kekalo.client-secret=" + SingleSignOnTest.SECRET,
            "spring.security.oauth2.client.registration.kekalo.client-name=Ταυτότητα ΚΕ.ΚΑΛ.Ο.",
            "spring.security.oauth2.client.registration.kekalo.scope=openid,profile,email",
            "spring.security.oauth2.client.registration.kekalo.provider=kekalo",
            "diadromi.oidc.groups.[/support/counsellors]=counsellor",
            "diadromi.oidc.groups.[/chania/legal]=chania:legal",
            "diadromi.oidc.groups.it=admin",
            "diadromi.oidc.centres.corfu=kerkyra",
            "diadromi.oidc.local-login=false"
        })
class SingleSignOnTest {

    static final String SECRET = "between us";

    private static final OpenIdProvider PROVIDER =
            new OpenIdProvider(SECRET, "http://127.0.0.1/login/oauth2/code/kekalo");

    @LocalServerPort
    private int port;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private StaffAccounts accounts;

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        TestDatabase.h2(registry, "signon");
        registry.add("spring.security.oauth2.client.provider.kekalo.issuer-uri", PROVIDER::issuer);
    }

    /** The engine's web applications find theirs through a static field: another test's may be there. */
    @BeforeEach
    void the_web_applications_find_this_engine() {
        ProcessEngines.registerProcessEngine(engine);
    }

    @Test
    void whoever_comes_for_the_first_time_gets_an_account_with_the_roles_that_the_provider_names() {
        PROVIDER.knows(
                "roxani",
                Map.of(
                        "preferred_username", "Roxani.Kontou",
                        "given_name", "Ρωξάνη",
                        "family_name", "Κοντού",
                        "email", "roxani@kekalo.example",
                        "groups", List.of("/support/counsellors", "/chania/legal", "choir"),
                        "centres", List.of("corfu", "atlantis")));
        HttpClient browser = browser();
        HttpResponse<String> page = logIn(browser, "roxani");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo("/camunda/app/tasklist/default/");
        assertThat(send(browser, url("/menu")).body()).contains("/cases").doesNotContain("/audit");
        assertThat(send(browser, url("/camunda/api/engine/engine/default/task"), "application/json")
                        .statusCode())
                .isEqualTo(200);

        StaffAccounts.Account account = accounts.find("roxani.kontou").orElseThrow();
        assertThat(account.name()).isEqualTo("Ρωξάνη Κοντού");
        assertThat(account.email()).isEqualTo("roxani@kekalo.example");
        assertThat(account.administrator()).isFalse();
        assertThat(account.roles()).isEqualTo(Map.of("kerkyra", Set.of(Role.COUNSELLOR), "chania", Set.of(Role.LEGAL)));
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'LOGIN' and subject = 'roxani.kontou'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(send(browser, url("/account")).body())
                .contains("Ρωξάνη Κοντού")
                .doesNotContain("current-password")
                .doesNotContain("/account/second-factor");
    }

    @Test
    void what_the_provider_says_counts_from_the_next_login_on_whatever_name_it_gives() {
        PROVIDER.knows("eleni", person("eleni", List.of("it"), List.of()));
        logIn(browser(), "eleni");
        assertThat(accounts.find("eleni").orElseThrow().administrator()).isTrue();

        PROVIDER.knows("eleni", person("admin", List.of("/support/counsellors"), "magnisia"));
        assertThat(logIn(browser(), "eleni").uri().getPath()).contains("tasklist");
        StaffAccounts.Account account = accounts.find("eleni").orElseThrow();
        assertThat(account.administrator()).isFalse();
        assertThat(account.roles()).isEqualTo(Map.of("magnisia", Set.of(Role.COUNSELLOR)));
    }

    @Test
    void without_a_role_or_with_a_closed_account_nobody_gets_in() {
        PROVIDER.knows("choir", person("choir", List.of("choir"), List.of("corfu")));
        HttpResponse<String> refused = logIn(browser(), "choir");
        assertThat(refused.uri().toString()).endsWith("/login?signOn=SIGN_ON_WITHOUT_ROLE");
        assertThat(refused.body()).contains("δεν έχει ρόλο σε κανένα κέντρο");
        assertThat(accounts.find("choir")).isEmpty();

        PROVIDER.knows("leaver", person("leaver", List.of("/support/counsellors"), List.of("corfu")));
        logIn(browser(), "leaver");
        accounts.deactivate("leaver", accounts.find("leaver").orElseThrow().version(), "admin");
        HttpClient browser = browser();
        assertThat(logIn(browser, "leaver").body()).contains("είναι ανενεργός");
        assertThat(send(browser, url("/menu")).uri().getPath()).isEqualTo("/login");
    }

    @Test
    void nobody_takes_over_an_account_by_its_name() {
        PROVIDER.knows("mallory", person("kerkyra.coordinator", List.of("/support/counsellors"), List.of("corfu")));
        assertThat(logIn(browser(), "mallory").body()).contains("Υπάρχει ήδη λογαριασμός με το όνομα χρήστη σας");
        PROVIDER.knows("trudy", person("no name!", List.of("/support/counsellors"), List.of("corfu")));
        assertThat(logIn(browser(), "trudy").body()).contains("δεν μπορεί να χρησιμοποιηθεί εδώ");
        assertThat(accounts.find("kerkyra.coordinator").orElseThrow().roles())
                .isEqualTo(Map.of("kerkyra", Set.of(Role.COORDINATOR)));
    }

    @Test
    void a_made_up_answer_of_the_provider_is_none() {
        HttpResponse<String> page = send(browser(), url("/login/oauth2/code/kekalo?code=x&state=y"));
        assertThat(page.uri().toString()).endsWith("/login?signOn=SIGN_ON_FAILED");
        assertThat(page.body()).contains("δεν ολοκληρώθηκε");
    }

    @Test
    void where_passwords_are_off_none_logs_in() {
        HttpResponse<String> page = send(browser(), url("/login"));
        assertThat(page.body()).contains("Σύνδεση με Ταυτότητα ΚΕ.ΚΑΛ.Ο.").doesNotContain("type=\"password\"");
        Visitor machine = new Visitor("http://127.0.0.1:" + port);
        assertThat(machine.callAs("admin", "demo", "GET", "/engine-rest/task", null)
                        .statusCode())
                .isEqualTo(401);
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"")
                .matcher(machine.get("/contact").body());
        assertThat(token.find()).isTrue();
        HttpResponse<String> answer =
                machine.submit("/contact", "/login", Map.of("username", "admin", "password", "demo"));
        assertThat(Visitor.location(answer)).endsWith("/login?error");
    }

    private static Map<String, Object> person(String name, List<String> groups, Object centres) {
        return Map.of(
                "preferred_username",
                name,
                "given_name",
                "Ελένη",
                "family_name",
                "Δήμου",
                "email",
                "eleni@kekalo.example",
                "groups",
                groups,
                "centres",
                centres);
    }

    // As a browser does it --------------------------------------------------------------------------------------

    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** Presses the button, logs in over there and comes back; gives the page where that ends. */
    private HttpResponse<String> logIn(HttpClient browser, String person) {
        HttpResponse<String> there = send(browser, url("/oauth2/authorization/kekalo"));
        assertThat(there.uri().toString()).isEqualTo(PROVIDER.issuer() + "/login");
        Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(there.body());
        assertThat(token.find()).isTrue();
        return send(
                browser,
                HttpRequest.newBuilder(there.uri())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("username=" + person + "&password=" + OpenIdProvider.PASSWORD
                                + "&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8))),
                "text/html");
    }

    private HttpResponse<String> send(HttpClient browser, URI page) {
        return send(browser, page, "text/html");
    }

    private static HttpResponse<String> send(HttpClient browser, URI page, String accepted) {
        return send(browser, HttpRequest.newBuilder(page), accepted);
    }

    private static HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request, String accepted) {
        try {
            return browser.send(request.header("Accept", accepted).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
