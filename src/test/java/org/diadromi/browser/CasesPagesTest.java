package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import java.util.ArrayList;
import java.util.List;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.counselling.Counselling;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The cases of a centre as its staff look for them and work with them. */
class CasesPagesTest extends BrowserTest {

    @Autowired
    private CaseFiles cases;

    @Autowired
    private Counselling counselling;

    private String number;

    @BeforeEach
    void some_cases() {
        number = openCase("karditsa.intake", "Θεόδωρος", "Αργιθεάτης");
        openCase("karditsa.intake", "Βασιλική", "Παλαμιώτη");
        String closed = openCase("karditsa.intake", "Ιωάννης", "Σοφαδίτης");
        cases.assignCounsellor(cases.get("karditsa", number), "karditsa.counsellor");
        cases.close(cases.get("karditsa", closed), "suitability.socialSupport");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_case_is_found_while_somebody_types(int width) {
        Page page = logIn(page(width), "karditsa.counsellor");
        List<String> trouble = complaints(page);
        page.navigate(url("/cases"));
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Υποθέσεις"))
                        .first())
                .isVisible();
        page.getByLabel("Αναζήτηση").first().pressSequentially("ΑΡΓΙΘΕ");
        assertThat(page.locator("#found tbody tr").first()).containsText("Θεόδωρος Αργιθεάτης");
        assertThat(page.locator("#found")).not().containsText("Παλαμιώτη");
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*[?]q=.*"));
        isOpenToEverybody(page);
        fits(page);
        picture(page, "cases-found-" + width, true);

        page.getByLabel("Αναζήτηση").first().fill("σοφαδιτησ");
        assertThat(page.locator("#found")).containsText("Δεν βρέθηκε υπόθεση");
        picture(page, "cases-none-" + width, true);
        // As a hand does it: the field is left when the button goes down, what was found stays until it is up.
        page.getByText("Αναζήτηση και στις κλειστές").click(new Locator.ClickOptions().setDelay(500));
        assertThat(page.locator("#found tbody tr").first()).containsText("Έκλεισε: Παραπομπή σε κοινωνική στήριξη");
        assertThat(page.getByLabel("Αναζήτηση").first()).hasValue("σοφαδιτησ");
        isOpenToEverybody(page);
        picture(page, "cases-closed-" + width, true);

        page.getByLabel("Κατάσταση").selectOption("open");
        assertThat(page.locator("#found")).containsText("Δεν βρέθηκε υπόθεση");
        page.getByLabel("Οι υποθέσεις μου").check();
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*mine=true.*"));
        assertThat(trouble).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_case_shows_what_belongs_to_it(int width) {
        CaseFile caseFile = cases.get("karditsa", number);
        counselling.plan(caseFile, "Οργάνωση", "Σχέδιο", List.of("business"), 3, "karditsa.counsellor");
        counselling.book(
                caseFile,
                clock.now().plusDays(width == DESK ? 3 : 4),
                60,
                "place",
                "Αίθουσα 2",
                "business",
                "karditsa.counsellor");
        counselling.record(
                caseFile,
                new Counselling.Outcome(
                        "attended",
                        75,
                        30,
                        "business",
                        "packageB",
                        "Μιλήσαμε για έξοδα.",
                        "Βρέθηκε στέγη.\nΜοιράστηκαν οι αρμοδιότητες.",
                        "another",
                        "Κατάλογος εξόδων",
                        clock.today().plusDays(6)),
                "karditsa.counsellor");
        counselling.book(
                caseFile,
                clock.now().plusDays(width == DESK ? 9 : 10),
                60,
                "online",
                null,
                "legal",
                "karditsa.counsellor");

        Page page = logIn(page(width), "karditsa.counsellor");
        page.navigate(url("/cases"));
        page.getByText("Θεόδωρος Αργιθεάτης").first().click();
        assertThat(page.locator("h1")).hasText("Θεόδωρος Αργιθεάτης");
        assertThat(page.locator(".journey .here")).containsText("Πρώτη επαφή");
        assertThat(page.locator(".diagram .case-here").first()).isVisible();
        assertThat(page.locator(".diagram[data-drawn]")).hasCount(1);
        // At the desk the whole diagram is there; on the phone one scrolls it, and begins where the case is.
        String seen =
                "place => { const p = place.getBoundingClientRect(); const within = e => { const r = e.getBoundingClientRect(); return r.left >= p.left && r.right <= p.right && r.top >= p.top && r.bottom <= p.bottom; };"
                        + " const steps = [...place.querySelectorAll('.djs-element.djs-shape')]; return [steps.every(within), within(place.querySelector('.case-here')), place.scrollWidth > place.clientWidth]; }";
        assertThat(page.locator(".diagram").first().evaluate(seen))
                .isEqualTo(width == DESK ? List.of(true, true, false) : List.of(false, true, true));
        assertThat(page.locator("main"))
                .containsText("Χρόνος με το πρόσωπο: 1 ώρα και 15 λεπτά. Χρόνος προετοιμασίας: 30 λεπτά.");
        assertThat(page.locator("main")).containsText("Διαδικτυακά");
        assertThat(page.locator("#main")).containsText("Στόχοι που επιτεύχθηκαν:");
        assertThat(page.locator("#main")).containsText("Μοιράστηκαν οι αρμοδιότητες.");
        Download sheet = page.waitForDownload(() ->
                page.getByText("Φύλλο συνεδρίας (PDF για υπογραφή)").first().click());
        assertThat(sheet.suggestedFilename())
                .startsWith("Φύλλο συνεδρίας " + number)
                .endsWith(".pdf");
        assertThat(page.locator("main")).containsText("Άνοιξε ο φάκελος: Τηλέφωνο");
        page.getByLabel("Νέο αρχείο")
                .setInputFiles(
                        new FilePayload("Έξοδα.pdf", "application/pdf", ("%PDF-1.4 " + number + width).getBytes()));
        page.getByLabel("Ανήκει σε συνεδρία").selectOption(new SelectOption().setIndex(1));
        press(page, "Προσθήκη αρχείου");
        assertThat(page.locator("section[aria-labelledby=sessions-title]")).containsText("Έξοδα.pdf");
        assertThat(page.locator("section[aria-labelledby=documents-title]")).containsText("Από τη συνεδρία στις");
        isOpenToEverybody(page);
        fits(page);
        picture(page, "case-" + width, true);
        page.getByText("Διάγραμμα του σταδίου: Πρώτη επαφή").click();
        assertThat(page.locator(".diagram .case-here")).hasCount(2);
        picture(page, "case-stage-" + width);
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'VIEWED' and subject = ? and by_user = ?")
                        .params(number, "karditsa.counsellor")
                        .query(Integer.class)
                        .single())
                .isPositive();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Αρχική συνέντευξη"))
                .click();
        assertThat(page.locator("body")).containsText("Αργιθεάτης");
        page.waitForURL(address -> address.contains("/tasklist/"));
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void whoever_is_to_record_a_session_reads_which_funding_line_pays_no_more(int width) {
        CaseFile caseFile = cases.get("karditsa", number);
        counselling.plan(caseFile, "Οργάνωση", "Σχέδιο", List.of("business"), 3, "karditsa.counsellor");
        counselling.book(
                caseFile,
                clock.now().plusDays(width == DESK ? 20 : 21),
                60,
                "place",
                null,
                "business",
                "karditsa.counsellor");
        counselling.record(
                caseFile,
                new Counselling.Outcome("attended", 75, 30, "business", "packageA", "Έξοδα.", "another", null),
                "karditsa.counsellor");
        jdbc.sql("update counselling_session set held_on = ? where case_id = ?")
                .params(clock.today(), caseFile.id())
                .update();
        jdbc.sql("delete from funding_budget where centre_id = 'karditsa'").update();
        jdbc.sql(
                        "insert into funding_budget (centre_id, line, budget_year, hours) values ('karditsa', 'packageA', ?, 1)")
                .param(clock.today().getYear())
                .update();
        Page page = logIn(page(width), "karditsa.counsellor");
        page.navigate(url("/cases/" + number));
        assertThat(page.locator("main")).not().containsText("έχουν εξαντληθεί");
        jdbc.sql("""
                update task_fact set task_key = 'task_counselling_recordSession'
                where case_id = ? and ended_at is null
                """).param(caseFile.id()).update();
        page.reload();
        assertThat(page.locator("#main .notice.draft", new Page.LocatorOptions().setHasText("Πακέτο Α")))
                .containsText(
                        "Πακέτο Α – δημοσιότητα: οι ώρες του " + clock.today().getYear() + " έχουν εξαντληθεί");
        isFine(page, "case-used-up");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_counsellor_takes_a_case_over_with_one_click(int width) {
        String free = openCase("karditsa.intake", "Ευγενία", "Μουζακίτη");
        Page page = logIn(page(width), "karditsa.counsellor");
        page.navigate(url("/cases/" + free));
        isOpenToEverybody(page);
        fits(page);
        picture(page, "case-take-over-" + width, true);
        press(page, "Αναλαμβάνω την υπόθεση");
        assertThat(page.locator(".notice.good")).hasText("Αναλάβατε την υπόθεση.");
        assertThat(cases.get("karditsa", free).counsellor()).isEqualTo("karditsa.counsellor");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void staff_write_add_files_and_let_a_case_pause(int width) {
        Page page = logIn(page(width), "karditsa.coordinator");
        page.navigate(url("/cases/" + number));
        page.getByLabel("Νέα σημείωση").fill("Τηλεφώνησε για τα έξοδα.");
        press(page, "Προσθήκη σημείωσης");
        assertThat(page.locator(".notice.good")).hasText("Η σημείωση προστέθηκε.");
        assertThat(page.locator("main")).containsText("Τηλεφώνησε για τα έξοδα.");

        page.getByLabel("Νέο αρχείο")
                .setInputFiles(new FilePayload("κακό.pdf", "application/pdf", "<html></html>".getBytes()));
        press(page, "Προσθήκη αρχείου");
        assertThat(page.locator(".notice.bad")).containsText("δεν είναι PDF");
        byte[] pdf = ("%PDF-1.4 " + number).getBytes();
        page.getByLabel("Νέο αρχείο").setInputFiles(new FilePayload("Έξοδα 2026.pdf", "application/pdf", pdf));
        press(page, "Προσθήκη αρχείου");
        assertThat(page.locator(".notice.good")).hasText("Το αρχείο προστέθηκε στον φάκελο.");
        Download download =
                page.waitForDownload(() -> page.getByText("Έξοδα 2026.pdf").click());
        assertThat(download.suggestedFilename()).isEqualTo("Έξοδα 2026.pdf");

        page.locator("summary", new Page.LocatorOptions().setHasText("Παύση για ένα διάστημα"))
                .click();
        page.locator("summary", new Page.LocatorOptions().setHasText("Αποχώρηση ή κλείσιμο"))
                .click();
        page.locator("summary", new Page.LocatorOptions().setHasText("Αλλαγή συμβούλου"))
                .click();
        assertThat(page.getByLabel("Νέος σύμβουλος").locator("option")).containsText("Χρήστος Τσιάρας (");
        isOpenToEverybody(page);
        fits(page);
        picture(page, "case-actions-" + width, true);
        page.getByLabel("Παύση έως").fill(clock.today().plusDays(7).toString());
        page.locator("#reason-pause").selectOption("health");
        press(page, "Παύση για ένα διάστημα");
        assertThat(page.locator(".notice.good")).hasText("Η υπόθεση είναι σε παύση. Οι εργασίες της περιμένουν.");
        picture(page, "case-paused-" + width, true);
        press(page, "Συνέχιση της υπόθεσης");
        assertThat(page.locator(".notice.good")).hasText("Η υπόθεση συνεχίζεται.");
    }

    @Test
    void the_file_is_a_tab_beside_the_task() {
        Page page = logIn(page(DESK), "karditsa.intake");
        String task = jdbc.sql("""
                select t.task_id from task_fact t join case_fact c on c.case_id = t.case_id
                where c.case_number = ? and t.ended_at is null
                """).param(number).query(String.class).single();
        page.navigate(url("/camunda/app/tasklist/default/#/?task=" + task));
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Φάκελος").setExact(true))
                .click();
        assertThat(page.locator(".case-brief")).containsText("Θεόδωρος Αργιθεάτης");
        assertThat(page.locator(".case-brief .here")).containsText("Πρώτη επαφή");
        picture(page, "tasklist-case");
    }

    @Test
    void a_case_of_another_centre_does_not_exist() {
        Page page = logIn(page(DESK), "magnisia.coordinator");
        assertThat(page.navigate(url("/cases/" + number)).status()).isEqualTo(404);
        assertThat(page.navigate(url("/cases/" + number + "/diagram/counselling"))
                        .status())
                .isEqualTo(404);
        assertThat(page.locator("body")).not().containsText("Αργιθεάτης");
    }

    @Test
    void the_search_needs_no_scripts() {
        Page page = logIn(page(DESK), "karditsa.counsellor");
        Page plain = pageWithoutScripts(PHONE);
        plain.context().addCookies(page.context().cookies());
        plain.navigate(url("/cases"));
        plain.getByLabel("Οι υποθέσεις μου").check();
        plain.getByLabel("Σύμβουλος").selectOption(new SelectOption().setLabel("Χρήστος Τσιάρας"));
        plain.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Αναζήτηση").setExact(true))
                .click();
        assertThat(plain.locator("#found")).containsText(number);
        assertThat(plain.locator("#found")).not().containsText("Παλαμιώτη");
        assertThat(plain.getByLabel("Οι υποθέσεις μου")).isChecked();
        fits(plain);
    }

    @Test
    void whoever_is_logged_out_meanwhile_comes_to_the_login_page() {
        Page page = logIn(page(DESK), "karditsa.counsellor");
        page.navigate(url("/cases"));
        page.context().clearCookies();
        page.getByLabel("Αναζήτηση").first().pressSequentially("αργ");
        page.waitForURL(address -> address.contains("/login"));
    }

    @Test
    void a_supervisor_and_the_administrator_have_no_cases() {
        for (String user : List.of("supervisor", "admin")) {
            Page page = page(DESK);
            page.navigate(url("/login"));
            page.getByLabel("Όνομα χρήστη").fill(user);
            page.getByLabel("Κωδικός πρόσβασης").fill("demo");
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Σύνδεση").setExact(true))
                    .click();
            page.waitForURL(address -> !address.contains("/login"));
            assertThat(page.navigate(url("/cases")).status()).isEqualTo(403);
            assertThat(page.locator(".menu")).not().containsText("Υποθέσεις");
        }
    }

    /** What the browser refuses or cannot do, as it comes. */
    private static List<String> complaints(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage((ConsoleMessage message) -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return complaints;
    }
}
