package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages about people's rights over their data. */
class PrivacyPagesTest extends BrowserTest {

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_counsellor_records_sensitive_data_once_the_person_has_agreed(int width) {
        String number = openCase("magnisia.intake", "Αντώνης", "Βολιώτης");
        Page page = logIn(page(width), "magnisia.counsellor");
        page.navigate(url("/cases/" + number + "/sensitive"));
        answer(page, "Αναπηρία", "Ναι");
        press(page, "Αποθήκευση");
        assertThat(page.locator(".notice.bad")).containsText("με τη συγκατάθεση του προσώπου");
        isFine(page, "sensitive-refused");

        page.getByLabel("Συμφωνώ να τηρεί το κέντρο").check();
        press(page, "Αποθήκευση");
        assertThat(page.locator(".notice.good")).hasText("Αποθηκεύτηκε.");
        assertThat(page.locator("main")).containsText("Θανάσης Βογιατζής");
        assertThat(radio(page, "Αναπηρία", "Ναι")).isChecked();
        assertThat(radio(page, "Έλλειψη στέγης", "Δεν ρωτήθηκε")).isChecked();
        isFine(page, "sensitive");

        press(page, "Προτιμά να μην απαντήσει σε τίποτα");
        assertThat(radio(page, "Αναπηρία", "Προτιμά να μην απαντήσει")).isChecked();
        press(page, "Διαγραφή όλων");
        assertThat(page.locator(".notice.good")).containsText("διαγράφηκαν");
        assertThat(page.locator("main")).containsText("Δεν έχει καταγραφεί ακόμη κάτι");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_coordinator_registers_a_request_and_the_check_of_identity_waits(int width) {
        String number = openCase("chania.intake", "Χρυσούλα", "Ρεθυμνιωτάκη");
        Page page = logIn(page(width), "chania.coordinator");
        page.navigate(url("/requests"));
        page.getByLabel("Αριθμός υπόθεσης").fill("CHA-1999-00001");
        page.getByLabel("Αντίγραφο των στοιχείων").check();
        page.getByLabel("Τι ζητά ακριβώς").fill("Ό,τι έχετε γράψει για μένα");
        press(page, "Καταχώριση");
        assertThat(page.locator(".notice.bad")).containsText("Δεν υπάρχει υπόθεση με αριθμό CHA-1999-00001");
        assertThat(page.getByLabel("Τι ζητά ακριβώς")).hasValue("Ό,τι έχετε γράψει για μένα");
        page.getByLabel("Αριθμός υπόθεσης").fill(number);
        press(page, "Καταχώριση");
        assertThat(page.locator(".notice.good")).containsText("καταχωρίστηκε");
        assertThat(page.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(number)))
                .containsText("Εκκρεμεί");
        isFine(page, "requests");

        page.getByLabel("Αριθμός υπόθεσης").fill(number);
        page.getByLabel("Αντίγραφο των στοιχείων").check();
        press(page, "Καταχώριση");
        assertThat(page.locator(".notice.bad")).containsText("εκκρεμεί ήδη το ίδιο αίτημα");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_coordinator_sees_beforehand_what_a_night_lets_go_of(int width) {
        String number = openCase("chania.intake", "Χρυσούλα", "Ρεθυμνιωτάκη");
        jdbc.sql("update case_file set status = 'CLOSED', closed_at = ? where number = ?")
                .params(clock.now().minusYears(3), number)
                .update();
        Page page = logIn(page(width), "chania.coordinator");
        page.navigate(url("/retention"));
        assertThat(page.locator("main")).containsText(number);
        isFine(page, "retention");
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_coordinator_finds_who_of_the_staff_looked_at_a_case(int width) {
        String number = openCase("chania.intake", "Χρυσούλα", "Ρεθυμνιωτάκη");
        logIn(page(DESK), "chania.counsellor").navigate(url("/cases/" + number + "/sensitive"));
        Page page = logIn(page(width), "chania.coordinator");
        page.navigate(url("/audit"));
        page.getByLabel("Υπόθεση ή αντικείμενο").fill(number.toLowerCase(java.util.Locale.ROOT));
        page.getByLabel("Λογαριασμός").fill("chania.counsellor");
        press(page, "Αναζήτηση");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody tr")).containsText("Ευαίσθητα στοιχεία");
        assertThat(page.locator("tbody tr .address").first()).containsText("chania.counsellor");
        isFine(page, "audit-found");
    }

    private static Locator radio(Page page, String question, String answer) {
        return page.getByRole(
                        AriaRole.GROUP,
                        new Page.GetByRoleOptions().setName(question).setExact(true))
                .getByLabel(answer, new Locator.GetByLabelOptions().setExact(true));
    }

    private static void answer(Page page, String question, String answer) {
        radio(page, question, answer).check();
    }
}
