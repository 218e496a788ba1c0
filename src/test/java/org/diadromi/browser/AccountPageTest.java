package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody's own account, and what becomes of what they were writing when their login ran out. */
class AccountPageTest extends BrowserTest {

    private static final String PASSWORD = "ελιά φεγγάρι τραμ";
    private static final String NEW_PASSWORD = "κουκουνάρι άτλαντας 7";

    @Autowired
    private StaffAccounts accounts;

    private String person;

    @BeforeEach
    void somebody_whose_password_the_administrator_knows() {
        person = "p" + Long.toString(System.nanoTime(), 36);
        accounts.create(
                person,
                PASSWORD,
                true,
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
    void the_first_login_leads_to_a_password_of_ones_own_and_nowhere_else(int width) {
        Page page = page(width);
        enter(page, PASSWORD);
        page.waitForURL(url("/account"));
        for (String path : new String[] {"/", "/centre", "/cases", "/camunda/app/tasklist/default/"}) {
            page.navigate(url(path));
            assertThat(page).hasURL(url("/account"));
        }
        assertThat(page.locator("main")).containsText("Διαλέξτε έναν δικό σας");
        assertThat(page.locator("nav.menu")).hasCount(0);
        isOpenToEverybody(page);
        fits(page);
        picture(page, "account-first-" + width, true);
        Visitor machine = new Visitor(url(""));
        assertThat(machine.callAs(person, PASSWORD, "GET", "/engine-rest/task", null)
                        .statusCode())
                .isEqualTo(403);

        change(page, PASSWORD, "password1234");
        assertThat(page.locator(".field.wrong")).containsText("εύκολο να τον μαντέψει");
        isOpenToEverybody(page);
        picture(page, "account-refused-" + width, true);
        change(page, "wrong", NEW_PASSWORD);
        assertThat(page.locator(".field.wrong")).containsText("Αυτός δεν είναι ο κωδικός");
        change(page, PASSWORD, PASSWORD);
        assertThat(page.locator(".field.wrong")).containsText("ίδιος με τον προηγούμενο");
        change(page, PASSWORD, NEW_PASSWORD);

        page.waitForURL(Pattern.compile(".*/camunda/app/tasklist/.*"));
        assertThat(machine.callAs(person, NEW_PASSWORD, "GET", "/engine-rest/task", null)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void one_changes_mail_language_and_password_and_other_sessions_end(int width) {
        accounts.setPassword(person, PASSWORD, false);
        Visitor elsewhere = new Visitor(url("")).loggedIn(person, PASSWORD);
        Page page = page(width);
        enter(page, PASSWORD);
        page.waitForURL(Pattern.compile(".*/camunda/app/.*"));
        page.navigate(url("/mail"));
        page.navigate(url("/account"));
        isOpenToEverybody(page);
        fits(page);
        picture(page, "account-" + width, true);

        page.getByLabel("Email").fill("nobody");
        save(page);
        assertThat(page.locator(".field.wrong")).hasCount(1);
        assertThat(page.getByLabel("Email")).hasValue("nobody");
        page.getByLabel("Email").fill("roxani@example.org");
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("English"))
                .check();
        save(page);
        assertThat(page.locator("h1")).hasText("My account");
        assertThat(accounts.find(person).orElseThrow().email()).isEqualTo("roxani@example.org");
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("Ελληνικά"))
                .check();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Save").setExact(true))
                .click();
        assertThat(page.locator(".notice.good")).containsText("αποθηκεύτηκαν");

        assertThat(elsewhere.get("/menu").statusCode()).isEqualTo(200);
        change(page, PASSWORD, NEW_PASSWORD);
        assertThat(page.locator(".notice.good")).containsText("Ο κωδικός πρόσβασης άλλαξε");
        picture(page, "account-changed-" + width, true);
        assertThat(Visitor.location(elsewhere.get("/menu"))).endsWith("/login");
        page.reload();
        assertThat(page.locator("h1")).hasText("Ο λογαριασμός μου");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void what_was_typed_is_there_again_after_a_login_that_ran_out(int width) {
        accounts.setPassword(person, PASSWORD, false);
        Page page = page(width);
        enter(page, PASSWORD);
        page.waitForURL(Pattern.compile(".*/camunda/app/.*"));
        page.navigate(url("/account"));
        page.getByLabel("Email").fill("half.written@example.org");
        page.context().clearCookies();
        save(page);

        assertThat(page).hasURL(url("/login?expired"));
        assertThat(page.locator("main")).containsText("Η σύνδεσή σας έληξε");
        picture(page, "login-expired-" + width, true);
        fill(page, PASSWORD);
        assertThat(page).hasURL(url("/account"));
        assertThat(page.getByLabel("Email")).hasValue("half.written@example.org");
        assertThat(page.locator(".notice.draft")).containsText("όσα είχατε γράψει");
        isOpenToEverybody(page);
        fits(page);
        picture(page, "account-draft-" + width, true);

        save(page);
        assertThat(page.locator(".notice.good")).isVisible();
        assertThat(page.locator(".notice.draft")).hasCount(0);
        assertThat(accounts.find(person).orElseThrow().email()).isEqualTo("half.written@example.org");
        assertThat(kept(page)).isZero();
    }

    @Test
    void a_draft_is_thrown_away_on_wish_at_logout_and_before_somebody_else() {
        accounts.setPassword(person, PASSWORD, false);
        Page page = page(DESK);
        enter(page, PASSWORD);
        page.waitForURL(Pattern.compile(".*/camunda/app/.*"));
        page.navigate(url("/account"));
        page.getByLabel("Email").fill("half.written@example.org");
        page.getByLabel("Κωδικός πρόσβασης που έχετε τώρα").fill(PASSWORD);
        assertThat((String) page.evaluate("() => JSON.stringify(sessionStorage)"))
                .contains("half.written")
                .doesNotContain(PASSWORD);
        page.navigate(url("/account"));
        assertThat(page.getByLabel("Email")).hasValue("half.written@example.org");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Απόρριψη"))
                .click();
        assertThat(page.getByLabel("Email")).hasValue(person + "@example.org");
        assertThat(kept(page)).isZero();

        page.getByLabel("Email").fill("again@example.org");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Αποσύνδεση"))
                .click();
        assertThat(page.locator(".notice.good")).containsText("Αποσυνδεθήκατε");
        assertThat(kept(page)).isZero();

        enter(page, PASSWORD);
        page.waitForURL(Pattern.compile(".*/camunda/app/.*"));
        page.navigate(url("/account"));
        page.getByLabel("Email").fill("again@example.org");
        page.context().clearCookies();
        logIn(page, "kerkyra.counsellor");
        page.navigate(url("/account"));
        assertThat(page.getByLabel("Email")).hasValue("kerkyra.counsellor@example.org");
        assertThat(kept(page)).isZero();
    }

    @Test
    void a_visitors_form_is_there_again_too_and_then_arrives() {
        Page page = page(DESK);
        page.navigate(url("/contact?centre=karditsa"));
        page.getByLabel("Όνομα *", new Page.GetByLabelOptions().setExact(true)).fill("Ελένη");
        page.getByLabel("Επώνυμο").fill("Αργοπορημένη");
        page.getByLabel("Κυρία").check();
        page.getByLabel("Email").fill("eleni@example.org");
        page.getByLabel("Δήμος κατοικίας").fill("Καρδίτσα");
        page.getByLabel("Ατομικά").check();
        page.getByLabel("Διάβασα πώς").check();
        page.context().clearCookies();
        send(page);
        assertThat(page).hasURL(url("/contact?centre=karditsa#unsent"));
        assertThat(page.getByLabel("Επώνυμο")).hasValue("Αργοπορημένη");
        assertThat(page.getByLabel("Διάβασα πώς")).isChecked();
        send(page);
        assertThat(page.locator("h1")).hasText("Λάβαμε το αίτημά σας");
        assertThat(kept(page)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tasklist_leads_to_the_login_and_from_there_back_to_the_same_task_with_what_was_typed(boolean reloaded) {
        String number = openCase("kerkyra.intake", "Ρόζα", "Επιστροφής");
        Tasklist tasklist = tasklist("kerkyra.intake").filter("Της ομάδας μου");
        CamundaForm form = tasklist.claim("Αρχική συνέντευξη", number);
        form.pick("Ηλικία", "30 έως 54");
        form.type("Δεξιότητες και πείρα", "Ραπτική, λογιστικά <και> αγγλικά");
        Page page = tasklist.page();
        String task = page.url().replaceAll(".*task=([\\w-]{36}).*", "$1");
        page.context().clearCookies();
        if (reloaded) {
            page.reload();
        } else {
            page.getByText("Έναρξη διαδικασίας").first().click();
        }
        page.waitForURL(Pattern.compile(".*/login.*"));
        fillAs(page, "kerkyra.intake", "demo");
        page.waitForURL(Pattern.compile(".*/camunda/app/tasklist/.*" + task + ".*"));
        assertThat(page.locator(".task-card")).containsText(number);
        CamundaForm again = new CamundaForm(page.locator(".task-card .fjs-container"));
        assertThat(again.input("Δεξιότητες και πείρα")).hasValue("Ραπτική, λογιστικά <και> αγγλικά");
        assertThat(page.getByLabel("30 έως 54")).isChecked();
        picture(page, "tasklist-draft-" + reloaded);

        if (!reloaded) {
            // The dialog that was asked for is there as well.
            page.keyboard().press("Escape");
            assertThat(page.locator(".modal-content")).hasCount(0);
        }
        page.getByText("Μαρία Βλάχου").first().click();
        page.getByText("Αποσύνδεση").click();
        page.waitForURL(url("/login?out"));
        assertThat(kept(page)).isZero();
    }

    private static long kept(Page page) {
        return ((Number) page.evaluate(
                        "() => Object.keys(sessionStorage).filter(key => key.startsWith('draft')).length"))
                .longValue();
    }

    private void enter(Page page, String password) {
        page.navigate(url("/login"));
        fill(page, password);
    }

    private void fill(Page page, String password) {
        fillAs(page, person, password);
    }

    private static void fillAs(Page page, String user, String password) {
        page.getByLabel("Όνομα χρήστη").fill(user);
        page.getByLabel("Κωδικός πρόσβασης").fill(password);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Σύνδεση").setExact(true))
                .click();
    }

    private static void change(Page page, String before, String after) {
        page.getByLabel("Κωδικός πρόσβασης που έχετε τώρα").fill(before);
        page.getByLabel("Νέος κωδικός πρόσβασης", new Page.GetByLabelOptions().setExact(true))
                .fill(after);
        page.getByLabel("ακόμη μία φορά").fill(after);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Αλλαγή κωδικού"))
                .click();
    }

    private static void save(Page page) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Αποθήκευση").setExact(true))
                .click();
    }

    private static void send(Page page) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Αποστολή").setExact(true))
                .click();
    }
}
