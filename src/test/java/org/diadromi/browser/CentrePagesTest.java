package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages on which an administrator adds centres and changes their settings. */
class CentrePagesTest extends BrowserTest {

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void an_administrator_adds_a_centre_and_changes_it(int width) {
        Page page = logIn(page(width), "admin");
        page.navigate(url("/admin/centres"));
        isFine(page, "centres");
        page.getByText("Νέο κέντρο").click();
        isFine(page, "centres-new");
        page.getByLabel("Σύντομο όνομα").fill("Άρτα");
        page.getByLabel("Κωδικός υποθέσεων").fill("KER");
        page.getByLabel("Περιφέρεια").fill("Ήπειρος");
        page.getByLabel("Email για απαντήσεις").fill("όχι");
        page.getByLabel("Άτομα ανά κύκλο, από").fill("20");
        page.getByLabel("Ονομασία, γραμμή 1").fill("Πολιούχος");
        page.getByLabel("Σχέδιο υποστήριξης").first().fill("0");
        page.getByLabel("ΕΚΤ+").first().fill("πολλές");
        press(page, "Προσθήκη");

        assertThat(page.locator(".field.wrong")).hasCount(9);
        assertThat(page.getByLabel("Ονομασία, γραμμή 1")).hasValue("Πολιούχος");
        assertThat(page.getByLabel("Σχέδιο υποστήριξης").first()).hasValue("0");
        assertThat(page.getByLabel("ΕΚΤ+").first()).hasValue("πολλές");
        isFine(page, "centres-refused");

        page.getByLabel("Σύντομο όνομα").fill("arta" + width);
        page.getByLabel("Όνομα *", new Page.GetByLabelOptions().setExact(true)).fill("Κέντρο Στήριξης Άρτας " + width);
        page.getByLabel("Όνομα στα αγγλικά").fill("Support Centre of Arta");
        page.getByLabel("Άτυπο").check();
        page.getByLabel("Email για απαντήσεις").fill("arta@example.org");
        page.getByLabel("Άτομα ανά κύκλο, από").fill("10");
        page.getByLabel("Ημερομηνία, γραμμή 1").fill("2027-05-29");
        page.getByLabel("Σχέδιο υποστήριξης").first().fill("5");
        page.getByLabel("ΕΚΤ+").first().fill("1.250");
        press(page, "Προσθήκη");
        assertThat(page.locator(".field.wrong")).hasCount(1);
        assertThat(page.locator(".field.wrong")).containsText("τον έχει ήδη άλλο κέντρο");

        page.getByLabel("Κωδικός υποθέσεων").fill(width == DESK ? "ART" : "ARP");
        press(page, "Προσθήκη");
        assertThat(page.locator(".notice.good")).containsText("προστέθηκε");
        assertThat(page.getByLabel("Ονομασία, γραμμή 1")).hasValue("Πολιούχος");
        assertThat(page.getByLabel("Σχέδιο υποστήριξης").first()).hasValue("5");
        assertThat(page.getByLabel("ΕΚΤ+").first()).hasValue("1250");
        isFine(page, "centres-added");

        assertThat(page.getByLabel("Το προσωπικό:")).isChecked();
        page.getByLabel("Η εφαρμογή:").check();
        page.getByLabel("Σάββατο").check();
        page.getByLabel("Δευτέρα").uncheck();
        page.getByLabel("Ημερομηνία, γραμμή 1").fill("");
        page.getByLabel("Ονομασία, γραμμή 1").fill("");
        page.getByLabel("Μήνες παρακολούθησης").fill("12, 6");
        press(page, "Αποθήκευση");
        assertThat(page.locator(".notice.good")).containsText("ισχύουν από τώρα");
        assertThat(page.getByLabel("Η εφαρμογή:")).isChecked();
        assertThat(page.getByLabel("Σάββατο")).isChecked();
        assertThat(page.getByLabel("Δευτέρα")).not().isChecked();
        assertThat(page.getByLabel("Ονομασία, γραμμή 1")).hasValue("");
        assertThat(page.getByLabel("Μήνες παρακολούθησης")).hasValue("6, 12");

        page.navigate(url("/contact?centre=arta" + width));
        assertThat(page.locator("h1")).hasText("Κέντρο Στήριξης Άρτας " + width);
    }

    @Test
    void a_centre_is_open_on_one_day_at_least() {
        Page page = logIn(page(DESK), "admin");
        page.navigate(url("/admin/centres/centre/higgs"));
        for (String day : new String[] {"Δευτέρα", "Τρίτη", "Τετάρτη", "Πέμπτη", "Παρασκευή"}) {
            page.getByLabel(day).uncheck();
        }
        press(page, "Αποθήκευση");
        assertThat(page.locator(".field.wrong")).containsText("τουλάχιστον μία ημέρα");
    }

    @Test
    void of_two_who_change_at_once_the_second_sees_what_the_first_saved_and_keeps_what_was_typed() {
        Page one = logIn(page(DESK), "admin");
        Page two = logIn(page(DESK), "admin");
        one.navigate(url("/admin/centres/centre/eata"));
        two.navigate(url("/admin/centres/centre/eata"));
        one.getByLabel("Τηλέφωνο").fill("210 1234567");
        press(one, "Αποθήκευση");
        two.getByLabel("Διεύθυνση", new Page.GetByLabelOptions().setExact(true)).fill("Ερμού 1");
        press(two, "Αποθήκευση");

        assertThat(two.locator(".notice.bad")).containsText("Κάποιος άλλος άλλαξε");
        assertThat(two.locator(".facts")).containsText("210 1234567");
        assertThat(two.getByLabel("Διεύθυνση", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("Ερμού 1");
        isFine(two, "centres-meanwhile");
        two.getByLabel("Τηλέφωνο").fill("210 1234567");
        press(two, "Αποθήκευση");
        assertThat(two.locator(".notice.good")).isVisible();
        assertThat(two.getByLabel("Τηλέφωνο")).hasValue("210 1234567");
        assertThat(two.getByLabel("Διεύθυνση", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("Ερμού 1");
    }

    @Test
    void settings_are_the_administrators_only() {
        Page page = logIn(page(DESK), "kerkyra.coordinator");
        assertThat(page.navigate(url("/admin/centres")).status()).isEqualTo(403);
        assertThat(page.navigate(url("/admin/centres/centre/kerkyra")).status()).isEqualTo(403);
        Page admin = logIn(page(DESK), "admin");
        assertThat(admin.navigate(url("/admin/centres/centre/nowhere")).status())
                .isEqualTo(404);
    }
}
