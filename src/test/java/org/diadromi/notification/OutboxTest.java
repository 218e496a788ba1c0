package org.diadromi.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.casefile.Timeline;
import org.diadromi.counselling.Counselling;
import org.diadromi.link.PrivateLinks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What the outbox promises, on both databases and against a real mail server. */
class OutboxTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "outbox");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "outbox");
        }
    }

    @SpringBootTest(
            properties = {
                "diadromi.demo=true",
                "camunda.bpm.job-execution.enabled=false",
                "spring.mail.host=127.0.0.1",
                "spring.mail.port=3999",
                "spring.mail.properties.mail.smtp.connectiontimeout=2000",
                "diadromi.mail.attempts=3"
            })
    abstract static class Promises {

        private static final ServerSetup SMTP = new ServerSetup(3999, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        private static final AtomicInteger COUNT = new AtomicInteger();
        private static GreenMail server;

        @Autowired
        Outbox outbox;

        @Autowired
        MailWriter writer;

        @Autowired
        PrivateLinks links;

        @Autowired
        Notifications notifications;

        @Autowired
        CaseFiles cases;

        @Autowired
        Counselling counselling;

        @Autowired
        AppClock clock;

        @Autowired
        JdbcClient jdbc;

        @Autowired
        TransactionTemplate transaction;

        @BeforeAll
        static void start() {
            server = new GreenMail(SMTP)
                    .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
            server.start();
        }

        @AfterAll
        static void stop() {
            server.stop();
        }

        @BeforeEach
        void empty() throws Exception {
            server.purgeEmailFromAllMailboxes();
            jdbc.sql("delete from outbox_mail").update();
            at(LocalTime.of(10, 0));
        }

        @AfterEach
        void resetClock() {
            clock.setOffset(Duration.ZERO);
        }

        @Test
        void a_person_is_addressed_in_greek_as_text_and_html() throws Exception {
            send("acknowledgement", person(Salutation.KYRIOS, "Παπαδόπουλος", "el"), "one");
            outbox.sendDue();

            MimeMessage mail = received(1)[0];
            assertThat(mail.getSubject()).startsWith("Λάβαμε το αίτημά σας (υπόθεση KER-");
            MimeMultipart forms = forms(mail);
            assertThat(forms.getBodyPart(0).isMimeType("text/plain")).isTrue();
            assertThat(forms.getBodyPart(1).isMimeType("text/html")).isTrue();
            String text = (String) forms.getBodyPart(0).getContent();
            assertThat(text).startsWith("Αξιότιμε κύριε Παπαδόπουλε,").contains("Με εκτίμηση,");
            String page = (String) forms.getBodyPart(1).getContent();
            assertThat(page)
                    .contains("<html lang=\"el\"")
                    .contains("Κέντρο Στήριξης")
                    .contains("Αξιότιμε κύριε Παπαδόπουλε,")
                    .contains("<h1 ")
                    .contains("<p ")
                    .contains(mail.getSubject())
                    .doesNotContain(" th:")
                    .doesNotContain("${");
            String link = text.strip().lines().reduce((first, last) -> last).orElseThrow();
            assertThat(link).as("a link of its own").contains("/my/").doesNotContain("*");
            assertThat(page).contains("<a href=\"" + link + "\"").containsOnlyOnce(">" + link + "</a>");
        }

        @Test
        void another_language_and_an_unknown_salutation_are_respected() throws Exception {
            send("acknowledgement", person(Salutation.UNKNOWN, "Smith", "en"), "english");
            assertThat(content().bodyText()).startsWith("Dear Ελένη Smith,");
            outbox.sendDue();
            assertThat((String) forms(received(1)[0]).getBodyPart(1).getContent())
                    .contains("<html lang=\"en\"")
                    .contains("Dear Ελένη Smith,");
            send("acknowledgement", person(Salutation.UNKNOWN, "Παππά", "el"), "greek");
            assertThat(content().bodyText()).startsWith("Αξιότιμη/ε κυρία/κύριε,");
        }

        @Test
        void one_cause_makes_one_mail() {
            CaseFile person = person(Salutation.KYRIA, "Παππά", "el");
            send("acknowledgement", person, "same");
            send("acknowledgement", person, "same");
            outbox.sendDue();
            outbox.sendDue();
            received(1);
        }

        @Test
        void two_senders_at_once_share_the_mails_between_them() {
            CaseFile person = person(Salutation.KYRIA, "Παππά", "el");
            // The test's mail server makes a mailbox with the first mail to it, and loses one of two that are both the
            // first.
            send("acknowledgement", person, "the first");
            outbox.sendDue();
            received(1);
            IntStream.range(0, 20).forEach(i -> send("acknowledgement", person, "many " + i));
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(outbox::sendDue), CompletableFuture.runAsync(outbox::sendDue))
                    .join();
            received(21);
        }

        @Test
        void a_server_that_is_down_delays_a_mail_and_loses_none() {
            server.stop();
            send("acknowledgement", person(Salutation.KYRIA, "Παππά", "el"), "down");
            outbox.sendDue();
            assertThat(entry().status()).isEqualTo("PENDING");
            assertThat(entry().attempts()).isEqualTo(1);
            outbox.sendDue();
            assertThat(entry().attempts()).as("not before its time").isEqualTo(1);

            server.start();
            later(Duration.ofMinutes(2));
            outbox.sendDue();
            received(1);
            assertThat(entry().status()).isEqualTo("SENT");
        }

        @Test
        void what_fails_for_good_is_seen_and_can_be_tried_again() {
            server.stop();
            send("acknowledgement", person(Salutation.KYRIA, "Παππά", "el"), "for good");
            for (int i = 0; i < 4; i++) {
                outbox.sendDue();
                later(Duration.ofHours(7));
            }
            assertThat(entry().status()).isEqualTo("FAILED");
            assertThat(entry().attempts()).isEqualTo(3);
            assertThat(entry().lastError()).isNotBlank();
            assertThat(outbox.retry(entry().id(), List.of("chania")))
                    .as("another centre's")
                    .isFalse();

            server.start();
            assertThat(outbox.retry(entry().id(), List.of("kerkyra"))).isTrue();
            outbox.sendDue();
            received(1);
        }

        @Test
        void a_process_that_dies_while_sending_leaves_a_mail_that_is_known_when_it_comes_twice() throws Exception {
            send("acknowledgement", person(Salutation.KYRIA, "Παππά", "el"), "killed");
            outbox.sendDue();
            String id = received(1)[0].getMessageID();
            // As if the process had died between the server's answer and the row's change.
            jdbc.sql("update outbox_mail set status = 'SENDING', sent_at = null")
                    .update();
            outbox.sendDue();
            received(1);
            later(Duration.ofMinutes(11));
            outbox.sendDue();
            assertThat(received(2)[1].getMessageID()).isEqualTo(id);
        }

        @Test
        void people_are_left_in_peace_in_quiet_hours_unless_they_have_just_asked() {
            at(LocalTime.of(16, 0));
            send("plan-reminder", person(Salutation.KYRIA, "Παππά", "el"), "quiet");
            outbox.sendDue();
            received(0);
            send("acknowledgement", person(Salutation.KYRIA, "Παππά", "el"), "asked");
            outbox.sendDue();
            received(1);
            at(LocalTime.of(17, 31));
            outbox.sendDue();
            received(2);

            at(LocalTime.of(21, 0));
            send("plan-reminder", person(Salutation.KYRIA, "Παππά", "el"), "night");
            later(Duration.ofHours(10));
            outbox.sendDue();
            received(2);
            later(Duration.ofMinutes(61));
            outbox.sendDue();
            received(3);
        }

        @Test
        void an_invitation_is_a_form_of_the_text_and_a_file_and_so_is_its_end() throws Exception {
            CaseFile person = person(Salutation.KYRIA, "Παππά", "el");
            transaction.executeWithoutResult(status -> counselling.book(
                    person,
                    clock.now().plusDays(40 + COUNT.get()),
                    60,
                    "place",
                    "Αίθουσα 2",
                    "legal",
                    "kerkyra.counsellor"));
            send("appointment", person, "booked");
            outbox.sendDue();
            String uid = invitationIn(received(1)[0], "REQUEST");

            transaction.executeWithoutResult(status -> counselling.cancel(person, null));
            send("appointment-cancelled", person, "cancelled");
            outbox.sendDue();
            assertThat(invitationIn(received(2)[1], "CANCEL")).isEqualTo(uid);
        }

        /** The name of the appointment that the mail invites to, in both of the places where mail programs look for it. */
        private static String invitationIn(MimeMessage mail, String method) throws Exception {
            MimeMultipart mixed = (MimeMultipart) mail.getContent();
            assertThat(mixed.getCount()).isEqualTo(2);
            MimeMultipart forms = forms(mail);
            assertThat(forms.getCount()).isEqualTo(3);
            assertThat(forms.getBodyPart(0).isMimeType("text/plain")).isTrue();
            assertThat(forms.getBodyPart(1).isMimeType("text/html")).isTrue();
            assertThat(forms.getBodyPart(2).getDisposition())
                    .as("no attachment")
                    .isNull();
            assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("invitation.ics");
            String uid = null;
            for (BodyPart part : List.of(forms.getBodyPart(2), mixed.getBodyPart(1))) {
                ContentType type = new ContentType(part.getContentType());
                assertThat(type.match("text/calendar")).isTrue();
                assertThat(type.getParameter("method")).isEqualTo(method);
                assertThat(type.getParameter("charset")).isEqualToIgnoringCase("utf-8");
                Calendar calendar = new CalendarBuilder().build(part.getInputStream());
                assertThat(calendar.getProperty("METHOD").orElseThrow().getValue())
                        .isEqualTo(method);
                VEvent event = (VEvent) calendar.getComponent("VEVENT").orElseThrow();
                assertThat(event.getLocation().getValue()).isEqualTo("Αίθουσα 2");
                assertThat(uid == null
                                || uid.equals(event.getUid().orElseThrow().getValue()))
                        .isTrue();
                uid = event.getUid().orElseThrow().getValue();
            }
            return uid;
        }

        @Test
        void what_is_typed_into_a_mail_is_neither_markup_nor_the_place_of_its_link() {
            String typed = links.place(7);
            String place = links.place(8);
            String text = "Ένα <b>καφενείο</b> &\n" + typed + "\n\n- Όνομα: Ελένη\n- Δήμος: Κέρκυρα\n\nΑπαντήστε:\n"
                    + place + "\n";
            String page = writer.page("kerkyra", "el", "Θέμα <1>", text);
            assertThat(page)
                    .contains("Ένα &lt;b&gt;καφενείο&lt;/b&gt; &amp;")
                    .contains(">Όνομα: Ελένη</li>")
                    .contains(">Δήμος: Κέρκυρα</li>")
                    .contains("Θέμα &lt;1&gt;</h1>")
                    .contains("<a href=\"" + place + "\"")
                    .doesNotContain("<a href=\"" + typed + "\"");
            assertThat(links.fill("kerkyra", null, text).in(text)).isEqualTo(text);
            CaseFile person = person(Salutation.KYRIA, "Παππά", "el");
            String above = links.place() + "\n\nΤέλος.";
            assertThat(links.fill("kerkyra", person.id(), above).in(above)).isEqualTo(above);
        }

        /** The forms of what the mail says, of which a mail program shows one. */
        private static MimeMultipart forms(MimeMessage mail) throws Exception {
            MimeMultipart related = (MimeMultipart)
                    ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
            MimeMultipart forms = (MimeMultipart) related.getBodyPart(0).getContent();
            assertThat(new ContentType(forms.getContentType()).match("multipart/alternative"))
                    .isTrue();
            return forms;
        }

        @Test
        void a_person_without_an_address_is_noted_for_staff() {
            CaseFile person = open(new FirstContact(
                    "kerkyra",
                    "Ελένη",
                    "Παππά",
                    Salutation.KYRIA,
                    "+302661012345",
                    null,
                    "Κέρκυρα",
                    "el",
                    "phone",
                    null,
                    1,
                    null));
            send("acknowledgement", person, "no address");
            assertThat(outbox.latest(null, null)).isEmpty();
            assertThat(cases.history(person))
                    .anySatisfy(entry -> assertThat(entry.kind()).isEqualTo(Timeline.Kind.NO_MAIL_ADDRESS));
        }

        @Test
        void the_coordinator_reads_of_a_case_by_its_number_only() {
            CaseFile person = person(Salutation.KYRIA, "Παππά", "el");
            send("interview-late", person, "late");
            Outbox.Content content = content();
            assertThat(content.recipient()).isEqualTo("kerkyra.coordinator@example.org");
            assertThat(content.bodyText())
                    .contains(person.number())
                    .doesNotContain("Παππά")
                    .doesNotContain("Ελένη");
        }

        @Test
        void a_centre_sees_its_own_mails_only() {
            send("acknowledgement", person(Salutation.KYRIA, "Παππά", "el"), "own");
            assertThat(outbox.latest(List.of("kerkyra"), null)).hasSize(1);
            assertThat(outbox.latest(List.of("chania"), null)).isEmpty();
            assertThat(outbox.latest(List.of(), null)).isEmpty();
            assertThat(outbox.content(entry().id(), List.of("chania"))).isEmpty();
        }

        private CaseFile person(Salutation salutation, String lastName, String language) {
            return open(new FirstContact(
                    "kerkyra",
                    "Ελένη",
                    lastName,
                    salutation,
                    null,
                    "person" + COUNT.incrementAndGet() + "@example.org",
                    "Κέρκυρα",
                    language,
                    "phone",
                    null,
                    1,
                    null));
        }

        private CaseFile open(FirstContact contact) {
            return cases.open(contact, "kerkyra.intake");
        }

        private void send(String template, CaseFile caseFile, String cause) {
            transaction.executeWithoutResult(status -> notifications.send(template, caseFile, cause));
        }

        private Outbox.Entry entry() {
            return Stream.concat(outbox.failed(null).stream(), outbox.latest(null, null).stream())
                    .findFirst()
                    .orElseThrow();
        }

        private Outbox.Content content() {
            return outbox.content(entry().id(), null).orElseThrow();
        }

        private MimeMessage[] received(int count) {
            MimeMessage[] mails = server.getReceivedMessages();
            assertThat(mails).hasSize(count);
            return mails;
        }

        /** Today at that time in Athens. */
        private void at(LocalTime time) {
            LocalDateTime moment = clock.now().toLocalDate().atTime(time);
            clock.setOffset(Duration.between(
                    java.time.Instant.now(),
                    moment.atZone(BusinessCalendar.ATHENS).toInstant()));
        }

        private void later(Duration by) {
            clock.setOffset(clock.offset().plus(by));
        }
    }
}
