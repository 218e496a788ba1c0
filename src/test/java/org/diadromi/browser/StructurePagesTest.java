package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.diadromi.link.PrivateLinks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.RestClient;

/** The directory of local structures, and a structure that answers a referral by its link. */
class StructurePagesTest extends BrowserTest {

    @Autowired
    private PrivateLinks links;

    @Autowired
    private ProcessEngine engine;

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void a_coordinator_enters_a_structure_somebody_is_referred_and_it_accepts(int width) {
        Page page = logIn(page(width), "chania.coordinator");
        page.navigate(url("/structures/new"));
        page.getByLabel("E-mail", new Page.GetByLabelOptions().setExact(true)).fill("όχι διεύθυνση");
        press(page, "Αποθήκευση");
        assertThat(page.locator(".field.wrong")).hasCount(2);
        page.getByLabel("Όνομα *").fill("Κέντρο Κοινότητας Χανίων " + width);
        page.locator("#kind").selectOption("community");
        page.getByLabel("Περιοχή").fill("Χανιά");
        page.getByLabel("Διεύθυνση").fill("Κυδωνίας 29");
        page.getByLabel("Τηλέφωνο", new Page.GetByLabelOptions().setExact(true)).fill("28213 41700");
        page.getByLabel("E-mail", new Page.GetByLabelOptions().setExact(true)).fill("kentro@example.org");
        page.getByLabel("Τι προσφέρει").fill("Ενημέρωση για επιδόματα, ψυχοκοινωνική στήριξη.");
        page.getByLabel("Ονοματεπώνυμο").fill("Νίκος Δράκος");
        page.getByLabel("Ιδιότητα").fill("προϊστάμενος");
        page.getByLabel("E-mail του υπευθύνου").fill("nikos@example.org");
        page.getByLabel("E-mail, 2ο πρόσωπο").fill("athina@example.org");
        page.locator("#receiver").selectOption("2");
        press(page, "Αποθήκευση");
        assertThat(page.locator(".field.wrong")).hasCount(2);
        page.getByLabel("Όνομα, 2ο πρόσωπο").fill("Αθηνά Μαρή");
        page.getByLabel("Ρόλος, 2ο πρόσωπο").fill("κοινωνική λειτουργός");
        page.locator("#receiver").selectOption("1");
        page.locator("#agreement").selectOption("MEMORANDUM");
        page.getByLabel("Ημερομηνία συμφωνίας").fill("2026-02-01");
        isFine(page, "structures-edit");
        press(page, "Αποθήκευση");
        assertThat(page.locator("main")).containsText("Μνημόνιο συνεργασίας (01/02/2026)");
        assertThat(page.locator("main")).containsText("Νίκος Δράκος, προϊστάμενος");
        isFine(page, "structures-show");
        page.navigate(url("/structures"));
        assertThat(page.locator("main")).containsText("Αθηνά Μαρή");
        isFine(page, "structures-list");
        Page staff = logIn(page(width), "chania.intake");
        staff.navigate(url("/structures"));
        assertThat(staff.locator("main")).not().containsText("Νέα δομή");
        assertThat(staff.navigate(url("/structures/new")).status()).isEqualTo(403);

        String structure = jdbc.sql("select max(id) from local_structure where centre_id = 'chania'")
                .query(String.class)
                .single();
        assertThat(logIn(page(width), "kerkyra.coordinator")
                        .navigate(url("/structures/" + structure))
                        .status())
                .isEqualTo(404);
        String number = openCase("chania.intake", "Κυριακή", "Σφακιανάκη" + width);
        answer(
                "chania.intake",
                number,
                "task_firstContact_initialInterview",
                Map.of(
                        "ageBand", "b30to54",
                        "labourStatus", "employed",
                        "incomeUrgency", "now",
                        "bodyExists", "no",
                        "purpose", "unsure",
                        "collective", "no"));
        answer(
                "chania.counsellor",
                number,
                "task_firstContact_decideSuitability",
                Map.of("suitability", "socialSupport", "reason", "Χρειάζεται άμεση στήριξη."));
        answer(
                "chania.intake",
                number,
                "task_firstContact_refer",
                Map.of(
                        "structureId",
                        structure,
                        "dataShared",
                        "yes",
                        "structureMessage",
                        "Θα βοηθούσε μια συνάντηση."));
        String referral = jdbc.sql(
                        "select max(r.id) from referral r join case_file c on c.id = r.case_id where c.number = ?")
                .param(number)
                .query(String.class)
                .single();
        assertThat(jdbc.sql("select recipient from outbox_mail where template = 'referral-structure' order by id desc")
                        .query(String.class)
                        .list()
                        .get(0))
                .isEqualTo("athina@example.org");
        long caseId = jdbc.sql("select id from case_file where number = ?")
                .param(number)
                .query(Long.class)
                .single();
        String place = links.place(Long.parseLong(referral));

        Page theirs = page(width);
        theirs.navigate(
                url(URI.create(links.fill("chania", caseId, place).in(place)).getPath()));
        assertThat(theirs.locator("main")).containsText("Κυριακή Σφακιανάκη" + width);
        isFine(theirs, "structure-answer");
        theirs.getByLabel("Θέλετε να πείτε κάτι").fill("Την περιμένουμε τη Δευτέρα.");
        press(theirs, "Δεχόμαστε την παραπομπή");
        assertThat(theirs.locator("main")).containsText("δέχεστε την παραπομπή");
        assertThat(theirs.locator("main")).not().containsText("Σφακιανάκη");
        isFine(theirs, "structure-answered");
        assertThat(jdbc.sql("select structure_answer from referral where id = ?")
                        .param(Long.valueOf(referral))
                        .query(String.class)
                        .single())
                .isEqualTo("accepted");

        page.navigate(url("/structures/" + structure));
        press(page, "Δεν παραπέμπουμε πια εδώ");
        assertThat(page.locator("main")).not().containsText("Χανίων " + width);
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void counselling_ends_with_a_referral_that_one_structure_declines_and_another_accepts(int width) {
        String busy = structure("Κέντρο Κοινότητας " + width);
        String ready = structure("Κοινωνική Υπηρεσία " + width);
        String number = atTheEndOfCounselling("Δήμητρα", "Μαυράκη" + width, width == DESK ? 30 : 31);
        Tasklist tasklist =
                new Tasklist(logIn(page(width), "chania.counsellor"), url("/camunda/app/tasklist/default/"));

        CamundaForm form = tasklist.filter("Της ομάδας μου").claim("Ολοκλήρωση συμβουλευτικής", number);
        form.pick("Πώς συνεχίζει;", "Παραπομπή σε άλλη δομή")
                .type("Σύνοψη της συμβουλευτικής", "Η ιδέα δεν είναι ακόμη ώριμη· χρειάζεται πρώτα στήριξη.")
                .pick("Προς ποιον δρόμο;", "Κοινωνική στήριξη")
                .choose("Από τον κατάλογο δομών", busy + " · Χανιά")
                .pick("Συμφωνεί να δοθούν τα στοιχεία στη δομή;", "Ναι")
                .type("Τι θέλετε να γράψουμε στη δομή;", "Θα βοηθούσε μια συνάντηση.");
        tasklist.picture("task_counselling_conclude-referral-" + width);
        assertThat(tasklist.send("Ολοκλήρωση").status()).isEqualTo(204);

        Page mine = page(width);
        mine.navigate(url(path(number, links.place())));
        assertThat(mine.locator("main")).containsText("Περιμένουμε απάντηση από τη δομή");
        isFine(mine, "my-structure");
        Page staff = logIn(page(width), "chania.counsellor");
        staff.navigate(url("/cases/" + number));
        assertThat(staff.locator("main")).containsText("Περιμένουμε απάντηση από τη δομή: " + busy);
        isFine(staff, "case-structure");

        Page theirs = page(width);
        theirs.navigate(url(path(number, links.place(latestReferral(number)))));
        assertThat(theirs.locator("main")).containsText("Δήμητρα Μαυράκη" + width);
        isFine(theirs, "structure-answer-counselling");
        theirs.getByLabel("Θέλετε να πείτε κάτι")
                .fill("Δεν έχουμε θέσεις πριν από τον Μάρτιο: [πάτα εδώ](https://example.org).");
        press(theirs, "Δεν μπορούμε να τη δεχτούμε");
        assertThat(theirs.locator("main")).containsText("δεν μπορείτε να δεχτείτε την παραπομπή");

        form = tasklist.filter("Της ομάδας μου").claim("Ολοκλήρωση συμβουλευτικής", number);
        assertThat(form.shown()).containsText(busy + " – Δεν δέχεται");
        assertThat(form.shown())
                .containsText("Δεν έχουμε θέσεις πριν από τον Μάρτιο: [πάτα εδώ](https://example.org).");
        assertThat(form.input("Σύνοψη της συμβουλευτικής"))
                .hasValue("Η ιδέα δεν είναι ακόμη ώριμη· χρειάζεται πρώτα στήριξη.");
        form.pick("Πώς συνεχίζει;", "Παραπομπή σε άλλη δομή")
                .choose("Από τον κατάλογο δομών", ready + " · Χανιά")
                .pick("Συμφωνεί να δοθούν τα στοιχεία στη δομή;", "Ναι");
        tasklist.picture("task_counselling_conclude-again-" + width);
        assertThat(tasklist.send("Ολοκλήρωση").status()).isEqualTo(204);

        theirs.navigate(url(path(number, links.place(latestReferral(number)))));
        press(theirs, "Δεχόμαστε την παραπομπή");
        assertThat(theirs.locator("main")).containsText("δέχεστε την παραπομπή");
        assertThat(theirs.locator("main")).not().containsText("Μαυράκη");
        assertThat(jdbc.sql("select outcome from case_file where number = ?")
                        .param(number)
                        .query(String.class)
                        .single())
                .isEqualTo("counselling.referral");
        mine.navigate(url("/my"));
        assertThat(mine.locator("main")).containsText("Έκλεισε");
        jdbc.sql("update local_structure set active = false where name in (?, ?)")
                .params(busy, ready)
                .update();
    }

    @ParameterizedTest
    @ValueSource(ints = {DESK, PHONE})
    void whoever_calls_a_silent_structure_reads_that_the_person_has_taken_the_consent_back(int width) {
        String silent = structure("Υπηρεσία χωρίς απάντηση " + width);
        String number = atTheEndOfCounselling("Ευτυχία", "Καλλέργη" + width, width == DESK ? 32 : 33);
        answer(
                "chania.counsellor",
                number,
                "task_counselling_conclude",
                Map.of(
                        "conclusion",
                        "referral",
                        "summary",
                        "Χρειάζεται πρώτα στήριξη.",
                        "path",
                        "socialSupport",
                        "structureId",
                        jdbc.sql("select max(id) from local_structure where name = ?")
                                .param(silent)
                                .query(String.class)
                                .single(),
                        "dataShared",
                        "yes"));
        if (width == PHONE) {
            // Whoever is to call already has to learn it too.
            silence(number);
        }
        Page mine = page(width);
        mine.navigate(url(path(number, links.place())));
        press(mine, "Ανάκληση αυτής της συγκατάθεσης");
        assertThat(mine.locator("main")).not().containsText("Περιμένουμε απάντηση από τη δομή");
        Page theirs = page(width);
        theirs.navigate(url(path(number, links.place(latestReferral(number)))));
        assertThat(theirs.locator("main")).containsText("δεν ισχύει πια");
        assertThat(theirs.locator("main")).not().containsText("Καλλέργη");
        if (width == DESK) {
            silence(number);
        }

        Tasklist tasklist =
                new Tasklist(logIn(page(width), "chania.counsellor"), url("/camunda/app/tasklist/default/"));
        CamundaForm form = tasklist.filter("Περιμένουμε άλλους").claim("Τηλεφώνημα στη δομή", number);
        assertThat(form.shown()).containsText("Το πρόσωπο δεν θέλει πια να δίνονται τα στοιχεία του");
        form.pick("Τι απαντά η δομή;", "Δεν δέχεται");
        tasklist.picture("task_counselling_structureCall-" + width);
        assertThat(tasklist.send("Ολοκλήρωση").status()).isEqualTo(204);
        jdbc.sql("update local_structure set active = false where name = ?")
                .param(silent)
                .update();
    }

    /** The structure has not answered in time. */
    private void silence(String number) {
        String job =
                engine
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(number)
                        .list()
                        .stream()
                        .flatMap(instance -> engine
                                .getManagementService()
                                .createJobQuery()
                                .processInstanceId(instance.getId())
                                .activityId("timer_counselling_structureSilent")
                                .list()
                                .stream())
                        .findFirst()
                        .orElseThrow()
                        .getId();
        engine.getManagementService().executeJob(job);
    }

    private String structure(String name) {
        jdbc.sql("""
                insert into local_structure (centre_id, kind, name, area, email, agreement, active, checked_on, version)
                values ('chania', 'social', ?, 'Χανιά', 'domi@example.org', 'NONE', true, ?, 0)
                """).params(name, clock.today()).update();
        return name;
    }

    private String atTheEndOfCounselling(String firstName, String lastName, int days) {
        String number = openCase("chania.intake", firstName, lastName);
        answer(
                "chania.intake",
                number,
                "task_firstContact_initialInterview",
                Map.of(
                        "ageBand", "b30to54",
                        "labourStatus", "employed",
                        "incomeUrgency", "months",
                        "bodyExists", "no",
                        "purpose", "social",
                        "collective", "yes"));
        String counsellor = "chania.counsellor";
        answer(
                counsellor,
                number,
                "task_firstContact_decideSuitability",
                Map.of("suitability", "kalo", "reason", "Ταιριάζει."));
        answer(
                counsellor,
                number,
                "task_counselling_supportPlan",
                Map.of(
                        "needs",
                        "Διερεύνηση της ιδέας",
                        "goals",
                        "Σαφές σχέδιο",
                        "areas",
                        List.of("business"),
                        "plannedSessions",
                        1));
        answer(
                counsellor,
                number,
                "task_counselling_bookAppointment",
                Map.of(
                        "appointmentAt",
                        clock.today().plusDays(days).atTime(19, 0).toString(),
                        "minutes",
                        60,
                        "area",
                        "business",
                        "mode",
                        "phone"));
        answer(
                counsellor,
                number,
                "task_counselling_recordSession",
                Map.of(
                        "sessionOutcome",
                        "attended",
                        "contactMinutes",
                        60,
                        "preparationMinutes",
                        0,
                        "area",
                        "business",
                        "fundingLine",
                        "unfunded",
                        "sessionNote",
                        "Συζητήθηκε η ιδέα.",
                        "nextStep",
                        "conclude"));
        return number;
    }

    private long latestReferral(String number) {
        return jdbc.sql("select max(r.id) from referral r join case_file c on c.id = r.case_id where c.number = ?")
                .param(number)
                .query(Long.class)
                .single();
    }

    /** Where the link leads that a mail about the case would have in this place. */
    private String path(String number, String place) {
        long caseId = jdbc.sql("select id from case_file where number = ?")
                .param(number)
                .query(Long.class)
                .single();
        return URI.create(links.fill("chania", caseId, place).in(place)).getPath();
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
        Map<String, Object> variables = new HashMap<>();
        answer.forEach((name, value) -> variables.put(
                name,
                value instanceof List<?> list
                        ? Map.of(
                                "value",
                                "[\""
                                        + String.join(
                                                "\",\"",
                                                list.stream()
                                                        .map(String::valueOf)
                                                        .toList()) + "\"]",
                                "type",
                                "Json")
                        : Map.of("value", value)));
        rest.post()
                .uri("/task/" + task + "/submit-form")
                .headers(headers -> headers.setBasicAuth(user, "demo"))
                .body(Map.of("variables", variables))
                .retrieve()
                .toBodilessEntity();
    }
}
