package org.diadromi.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test in a real browser, as somebody in Athens has it on the desk or in the hand. */
@ExtendWith(Chromium.class)
abstract class BrowserTest extends RunningApp {

    static final int DESK = 1400;
    static final int PHONE = 390;

    private static final Path PICTURES = Path.of("target", "screenshots");

    private static Playwright playwright;
    private static Browser browser;

    private final Map<String, Page> desks = new HashMap<>();
    private final List<BrowserContext> open = new ArrayList<>();

    @BeforeAll
    static void start() {
        // As patient with what a page shows as with what it can be asked to do.
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        playwright = Chromium.playwright();
        browser = Chromium.launch(playwright);
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @AfterEach
    void close() {
        open.forEach(BrowserContext::close);
    }

    /** An empty page in a fresh browser profile, that wide. */
    Page page(int width) {
        return page(width, true);
    }

    /** The same where scripts do not run. */
    Page pageWithoutScripts(int width) {
        return page(width, false);
    }

    private Page page(int width, boolean scripts) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setJavaScriptEnabled(scripts)
                .setLocale("el-GR")
                .setTimezoneId("Europe/Athens")
                .setViewportSize(width, width == PHONE ? 844 : 1000));
        context.setDefaultTimeout(20_000);
        open.add(context);
        return context.newPage();
    }

    /** Where a member of staff has logged in, at the desk; the same one whenever it is asked for in a test. */
    Page of(String user) {
        return desks.computeIfAbsent(user, name -> logIn(page(DESK), name));
    }

    Page logIn(Page page, String user) {
        page.navigate(url("/login"));
        page.getByLabel("Όνομα χρήστη").fill(user);
        page.getByLabel("Κωδικός πρόσβασης").fill("demo");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Σύνδεση").setExact(true))
                .click();
        page.waitForURL(Pattern.compile(".*/(camunda/app/|supervision).*"));
        return page;
    }

    Tasklist tasklist(String user) {
        return new Tasklist(of(user), url("/camunda/app/tasklist/default/"));
    }

    static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** Open to everybody, no wider than the screen, and kept as a picture of the whole page. */
    static void isFine(Page page, String picture) {
        page.locator("main").waitFor();
        isOpenToEverybody(page);
        fits(page);
        picture(page, (picture + "-" + page.viewportSize().width).replaceAll("\\W+", "-"), true);
    }

    /** No violation of WCAG 2.1 AA that axe finds. */
    static void isOpenToEverybody(Page page) {
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as(page.url())
                .extracting(Rule::getId, rule -> rule.getNodes().get(0).getHtml())
                .isEmpty();
    }

    /** Nothing has to be pushed aside to be read. The locator waits for a document that is just being exchanged. */
    static void fits(Page page) {
        assertThat((int) page.locator("html").evaluate("html => html.scrollWidth"))
                .as("width of %s", page.url())
                .isLessThanOrEqualTo(page.viewportSize().width);
    }

    void picturesOfFailure(String test) {
        String name = test.replaceAll("\\W", "");
        for (int i = 0; i < open.size(); i++) {
            for (Page page : open.get(i).pages()) {
                picture(page, "failure-" + name + "-" + i);
            }
        }
    }

    /** Keeps a picture of the page as it is, under target/screenshots. */
    static void picture(Page page, String name) {
        picture(page, name, false);
    }

    /** As above; of the whole page if it is longer than the screen. */
    static void picture(Page page, String name, boolean whole) {
        page.screenshot(
                new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(whole));
    }
}
