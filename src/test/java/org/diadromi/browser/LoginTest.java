package org.diadromi.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The way in and out, as a browser and a machine have it. */
class LoginTest extends RunningApp {

    private static final String PASSWORD = "ελιά φεγγάρι τραμ";

    @Autowired
    private StaffAccounts accounts;

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

    private Visitor visitor() {
        return new Visitor(url(""));
    }

    @Test
    void a_wrong_password_a_wrong_name_and_a_closed_account_are_answered_alike() {
        Visitor visitor = visitor();
        assertThat(Visitor.location(visitor.logIn(person, "wrong"))).endsWith("/login?error");
        assertThat(visitor.get("/login?error").body())
                .contains("Το όνομα χρήστη ή ο κωδικός πρόσβασης δεν είναι σωστά.")
                .contains("value=\"" + person + "\"");
        assertThat(Visitor.location(visitor().logIn("nobody", "wrong"))).endsWith("/login?error");
        accounts.deactivate(person, account().version(), "admin");
        assertThat(Visitor.location(visitor().logIn(person, PASSWORD))).endsWith("/login?error");
        assertThat(visitor()
                        .callAs(person, PASSWORD, "GET", "/engine-rest/task", null)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void who_fails_too_often_is_told_how_long_to_wait_whether_the_account_exists_or_not() {
        for (String name : List.of(person, person + "x")) {
            for (int i = 0; i < 5; i++) {
                assertThat(Visitor.location(visitor().logIn(name, "wrong" + i))).endsWith("/login?error");
            }
            Visitor visitor = visitor();
            String refused = Visitor.location(visitor.logIn(name, PASSWORD));
            assertThat(refused).containsPattern("/login\\?wait=1[78]\\d$");
            assertThat(visitor.get("/login?" + refused.split("\\?")[1]).body())
                    .contains("Έγιναν πολλές αποτυχημένες προσπάθειες σύνδεσης. Δοκιμάστε ξανά σε 3 λεπτά.");
            HttpResponse<String> machine = visitor().callAs(name, PASSWORD, "GET", "/engine-rest/task", null);
            assertThat(machine.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            machine.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(160, 181);
            assertThat(machine.body()).contains("Δοκιμάστε ξανά σε 3 λεπτά.");
        }
    }

    @Test
    void a_made_up_waiting_time_is_no_message() {
        assertThat(visitor().get("/login?wait=%3Cb%3E").statusCode()).isEqualTo(200);
        assertThat(visitor().get("/login?wait=99999999999").body()).doesNotContain("notice bad");
    }

    @Test
    void a_new_password_ends_every_session_with_the_old_one() {
        Visitor session = visitor().loggedIn(person, PASSWORD);
        assertThat(session.get("/menu").statusCode()).isEqualTo(200);
        accounts.setPassword(person, "κουκουνάρι άτλαντας 7", false);
        assertThat(Visitor.location(session.get("/menu"))).endsWith("/login");
        assertThat(session.get("/camunda/api/engine/engine/default/task").statusCode())
                .isEqualTo(401);
        assertThat(Visitor.location(visitor().logIn(person, PASSWORD))).endsWith("/login?error");
        visitor().loggedIn(person, "κουκουνάρι άτλαντας 7");
    }

    @Test
    void one_comes_back_to_the_page_one_wanted_and_has_a_session_of_another_name() {
        Visitor visitor = visitor();
        assertThat(Visitor.location(visitor.send(
                        visitor.request("/centre").header("Accept", "text/html").GET())))
                .endsWith("/login");
        // What a script asks for meanwhile is no page to come back to.
        visitor.get("/camunda/api/engine/engine/default/task");
        String before = visitor.cookie("DIADROMI").orElseThrow();
        assertThat(Visitor.location(visitor.logIn(person, PASSWORD))).contains("/centre");
        assertThat(visitor.cookie("DIADROMI"))
                .hasValueSatisfying(now -> assertThat(now).isNotEqualTo(before));
    }

    @Test
    void the_audit_says_who_came_and_went_and_who_failed_but_no_name_that_nobody_has() {
        Visitor visitor = visitor().loggedIn(person, PASSWORD);
        assertThat(Visitor.location(visitor.submit("/contact", "/logout", Map.of())))
                .endsWith("/login?out");
        visitor().logIn(person, "wrong");
        visitor().logIn("my secret password", "wrong");
        assertThat(jdbc.sql(
                                "select action || ' ' || coalesce(by_user, '-') from audit_entry where subject = ? order by id")
                        .param(person)
                        .query(String.class)
                        .list())
                .containsExactly("LOGIN " + person, "LOGOUT " + person, "LOGIN_FAILED -");
        assertThat(visitor()
                        .loggedIn("admin", "demo")
                        .get("/audit?case=" + person)
                        .body())
                .contains("Αποτυχία σύνδεσης")
                .contains("Αποσύνδεση");
        assertThat(jdbc.sql("select count(*) from audit_entry where subject like '%secret%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private StaffAccounts.Account account() {
        return accounts.find(person).orElseThrow();
    }
}
