package org.diadromi.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.SampleContact;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording.Purpose;
import org.diadromi.link.PrivateLinks;
import org.diadromi.supervision.Facts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the link of a structure opens, for whom and for how long, and the directory; on both databases. */
class StructureAnswerTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "structureanswer");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "structureanswer");
        }
    }

    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "diadromi.demo=true",
                "diadromi.public-url=http://kentro.example.org",
                "camunda.bpm.job-execution.enabled=false"
            })
    abstract static class Promises {

        private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

        @LocalServerPort
        int port;

        @Autowired
        CaseFiles cases;

        @Autowired
        Referrals referrals;

        @Autowired
        Structures structures;

        @Autowired
        PrivateLinks links;

        @Autowired
        Consents consents;

        @Autowired
        Facts facts;

        @Autowired
        AppClock clock;

        @Autowired
        JdbcClient jdbc;

        private final HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

        @AfterEach
        void resetClock() {
            clock.setOffset(Duration.ZERO);
        }

        @Test
        void the_link_shows_the_person_to_the_structure_and_looking_changes_nothing() throws Exception {
            CaseFile caseFile = referred();
            String path = path(caseFile);
            assertThat(path).matches("/referral/\\d+/[\\w-]{43}");
            HttpResponse<String> opened = get(path);
            assertThat(opened.statusCode()).isEqualTo(302);
            assertThat(opened.headers().firstValue("Location").orElseThrow()).endsWith("/referral");
            HttpResponse<String> page = get("/referral");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("Παππά")
                    .contains("eleni@example.org")
                    .contains("Θέλει να μιλήσει.");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(get("/referral/answer").statusCode()).isBetween(400, 499);
            assertThat(referrals.latest(caseFile).structureAnswer()).isNull();
            assertThat(get("/my").statusCode())
                    .as("it opens nothing of the person's own page")
                    .isEqualTo(404);
            assertThat(get(path.replaceAll("/referral/\\d+", "/my")).statusCode())
                    .isEqualTo(404);
        }

        @Test
        void an_answer_that_no_process_waits_for_is_not_kept_by_half() throws Exception {
            CaseFile caseFile = referred();
            get(path(caseFile));
            press(caseFile, "accepted");
            assertThat(get("/referral").body()).contains("δεν καταχωρίστηκε");
            assertThat(referrals.latest(caseFile).structureAnswer()).isNull();
            HttpResponse<String> without = browser.send(
                    request("/referral/answer")
                            .POST(BodyPublishers.ofString("answer=accepted"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(without.statusCode()).isEqualTo(403);
        }

        @Test
        void a_person_who_takes_the_consent_back_is_shown_no_more() throws Exception {
            CaseFile caseFile = referred();
            get(path(caseFile));
            consents.withdraw(caseFile, Purpose.SHARING, Channel.LINK, null);
            assertThat(get("/referral").body()).doesNotContain("Παππά").contains("δεν ισχύει πια");
        }

        @Test
        void a_consent_of_another_referral_does_not_stand_for_the_one_taken_back() {
            CaseFile before = referred();
            clock.setOffset(Duration.ofMinutes(5));
            CaseFile caseFile = referred();
            assertThat(referrals.awaited(caseFile)).isPresent();
            clock.setOffset(Duration.ofMinutes(10));
            CaseFile after = referred();

            consents.withdraw(caseFile, Purpose.SHARING, Channel.LINK, null);
            // What a merge brings.
            jdbc.sql("update consent set case_id = ? where case_id in (?, ?)")
                    .params(caseFile.id(), before.id(), after.id())
                    .update();

            assertThat(consents.of(caseFile))
                    .filteredOn(given -> given.purpose() == Purpose.SHARING && given.withdrawnAt() == null)
                    .hasSize(2);
            assertThat(referrals.awaited(caseFile)).isEmpty();
        }

        @Test
        void a_structure_is_shown_nothing_when_the_case_has_gone_another_way() throws Exception {
            CaseFile caseFile = referred();
            get(path(caseFile));
            assertThat(get("/referral").body()).contains("Παππά");
            clock.setOffset(Duration.ofMinutes(5));
            facts.stageLeft("kerkyra", caseFile.number(), "first-contact", "kalo");
            facts.stageEntered("kerkyra", caseFile.number(), "counselling");
            assertThat(get("/referral").body()).doesNotContain("Παππά").contains("δεν ισχύει πια");
        }

        @Test
        void a_wrong_link_and_an_old_one_say_whom_to_ask() throws Exception {
            CaseFile caseFile = referred();
            String path = path(caseFile);
            assertThat(get("/referral").statusCode()).isEqualTo(404);
            assertThat(get(path.substring(0, path.length() - 1) + "_").statusCode())
                    .isEqualTo(404);
            String other = path.replaceAll("/referral/(\\d+)/", "/referral/1$1/");
            assertThat(get(other).statusCode())
                    .as("another referral with that token")
                    .isEqualTo(404);
            clock.setOffset(Duration.ofDays(62));
            assertThat(get(path).statusCode()).isEqualTo(410);
        }

        @Test
        void a_structure_answers_once() {
            CaseFile caseFile = referred();
            referrals.structureAnswered(caseFile, referrals.latest(caseFile), "declined", null, null);
            assertThatThrownBy(() ->
                            referrals.structureAnswered(caseFile, referrals.latest(caseFile), "accepted", null, null))
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.REFERRAL_ANSWERED_ALREADY));
            assertThat(referrals.latest(caseFile).structureAnswer()).isEqualTo("declined");
        }

        @Test
        void each_centre_has_its_own_directory_and_of_two_changes_at_once_one_counts() {
            Structure entered = structures.keep(structure("chania"), "chania.coordinator");
            assertThat(structures.of("chania")).extracting(Structure::id).contains(entered.id());
            assertThat(structures.of("kerkyra")).extracting(Structure::id).doesNotContain(entered.id());
            assertThat(structures.find("kerkyra", entered.id())).isEmpty();
            structures.keep(entered, "chania.coordinator");
            assertThatThrownBy(() -> structures.keep(entered, "chania.coordinator"))
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.CHANGED_MEANWHILE));
            structures.checked(structures.find("chania", entered.id()).orElseThrow(), false, "chania.coordinator");
            assertThat(structures.of("chania")).extracting(Structure::id).doesNotContain(entered.id());
            assertThat(structures.former("chania")).extracting(Structure::id).contains(entered.id());
        }

        @Test
        void whoever_gets_the_referrals_comes_first_and_the_others_keep_their_order() {
            StructureForm form = new StructureForm();
            form.name = "Επιμελητήριο";
            form.kind = "chamber";
            form.contactName = "Νίκος Δράκος";
            form.contactEmail = "nikos@example.org";
            for (String name : new String[] {"Αθηνά Μαρή", "", "Ζωή Λάμπρου"}) {
                StructureForm.Other other = new StructureForm.Other();
                other.name = name;
                other.email = name.isEmpty() ? "" : "dyo@example.org";
                form.others.add(other);
            }
            form.receiver = 1;
            form.receiverFirst();
            Structure kept = structures.keep(
                    form.structure(null, "chania", LocalDate.of(2026, 12, 1)), form.contacts(), "chania.coordinator");
            assertThat(kept.contactName()).isEqualTo("Αθηνά Μαρή");
            assertThat(kept.mail()).isEqualTo("dyo@example.org");
            assertThat(structures.others(kept))
                    .extracting(StructureContact::contactName)
                    .containsExactly("Νίκος Δράκος", "Ζωή Λάμπρου");

            Structure again = structures.keep(kept, List.of(), "chania.coordinator");
            assertThat(structures.others(again)).isEmpty();
        }

        private Structure structure(String centre) {
            StructureForm form = new StructureForm();
            form.name = "Επιμελητήριο";
            form.kind = "chamber";
            form.agreement = "MEMORANDUM";
            form.agreedOn = "2026-02-01";
            return form.structure(null, centre, LocalDate.of(2026, 12, 1));
        }

        private CaseFile referred() {
            CaseFile caseFile = cases.open(SampleContact.eleni("kerkyra"), null);
            facts.stageEntered("kerkyra", caseFile.number(), "first-contact");
            referrals.refer(
                    caseFile,
                    "socialSupport",
                    "Δήμος Κέρκυρας",
                    null,
                    true,
                    null,
                    new Referrals.Asked(7, "dimos@example.org", "Θέλει να μιλήσει."),
                    "kerkyra.intake");
            return caseFile;
        }

        private String path(CaseFile caseFile) {
            String place = links.place(referrals.latest(caseFile).id());
            return URI.create(
                            links.fill("kerkyra", caseFile.id(), "…\n" + place).in(place))
                    .getPath();
        }

        private HttpResponse<String> get(String path) throws Exception {
            return browser.send(request(path).build(), BodyHandlers.ofString());
        }

        private void press(CaseFile caseFile, String answer) throws Exception {
            Matcher token = CSRF.matcher(get("/referral").body());
            assertThat(token.find()).isTrue();
            String body = "_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8) + "&referralId="
                    + referrals.latest(caseFile).id() + "&answer=" + answer;
            HttpResponse<String> pressed = browser.send(
                    request("/referral/answer")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(pressed.statusCode()).isEqualTo(302);
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .header("Content-Type", "application/x-www-form-urlencoded");
        }
    }
}
