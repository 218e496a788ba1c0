package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** A Camunda Form on the screen, filled in by the labels that its reader sees. */
class CamundaForm {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private final Locator form;

    CamundaForm(Locator form) {
        this.form = form;
        assertThat(form.locator(".fjs-form-field").first()).isVisible();
    }

    Locator shown() {
        return form;
    }

    CamundaForm type(String label, Object value) {
        input(label).fill(String.valueOf(value));
        return this;
    }

    /** Ticks options of a list of boxes, or the one of several circles. */
    CamundaForm pick(String label, String... options) {
        for (String option : options) {
            check(field(label).getByLabel(exactly(option)));
        }
        return this;
    }

    /** Chooses from a list that drops down. */
    CamundaForm choose(String label, String option) {
        field(label).locator("input").first().click();
        field(label)
                .locator(".fjs-dropdownlist-item")
                .getByText(exactly(option))
                .click();
        return this;
    }

    /** Ticks a box that stands alone. */
    CamundaForm tick(String label) {
        check(form.getByLabel(labelled(label)));
        return this;
    }

    /** The form draws a tick a moment after the click, and loses a click that comes while it draws something else. */
    void check(Locator box) {
        for (int clicks = 0; clicks < 4 && !box.isChecked(); clicks++) {
            box.click();
            form.page().waitForTimeout(300);
        }
        assertThat(box).isChecked();
    }

    CamundaForm day(String label, LocalDate day) {
        Locator input = input(label);
        input.fill(day.format(DAY));
        input.press("Enter");
        input.press("Tab");
        return this;
    }

    CamundaForm time(String label, LocalTime time) {
        Locator input = input(label);
        input.fill(time.toString());
        input.press("Tab");
        return this;
    }

    /** Where something is typed in. */
    Locator input(String label) {
        return form.getByLabel(labelled(label))
                .and(form.page().locator("textarea, input:not([type=radio]):not([type=checkbox])"));
    }

    private Locator field(String label) {
        return form.locator(".fjs-form-field:not(.fjs-form-field-group)")
                .filter(new Locator.FilterOptions()
                        .setHas(form.page().locator("label, legend").getByText(labelled(label))));
    }

    /** Required fields have an asterisk. */
    private static Pattern labelled(String label) {
        return Pattern.compile("^\\s*" + literally(label) + "\\s*\\*?\\s*$");
    }

    private static Pattern exactly(String text) {
        return Pattern.compile("^\\s*" + literally(text) + "\\s*$");
    }

    /** For the browser's patterns, which know no other way to quote. */
    private static String literally(String text) {
        return text.replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0");
    }
}
