package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Camunda's web applications as staff, supervisors and administrators see them. */
class TasklistLooksTest extends BrowserTest {

    /** A text that has no translation shows its key, e.g. CLAIM_TASK; one that is not filled shows a place, e.g. {{value}}. */
    private static final Pattern RAW_KEY = Pattern.compile("\\b[A-Z]{2,}(_[A-Z0-9]{2,})+\\b|\\{\\{");

    @Test
    void tasklist_is_greek_and_ours_wherever_one_clicks() {
        String caseNumber = openCase("kerkyra.intake", "Αντώνης", "Κεφαλλωνίτης");
        Tasklist tasklist = tasklist("kerkyra.intake").filter("Της ομάδας μου");
        Page page = tasklist.page();
        assertThat(page).hasTitle(Pattern.compile("Διαδρομή.*"));
        assertThat(page.locator(".navbar-brand")).containsText("Διαδρομή");
        assertThat(tasklist.filters()).hasText(new Pattern[] {
            Pattern.compile("^\\s*Της ομάδας μου"),
            Pattern.compile("^\\s*Οι εργασίες μου"),
            Pattern.compile("^\\s*Λήγουν σήμερα"),
            Pattern.compile("^\\s*Εκπρόθεσμες"),
            Pattern.compile("^\\s*Περιμένουμε άλλους"),
            Pattern.compile("^\\s*Όλο το κέντρο")
        });

        tasklist.open("Αρχική συνέντευξη", caseNumber);
        assertThat(page.locator(".task-card .fjs-form")).isVisible();
        looksRight(page);
        picture(page, "tasklist");
        for (String tab : List.of("Ιστορικό", "Διάγραμμα", "Περιγραφή")) {
            page.locator(".tabbed-content .nav-tabs")
                    .getByText(tab, new Locator.GetByTextOptions().setExact(true))
                    .click();
            assertThat(page.locator(".tabbed-content li.active")).hasText(tab);
            assertThat(page.locator(".tab-content .loader:visible")).hasCount(0);
            looksRight(page);
            picture(page, "tasklist-" + tab);
        }
        page.getByText("Αντώνης").first().waitFor();
        page.getByText("Μαρία Βλάχου").click();
        assertThat(page.getByText("Αποσύνδεση")).isVisible();
        looksRight(page);
    }

    @Test
    void a_card_tells_case_person_stage_and_due_date() {
        String caseNumber = openCase("kerkyra.intake", "Αντώνης", "Κεφαλλωνίτης");
        Locator card = tasklist("kerkyra.intake").filter("Της ομάδας μου").card("Αρχική συνέντευξη", caseNumber);
        assertThat(card).isVisible();
        assertThat(card)
                .containsText(Pattern.compile("Πρώτη επαφή.*Προθεσμία:.*σε .*Αντώνης Κεφαλλωνίτης", Pattern.DOTALL));
    }

    @Test
    void the_staff_of_another_centre_see_nothing_of_a_case() {
        String caseNumber = openCase("kerkyra.intake", "Αντώνης", "Κεφαλλωνίτης");
        Tasklist corfu = tasklist("kerkyra.coordinator").filter("Όλο το κέντρο");
        assertThat(corfu.card("", caseNumber)).isVisible();
        Tasklist chania = tasklist("chania.coordinator").filter("Όλο το κέντρο");
        assertThat(chania.page().locator(".column-center")).not().containsText(caseNumber);
        assertThat(chania.page().locator("body")).not().containsText("Κεφαλλωνίτης");
    }

    @Test
    void the_bar_leads_to_every_place_and_covers_nothing() {
        Page page = tasklist("admin").filter("Της ομάδας μου").page();
        assertThat(page.getByText("Αρχείο προσβάσεων")).isHidden();
        assertThat((int) page.locator("[cam-widget-header]").boundingBox().height)
                .isLessThan(60);
        page.getByText("Περισσότερα").click();
        assertThat(page.getByText("Αρχείο προσβάσεων")).isVisible();
        picture(page, "tasklist-menu");
        page.keyboard().press("Escape");
        assertThat(page.getByText("Αρχείο προσβάσεων")).isHidden();
        page.getByText("Περισσότερα").click();
        page.getByText("Αρχείο προσβάσεων").click();
        page.waitForURL(Pattern.compile(".*/audit"));
    }

