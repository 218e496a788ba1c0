package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.diadromi.casefile.CaseFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A case goes from one centre to another, as the staff of both see it. */
class TransferPagesTest extends BrowserTest {

    private static final String TASK = "Παραλαβή υπόθεσης από άλλο κέντρο";

    @Autowired
    private CaseFiles cases;

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_case_is_offered_and_taken_back_on_its_page(int width) {
        String number = openCase("karditsa.intake", "Ευδοκία", "Μουζακίτη");
        Page page = logIn(page(width), "karditsa.coordinator");
        page.navigate(url("/cases/" + number));
        offer(page, "Κέντρο Στήριξης Κ.ΑΛ.Ο. Χανίων");
        isFine(page, "transfer-form");
        press(page, "Προσφορά στο άλλο κέντρο");
        assertThat(page.locator(".notice.good")).containsText("Η υπόθεση προσφέρθηκε.");
        assertThat(page.locator("main")).containsText("Προσφέρθηκε στο κέντρο «Κέντρο Στήριξης Κ.ΑΛ.Ο. Χανίων»");
        isFine(page, "transfer-on-offer");
        press(page, "Ανάκληση της προσφοράς");
        assertThat(page.locator(".notice.good")).containsText("Η προσφορά ανακλήθηκε.");
        assertThat(page.locator("main")).containsText("Ανάκληση της προσφοράς σε άλλο κέντρο");
    }

    @Test
    void the_other_centre_accepts_it_in_tasklist_and_has_it_with_its_history() {
        String number = openCase("karditsa.intake", "Αριάδνη", "Μουζακίτη");
        Page giving = logIn(page(DESK), "karditsa.coordinator");
        giving.navigate(url("/cases/" + number));
        offer(giving, "Dock, Κέντρο Στήριξης Κ.ΑΛ.Ο. Αθήνας");
        press(giving, "Προσφορά στο άλλο κέντρο");
        assertThat(giving.locator(".notice.good")).containsText("Η υπόθεση προσφέρθηκε.");
        String reference = "MET-%05d"
                .formatted(jdbc.sql("select max(id) from case_transfer")
                        .query(Long.class)
                        .single());

        Tasklist asked = tasklist("dock.coordinator").filter("Όλο το κέντρο");
        CamundaForm form = asked.claim(TASK, reference);
        for (String told : List.of("Αναπτυξιακή Καρδίτσας", "Το πρόσωπο μετακόμισε", "Θα έρχεται με το τρένο.")) {
            assertThat(asked.page().locator(".task-card")).containsText(told);
        }
        assertThat(asked.page().locator("body")).not().containsText("Μουζακίτη");
        form.pick("Παραλαμβάνει το κέντρο σας την υπόθεση;", "Όχι, δεν μπορούμε να την αναλάβουμε");
        asked.picture("task_transfer_answer-declined");
        form.pick("Παραλαμβάνει το κέντρο σας την υπόθεση;", "Ναι, την παραλαμβάνουμε");
        asked.picture("task_transfer_answer");
        asked.complete();

        assertThat(giving.locator("body")).isVisible();
        giving.navigate(url("/cases/" + number));
        assertThat(giving.locator("body")).not().containsText("Μουζακίτη");
        Page page = asked.page();
        page.navigate(url("/cases/" + number));
        assertThat(page.locator("h1")).hasText("Αριάδνη Μουζακίτη");
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/cases/DOC-.*"));
        assertThat(page.locator("main")).containsText("Μεταφορά από άλλο κέντρο: Αναπτυξιακή Καρδίτσας");
        isFine(page, "transfer-arrived");
        page.navigate(url("/cases?q=" + number));
        assertThat(page.locator("#found tbody tr").first()).containsText("Αριάδνη Μουζακίτη");
        org.assertj.core.api.Assertions.assertThat(cases.find("karditsa", number))
                .isEmpty();
    }

    private static void offer(Page page, String centre) {
        page.locator("summary", new Page.LocatorOptions().setHasText("Μεταφορά σε άλλο κέντρο"))
                .click();
        page.getByLabel("Σε ποιο κέντρο")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel(centre));
        page.locator("#transfer-reason").selectOption("moved");
        page.getByLabel("Τι πρέπει να ξέρει το άλλο κέντρο").fill("Θα έρχεται με το τρένο.");
        page.getByLabel("Το πρόσωπο συμφώνησε").check();
        page.getByLabel("στο τηλέφωνο").check();
    }
}
