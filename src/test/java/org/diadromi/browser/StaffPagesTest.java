package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages on which administrators and coordinators look after the staff. */
class StaffPagesTest extends BrowserTest {

    @ParameterizedTest
    @CsvSource({
        "admin, /admin/staff",
        "admin, /admin/staff?former=true",
        "admin, /admin/staff/new",
        "admin, /admin/staff/account/stella",
        "admin, /admin/staff/account/admin",
        "kerkyra.coordinator, /absences",
        "kerkyra.legal, /absences",
        "kerkyra.coordinator, /admin/staff",
        "kerkyra.coordinator, /admin/staff/new",
        "kerkyra.coordinator, /admin/staff/account/stella",
        "kerkyra.coordinator, /admin/staff/account/kerkyra.intake",
        "kerkyra.coordinator, /admin/staff/account/kerkyra.intake?lang=en"
    })
    void a_page_is_open_to_everybody_at_the_desk_and_on_the_phone(String user, String path) {
        for (int width : new int[] {DESK, PHONE}) {
            Page page = logIn(page(width), user);
            page.navigate(url(path));
            isFine(page, "staff-" + path + "-" + user);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void an_administrator_adds_mends_and_dismisses_somebody(int width) {
        Page page = logIn(page(width), "admin");
        page.navigate(url("/admin/staff"));
        page.getByText("Νέος λογαριασμός").click();
        page.getByLabel("Όνομα χρήστη").fill("Λάθος Όνομα");
        page.getByLabel("Όνομα *", new Page.GetByLabelOptions().setExact(true)).fill("Θάλεια");
        page.getByLabel("Email").fill("όχι διεύθυνση");
        press(page, "Προσθήκη");

        assertThat(page.locator(".field.wrong")).hasCount(2);
        assertThat(page.getByLabel("Όνομα *", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("Θάλεια");
        isFine(page, "staff-refused");

        page.getByLabel("Όνομα χρήστη").fill("thaleia" + width);
        page.getByLabel("Επώνυμο").fill("Ρούσσου");
        page.getByLabel("Email").fill("thaleia@example.org");
        press(page, "Προσθήκη");
        assertThat(page.locator(".roles .error")).containsText("τουλάχιστον έναν ρόλο");

        page.locator("summary", new Page.LocatorOptions().setHasText("Χανίων")).click();
        page.locator("[aria-label*=Χανίων]").getByLabel("Νομικά").check();
        page.locator("details", new Page.LocatorOptions().setHasText("Χανίων"))
                .getByLabel("Χρηματοδότηση")
                .check();
        page.locator("summary", new Page.LocatorOptions().setHasText("Καρδίτσας"))
                .click();
        page.locator("[aria-label*=Καρδίτσας]").getByLabel("Γραμματεία").check();
        press(page, "Προσθήκη");

        assertThat(page.locator("h1")).hasText("Θάλεια Ρούσσου");
        assertThat(page.locator(".secret code")).hasText(Pattern.compile("([a-z2-9]{4}-){3}[a-z2-9]{4}"));
        assertThat(page.locator("details", new Page.LocatorOptions().setHasText("Χανίων"))
                        .getByLabel("Χρηματοδότηση"))
                .isChecked();
        isFine(page, "staff-added");
        page.reload();
        assertThat(page.locator(".secret")).hasCount(0);

        press(page, "Απενεργοποίηση");
        assertThat(page.locator(".notice.good")).containsText("απενεργοποιήθηκε");
        isFine(page, "staff-dismissed");
        page.navigate(url("/admin/staff"));
        assertThat(page.locator("main")).not().containsText("thaleia" + width);
        page.getByText("Όσοι έχουν αποχωρήσει").click();
        assertThat(page.locator("main")).containsText("thaleia" + width);
        isFine(page, "staff-former");
    }

    @Test
    void of_two_who_change_at_once_the_second_is_told_and_keeps_what_was_typed() {
        Page one = logIn(page(DESK), "admin");
        Page two = logIn(page(DESK), "chania.coordinator");
        one.navigate(url("/admin/staff/account/chania.legal"));
        two.navigate(url("/admin/staff/account/chania.legal"));
        one.getByLabel("Email").fill("nomikos@example.org");
        press(one, "Αποθήκευση");
        two.getByLabel("Επώνυμο").fill("Κριαράς-Νέος");
        press(two, "Αποθήκευση");

        assertThat(two.locator(".notice.bad")).containsText("Κάποιος άλλος άλλαξε");
        assertThat(two.getByLabel("Επώνυμο")).hasValue("Κριαράς-Νέος");
        two.navigate(url("/admin/staff/account/chania.legal"));
        assertThat(two.getByLabel("Email")).hasValue("nomikos@example.org");
        assertThat(two.getByLabel("Επώνυμο")).hasValue("Κριαράς");
    }

    @Test
    void a_coordinator_finds_nobody_of_another_centre_and_others_find_no_page() {
        Page page = logIn(page(DESK), "kerkyra.coordinator");
        page.navigate(url("/admin/staff"));
        assertThat(page.locator("main")).not().containsText("chania.");
        assertThat(page.navigate(url("/admin/staff/account/chania.intake")).status())
                .isEqualTo(404);
        assertThat(page.navigate(url("/admin/staff/account/admin")).status()).isEqualTo(404);
        Page other = logIn(page(DESK), "kerkyra.counsellor");
        assertThat(other.navigate(url("/admin/staff")).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_member_of_staff_enters_an_absence_and_ends_it(int width) {
        String who = width == DESK ? "magnisia.legal" : "karditsa.legal";
        Page page = logIn(page(width), who);
        page.navigate(url("/absences"));
        press(page, "Καταχώριση");
        assertThat(page.locator(".field.wrong")).hasCount(3);
        isFine(page, "absences-refused");

        String centre = who.substring(0, who.indexOf('.'));
        page.getByLabel("Πρώτη ημέρα").fill(clock.today().toString());
        page.getByLabel("Τελευταία ημέρα").fill(clock.today().minusDays(2).toString());
        page.getByLabel("Ποιος αναπληρώνει").selectOption(centre + ".accountant");
        press(page, "Καταχώριση");
        assertThat(page.locator(".notice.bad")).containsText("πριν από την ημερομηνία έναρξης");
        assertThat(page.getByLabel("Ποιος αναπληρώνει")).hasValue(centre + ".accountant");

        page.getByLabel("Τελευταία ημέρα").fill(clock.today().plusDays(5).toString());
        press(page, "Καταχώριση");
        assertThat(page.locator(".notice.good")).containsText("καταχωρίστηκε");
        isFine(page, "absences-entered");

        Page coordinator = logIn(page(width), centre + ".coordinator");
        coordinator.navigate(url("/admin/staff/account/" + who));
        assertThat(coordinator.locator(".away")).containsText("αναπλήρωση");
        isFine(coordinator, "absences-card");
        Page standIn = logIn(page(width), centre + ".accountant");
        standIn.navigate(url("/absences"));
        assertThat(standIn.locator("main")).containsText("Αναπληρώνετε");

        press(page, "Λήξη τώρα");
        assertThat(page.locator("main")).containsText("Δεν έχει καταχωριστεί απουσία");
    }

    @Test
    void pages_are_in_the_language_of_whoever_logs_in() {
        reads("dock.coordinator", "en");
        Page page = logIn(page(DESK), "dock.coordinator");
        page.navigate(url("/admin/staff"));
        assertThat(page.locator("h1")).hasText("Staff");
        page.navigate(url("/admin/staff?lang=el"));
        assertThat(page.locator("h1")).hasText("Προσωπικό");
    }

    @AfterEach
    void everybody_reads_greek_again() {
        reads("dock.coordinator", "el");
    }

    private void reads(String user, String language) {
        jdbc.sql("update staff_account set language = ?, version = version + 1 where user_id = ? and language <> ?")
                .params(language, user, language)
                .update();
    }
}
