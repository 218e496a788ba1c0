package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.consent.Channel;
import org.diadromi.counselling.Counselling;
import org.diadromi.link.PrivateLinks;
import org.diadromi.team.TeamMember;
import org.diadromi.team.TeamMembers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The team of a case, as staff keep it and as a member sees it. */
class TeamPagesTest extends BrowserTest {

    @Autowired
    private CaseFiles cases;

    @Autowired
    private TeamMembers team;

    @Autowired
    private Counselling counselling;

    @Autowired
    private PrivateLinks links;

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_team_gets_members_who_agree_by_themselves(int width) {
        String number = openCase("chania.intake", "Ευανθία", "Σφακιανάκη");
        Page page = logIn(page(width), "chania.intake");
        page.navigate(url("/cases/" + number));
        page.getByText("Μέλη και συγκαταθέσεις").click();
        assertThat(page.locator("h1")).hasText("Η ομάδα");
        isFine(page, "team-empty");

        fill(page, "Μανώλης", "Παπαδάκης", "Κύριος", "manolis@example.org");
        phone(page).fill("28210 12345");
        page.getByText("Δεν έχει ερωτηθεί ακόμη").click();
        press(page, "Προσθήκη στην ομάδα");
        assertThat(page.locator(".notice.bad")).containsText("αφήστε κενό το τηλέφωνο");
        assertThat(page.getByLabel("Επώνυμο").last()).hasValue("Παπαδάκης");
        isFine(page, "team-refused");
        phone(page).fill("");
        press(page, "Προσθήκη στην ομάδα");
        assertThat(page.locator(".notice.good")).containsText("ερωτάται με email");

        fill(page, "Στέλλα", "Μαρινάκη", "Κυρία", "stella@example.org");
        phone(page).fill("6912345678");
        page.getByText("Το είπε στο τηλέφωνο").last().click();
        press(page, "Προσθήκη στην ομάδα");
        assertThat(page.locator(".notice.good")).containsText("προστέθηκε στην ομάδα");
        Locator stella = section(page, "Στέλλα Μαρινάκη");
        assertThat(stella).containsText("Συμφώνησε");
        assertThat(section(page, "Μανώλης Παπαδάκης")).containsText("Περιμένουμε τη συγκατάθεση");
        for (String part : new String[] {"Έφυγε από την ομάδα", "Διόρθωση στοιχείων", "Διαγραφή όλων"}) {
            stella.getByText(part).first().click();
        }
        isFine(page, "team");
        page.locator(".crumb a").click();
        assertThat(page.locator("main")).containsText("Στέλλα Μαρινάκη");
        isFine(page, "case-with-team");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_member_answers_and_sees_where_the_case_stands(int width) {
        String number = openCase("chania.intake", "Ευανθία", "Σφακιανάκη");
        CaseFile caseFile = cases.get("chania", number);
        TeamMember member = team.add(
                caseFile,
                new TeamMembers.Details(
                        "Μανώλης", "Παπαδάκης", CaseFile.Salutation.KYRIOS, null, "manolis@example.org", "el"),
                null,
                "chania.intake");
        counselling.book(
                cases.get("chania", number),
                clock.now().plusDays(width == DESK ? 3 : 4),
                60,
                "place",
                "Αίθουσα 2",
                "legal",
                "chania.counsellor");
        String link =
                links.fill("chania", caseFile.id(), member.id(), links.place()).in(links.place());
        Page page = pageWithoutScripts(width);
        page.navigate(url(URI.create(link).getPath()));
        assertThat(page).hasURL(url("/my/team?lang=el"));
        fits(page);
        picture(page, "member-asked-" + width, true);
        page.getByLabel("Τηλέφωνο (προαιρετικά)").fill("28210 12345");
        press(page, "Συμφωνώ");
        assertThat(page.locator(".notice.good")).containsText("Από εδώ και πέρα");
        assertThat(page.locator("main")).containsText("Το επόμενο ραντεβού της ομάδας");
        fits(page);
        picture(page, "member-" + width, true);
        Page seen = page(width);
        seen.navigate(url(URI.create(link).getPath()));
        isOpenToEverybody(seen);
        page.getByText("Ανακαλώ τη συγκατάθεσή μου").click();
        press(page, "Διαγραφή των στοιχείων μου");
        assertThat(page.locator("h1")).hasText("Τα στοιχεία σας διαγράφηκαν");
        fits(page);
        picture(page, "member-erased-" + width, true);
        Page closed = page(width);
        closed.navigate(url(URI.create(link).getPath()));
        assertThat(closed.locator("h1")).hasText("Ο σύνδεσμος δεν ισχύει");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void who_has_a_case_of_their_own_is_noticed_and_stays_somebody_else(int width) {
        String mail = "iosifina" + width + "@example.org";
        String number = openCase("chania.intake", "Ευανθία", "Σφακιανάκη");
        team.add(
                cases.get("chania", number),
                new TeamMembers.Details("Ιωσηφίνα", "Μελισσουργάκη", CaseFile.Salutation.KYRIA, null, mail, "el"),
                Channel.CENTRE,
                "chania.intake");
        String own = openCase("chania.intake", "Ιωσηφίνα" + width, "Μελισσουργάκη");
        CaseFile theirs = cases.get("chania", own);
        cases.correct(
                theirs,
                new CaseFile.Identity(theirs.firstName(), theirs.lastName(), null, mail, theirs.municipality()));
        Page page = logIn(page(width), "chania.intake");
        page.navigate(url("/cases/" + own + "/doubles?other=" + number));
        assertThat(page.getByText("μέλος ομάδας").first()).isVisible();
        isFine(page, "doubles-member");
        page.getByText("Το είδα, μένουν χωριστές").first().click();
        assertThat(page.locator(".notice.good")).isVisible();
    }

    private static void fill(Page page, String firstName, String lastName, String salutation, String mail) {
        Locator form = page.locator("section[aria-labelledby=add-title]");
        form.getByLabel("Όνομα *", new Locator.GetByLabelOptions().setExact(true))
                .fill(firstName);
        form.getByLabel("Επώνυμο").fill(lastName);
        form.getByText(salutation, new Locator.GetByTextOptions().setExact(true))
                .click();
        form.getByLabel("Email", new Locator.GetByLabelOptions().setExact(true)).fill(mail);
    }

    private static Locator phone(Page page) {
        return page.locator("section[aria-labelledby=add-title]")
                .getByLabel("Τηλέφωνο", new Locator.GetByLabelOptions().setExact(true));
    }

    private static Locator section(Page page, String name) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
    }
}
