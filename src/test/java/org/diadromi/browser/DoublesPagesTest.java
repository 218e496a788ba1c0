package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.FirstContact;
import org.diadromi.contact.PublicContact;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** One person who came twice, as staff see and settle it. */
class DoublesPagesTest extends BrowserTest {

    @Autowired
    private PublicContact contacts;

    private String came(String firstName, String lastName, String phone, String email) {
        return contacts.receive(
                new FirstContact(
                        "dock",
                        firstName,
                        lastName,
                        Salutation.UNKNOWN,
                        phone,
                        email,
                        "Αθήνα",
                        "el",
                        "publicForm",
                        null,
                        1,
                        "Ένα συνεργατικό παντοπωλείο με τοπικά προϊόντα."),
                true);
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void the_same_person_is_noticed_and_the_cases_become_one(int width) {
        String mail = "thodwra%d@example.org".formatted(width);
        String first =
                came("Θεοδώρα", width == DESK ? "Χατζηδημητρίου" : "Ψαρουδάκη", "+30210%07d".formatted(width), null);
        String second =
                came("Thodwra", width == DESK ? "Xatzhdhmhtriou" : "Psaroudaki", "+30210%07d".formatted(width), mail);

        Page page = logIn(page(width), "dock.intake");
        page.navigate(url("/cases?doubles=true"));
        isOpenToEverybody(page);
        fits(page);
        picture(page, "doubles-list-" + width, true);
        page.navigate(url("/cases/" + second));
        assertThat(page.locator(".notice.draft")).containsText("ίδιο τηλέφωνο, όνομα που ακούγεται ίδιο");
        picture(page, "doubles-notice-" + width);
        isOpenToEverybody(page);
        fits(page);
        page.getByText("Σύγκριση και απόφαση").click();
        assertThat(page.locator(".compare")).containsText("Thodwra");
        isOpenToEverybody(page);
        fits(page);
        picture(page, "doubles-compare-" + width, true);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Το ίδιο πρόσωπο").setExact(true))
                .click();
        assertThat(page.locator(".notice.good").first()).hasText("Οι δύο φάκελοι έγιναν ένας.");
        assertThat(page).hasURL(url("/cases/" + first));
        assertThat(page.locator(".facts")).containsText(mail);
        isOpenToEverybody(page);
        picture(page, "doubles-kept-" + width);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(second))
                .first()
                .click();
        assertThat(page.locator(".notice.draft")).containsText("συνεχίζεται στον φάκελο " + first);
        picture(page, "doubles-gone-" + width);
    }
}
