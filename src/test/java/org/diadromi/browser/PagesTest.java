package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.counselling.Counselling;
import org.diadromi.link.PrivateLinks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The application's own pages: open to everybody on every screen, and forgiving. */
class PagesTest extends BrowserTest {

    @Autowired
    private CaseFiles cases;

    @Autowired
    private Counselling counselling;

    @Autowired
    private PrivateLinks links;

    private static final String TROUBLE = ".notice.bad";

    @ParameterizedTest
    @CsvSource({
        "          , /",
        "          , /?municipality=Βόλος",
        "          , /?municipality=Κέρκυρα",
        "          , /?municipality=Παρίσι",
        "          , /login",
        "          , /login?error",
        "          , /contact",
        "          , /contact?centre=kerkyra",
        "          , /contact/partner",
        "          , /contact/partner?centre=kerkyra",
        "          , /contact/thanks",
        "          , /my/unknown",
        "magnisia.coordinator, /mail",
        "admin     , /mail",
        "magnisia.coordinator, /audit",
        "admin     , /audit?action=CHANGED",
        "admin     , /demo/clock",
        "kerkyra.intake, /demo/clock"
    })
    void a_page_is_open_to_everybody_at_the_desk_and_on_the_phone(String user, String path) {
        openCase("magnisia.intake", "Αντώνης", "Βολιώτης");
        for (int width : new int[] {DESK, PHONE}) {
            Page page = user == null ? page(width) : logIn(page(width), user);
            page.navigate(url(path));
            assertThat(page.locator("main")).isVisible();
            isOpenToEverybody(page);
            fits(page);
            picture(
                    page,
                    (path + "-" + (user == null ? "" : user) + "-" + width)
                            .replaceAll("[^\\p{L}\\p{N}]+", "-")
                            .substring(1),
                    true);
        }
    }

