package org.diadromi.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.diadromi.Telephone;
import org.diadromi.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A real installation that people reach over HTTPS, on the day of its first start. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "diadromi.public-url=https://diadromi.example",
            "diadromi.admin-password=" + EncryptedInstallationTest.FIRST,
            "diadromi.data.keys=k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "diadromi.login.second-factor-for=admin",
            "diadromi.mail.directory=target/encrypted/outbox",
            "camunda.bpm.job-execution.enabled=false"
        })
class EncryptedInstallationTest {

    static final String FIRST = "elia feggari tram";
    private static final String OWN = "κουκουνάρι άτλαντας 7";

    @LocalServerPort
    private int port;

    @Autowired
    private ProcessEngine engine;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.h2(registry, "encrypted");
    }

    /** The engine's web applications find theirs through a static field: another test's may be there. */
    @BeforeEach
    void the_web_applications_find_this_engine() {
        ProcessEngines.registerProcessEngine(engine);
    }

    private Visitor visitor() {
        return new Visitor("http://localhost:" + port);
    }

    @Test
    void cookies_are_for_encrypted_connections_only_and_browsers_stay_with_them() {
        HttpResponse<String> login = visitor().get("/login?lang=en");
        assertThat(login.headers().firstValue("Strict-Transport-Security"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("max-age=31536000"));
        assertThat(login.headers().allValues("Set-Cookie"))
                .hasSize(2)
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure", "HttpOnly", "SameSite=Lax"));
    }

    @Test
    void the_first_administrator_chooses_a_password_and_turns_on_the_second_step_before_anything_else() {
        Visitor admin = visitor().loggedIn("admin", FIRST);
        assertThat(Visitor.location(admin.get("/"))).endsWith("/account");
        assertThat(visitor()
                        .callAs("admin", FIRST, "GET", "/engine-rest/task", null)
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> demo = admin.submit(
                "/account", "/account/password", Map.of("before", FIRST, "after", "demo", "again", "demo"));
        assertThat(demo.statusCode()).isEqualTo(400);
        assertThat(demo.body()).contains("τουλάχιστον 12 χαρακτήρες");
        assertThat(Visitor.location(admin.submit(
                        "/account", "/account/password", Map.of("before", FIRST, "after", OWN, "again", OWN))))
                .endsWith("/");

        for (String path : List.of("/", "/audit", "/admin/staff")) {
            assertThat(Visitor.location(admin.get(path))).endsWith("/account/second-factor");
        }
        String page = admin.get("/account/second-factor").body();
        assertThat(page).contains("Για τον ρόλο σας χρειάζεται");
        String secret =
                page.replaceAll("(?s).*<code>([A-Z2-7 ]+)</code>.*", "$1").replace(" ", "");
        admin.submit("/account/second-factor", "/account/second-factor", Map.of("code", Telephone.code(secret, 0)));
        HttpResponse<String> webapp = admin.get("/camunda/app/admin/default/");
        assertThat(webapp.statusCode()).isEqualTo(200);
        assertThat(webapp.headers().allValues("Set-Cookie"))
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("XSRF-TOKEN=").contains("Secure"));
        assertThat(webapp.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(admin.get("/audit").statusCode()).isEqualTo(200);
        assertThat(admin.get("/account/second-factor").body()).doesNotContain("formaction");
    }
}
