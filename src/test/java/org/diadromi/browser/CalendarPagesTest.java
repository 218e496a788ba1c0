package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.counselling.Counselling;
import org.diadromi.link.PrivateLinks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.RestClient;

/** The calendar of a centre: hours, the week, booking at a free time, the address for a phone, and a person who moves. */
class CalendarPagesTest extends BrowserTest {

    private static final String COUNSELLOR = "dock.counsellor";

    @Autowired
    private CaseFiles cases;

    @Autowired
    private Counselling counselling;

    @Autowired
    private PrivateLinks links;

    @BeforeEach
    void no_hours_and_no_appointments_yet() {
        jdbc.sql("delete from counsellor_hours where centre_id = 'dock'").update();
        jdbc.sql("update appointment set counsellor = null where counsellor = ?")
                .param(COUNSELLOR)
                .update();
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_counsellor_sets_hours_books_and_subscribes_and_the_person_moves(int width) throws Exception {
        String number = openCase("dock.intake", "Αργυρώ", "Κεφαλληνού" + width);
        goesToBooking(number);
        Page page = logIn(page(width), COUNSELLOR);

        page.navigate(url("/calendar/hours"));
        page.getByLabel("Τρίτη, διάστημα 1: από").fill("13:00");
        page.getByLabel("Τρίτη, διάστημα 1: έως").fill("09:00");
        press(page, "Αποθήκευση");
        assertThat(page.locator(".notice.bad")).containsText("Τρίτη");
        assertThat(page.getByLabel("Τρίτη, διάστημα 1: από")).hasValue("13:00");
        for (String day : List.of("Τρίτη", "Τετάρτη")) {
            page.getByLabel(day + ", διάστημα 1: από").fill("09:00");
            page.getByLabel(day + ", διάστημα 1: έως").fill("13:00");
        }
        page.getByLabel("Τρίτη, διάστημα 2: από").fill("17:00");
        page.getByLabel("Τρίτη, διάστημα 2: έως").fill("19:00");
        press(page, "Αποθήκευση");
        assertThat(page.locator(".notice.good")).containsText("αποθηκεύτηκαν");
        isFine(page, "calendar-hours");

        page.navigate(url("/calendar"));
        assertThat(page.locator("main")).containsText("Περιμένουν ραντεβού");
        page.getByText("Αργυρώ Κεφαλληνού" + width).click();
        isFine(page, "calendar-book");
        press(page, "Ορισμός και αποστολή πρόσκλησης");
        assertThat(page.locator(".notice.bad")).isVisible();
        page.locator("input[name=slot]").nth(2).check();
        String chosen = page.locator("input[name=slot]").nth(2).getAttribute("value");
        page.getByLabel("Στο κέντρο").check();
        page.getByLabel("Νομικά").check();
        page.getByLabel("Χώρος ή σύνδεσμος").fill("Αίθουσα 2");
        press(page, "Ορισμός και αποστολή πρόσκλησης");
        assertThat(page.locator(".notice.good")).containsText("ορίστηκε");
        assertThat(page.locator(".entry")).containsText("Αίθουσα 2");
        assertThat(page.locator(".entry")).containsText(chosen.substring(11));
        isFine(page, "calendar-week");

        page.navigate(url("/calendar/book/" + number));
        assertThat(page.locator("main")).containsText("δεν περιμένει");

        page.navigate(url("/calendar"));
        page.locator("form[action='/calendar/feed'] button").click();
        String address = page.locator(".secret code").textContent();
        String feed = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(url(URI.create(address).getPath())))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(feed).contains(number).contains("BEGIN:VEVENT").doesNotContain("Κεφαλληνού");
        isFine(page, "calendar-feed");
        page.reload();
        assertThat(page.locator(".secret")).hasCount(0);

        CaseFile caseFile = cases.get("dock", number);
        String link = links.fill("dock", caseFile.id(), links.place()).in(links.place());
        Page own = pageWithoutScripts(width);
        own.navigate(url(URI.create(link).getPath()));
        own.getByText("Άλλη ώρα", new Page.GetByTextOptions().setExact(true)).click();
        isFineWithoutScripts(own, "my-move-" + width);
        own.locator("input[name=startsAt]").nth(3).check();
        String other = own.locator("input[name=startsAt]").nth(3).getAttribute("value");
        press(own, "Αλλαγή ώρας");
        assertThat(own.locator(".notice.good")).containsText("άλλαξε ώρα");
        assertThat(own.locator("main")).containsText("Έχετε επιβεβαιώσει");
        assertThat(counselling.appointment(caseFile).startsAt()).isEqualTo(other);

        Page coordinator = logIn(page(width), "dock.coordinator");
        coordinator.navigate(url("/calendar?week=" + other.substring(0, 10)));
        Locator theirs = coordinator.locator(".entry", new Page.LocatorOptions().setHasText("Κεφαλληνού" + width));
        assertThat(theirs).containsText("Επιβεβαιωμένο");
        assertThat(theirs).containsText("Αλέξης Μελάς");
        isFine(coordinator, "calendar-all");
        Page elsewhere = logIn(page(width), "chania.coordinator");
        elsewhere.navigate(url("/calendar?week=" + other.substring(0, 10) + "&who=" + COUNSELLOR));
        assertThat(elsewhere.locator("main")).not().containsText("Κεφαλληνού");
        assertThat(elsewhere.navigate(url("/calendar/book/" + number)).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_week_with_all_that_it_can_hold(int width) {
        LocalDate monday = clock.today().plusWeeks(2).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        for (int i = 0; i < 6; i++) {
            String number = openCase("magnisia.intake", "Ευαγγελία", "Παπαχαραλαμποπούλου" + i);
            counselling.book(
                    cases.get("magnisia", number),
                    monday.plusDays(i / 2).atTime(9 + 2 * (i % 2), width == DESK ? 0 : 1),
                    width == DESK ? 60 : 55,
                    i % 3 == 0 ? "place" : "online",
                    i % 3 == 0 ? "Αίθουσα 2" : "https://meet.example.org/synantisi-" + i,
                    "legal",
                    width == DESK ? "magnisia.counsellor" : "stella");
            jdbc.sql("""
                    insert into enrolment (case_id, centre_id, cohort, starts_on, ends_on, enrolled_at)
                    select id, centre_id, 'Κύκλος Α/2026', ?, ?, opened_at from case_file where number = ?
                    """)
                    .params(monday.plusDays(1), monday.plusDays(30), number)
                    .update();
        }
        jdbc.sql("delete from centre_closure where name = 'Τοπική εορτή'").update();
        jdbc.sql(
                        "insert into centre_closure (centre_id, closed_on, name, kind) values ('magnisia', ?, 'Τοπική εορτή', 'CLOSED')")
                .param(monday.plusDays(3))
                .update();
        settingsChanged();
        jdbc.sql("""
                insert into staff_absence (user_id, centre_id, from_date, to_date, stand_in)
                values ('magnisia.counsellor', 'magnisia', ?, ?, 'stella')
                """).params(monday.plusDays(4), monday.plusDays(4)).update();
        Page page = logIn(page(width), "magnisia.coordinator");
        page.navigate(url("/calendar?week=" + monday));
        assertThat(page.locator(".closed .whole-day").first()).containsText("Τοπική εορτή");
        assertThat(page.locator(".away").first()).containsText("Θανάσης Βογιατζής");
        assertThat(page.locator(".cohort").first()).containsText("Κύκλος Α/2026");
        isFine(page, "calendar-full");
        page.navigate(url("/calendar?lang=en&week=" + monday));
        isFine(page, "calendar-full-en");
        jdbc.sql("delete from staff_absence where user_id = 'magnisia.counsellor' and from_date = ?")
                .param(monday.plusDays(4))
                .update();
        jdbc.sql("delete from centre_closure where name = 'Τοπική εορτή'").update();
        settingsChanged();
    }

    private void settingsChanged() {
        jdbc.sql("update centre set version = version + 1 where id = 'magnisia'")
                .update();
    }

    /** The steps before the appointment, by REST as scripts do them. */
    private void goesToBooking(String number) {
        answer(
                "dock.counsellor",
                number,
                "task_firstContact_initialInterview",
                Map.of(
                        "ageBand",
                        "b30to54",
                        "labourStatus",
                        "employed",
                        "incomeUrgency",
                        "months",
                        "bodyExists",
                        "no",
                        "purpose",
                        "social",
                        "collective",
                        "yes"));
        answer(
                "dock.counsellor",
                number,
                "task_firstContact_decideSuitability",
                Map.of("suitability", "kalo", "reason", "Ταιριάζει."));
        Map<String, Object> plan = new HashMap<>(Map.of("needs", "Οργάνωση", "goals", "Σχέδιο", "plannedSessions", 3));
        plan.put("areas", List.of("business"));
        answer(COUNSELLOR, number, "task_counselling_supportPlan", plan);
    }

    private void answer(String user, String number, String key, Map<String, Object> answer) {
        RestClient rest = RestClient.create(url("/engine-rest"));
        String task = (String) ((Map<?, ?>) rest.get()
                        .uri("/task?processInstanceBusinessKey=" + number + "&taskDefinitionKey=" + key)
                        .headers(headers -> headers.setBasicAuth(user, "demo"))
                        .retrieve()
                        .body(List.class)
                        .get(0))
                .get("id");
        rest.post()
                .uri("/task/" + task + "/claim")
                .headers(headers -> headers.setBasicAuth(user, "demo"))
                .body(Map.of("userId", user))
                .retrieve()
                .toBodilessEntity();
        Map<String, Object> variables = new HashMap<>();
        answer.forEach((name, value) -> variables.put(
                name,
                value instanceof List<?> list
                        ? Map.of("type", "Json", "value", "[\"" + list.get(0) + "\"]")
                        : Map.of("value", value)));
        rest.post()
                .uri("/task/" + task + "/submit-form")
                .headers(headers -> headers.setBasicAuth(user, "demo"))
                .body(Map.of("variables", variables))
                .retrieve()
                .toBodilessEntity();
    }

    private static void isFineWithoutScripts(Page page, String name) {
        fits(page);
        picture(page, name, true);
    }
}
