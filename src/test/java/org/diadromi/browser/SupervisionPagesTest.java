package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.diadromi.supervision.SampleCases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of supervision as a supervisor and a coordinator see them, with some hundred cases behind them. */
class SupervisionPagesTest extends BrowserTest {

    @BeforeEach
    void there_are_cases() {
        if (jdbc.sql("select count(*) from case_fact where case_number like 'S%'")
                        .query(Integer.class)
                        .single()
                == 0) {
            new SampleCases(jdbc, 5, clock.now()).add(400);
        }
    }

    @Test
    void a_coordinator_sees_what_is_left_of_what_each_funding_line_pays() {
        int year = clock.today().getYear();
        jdbc.sql("delete from funding_budget where centre_id = 'kerkyra'").update();
        for (Object[] budget : new Object[][] {{"packageB", 20}, {"packageA", 60}, {"esf", 1500}}) {
            jdbc.sql("insert into funding_budget (centre_id, line, budget_year, hours) values ('kerkyra', ?, ?, ?)")
                    .params(budget[0], year, budget[1])
                    .update();
        }
        for (int width : new int[] {DESK, PHONE}) {
            Page page = opened("kerkyra.coordinator", "/supervision/people?source=event", width);
            assertThat(page.locator("#budgets tbody tr", new Page.LocatorOptions().setHasText(year + " · Πακέτο Α")))
                    .containsText("60,0");
            assertThat(page.locator("#budgets tbody tr", new Page.LocatorOptions().setHasText(year + " · ΕΚΤ+")))
                    .containsText("1.500");
            assertThat(page.locator(
                            "#budgets tbody tr", new Page.LocatorOptions().setHasText(year + " · Χωρίς χρηματοδότηση")))
                    .containsText("–");
            assertThat(page.locator("#budgets .chart svg")).isVisible();
            assertThat(page.locator("#budgets .chart svg")).containsText("1.500");
            page.locator("#budgets .chart").hover();
            assertThat(page.locator("#budgets .chart svg"))
                    .containsText(java.util.regex.Pattern.compile(String.join(
                            "|", page.locator("#budgets td:nth-child(3)").allTextContents())));
            assertThat(page.locator("#budgets .chart svg"))
                    .not()
                    .containsText(java.util.regex.Pattern.compile("\\d,\\d{3}|\\d\\.\\d(?!\\d)"));
            isFine(page, "supervision-budgets-" + width);
        }
        Page english = opened("kerkyra.coordinator", "/supervision/people?source=event&lang=en", DESK);
        assertThat(english.locator("#budgets .chart svg")).containsText("1,500");
        english.navigate(url("/supervision/people?lang=el"));
        assertThat(opened("supervisor", "/supervision/people", DESK).locator("#budgets"))
                .hasCount(0);
    }

