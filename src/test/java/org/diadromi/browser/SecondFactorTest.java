package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.diadromi.Telephone;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.SecondFactors;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The second step of a login, with a telephone and without. */
class SecondFactorTest extends BrowserTest {

    private static final String PASSWORD = "ελιά φεγγάρι τραμ";

    @Autowired
    private StaffAccounts accounts;

    @Autowired
    private SecondFactors factors;

    private String person;

    @BeforeEach
    void somebody_with_an_account() {
        person = "p" + Long.toString(System.nanoTime(), 36);
        accounts.create(
                person,
                PASSWORD,
                false,
                new StaffAccounts.Details(
                        "Ρωξάνη",
                        "Κοντού",
                        person + "@example.org",
                        "el",
                        false,
                        Map.of("kerkyra", Set.of(Role.INTAKE))));
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void one_turns_it_on_logs_in_with_the_telephone_and_without_and_turns_it_off(int width) {
        Page page = page(width);
        enter(page);
        page.waitForURL(Pattern.compile(".*/camunda/app/.*"));
        page.navigate(url("/account"));
        page.getByText("Ενεργοποίηση…").click();
        isFine(page, "second-factor");
        String secret = page.locator("main code").first().textContent().replace(" ", "");
        code(page, "000000", "Ενεργοποίηση");
        assertThat(page.locator(".field.wrong")).containsText("Ο κωδικός δεν είναι σωστός");
        assertThat(page.locator("main code").first()).hasText(secret.replaceAll("(.{4})(?!$)", "$1 "));
        String used = Telephone.code(secret, 0);
        code(page, used, "Ενεργοποίηση");
        assertThat(page.locator(".codes li")).hasCount(10);
        isFine(page, "second-factor-codes");
        List<String> codes = page.locator(".codes li").allTextContents();
        page.getByText("Τους φύλαξα").click();
        page.waitForURL(Pattern.compile(".*/camunda/app/.*"));

        forget(page);
        page.navigate(url("/account"));
        fill(page);
        assertThat(page).hasURL(url("/login/code"));
        for (String path :
                List.of("/", "/cases", "/account", "/account/second-factor", "/camunda/app/tasklist/default/")) {
            page.navigate(url(path));
            assertThat(page).hasURL(url("/login/code"));
        }
        isFine(page, "login-code");
        code(page, used, "Συνέχεια");
        assertThat(page.locator(".field.wrong")).containsText("έχει ήδη χρησιμοποιηθεί");
        code(page, Telephone.code(secret, 1), "Συνέχεια");
        assertThat(page).hasURL(Pattern.compile(".*/account(\\?continue)?$"));

        forget(page);
        enter(page);
        assertThat(page).hasURL(url("/login/code"));
        code(page, codes.get(0).toUpperCase(), "Συνέχεια");
        page.waitForURL(Pattern.compile(".*/camunda/app/.*"));
        page.navigate(url("/account/second-factor"));
        assertThat(page.locator("main")).containsText("Έχετε ακόμη 9 κωδικούς ανάκτησης.");
        isFine(page, "second-factor-on");
        code(page, codes.get(0), "Απενεργοποίηση δεύτερου βήματος");
        assertThat(page.locator(".field.wrong")).isVisible();
        code(page, codes.get(1), "Απενεργοποίηση δεύτερου βήματος");
        assertThat(page.locator(".notice.good")).containsText("απενεργοποιήθηκε");
        forget(page);
        enter(page);
        page.waitForURL(Pattern.compile(".*/camunda/app/.*"));
    }

    @Test
    void half_a_login_opens_nothing_and_five_wrong_codes_are_too_many() {
        String secret = turnOn();
        Visitor machine = new Visitor(url(""));
        HttpResponse<String> basic = machine.callAs(person, PASSWORD, "GET", "/engine-rest/task", null);
        assertThat(basic.statusCode()).isEqualTo(403);
        assertThat(basic.body()).contains("συνδέεται σε δύο βήματα");

        Visitor half = new Visitor(url(""));
        assertThat(Visitor.location(half.logIn(person, PASSWORD))).endsWith("/login/code");
        assertThat(half.get("/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(403);
        assertThat(Visitor.location(half.get("/menu"))).endsWith("/login/code");
        assertThat(Visitor.location(half.get("/login"))).endsWith("/");
        // A change of the account renews the session's rights, but not what it has not got.
        jdbc.sql("update staff_account set version = version + 1 where user_id = ?")
                .param(person)
                .update();
        assertThat(Visitor.location(half.get("/menu"))).endsWith("/login/code");
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> wrong = half.submit("/login/code", "/login/code", Map.of("code", "00000" + i));
            assertThat(wrong.statusCode()).isEqualTo(400);
        }
        HttpResponse<String> refused =
                half.submit("/login/code", "/login/code", Map.of("code", Telephone.code(secret, 1)));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("Δοκιμάστε ξανά σε 3 λεπτά");
        assertThat(Visitor.location(new Visitor(url("")).logIn(person, PASSWORD)))
                .endsWith("/login/code");
    }

    @Test
    void a_session_that_began_without_it_is_asked_as_well() {
        Visitor session = new Visitor(url("")).loggedIn(person, PASSWORD);
        assertThat(session.get("/menu").statusCode()).isEqualTo(200);
        turnOn();
        assertThat(Visitor.location(session.get("/menu"))).endsWith("/login/code");
    }

    @Test
    void an_administrator_helps_whoever_has_lost_everything() {
        turnOn();
        Visitor admin = new Visitor(url("")).loggedIn("admin", "demo");
        String card = "/admin/staff/account/" + person;
        assertThat(admin.get(card).body()).contains("Συνδέεται σε δύο βήματα");
        Visitor stranger = new Visitor(url("")).loggedIn("chania.coordinator", "demo");
        assertThat(stranger.submit("/account", card + "/second-factor", Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(factors.isOn(person)).isTrue();
        admin.submit(card, card + "/second-factor", Map.of());
        assertThat(factors.isOn(person)).isFalse();
        new Visitor(url("")).loggedIn(person, PASSWORD);
        assertThat(jdbc.sql("select count(*) from recovery_code where user_id = ?")
                        .param(person)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void the_secret_is_in_no_table() {
        String secret = turnOn();
        assertThat(jdbc.sql("select secret from second_factor where user_id = ?")
                        .param(person)
                        .query(String.class)
                        .single())
                .doesNotContain(secret)
                .hasSizeGreaterThan(60);
    }

    /** Turns it on as the page does; gives the secret. */
    private String turnOn() {
        Visitor visitor = new Visitor(url("")).loggedIn(person, PASSWORD);
        String page = visitor.get("/account/second-factor").body();
        String secret =
                page.replaceAll("(?s).*<code>([A-Z2-7 ]+)</code>.*", "$1").replace(" ", "");
        assertThat(Visitor.location(visitor.submit(
                        "/account/second-factor", "/account/second-factor", Map.of("code", Telephone.code(secret, 0)))))
                .endsWith("/account/second-factor");
        assertThat(factors.isOn(person)).isTrue();
        return secret;
    }

    /** Tasklist would notice at once, and be on its way to the login page by itself. */
    private static void forget(Page page) {
        page.navigate("about:blank");
        page.context().clearCookies();
    }

    private void enter(Page page) {
        page.navigate(url("/login"));
        fill(page);
    }

    private void fill(Page page) {
        page.getByLabel("Όνομα χρήστη").fill(person);
        page.getByLabel("Κωδικός πρόσβασης").fill(PASSWORD);
        press(page, "Σύνδεση");
    }

    private static void code(Page page, String code, String button) {
        page.locator("#code").fill(code);
        press(page, button);
    }
}