    @Test
    void whoever_logs_out_is_at_the_login_page_and_out() {
        Page page = tasklist("kerkyra.trainer").filter("Οι εργασίες μου").page();
        page.getByText("Αγγελική Τσίρου").click();
        page.getByText("Αποσύνδεση").click();
        page.waitForURL(Pattern.compile(".*/login(\\?.*)?$"));
        assertThat(page.getByLabel("Όνομα χρήστη")).isVisible();

        page.navigate(url("/camunda/app/tasklist/default/"));
        assertThat(page.getByLabel("Κωδικός πρόσβασης")).isVisible();
    }

    @ParameterizedTest
    @CsvSource({
        "kerkyra.intake, welcome/default/,                'Προφίλ'",
        "admin,          welcome/default/,                'Παρακολούθηση διαδικασιών'",
        "admin,          admin/default/,                  'Κατάλογος χρηστών'",
        "admin,          admin/default/#/users,           'chania.intake'",
        "admin,          admin/default/#/users/dock.legal, 'Ορέστης'",
        "admin,          admin/default/#/groups,          'Γραμματεία'",
        "admin,          admin/default/#/tenants,         'kerkyra'",
        "admin,          admin/default/#/authorization,   'ΕΠΙΤΡΕΠΕΤΑΙ'",
        "admin,          admin/default/#/system,          'Διαγνωστικά'",
    })
    void welcome_and_admin_are_greek(String user, String path, String shown) {
        looksRight(opened(user, path, shown));
    }

    @Test
    void texts_that_come_late_take_the_place_of_their_names() {
        Page page = of("admin");
        page.route("**/locales/el.json*", route -> {
            page.waitForTimeout(1500);
            route.resume();
        });
        looksRight(opened("admin", "admin/default/#/authorization", "Εφαρμογή Δικαιώματα πρόσβασης"));
        looksRight(opened("admin", "admin/default/#/users", "chania.intake"));
        page.locator("[uib-tooltip].glyphicon-link").first().hover();
        assertThat(page.locator(".tooltip")).hasText("αντιγραφή συνδέσμου προς την τρέχουσα θέση");
    }

    @ParameterizedTest
    @CsvSource({
        "admin,      cockpit/default/,            Running Process Instances",
        "supervisor, cockpit/default/,            Running Process Instances",
        "supervisor, cockpit/default/#/processes, Συμβουλευτική"
    })
    void cockpit_is_english(String user, String path, String shown) {
        Page page = opened(user, path, shown);
        looksRight(page);
        assertThat(page.locator("body")).containsText("Processes");
    }

    @Test
    void tasklist_fits_a_phone() {
        String caseNumber = openCase("kerkyra.intake", "Αντώνης", "Κεφαλλωνίτης");
        Page page = logIn(page(PHONE), "kerkyra.intake");
        Tasklist tasklist = new Tasklist(page, url("/camunda/app/tasklist/default/")).filter("Της ομάδας μου");
        fits(page);
        picture(page, "phone-tasklist");
        tasklist.claim("Αρχική συνέντευξη", caseNumber).pick("Ηλικία", "30 έως 54");
        fits(page);
        picture(page, "phone-form");
    }

    private Page opened(String user, String path, String shown) {
        Page page = of(user);
        page.navigate("about:blank");
        page.navigate(url("/camunda/app/" + path));
        assertThat(page.locator("body")).containsText(shown);
        picture(page, (user + "-" + path).replaceAll("\\W+", "-"));
        return page;
    }

    private static void looksRight(Page page) {
        assertThat(page.locator(".navbar-brand")).containsText("Διαδρομή");
        assertThat(page.getByText(Pattern.compile("Camunda 8|Camunda 7 CE"))
                        .filter(new Locator.FilterOptions().setVisible(true)))
                .hasCount(0);
        // The texts come a moment after the page.
        Awaitility.await().atMost(20, TimeUnit.SECONDS).pollInSameThread().untilAsserted(() -> {
            String read = page.locator("body").innerText()
                    + page.locator("[title], [placeholder], [uib-tooltip], [aria-label]")
                            .evaluateAll("all => all.flatMap(e => ['title', 'placeholder', 'uib-tooltip', 'aria-label']"
                                    + ".map(name => e.getAttribute(name) || '')).join('\\n')");
            assertThat(RAW_KEY.matcher(read).results().map(MatchResult::group))
                    .as(page.url())
                    .isEmpty();
        });
    }
}
