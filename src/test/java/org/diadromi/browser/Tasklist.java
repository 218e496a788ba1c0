package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ViewportSize;
import java.util.regex.Pattern;

/** Camunda's Tasklist, as a member of staff works with it. */
class Tasklist {

    private final Page page;
    private final String address;

    Tasklist(Page page, String address) {
        this.page = page;
        this.address = address;
    }

    Page page() {
        return page;
    }

    /** Opens Tasklist anew and shows what a filter finds. */
    Tasklist filter(String name) {
        page.navigate("about:blank");
        page.navigate(address);
        filters().filter(new Locator.FilterOptions().setHasText(name)).click();
        assertThat(page.locator(".task-filter.active")).containsText(name);
        return this;
    }

    /** The filters on the left, from top to bottom. */
    Locator filters() {
        return page.locator(".task-filter");
    }

    /** The card of a task in the list. */
    Locator card(String task, String caseNumber) {
        return page.locator("li.task")
                .filter(new Locator.FilterOptions().setHasText(caseNumber))
                .filter(new Locator.FilterOptions().setHasText(task));
    }

    /** Begins a process and shows its form. */
    CamundaForm begin(String process) {
        page.navigate("about:blank");
        page.navigate(address);
        page.getByText("Έναρξη διαδικασίας").first().click();
        page.locator(".modal-content").getByText(process).click();
        return new CamundaForm(page.locator(".modal-content .fjs-container"));
    }

    /** Opens a task and claims it. */
    CamundaForm claim(String task, String caseNumber) {
        open(task, caseNumber);
        Response claimed = page.waitForResponse(
                answer -> answer.url().endsWith("/claim"),
                () -> button("Ανάληψη").click());
        if (!claimed.ok()) {
            throw new AssertionError("Not claimed: " + claimed.status() + " " + claimed.text());
        }
        assertThat(button("Ολοκλήρωση")).isVisible();
        return new CamundaForm(page.locator(".task-card .fjs-container"));
    }

    void open(String task, String caseNumber) {
        card(task, caseNumber).first().click();
        assertThat(page.locator(".task-card h2")).containsText(task);
    }

    /** Sends the form of the task or process; gives the answer of the server. */
    Response send(String button) {
        assertThat(button(button)).isEnabled();
        return page.waitForResponse(
                answer -> answer.url().endsWith("/submit-form"),
                () -> button(button).click());
    }

    /** Completes the task and waits until Tasklist has taken it away. */
    void complete() {
        Response answer = send("Ολοκλήρωση");
        if (!answer.ok()) {
            throw new AssertionError("Not completed: " + answer.status() + " " + answer.text());
        }
        assertThat(page.locator(".no-task")).isVisible();
    }

    /** What Tasklist says of an answer that was refused. */
    Locator refusal() {
        return page.locator(".notification.alert-danger, .notifications .alert");
    }

    /** Keeps a picture of the whole form, however long it is. */
    void picture(String name) {
        ViewportSize desk = page.viewportSize();
        int height = (int) page.evaluate(
                "() => Math.max(...['.modal', '.column-right .content'].map(e => document.querySelector(e))"
                        + ".filter(e => e).map(e => e.scrollHeight)) + 140");
        page.setViewportSize(desk.width, Math.max(desk.height, height));
        BrowserTest.picture(page, name);
        page.setViewportSize(desk.width, desk.height);
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^\\s*" + name + "\\s*$")));
    }
}
