package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sheet of an event, from the file to the cases. */
class OutreachPagesTest extends BrowserTest {

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_sheet_becomes_first_contacts(int width) {
        Page page = page(width);
        logIn(page, "chania.intake");
        page.navigate(url("/cases"));
        page.getByText("Εισαγωγή παρουσιολογίου εκδήλωσης").click();
        isFine(page, "outreach-empty");
        page.getByLabel("Εκδήλωση").fill("Γιορτή συνεταιρισμών " + width);
        page.getByLabel("Ημερομηνία").fill("2026-01-15");
        page.getByLabel("Τόπος (προαιρετικά)").fill("Δημοτικός κήπος");
        page.getByLabel("Δήμος").fill("Χανίων");
        page.getByLabel("Για όλους όσοι είναι στον κατάλογο").check();
        page.getByLabel("Αρχείο").setInputFiles(new FilePayload("παρόντες.csv", "text/csv", """
                        Γιορτή συνεταιρισμών;;;
                        ;;;
                        Επώνυμο;Όνομα;Κινητό;e-mail
                        Βαρδάκη;Άννα;69%1$08d;anna%1$d@example.org
                        Vardaki;Anna;69%1$08d;
                        Μανουσάκης;Γιώργης;12345;
                        Λυραράκη;Ρένα;;rena%1$d@example.org
                        """.formatted(width)
                .getBytes(StandardCharsets.UTF_8)));
        press(page, "Έλεγχος του αρχείου");
        assertThat(page.locator("#progress")).containsText("2 γραμμές έτοιμες για καταχώριση");
        assertThat(page.locator("table.rows")).containsText("Το πρόσωπο είναι και στη γραμμή 4.");
        isFine(page, "outreach-preview");
        page.getByText("Τι περιέχει κάθε στήλη").click();
        isFine(page, "outreach-columns");
        press(page, "Καταχώριση 2 προσώπων");
        for (int i = 0; i < 60 && page.locator("#progress").innerText().contains("Η καταχώριση γίνεται"); i++) {
            if (i == 0) {
                picture(page, "outreach-running-" + width, true);
            }
            page.waitForTimeout(1000);
        }
        assertThat(page.locator("#progress")).containsText("Άνοιξαν 2 υποθέσεις");
        assertThat(page.locator("table.rows")).containsText("Καταχωρίστηκε");
        isFine(page, "outreach-done");
        page.locator("table.rows a").last().click();
        assertThat(page.locator(".facts")).containsText("Εκδήλωση");
        page.navigate(url("/outreach"));
        isFine(page, "outreach-list");
    }
}
