package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.link.PrivateLinks;
import org.diadromi.process.SampleJourneys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What people do on the page behind the link of a mail, on the phone and at the desk, with scripts and without. */
@Import(SampleJourneys.Players.class)
class OwnPagesTest extends BrowserTest {

    @Autowired
    private SampleJourneys journeys;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private PrivateLinks links;

    @AfterEach
    void resetClock() {
        clock.setOffset(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_venture_says_how_it_is_doing(int width) {
        CaseFile caseFile = cases.get("kerkyra", journeys.askedHowItGoes());
        // Who has the desk has scripts, who has the phone has none.
        Page page = width == DESK ? page(width) : pageWithoutScripts(width);
        page.navigate(url(pathOf(caseFile)));
        seen(page, "my-asked");
        link(page, "Απαντήστε στις ερωτήσεις");
        seen(page, "my-survey");
        page.getByLabel("Έκλεισε", new Page.GetByLabelOptions().setExact(true)).check();
        assertThat(page.getByLabel("Μέλη *")).not().isVisible();
        press(page, "Αποστολή απαντήσεων");
        assertThat(page.locator(".field.wrong")).hasCount(1);
        assertThat(page.getByLabel("Γιατί έκλεισε;")).isVisible();

        page.getByLabel("Λειτουργεί").check();
        assertThat(page.getByLabel("Γιατί έκλεισε;")).not().isVisible();
        page.getByLabel("Μέλη *").fill("πέντε");
        page.getByLabel("Θέσεις πλήρους").fill("2");
        page.getByLabel("Κύκλος εργασιών").fill("12.500,50");
        press(page, "Αποστολή απαντήσεων");
        assertThat(page.locator(".notice.bad")).containsText("Όσα γράψατε έχουν κρατηθεί");
        assertThat(page.getByLabel("Μέλη *")).hasValue("πέντε");
        seen(page, "my-survey-refused");

        page.getByLabel("Μέλη *").fill("5");
        page.getByLabel("Θέσεις μερικής").fill("1");
        page.getByLabel("Από αυτές τις θέσεις").fill("2");
        page.getByLabel("Πόσες έχουν άτομα").fill("0");
        page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Θέλετε βοήθεια"))
                .getByLabel("Όχι")
                .check();
        page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Συμφωνείτε"))
                .getByLabel("Ναι")
                .check();
        press(page, "Αποστολή απαντήσεων");
        assertThat(page.locator(".notice.good")).containsText("Λάβαμε τις απαντήσεις σας");
        page.navigate(url("/my/survey"));
        seen(page, "my-survey-answered");

        Page staff = logIn(page(width), "kerkyra.counsellor");
        staff.navigate(url("/cases/" + caseFile.number()));
        staff.getByText("Απαντήσεις", new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(staff.locator("main")).containsText("το ίδιο το πρόσωπο");
        isFine(staff, "case-followed-up");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_team_hands_its_plan_in_and_mends_it(int width) {
        CaseFile caseFile = cases.get("kerkyra", journeys.askedForThePlan());
        Page page = width == DESK ? page(width) : pageWithoutScripts(width);
        page.navigate(url(pathOf(caseFile)));
        seen(page, "my-plan-waits");
        link(page, "Κατάθεση του σχεδίου");
        seen(page, "my-plan");
        page.getByLabel("Θέλετε να πείτε").fill("Η πρώτη μας έκδοση.");
        press(page, "Κατάθεση");
        assertThat(page.locator(".field.wrong")).hasCount(1);
        assertThat(page.getByLabel("Θέλετε να πείτε")).hasValue("Η πρώτη μας έκδοση.");
        seen(page, "my-plan-refused");

        handIn(page, "Επιχειρηματικό σχέδιο, 1η έκδοση");
        seen(page, "my-plan-handed-in");
        page.navigate(url("/my/plan"));
        seen(page, "my-plan-read");
        Page staff = logIn(page(width), "kerkyra.trainer");
        staff.navigate(url("/cases/" + caseFile.number()));
        assertThat(staff.locator("main")).containsText("Το σχέδιο μας.pdf");
        assertThat(staff.locator("main")).containsText("το ίδιο το πρόσωπο");
        isFine(staff, "case-plan-handed-in");

        journeys.planIsReturned();
        page.navigate(url("/my"));
        link(page, "Κατάθεση του σχεδίου");
        seen(page, "my-plan-returned");
        handIn(page, "Επιχειρηματικό σχέδιο, 2η έκδοση");
    }

    private static void handIn(Page page, String what) {
        page.getByLabel("Αρχεία")
                .setInputFiles(new FilePayload(
                        "Το σχέδιο μας.pdf",
                        "application/pdf",
                        "%PDF-1.7 Το σχέδιό μας".getBytes(StandardCharsets.UTF_8)));
        page.getByLabel(what).check();
        press(page, "Κατάθεση");
        assertThat(page.locator(".notice.good")).containsText("Το σχέδιό σας κατατέθηκε");
    }

    private String pathOf(CaseFile caseFile) {
        String link =
                links.fill(caseFile.centreId(), caseFile.id(), links.place()).in(links.place());
        return URI.create(link).getPath();
    }

    private static void link(Page page, String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).click();
    }

    /** Axe needs scripts: it has looked at the same page at the desk. */
    private static void seen(Page page, String picture) {
        if (page.viewportSize().width == DESK) {
            isFine(page, picture);
        } else {
            fits(page);
            picture(page, picture + "-" + PHONE, true);
        }
    }
}
