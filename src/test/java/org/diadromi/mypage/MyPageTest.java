package org.diadromi.mypage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.TaskService;
import org.diadromi.SampleContact;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Status;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.contact.PublicContact;
import org.diadromi.counselling.Counselling;
import org.diadromi.link.PrivateLinks;
import org.diadromi.notification.MailRefusals;
import org.diadromi.notification.Notifications;
import org.diadromi.notification.Outbox;
import org.diadromi.transfer.Transfer;
import org.diadromi.transfer.Transfers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What the link of a mail opens, for whom and for how long, over HTTP and on both databases. */
class MyPageTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "mypage");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "mypage");
        }
    }

    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "diadromi.demo=true",
                "diadromi.public-url=http://kentro.example.org",
                "diadromi.mail.directory=target/mypage/outbox",
                "camunda.bpm.job-execution.enabled=false"
            })
    abstract static class Promises {

        private static final Path MAILS = Path.of("target/mypage/outbox");
        private static final Pattern LINK = Pattern.compile("http://kentro\\.example\\.org/my/([\\w-]{43})");

        @LocalServerPort
        int port;

        @Autowired
        PublicContact contacts;

        @Autowired
        CaseFiles cases;

        @Autowired
        Counselling counselling;

        @Autowired
        PrivateLinks links;

        @Autowired
        MailRefusals refusals;

        @Autowired
        Notifications notifications;

        @Autowired
        Outbox outbox;

        @Autowired
        Consents consents;

        @Autowired
        Transfers transfers;

        @Autowired
        FormService forms;

        @Autowired
        TaskService tasks;

        @Autowired
        AppClock clock;

        @Autowired
        ScheduledTaskHolder scheduled;

        @Autowired
        JdbcClient jdbc;

        @Autowired
        TransactionTemplate transaction;

        private static int day;

        private LinkVisitor browser;

        @BeforeEach
        void somebodysBrowser() {
            // What is compared before and after is not to be sent in between.
            scheduled.getScheduledTasks().forEach(task -> task.cancel(false));
            browser = new LinkVisitor(port);
        }

        @AfterEach
        void resetClock() {
            clock.setOffset(Duration.ZERO);
        }

        @Test
        void the_mail_has_the_link_and_the_database_what_it_hashes_to() throws Exception {
            CaseFile caseFile = open();
            Files.createDirectories(MAILS);
            try (Stream<Path> old = Files.list(MAILS)) {
                for (Path mail : old.toList()) {
                    Files.delete(mail);
                }
            }
            jdbc.sql("delete from outbox_mail").update();
            transaction.executeWithoutResult(
                    status -> notifications.send("plan-approved", caseFile, caseFile.number()));
            jdbc.sql("update outbox_mail set next_attempt = ?")
                    .param(clock.now())
                    .update();
            outbox.sendDue();

            String mail;
            try (Stream<Path> written = Files.list(MAILS);
                    InputStream in = Files.newInputStream(written.findFirst().orElseThrow())) {
                mail = parts(new MimeMessage((Session) null, in).getContent());
            }
            Matcher found = LINK.matcher(mail);
            assertThat(found.find()).as(mail).isTrue();
            String token = found.group(1);
            found.results().forEach(other -> assertThat(other.group(1)).isEqualTo(token));
            assertThat(mail).contains("<a href=\"http://kentro.example.org/my/" + token);
            Map<String, Object> kept =
                    jdbc.sql("select * from outbox_mail").query().singleRow();
            assertThat(kept.toString()).doesNotContain(token).contains("/my/*****");
            assertThat(jdbc.sql("select token_hash from private_link")
                            .query(String.class)
                            .list())
                    .isNotEmpty()
                    .allMatch(hash -> hash.matches("[0-9a-f]{64}"))
                    .doesNotContain(token);
            assertThat(links.open(token).orElseThrow().caseNumber()).isEqualTo(caseFile.number());
        }

        @Test
        void the_link_shows_where_the_case_stands_and_then_stands_in_no_address() throws Exception {
            CaseFile caseFile = open();
            HttpResponse<String> opened = get(path(caseFile));
            assertThat(opened.statusCode()).isEqualTo(302);
            assertThat(opened.headers().firstValue("Location").orElseThrow()).endsWith("/my?lang=el");
            assertThat(opened.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            HttpResponse<String> page = get("/my");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains(caseFile.number())
                    .contains("Πρώτη επαφή")
                    .contains("Διάβασα πώς")
                    .doesNotContain("Παππά");
            assertThat(page.headers().firstValue("X-Robots-Tag")).contains("noindex, nofollow");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        }

        @Test
        void a_program_that_follows_each_link_changes_nothing() throws Exception {
            CaseFile caseFile = open();
            book(caseFile);
            List<Map<String, Object>> before = state(caseFile);
            get(path(caseFile));
            for (String page : List.of(
                    "/my",
                    "/my/withdraw",
                    "/my/data",
                    "/my/appointment/move",
                    "/my/appointment/confirm",
                    "/my/appointment/cancel",
                    "/my/mails",
                    "/my/sharing/withdraw",
                    "/my/transfer/withdraw",
                    "/my/leave")) {
                get(page);
            }
            assertThat(state(caseFile)).isEqualTo(before);
        }

        @Test
        void a_button_without_the_pages_own_token_does_nothing() throws Exception {
            CaseFile caseFile = open();
            get(path(caseFile));
            HttpResponse<String> answer = browser.send("/my/withdraw", "");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(reread(caseFile).status()).isEqualTo(Status.OPEN);
        }

        @Test
        void who_takes_back_the_consent_is_told_what_follows_and_the_case_ends_once() throws Exception {
            CaseFile caseFile = open();
            get(path(caseFile));
            assertThat(get("/my/withdraw").body()).contains("κλείνει αμέσως").contains("μπορείτε να επιστρέψετε");
            press("/my/withdraw", caseFile, "reason", "job");
            String page = get("/my").body();
            assertThat(page).contains("Ανακαλέσατε τη συγκατάθεσή σας").contains("Έκλεισε");
            CaseFile closed = reread(caseFile);
            assertThat(closed.status()).isEqualTo(Status.CLOSED);
            assertThat(closed.outcome()).isEqualTo("withdrawn");
            assertThat(closed.outcomeReason()).isEqualTo("job");
            assertThat(consents.of(closed)).allMatch(given -> given.withdrawnAt() != null);
            assertThat(jdbc.sql("select template from outbox_mail where case_id = ? and template = 'withdrawal'")
                            .param(caseFile.id())
                            .query(String.class)
                            .list())
                    .hasSize(1);

            List<Map<String, Object>> after = state(caseFile);
            press("/my/withdraw", caseFile, "reason", "job");
            assertThat(get("/my").body()).contains("έχει ήδη κλείσει");
            assertThat(state(caseFile)).isEqualTo(after);
        }

        @Test
        void somebody_may_refuse_reminders_and_want_them_again() throws Exception {
            CaseFile caseFile = open();
            get(path(caseFile));
            press("/my/mails", caseFile, "reminders", "false");
            press("/my/mails", caseFile, "reminders", "false");
            assertThat(refusals.refuses(caseFile)).isTrue();
            long before = mails(caseFile);
            transaction.executeWithoutResult(status -> notifications.send("plan-reminder", caseFile, "reminder"));
            assertThat(mails(caseFile)).isEqualTo(before);
            transaction.executeWithoutResult(
                    status -> notifications.send("plan-approved", caseFile, "approved" + caseFile.number()));
            assertThat(mails(caseFile)).as("what is necessary").isEqualTo(before + 1);

            press("/my/mails", caseFile, "reminders", "true");
            assertThat(refusals.refuses(caseFile)).isFalse();
        }

        @Test
        void somebody_changes_how_they_are_reached_at_once_and_asks_for_what_else_is_wrong() throws Exception {
            CaseFile caseFile = open();
            get(path(caseFile));
            assertThat(get("/my/data").body()).contains("eleni@example.org");

            HttpResponse<String> refused =
                    press("/my/data", caseFile, "phone", "12", "email", "eleni@example.org", "wish", "Παπά με ένα π");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("Παπά με ένα π").contains("value=\"12\"");
            assertThat(reread(caseFile).phone()).isNull();
            assertThat(press("/my/data", caseFile, "phone", "", "email", "").statusCode())
                    .isEqualTo(400);

            press(
                    "/my/data",
                    caseFile,
                    "phone",
                    "26610 12345",
                    "email",
                    "nea@example.org",
                    "municipality",
                    "Παξοί",
                    "wish",
                    "Παπά με ένα π");
            CaseFile changed = reread(caseFile);
            assertThat(changed.phone()).isEqualTo("+302661012345");
            assertThat(changed.email()).isEqualTo("nea@example.org");
            assertThat(changed.municipality()).isEqualTo("Παξοί");
            assertThat(jdbc.sql("select recipient, template from outbox_mail where case_id = ? order by id")
                            .param(caseFile.id())
                            .query((row, number) -> row.getString(1) + " " + row.getString(2))
                            .list())
                    .as("what waited goes to the new address, the old one is told")
                    .containsExactly("nea@example.org acknowledgement", "eleni@example.org address-changed");
            assertThat(jdbc.sql("select body_text from outbox_mail where case_id = ? and template = 'address-changed'")
                            .param(caseFile.id())
                            .query(String.class)
                            .single())
                    .contains("Αν δεν τη ζητήσατε εσείς")
                    .contains(caseFile.number())
                    .doesNotContain("Παππά")
                    .doesNotContain("Ελένη")
                    .doesNotContain("nea@")
                    .doesNotContain("/my/");
            assertThat(changed.lastName()).as("a name waits for a look").isEqualTo("Παππά");
            assertThat(jdbc.sql("select kind, channel, details from data_request where case_id = ?")
                            .param(caseFile.id())
                            .query()
                            .singleRow())
                    .containsValues("correction", "link", "Παπά με ένα π");
            assertThat(jdbc.sql(
                                    "select count(*) from audit_entry where subject = ? and action = 'CHANGED' and detail like '%επικοινωνίας%'")
                            .param(caseFile.number())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
            assertThat(press("/my/data", caseFile, "email", "nea@example.org", "wish", "Πάλι")
                            .body())
                    .as("one request at a time")
                    .contains("Πάλι");
        }

        @Test
        void somebody_confirms_an_appointment() throws Exception {
            CaseFile caseFile = open();
            book(caseFile);
            get(path(caseFile));
            assertThat(get("/my").body()).contains("Θα έρθω");
            press("/my/appointment/confirm", caseFile);
            press("/my/appointment/confirm", caseFile);
            assertThat(get("/my").body()).contains("Έχετε επιβεβαιώσει").doesNotContain("Θα έρθω");
            assertThat(counselling.appointment(caseFile).confirmedAt()).isNotNull();
        }

        @Test
        void what_the_process_knows_nothing_of_is_not_cancelled_by_half() throws Exception {
            CaseFile caseFile = open();
            book(caseFile);
            get(path(caseFile));
            press("/my/appointment/cancel", caseFile);
            assertThat(get("/my").body()).contains("επικοινωνήστε με το κέντρο");
            assertThat(counselling.appointmentAhead(caseFile)).isPresent();
            assertThat(counselling.sessions(caseFile)).isEmpty();
        }

        @Test
        void an_unknown_link_an_expired_one_and_none_say_what_to_do() throws Exception {
            HttpResponse<String> unknown = get("/my/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(unknown.body()).contains("Ο σύνδεσμος δεν ισχύει");
            assertThat(get("/my").statusCode()).isEqualTo(404);

            CaseFile caseFile = open();
            String path = path(caseFile);
            get(path);
            assertThat(get("/my").statusCode()).isEqualTo(200);
            clock.setOffset(Duration.ofDays(62));
            assertThat(get("/my").statusCode()).as("open since").isEqualTo(410);
            HttpResponse<String> expired = get(path);
            assertThat(expired.statusCode()).isEqualTo(410);
            assertThat(expired.body()).contains("Ο σύνδεσμος έληξε").doesNotContain(caseFile.number());
        }

        @Test
        void a_button_of_one_case_does_nothing_to_another_that_was_opened_since() throws Exception {
            CaseFile one = open();
            CaseFile other = open();
            get(path(one));
            get("/my");
            get(path(other));
            HttpResponse<String> answer = press("/my/withdraw", one);
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(reread(one).status()).isEqualTo(Status.OPEN);
            assertThat(reread(other).status()).isEqualTo(Status.OPEN);
        }

        @Test
        void who_closes_the_page_needs_the_link_again() throws Exception {
            CaseFile caseFile = open();
            String path = path(caseFile);
            get(path);
            assertThat(press("/my/leave", caseFile).statusCode()).isEqualTo(200);
            assertThat(get("/my").statusCode()).isEqualTo(404);
            assertThat(get(path).statusCode()).isEqualTo(302);
        }

        @Test
        void who_does_not_want_to_go_to_another_centre_any_more_stays() throws Exception {
            CaseFile caseFile = open();
            transfers.offer(caseFile, "chania", "moved", null, Channel.PHONE, "kerkyra.counsellor");
            get(path(caseFile));
            assertThat(get("/my").body())
                    .contains("Συμφωνεί να μεταφερθεί η υπόθεσή του στο κέντρο «Κέντρο Στήριξης Κ.ΑΛ.Ο. Χανίων»")
                    .contains("Ανάκληση: να μείνω στο κέντρο μου");
            press("/my/transfer/withdraw", caseFile);
            assertThat(get("/my").body())
                    .contains("Η υπόθεσή σας μένει στο κέντρο σας")
                    .doesNotContain("να μείνω στο κέντρο μου");
            assertThat(transfers.open(reread(caseFile))).isEmpty();
            assertThat(reread(caseFile).status()).isEqualTo(Status.OPEN);
        }

        @Test
        void an_old_link_leads_to_the_case_at_its_new_centre() throws Exception {
            CaseFile caseFile = open();
            String old = path(caseFile);
            get(old);
            Transfer transfer = transfers.offer(caseFile, "chania", "moved", null, Channel.PHONE, "kerkyra.counsellor");
            forms.submitTaskForm(
                    tasks.createTaskQuery()
                            .processInstanceBusinessKey(transfer.reference())
                            .singleResult()
                            .getId(),
                    Map.of("answer", "accept"));
            assertThat(get("/my").body())
                    .contains("Κέντρο Στήριξης Κ.ΑΛ.Ο. Χανίων")
                    .contains("CHA-")
                    .doesNotContain("να μείνω στο κέντρο μου");
            // The page from before the transfer is about a case that has another number now.
            assertThat(press("/my/mails", caseFile).statusCode()).isEqualTo(409);
            browser = new LinkVisitor(port);
            get(old);
            assertThat(get("/my").body()).contains("CHA-");
        }

        private CaseFile open() {
            String number = contacts.receive(SampleContact.eleni("kerkyra"), true);
            return cases.get("kerkyra", number);
        }

        private void book(CaseFile caseFile) {
            // A day of its own for each: the counsellor has the others' appointments too.
            day++;
            counselling.book(
                    caseFile, clock.now().plusDays(3 + day), 60, "place", "Αίθουσα 2", "legal", "kerkyra.counsellor");
        }

        private CaseFile reread(CaseFile caseFile) {
            return cases.get(caseFile.centreId(), caseFile.number());
        }

        private String path(CaseFile caseFile) {
            String link = links.fill(caseFile.centreId(), caseFile.id(), links.place())
                    .in(links.place());
            return URI.create(link).getPath();
        }

        private long mails(CaseFile caseFile) {
            return jdbc.sql("select count(*) from outbox_mail where case_id = ?")
                    .param(caseFile.id())
                    .query(Long.class)
                    .single();
        }

        /** Everything that a deed on the page could change. */
        private List<Map<String, Object>> state(CaseFile caseFile) {
            return Stream.of(
                            "case_event",
                            "consent",
                            "appointment",
                            "counselling_session",
                            "mail_refusal",
                            "outbox_mail")
                    .flatMap(table -> jdbc
                            .sql("select * from " + table + " where case_id = ?")
                            .param(caseFile.id())
                            .query()
                            .listOfRows()
                            .stream())
                    .collect(Collectors.toList());
        }

        private HttpResponse<String> press(String path, CaseFile caseFile, String... field) {
            return browser.press(path, caseFile, field);
        }

        private HttpResponse<String> get(String path) {
            return browser.get(path);
        }

        private static String parts(Object content) throws Exception {
            if (content instanceof jakarta.mail.Multipart several) {
                StringBuilder all = new StringBuilder();
                for (int i = 0; i < several.getCount(); i++) {
                    all.append(parts(several.getBodyPart(i).getContent()));
                }
                return all.toString();
            }
            return String.valueOf(content);
        }
    }
}
