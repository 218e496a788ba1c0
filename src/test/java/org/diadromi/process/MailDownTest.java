package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.SampleForms.activeVenture;
import static org.diadromi.process.SampleForms.appointment;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.plan;
import static org.diadromi.process.SampleForms.planReturned;
import static org.diadromi.process.SampleForms.referralTo;
import static org.diadromi.process.SampleForms.suitability;
import static org.diadromi.process.SampleForms.supportPlan;
import static org.diadromi.process.SampleForms.withdrawal;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diadromi.TestDatabase;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording.Purpose;
import org.diadromi.counselling.Counselling;
import org.diadromi.counselling.OwnAppointment;
import org.diadromi.notification.Outbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The mail server is away in the middle of it all, and cases go on: nothing is lost, nothing comes twice, nothing comes too late. */
class MailDownTest {

    @Nested
    class OnH2 extends Outage {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "maildown");
            mailServer(registry);
        }
    }

    @Nested
    class OnPostgres extends Outage {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "maildown");
            mailServer(registry);
        }
    }

    abstract static class Outage extends Scenario {

        /** A Thursday afternoon between the quiet hours; reminders of Friday's appointments go out at six. */
        private static final LocalDateTime DOWN = LocalDateTime.of(2027, 4, 1, 17, 40);

        /** Each process of the tests has a server of its own. */
        private static final ServerSetup SMTP =
                new ServerSetup(3990 + Integer.getInteger("test.process", 0), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);

        private static GreenMail server;

        /** The ids of what came before the server went away: it forgets them. */
        private final List<String> before = new ArrayList<>();

        @Autowired
        private Outbox outbox;

        @Autowired
        private OwnAppointment own;

        @Autowired
        private Counselling counselling;

        @Autowired
        private Consents consents;

        @Autowired
        private ScheduledTaskHolder scheduled;

        @Autowired
        private JdbcClient jdbc;

        static void mailServer(DynamicPropertyRegistry registry) {
            registry.add("spring.mail.host", () -> "127.0.0.1");
            registry.add("spring.mail.port", SMTP::getPort);
            registry.add("spring.mail.properties.mail.smtp.connectiontimeout", () -> "2000");
        }

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
        void nothing_has_been_sent() {
            // The test's mail server tells the log whom it has mail for; the log that matters is the application's.
            LoggingSystem.get(getClass().getClassLoader()).setLogLevel("com.icegreen.greenmail", LogLevel.OFF);
            // Nobody sends but the test: time runs faster here than a claim lasts.
            scheduled.getScheduledTasks().forEach(task -> task.cancel(false));
            server.reset();
            makeMailboxes();
            before.clear();
            jdbc.sql("delete from outbox_mail").update();
        }

        @AfterEach
        void no_case_stays_open() {
            centre.closesAllCases();
        }

        @Test
        void an_hour_without_mail_in_the_middle_of_it_all() throws Exception {
            // Four weeks ago and since: what runs when the server goes away.
            straightToFollowUp();
            String asked = centre.caseNumber();
            straightToFollowUp();
            String answered = centre.caseNumber();
            centre.isAt(DOWN.minusDays(16));
            straightToTraining();
            trainingUpToThePlan();
            String planned = centre.caseNumber();
            centre.isAt(DOWN.minusDays(2).withHour(11));
            String reminded = caseWithAppointment(DOWN.plusDays(1).withHour(12).withMinute(0));
            String gone = caseWithAppointment(DOWN.plusDays(1).withHour(14).withMinute(0));
            firstContactUpToTheDecision();
            String referred = centre.caseNumber();
            firstContactUpToTheDecision();
            String untold = centre.caseNumber();
            String late = aCaseWithAPlan();
            // The last one to be prepared: its counsellor has to be known when it is moved.
            String moved = caseWithAppointment(DOWN.plusDays(1).withHour(10).withMinute(0));
            sendDue();
            server.purgeEmailFromAllMailboxes();
            jdbc.sql("delete from outbox_mail").update();

            jdbc.sql("delete from counsellor_hours where user_id = 'kerkyra.counsellor'")
                    .update();
            jdbc.sql("insert into counsellor_hours values ('kerkyra.counsellor', 'kerkyra', 2, '09:00', '13:00', 60)")
                    .update();
            goesAway();
            centre.isAt(DOWN);
            about(asked, () -> centre.timerFires("timer_followUp_due"));
            about(answered, () -> centre.timerFires("timer_followUp_due"));
            about(planned, () -> centre.timerFires("timer_training_planReminder"));
            about(late, () -> centre.does(appointment(DOWN.plusMinutes(30))));
            minutesPass(5);
            about(referred, () -> {
                long structure = aStructure().id();
                centre.does(suitability("socialSupport"));
                centre.does(referralTo(structure));
            });
            about(untold, () -> {
                long structure = aStructure().id();
                centre.does(suitability("socialSupport"));
                centre.does(referralTo(structure));
                consents.withdraw(centre.caseFile(), Purpose.SHARING, Channel.LINK, null);
            });
            minutesPass(16);
            for (String number : List.of(moved, reminded, gone)) {
                about(number, () -> centre.timerFires("timer_session_reminder"));
            }
            minutesPass(5);
            about(
                    moved,
                    () -> own.move(
                            centre.caseFile(),
                            counselling.freeInstead(centre.caseFile()).get(0)));
            String written = centre.registers(firstContact());
            about(gone, () -> centre.asksFor(withdrawal()));
            about(written, () -> centre.asksFor(withdrawal()));
            about(answered, () -> centre.does(activeVenture()));
            about(planned, () -> {
                centre.does(plan(centre.today()));
                centre.does(planReturned());
            });
            minutesPass(34);
            assertThat(server.getReceivedMessages()).isEmpty();
            assertThat(statuses().keySet())
                    .as("an hour has passed")
                    .contains("PENDING")
                    .doesNotContain("SENT", "FAILED");

            comesBack();
            minutesPass(90);
            assertThat(went(asked)).containsExactly("follow-up-survey");
            assertThat(went(answered)).as("answered meanwhile").isEmpty();
            assertThat(went(planned)).as("handed in meanwhile").containsExactly("plan-returned");
            assertThat(went(late)).as("over meanwhile").isEmpty();
            assertThat(went(referred)).containsExactlyInAnyOrder("referral", "referral-structure");
            assertThat(went(untold))
                    .as("the structure is told nothing that was taken back meanwhile")
                    .containsExactly("referral");
            assertThat(went(written)).containsExactlyInAnyOrder("acknowledgement", "withdrawal");
            assertThat(went(moved)).as("not of the former time").containsExactly("appointment-moved");
            assertThat(went(reminded)).containsExactly("appointment-reminder");
            assertThat(went(gone)).containsExactlyInAnyOrder("appointment-cancelled", "withdrawal");
            eachCameOnce();
            assertThat(statuses().keySet()).containsExactlyInAnyOrder("SENT", "DROPPED");
        }

        @Test
        void a_day_without_mail_brings_no_reminder_of_yesterday() throws Exception {
            centre.isAt(DOWN.minusDays(2).withHour(11));
            String number = caseWithAppointment(DOWN.plusDays(1).withHour(10).withMinute(0));
            sendDue();
            goesAway();
            centre.isAt(DOWN);
            about(number, () -> centre.timerFires("timer_session_reminder"));
            minutesPass(60);
            centre.isAt(DOWN.plusDays(1).withHour(11));
            comesBack();
            minutesPass(10);
            assertThat(went(number)).containsExactlyInAnyOrder("acknowledgement", "appointment");
            assertThat(statuses()).containsEntry("DROPPED", 1L);
            eachCameOnce();
        }

        @Test
        void what_the_former_centre_arranged_is_not_reminded_of_after_a_transfer() throws Exception {
            centre.isAt(DOWN.minusDays(2).withHour(11));
            String number = caseWithAppointment(DOWN.plusDays(1).withHour(10).withMinute(0));
            sendDue();
            goesAway();
            centre.isAt(DOWN);
            about(number, () -> centre.timerFires("timer_session_reminder"));
            minutesPass(5);
            long id = centre.caseFile().id();
            chaniaAnswers(SampleForms.accepted());
            comesBack();
            minutesPass(90);
            assertThat(wentOf(id))
                    .contains("acknowledgement", "appointment", "appointment-cancelled", "transferred")
                    .doesNotContain("appointment-reminder");
            eachCameOnce();
        }

        private String aCaseWithAPlan() {
            firstContactToCounselling();
            centre.does(supportPlan());
            return centre.caseNumber();
        }

        private String caseWithAppointment(LocalDateTime at) {
            String number = aCaseWithAPlan();
            centre.does(appointment(at));
            return number;
        }

        private void about(String number, Runnable work) {
            centre.turnsTo(number);
            work.run();
        }

        /** The sender comes by each minute, as it does every few seconds. */
        private void minutesPass(int minutes) {
            for (int i = 0; i < minutes; i++) {
                centre.isAt(centre.now().plusMinutes(1));
                outbox.sendDue();
            }
        }

        private void sendDue() {
            outbox.sendDue();
            // In quiet hours some wait; it is not their hour that matters here.
            minutesPass(2);
        }

        private Map<String, Long> statuses() {
            return jdbc.sql("select status from outbox_mail").query(String.class).list().stream()
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }

        /** The mails about the case that the server has got, by what the outbox calls them. */
        private List<String> went(String number) throws MessagingException {
            return wentOf(jdbc.sql("select id from case_file where number = ?")
                    .param(number)
                    .query(Long.class)
                    .single());
        }

        private List<String> wentOf(long caseId) throws MessagingException {
            List<String> ids = received();
            List<String> templates = new ArrayList<>();
            jdbc.sql("select template, message_id from outbox_mail where case_id = ? order by id")
                    .param(caseId)
                    .query()
                    .listOfRows()
                    .forEach(row -> {
                        if (ids.contains((String) row.get("message_id"))) {
                            templates.add((String) row.get("template"));
                        }
                    });
            return templates;
        }

        /** What the outbox calls sent has come, to each of its readers once, and nothing else has. */
        private void eachCameOnce() throws MessagingException {
            List<String> expected = new ArrayList<>();
            jdbc.sql("select message_id, recipient from outbox_mail where status = 'SENT'")
                    .query()
                    .listOfRows()
                    .forEach(row -> {
                        for (int i = 0; i < ((String) row.get("recipient")).split(",").length; i++) {
                            expected.add((String) row.get("message_id"));
                        }
                    });
            assertThat(received()).containsExactlyInAnyOrderElementsOf(expected);
        }

        private void goesAway() throws MessagingException {
            before.addAll(received());
            server.stop();
        }

        private static void comesBack() {
            server.start();
            makeMailboxes();
        }

        /** Beforehand: it makes one with the first mail to it, and loses one of two that are both the first. */
        private static void makeMailboxes() {
            for (String address : List.of(
                    SampleForms.MARK + "@example.org",
                    "dimos@example.org",
                    "kerkyra.coordinator@example.org",
                    "chania.coordinator@example.org")) {
                server.setUser(address, address, address);
            }
        }

        private List<String> received() throws MessagingException {
            List<String> ids = new ArrayList<>(before);
            for (MimeMessage mail : Arrays.asList(server.getReceivedMessages())) {
                ids.add(mail.getMessageID());
            }
            return ids;
        }
    }
}