    @Test
    void somebody_finds_their_centre_and_writes_to_it_without_scripts() {
        Page page = pageWithoutScripts(PHONE);
        page.navigate(url("/"));
        page.getByLabel("Σε ποιον δήμο μένετε;").fill("λευκιμμη");
        press(page, "Αναζήτηση");
        assertThat(page.locator(".found")).containsText("Το κέντρο στήριξης για τον Δήμο Νότιας Κέρκυρας");
        page.getByText("Γράψτε στο κέντρο").click();
        assertThat(page.locator("h1")).hasText("Κέντρο Στήριξης Κ.ΑΛ.Ο. Κέρκυρας");
        assertThat(page.getByLabel("Δήμος κατοικίας")).hasValue("Νότιας Κέρκυρας");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void somebody_writes_to_a_centre_mends_a_mistake_and_gets_a_number(int width) {
        Page page = page(width);
        page.navigate(url("/contact"));
        String lastName = "Μάνεση" + width;
        page.getByLabel("Κέντρο στήριξης").selectOption("karditsa");
        page.getByLabel("Όνομα *", new Page.GetByLabelOptions().setExact(true)).fill("Ελένη");
        page.getByLabel("Επώνυμο").fill(lastName);
        page.getByLabel("Κυρία").check();
        page.getByLabel("Τηλέφωνο").fill("123");
        page.getByLabel("Δήμος κατοικίας").fill("Κέρκυρα");
        page.getByLabel("Ατομικά").check();
        page.getByLabel("Η ιδέα ή το αίτημά σας").fill("Ένα <b>καφενείο</b> & ένα \"στέκι\"");
        page.getByLabel("Διάβασα πώς").check();
        send(page);

        assertThat(page.locator(TROUBLE)).containsText("Όσα γράψατε έχουν κρατηθεί");
        assertThat(page.locator(".field.wrong")).hasCount(1);
        assertThat(page.locator(".field.wrong")).containsText("τηλεφώνου");
        assertThat(page.getByLabel("Επώνυμο")).hasValue(lastName);
        assertThat(page.getByLabel("Κυρία")).isChecked();
        assertThat(page.getByLabel("Ατομικά")).isChecked();
        assertThat(page.getByLabel("Η ιδέα ή το αίτημά σας")).hasValue("Ένα <b>καφενείο</b> & ένα \"στέκι\"");
        assertThat(page.getByLabel("Διάβασα πώς")).isChecked();
        isOpenToEverybody(page);
        fits(page);
        picture(page, "contact-refused-" + width, true);
        assertThat(casesOf(lastName)).isEmpty();

        page.getByLabel("Τηλέφωνο").fill("26610 12345");
        send(page);

        assertThat(page.locator("h1")).hasText("Λάβαμε το αίτημά σας");
        assertThat(page.locator("main")).containsText(Pattern.compile("KAR-\\d{4}-\\d{5}"));
        isOpenToEverybody(page);
        fits(page);
        picture(page, "contact-number-" + width, true);
        assertThat(casesOf(lastName)).hasSize(1);
        assertThat(page.locator("main")).containsText(casesOf(lastName).get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void another_structure_sends_somebody(int width) {
        Page page = page(width);
        page.navigate(url("/"));
        page.getByText("Στείλτε μας ένα πρόσωπο").click();
        page.getByLabel("Κέντρο στήριξης").selectOption("karditsa");
        page.getByLabel("Υπηρεσία ή φορέας").fill("Κέντρο Κοινότητας Καρδίτσας");
        page.getByLabel("Το ονοματεπώνυμό σας").fill("Άννα Μεταξά");
        page.getByLabel("Όνομα *", new Page.GetByLabelOptions().setExact(true)).fill("Θωμάς");
        page.getByLabel("Επώνυμο").fill("Σταθάς" + width);
        page.getByLabel("Δεν γνωρίζω").check();
        page.getByLabel("Τηλέφωνο", new Page.GetByLabelOptions().setExact(true)).fill("24410 12345");
        page.getByLabel("Δήμος κατοικίας").fill("Καρδίτσας");
        page.getByLabel("Ενημέρωσα το πρόσωπο").check();
        send(page);
        assertThat(page.locator(TROUBLE)).containsText("Όσα γράψατε έχουν κρατηθεί");
        assertThat(page.locator(".field.wrong")).hasCount(1);
        assertThat(page.locator("main")).containsText("Συμπληρώστε πώς μπορούμε να σας βρούμε.");
        isOpenToEverybody(page);
        fits(page);
        picture(page, "partner-refused-" + width, true);

        page.getByLabel("Τηλέφωνο ή email σας").fill("24410 54321");
        send(page);
        assertThat(page.locator("main")).containsText("Το κέντρο θα επικοινωνήσει με το πρόσωπο");
        assertThat(page.locator("main")).containsText(Pattern.compile("KAR-\\d{4}-\\d{5}"));
        fits(page);
        picture(page, "partner-thanks-" + width, true);
        assertThat(casesOf("Σταθάς" + width)).hasSize(1);
        assertThat(jdbc.sql(
                                "select channel from consent where case_id = (select id from case_file where last_name = ?)")
                        .param("Σταθάς" + width)
                        .query(String.class)
                        .single())
                .isEqualTo("PARTNER");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_person_looks_after_their_own_case_without_scripts(int width) {
        openCase("magnisia.intake", "Αντώνης", "Βολιώτης" + width);
        CaseFile caseFile = cases.get("magnisia", casesOf("Βολιώτης" + width).get(0));
        counselling.book(
                caseFile,
                clock.now().plusDays(width == DESK ? 3 : 4),
                60,
                "place",
                "Αίθουσα 2",
                "legal",
                "magnisia.counsellor");
        String link = links.fill("magnisia", caseFile.id(), links.place()).in(links.place());
        Page page = pageWithoutScripts(width);
        page.navigate(url(URI.create(link).getPath()));
        assertThat(page).hasURL(url("/my?lang=el"));
        assertThat(page.locator("main")).containsText(caseFile.number());
        fits(page);
        picture(page, "my-" + width, true);
        press(page, "Θα έρθω");
        assertThat(page.locator(".notice.good")).containsText("Σας περιμένουμε");
        press(page, "Διακοπή υπενθυμίσεων");
        assertThat(page.locator("main")).containsText("Δεν σας στέλνουμε υπενθυμίσεις");
        page.getByText("Θέλω να ανακαλέσω").click();
        fits(page);
        picture(page, "my-withdraw-" + width, true);
        press(page, "Ανάκληση και κλείσιμο της υπόθεσης");
        assertThat(page.locator(".notice.good")).containsText("η υπόθεση έκλεισε");

        Page seen = page(width);
        seen.navigate(url(URI.create(link).getPath()));
        isOpenToEverybody(seen);
        picture(seen, "my-closed-" + width, true);
    }

    @Test
    void what_is_sent_twice_makes_one_case() {
        Page page = page(DESK);
        page.navigate(url("/contact?centre=karditsa"));
        page.getByLabel("Όνομα *", new Page.GetByLabelOptions().setExact(true)).fill("Ελένη");
        page.getByLabel("Επώνυμο").fill("Δισύλλαβου");
        page.getByLabel("Κυρία").check();
        page.getByLabel("Email").fill("eleni@example.org");
        page.getByLabel("Δήμος κατοικίας").fill("Κέρκυρα");
        page.getByLabel("Ατομικά").check();
        page.getByLabel("Διάβασα πώς").check();
        page.evaluate(
                "() => { const form = document.querySelector('main form');"
                        + " const send = () => fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});"
                        + " return Promise.all([send(), send(), send()]).then(answers => answers.map(answer => answer.status)); }");
        assertThat(casesOf("Δισύλλαβου")).hasSize(1);
    }

    @Test
    void who_does_not_fill_in_anything_is_told_of_each_field() {
        Page page = page(DESK);
        page.navigate(url("/contact"));
        send(page);
        assertThat(page.locator(".field.wrong")).hasCount(8);
        isOpenToEverybody(page);
        picture(page, "contact-empty", true);
    }

    @Test
    void the_administrator_moves_the_clock_with_a_button() {
        Page page = of("admin");
        page.navigate(url("/demo/clock"));
        LocalDate before = clock.today();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("1 ημέρα").setExact(true))
                .click();
        assertThat(page.locator(".notice.good")).containsText("Το ρολόι προχώρησε");
        assertThat(clock.today()).isEqualTo(before.plusDays(1));
    }

    @Test
    void a_coordinator_reads_the_mails_of_the_own_centre_only() {
        Page page = of("chania.coordinator");
        openCase("chania.intake", "Χρυσούλα", "Ρεθυμνιωτάκη");
        openCase("magnisia.intake", "Αντώνης", "Βολιώτης");
        page.navigate(url("/mail"));
        assertThat(page.locator("main")).containsText("CHA-");
        assertThat(page.locator("main")).not().containsText("MAG-");
        page.navigate(url("/mail/1"));
        assertThat(page.locator("body")).not().containsText("MAG-");

        page.navigate(url("/mail"));
        page.locator("main a[href^='/mail/']").first().click();
        String subject = page.locator("h1").innerText();
        page.navigate(page.url() + "/html");
        assertThat(page.locator("html")).hasAttribute("lang", "el");
        assertThat(page.locator("h1")).hasText(subject);
        assertThat(page.locator("body")).containsText("Κέντρο Στήριξης Κ.ΑΛ.Ο. Χανίων");
    }

    private static void send(Page page) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Αποστολή").setExact(true))
                .click();
    }

    private List<String> casesOf(String lastName) {
        return jdbc.sql("select number from case_file where last_name = ?")
                .param(lastName)
                .query(String.class)
                .list();
    }
}