    @Test
    void decisions_against_the_advice_are_counted_for_all_and_explained_to_whoever_may_open_the_case() {
        twelveDecisionsAgainstTheAdvice();
        for (int width : new int[] {DESK, PHONE}) {
            Page page = opened("kerkyra.coordinator", "/supervision/results?period=24m", width);
            assertThat(page.locator("#advised .chart svg")).isVisible();
            assertThat(page.locator("#otherwise tbody tr").first()).containsText("Το συζητήσαμε μαζί");
            assertThat(page.locator("#otherwise tbody tr a").first())
                    .hasAttribute("href", java.util.regex.Pattern.compile(".*/cases/S.*"));
            assertThat(page.locator("#otherwise tr:visible")).hasCount(11);
            int all = Integer.parseInt(page.locator("#advised tbody tr")
                    .last()
                    .locator("td")
                    .nth(3)
                    .textContent());
            assertThat(page.locator("#otherwise tbody tr")).hasCount(all);
            isFine(page, "supervision-decisions");
            page.locator("#otherwise summary").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#otherwise tbody tr").last()).isVisible();
            isFine(page, "supervision-decisions-open");
        }
        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where action = 'VIEWED' and subject = 'supervision' and by_user = 'kerkyra.coordinator' and centre_id = 'kerkyra'")
                        .query(Integer.class)
                        .single())
                .isPositive();
        Page supervisor = opened("supervisor", "/supervision/results?period=24m&centre=kerkyra", DESK);
        assertThat(supervisor.locator("#advised tbody tr").first()).isVisible();
        assertThat(supervisor.locator("#otherwise")).hasCount(0);
        assertThat(supervisor.locator("body")).not().containsText("Το συζητήσαμε μαζί");
        isFine(supervisor, "supervision-decisions-supervisor");
        Page admin = opened("admin", "/supervision/results?period=24m&centre=kerkyra", DESK);
        assertThat(admin.locator("#advised tbody tr").first()).isVisible();
        assertThat(admin.locator("#otherwise")).hasCount(0);
    }

    /** More than a page shows without being asked, whatever the sample has. */
    private void twelveDecisionsAgainstTheAdvice() {
        int added = jdbc.sql("""
                insert into suitability_assessment (case_id, advice, advice_reason, advised_at, outcome, reason, decided_by, decided_at)
                select case_id, 'kalo', '–', cast(:now as timestamp), 'business', 'Το συζητήσαμε μαζί.', 'kerkyra.counsellor',
                       cast(:now as timestamp)
                from case_fact where centre_id = 'kerkyra' and case_number like 'S%' order by case_id fetch first 12 rows only
                """).param("now", clock.now()).update();
        assertThat(added).isEqualTo(12);
        jdbc.sql("""
                insert into suitability_fact (assessment_id, case_id, centre_id, advice, decision, decided_by, decided_at)
                select a.id, a.case_id, c.centre_id, a.advice, a.outcome, a.decided_by, a.decided_at
                from suitability_assessment a join case_fact c on c.case_id = a.case_id
                where a.reason = 'Το συζητήσαμε μαζί.' and not exists (select 1 from suitability_fact s where s.assessment_id = a.id)
                """).update();
    }

    @Test
    void whoever_may_see_names_looks_at_the_cases_of_one_counsellor_of_their_centres() {
        Page coordinator = opened("kerkyra.coordinator", "/supervision/flow?period=24m", DESK);
        assertThat(coordinator.locator("#counsellor option[value='kerkyra.counsellor']"))
                .hasCount(1);
        assertThat(coordinator.locator("#counsellor option[value^='chania.']")).hasCount(0);
        coordinator.locator("#counsellor").selectOption("kerkyra.counsellor");
        coordinator.locator("form.filters button").click();
        coordinator.waitForURL(address -> address.contains("counsellor=kerkyra.counsellor"));
        assertThat(coordinator.locator(".chart svg").first()).isVisible();
        assertThat(opened("admin", "/supervision/flow?period=24m", DESK)
                        .locator("#counsellor option[value='chania.counsellor']"))
                .hasCount(1);
        assertThat(opened("supervisor", "/supervision/flow?period=24m", DESK).locator("#counsellor"))
                .hasCount(0);
    }

    private Page opened(String user, String path, int width) {
        Page page = page(width);
        page.navigate(url("/login"));
        page.getByLabel("Όνομα χρήστη").fill(user);
        page.getByLabel("Κωδικός πρόσβασης").fill("demo");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Σύνδεση").setExact(true))
                .click();
        page.waitForURL(address -> !address.contains("/login"));
        page.navigate(url(path));
        return page;
    }

    @ParameterizedTest
    @CsvSource({
        "supervisor, /supervision",
        "supervisor, /supervision/flow?period=24m",
        "supervisor, /supervision/map?period=24m&compare=centre&other=chania&centre=dock&process=legal-registration",
        "supervisor, /supervision/results?period=24m",
        "kerkyra.coordinator, /supervision/results?period=all",
        "kerkyra.coordinator, /supervision/people?period=24m",
        "supervisor, /supervision/forecast",
        "kerkyra.coordinator, /supervision/forecast",
        "kerkyra.coordinator, /supervision",
        "kerkyra.coordinator, /supervision/flow?lang=en&period=24m"
    })
    void the_figures_are_open_to_everybody_at_the_desk_and_on_the_phone(String user, String path) {
        for (int width : new int[] {DESK, PHONE}) {
            Page page = opened(user, path, width);
            assertThat(page.locator(path.contains("/map") ? "[data-drawn] svg" : ".chart svg")
                            .first())
                    .isVisible();
            assertThat(page.locator(".chart svg").count())
                    .isEqualTo(page.locator(".chart").count());
            isFine(page, "supervision-" + user + path);
        }
    }

    @Test
    void the_map_is_coloured_as_its_table_says_and_each_step_leads_to_who_waits_there() {
        for (int width : new int[] {DESK, PHONE}) {
            Page page = opened(
                    "kerkyra.coordinator", "/supervision/map?process=counselling&period=24m&measure=median", width);
            page.navigate(
                    (String)
                            page.locator("#map-table tbody tr")
                                    .evaluateAll(
                                            "rows => rows.find(row => Number(row.cells[6].dataset.value) > 0).querySelector('a').href"));
            assertThat(page.locator("#map-diagram[data-drawn]")).isVisible();
            String hottest = (String)
                    page.locator("#map-table tbody tr")
                            .evaluateAll(
                                    "rows => rows.reduce((a, b) => Number(b.cells[2].dataset.value || 0) > Number(a.cells[2].dataset.value || 0) ? b : a).dataset.node");
            assertThat(page.locator("#map-diagram [data-element-id=" + hottest + "].heat-5"))
                    .hasCount(1);
            assertThat(page.locator("#map-diagram .map-number").first()).isVisible();
            assertThat(page.locator("#map-diagram .map-number").allTextContents())
                    .containsExactlyInAnyOrderElementsOf(
                            page.locator("#map-table tbody tr td:nth-child(3)").allTextContents());
            assertThat(page.locator("#lengths .chart svg")).isVisible();
            assertThat(page.locator("#atNode tbody tr").first()).isVisible();
            isFine(page, "supervision-map");
        }
        Page page = opened("kerkyra.coordinator", "/supervision/map?process=counselling&period=24m", DESK);
        page.locator("#map-diagram [data-element-id=task_counselling_conclude] .djs-hit")
                .first()
                .click();
        assertThat(page.locator("#node")).hasText("Ολοκλήρωση συμβουλευτικής");
        page.navigate(url("/supervision/map?process=nonsense"));
        assertThat(page.locator("h1")).not().containsText("Εποπτεία");
    }

    @Test
    void a_coordinator_sets_targets_and_what_is_typed_wrong_stays_to_be_mended() {
        for (int width : new int[] {DESK, PHONE}) {
            Page page = opened("kerkyra.coordinator", "/supervision/targets", width);
            page.locator("#days-counselling").fill("πολύ");
            page.locator("#percent-counselling").fill("85");
            page.getByText("Αποθήκευση").click();
            assertThat(page.locator(".notice.bad")).containsText("Συμβουλευτική");
            assertThat(page.locator("#days-counselling")).hasValue("πολύ");
            page.locator("#days-counselling").fill("60");
            page.getByText("Αποθήκευση").click();
            assertThat(page.locator(".notice.good")).isVisible();
            assertThat(page.locator("#targets tbody tr").first()).containsText("έως 60 ημέρες στο 85 %");
            isFine(page, "supervision-targets");
        }
    }

    @Test
    void a_supervisor_begins_with_the_figures_and_sees_no_case_and_no_small_number() {
        Page page = opened("supervisor", "/", DESK);
        assertThat(page.locator("h1")).hasText("Εποπτεία: τώρα");
        assertThat(page.locator("#attention")).hasCount(0);
        assertThat(page.locator("[data-value]")
                        .evaluateAll(
                                "cells => cells.filter(cell => cell.closest('#open') && cell.cellIndex < 6).map(cell => Number(cell.dataset.value) % 5)")
                        .toString())
                .doesNotContain("1", "2", "3", "4");
        page.navigate(url("/supervision?centre=higgs"));
        assertThat(page.locator("h1")).not().containsText("Εποπτεία");
    }

    @Test
    void a_coordinator_sees_the_cases_of_the_own_centre_and_takes_the_figures_along() throws Exception {
        Page page = opened("kerkyra.coordinator", "/supervision", DESK);
        assertThat(page.locator("#attention tbody tr").first()).isVisible();
        var file = page.waitForDownload(() -> page.getByText("Λήψη CSV").click());
        String text = Files.readString(file.path(), StandardCharsets.UTF_8);
        assertThat(text).startsWith("\uFEFFΑνοιχτές υποθέσεις").contains(";Εκπρόθεσμες");
        var sheet = page.waitForDownload(() -> page.getByText("Λήψη Excel").click());
        assertThat(Files.size(sheet.path())).isGreaterThan(2000);
    }

    @Test
    void a_chart_goes_into_a_report_as_a_picture_that_says_what_it_shows() throws Exception {
        Page page = opened("kerkyra.coordinator", "/supervision/flow?group=alone&period=24m", DESK);
        var svg = page.waitForDownload(
                () -> page.locator("#funnel [data-picture=svg]").click());
        assertThat(svg.suggestedFilename()).matches("funnel-\\d{4}-\\d\\d-\\d\\d\\.svg");
        assertThat(Files.readString(svg.path(), StandardCharsets.UTF_8))
                .startsWith("<svg")
                .contains(page.locator("#funnel-title").textContent())
                .contains("Άτομα")
                .doesNotContain("inherit");
        var png = page.waitForDownload(
                () -> page.locator("#funnel [data-picture=png]").click());
        var image = javax.imageio.ImageIO.read(png.path().toFile());
        assertThat(image.getWidth()).isEqualTo(2000);
        assertThat(new java.awt.Color(image.getRGB(3, 3))).isEqualTo(java.awt.Color.WHITE);
        Files.copy(
                png.path(),
                java.nio.file.Path.of("target", "screenshots", "funnel.png"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void on_paper_are_the_figures_and_what_was_asked_but_no_controls() {
        Page page = opened("kerkyra.coordinator", "/supervision?source=event", DESK);
        assertThat(page.locator("#asked")).isHidden();
        assertThat(page.locator("#print")).isVisible();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
        assertThat(page.locator("#asked")).containsText("Εκδήλωση");
        for (String control : new String[] {".filters", ".tabs", "#print", ".pictures"}) {
            assertThat(page.locator(control).first()).isHidden();
        }
        picture(page, "supervision-print", true);
    }
}
