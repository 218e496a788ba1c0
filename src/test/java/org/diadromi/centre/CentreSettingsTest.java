package org.diadromi.centre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.calendar.Span;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.contact.PublicContact;
import org.diadromi.followup.FollowUpService;
import org.diadromi.notification.Outbox;
import org.diadromi.training.Training;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** What an administrator settles for a centre counts at once, through the engine, without a restart. */
class CentreSettingsTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "centresettings");
            registry.add("diadromi.mail.directory", () -> "target/centres/h2");
        }

        @Override
        Path mails() {
            return Path.of("target/centres/h2");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "centresettings");
            registry.add("diadromi.mail.directory", () -> "target/centres/postgres");
        }

        @Override
        Path mails() {
            return Path.of("target/centres/postgres");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        private static final LocalDateTime MONDAY = LocalDateTime.of(2027, 3, 1, 10, 0);
        private static int count;

        @Autowired
        CentreSettings settings;

        @Autowired
        Centres centres;

        @Autowired
        BusinessCalendar calendar;

        @Autowired
        StaffAccounts accounts;

        @Autowired
        PublicContact contacts;

        @Autowired
        CaseFiles cases;

        @Autowired
        FollowUpService followUps;

        @Autowired
        Training training;

        @Autowired
        Outbox outbox;

        @Autowired
        IdentityService identity;

        @Autowired
        TaskService tasks;

        @Autowired
        JdbcClient jdbc;

        @Autowired
        TransactionTemplate transaction;

        @Autowired
        AppClock clock;

        private String id;

        abstract Path mails();

        @BeforeEach
        void a_new_centre_on_a_monday() {
            clock.setOffset(Duration.between(
                    Instant.now(), MONDAY.atZone(BusinessCalendar.ATHENS).toInstant()));
            count++;
            id = "neo" + Long.toString(System.nanoTime(), 36);
            settings.add(filled(id, "N" + (char) ('A' + count / 26) + (char) ('A' + count % 26), form -> {}));
        }

        @AfterEach
        void back_to_today() {
            clock.setOffset(Duration.ZERO);
        }

        private CentreSettings.Settings filled(
                String centreId, String code, java.util.function.Consumer<CentreForm> answers) {
            CentreForm form = new CentreForm();
            form.id = centreId;
            form.code = code;
            form.name = "Κέντρο Στήριξης Δοκιμής";
            form.nameEn = "Test Centre";
            form.region = "Ήπειρος";
            form.kind = "INFORMAL";
            answers.accept(form);
            return form.settings(levels);
        }

        @Autowired
        ServiceLevels levels;

        private void change(java.util.function.Consumer<CentreForm> answers) {
            CentreForm form = new CentreForm();
            form.fill(settings.find(id).orElseThrow());
            answers.accept(form);
            settings.change(form.settings(levels), form.version);
        }

        private CaseFile somebodyWrites() {
            String number = contacts.receive(
                    new FirstContact(
                            id,
                            "Θάλεια",
                            "Ρούσσου",
                            CaseFile.Salutation.KYRIA,
                            null,
                            "thaleia@example.org",
                            "Άρτα",
                            "el",
                            "publicForm",
                            null,
                            1,
                            null),
                    true);
            return cases.get(id, number);
        }

        private LocalDateTime interviewDue(CaseFile caseFile) {
            Task task = tasks.createTaskQuery()
                    .processInstanceBusinessKey(caseFile.number())
                    .taskDefinitionKey("task_firstContact_initialInterview")
                    .singleResult();
            return LocalDateTime.ofInstant(task.getDueDate().toInstant(), BusinessCalendar.ATHENS);
        }

        @Test
        void people_work_in_a_new_centre_at_once() {
            assertThat(identity.createTenantQuery().tenantId(id).count()).isEqualTo(1);
            String person = "w" + id;
            accounts.create(
                    person,
                    "demo",
                    false,
                    new StaffAccounts.Details("Άρτα", "Νέα", null, "el", false, Map.of(id, Set.of(Role.INTAKE))));
            CaseFile caseFile = somebodyWrites();
            assertThat(caseFile.number()).matches("N[A-Z]{2}-2027-00001");

            identity.setAuthentication(person, List.of("intake"), List.of(id));
            try {
                assertThat(tasks.createTaskQuery().list())
                        .extracting(Task::getTenantId)
                        .containsOnly(id);
            } finally {
                identity.clearAuthentication();
            }
        }

        @Test
        void another_name_is_the_tenants_too() {
            change(form -> form.name = "Κέντρο Άρτας");
            assertThat(identity.createTenantQuery().tenantId(id).singleResult().getName())
                    .isEqualTo("Κέντρο Άρτας");
        }

        @Test
        void a_day_closed_today_moves_the_next_due_date_and_no_earlier_one() {
            CaseFile before = somebodyWrites();
            assertThat(interviewDue(before)).isEqualTo("2027-03-04T17:00");
            change(form -> {
                day(form, "2027-03-03", "CLOSED");
                day(form, "2020-03-04", "YEARLY");
            });
            assertThat(interviewDue(somebodyWrites())).isEqualTo("2027-03-08T17:00");
            assertThat(interviewDue(before)).isEqualTo("2027-03-04T17:00");
        }

        @Test
        void a_day_of_the_week_on_which_the_centre_is_closed_does_not_count() {
            change(form -> form.week = Set.of("MO", "WE"));
            assertThat(interviewDue(somebodyWrites())).isEqualTo("2027-03-10T17:00");
        }

        @Test
        void the_first_of_may_may_be_moved() {
            LocalDate first = LocalDate.of(2025, 5, 1);
            LocalDate moved = LocalDate.of(2025, 5, 8);
            assertThat(calendar.isBusinessDay(id, first)).isFalse();
            assertThat(calendar.isBusinessDay(id, moved)).isTrue();
            change(form -> {
                day(form, "2025-05-01", "OPEN");
                day(form, "2025-05-08", "CLOSED");
            });
            assertThat(calendar.isBusinessDay(id, first)).isTrue();
            assertThat(calendar.isBusinessDay(id, moved)).isFalse();
            assertThat(calendar.isBusinessDay(id, first.plusYears(1))).isFalse();
            assertThat(calendar.isBusinessDay("kerkyra", first)).isFalse();
        }

        @Test
        void what_was_read_of_a_change_that_was_taken_back_does_not_count() {
            LocalDate wednesday = LocalDate.of(2027, 3, 3);
            transaction.executeWithoutResult(taken -> {
                change(form -> {
                    day(form, wednesday.toString(), "CLOSED");
                    form.levelName.add("initial-interview");
                    form.levelNumber.add("1");
                    form.levelUnit.add("bd");
                });
                assertThat(calendar.isBusinessDay(id, wednesday)).isFalse();
                assertThat(levels.span(id, "initial-interview")).isEqualTo(Span.valueOf("1bd"));
                taken.setRollbackOnly();
            });
            change(form -> {});
            assertThat(calendar.isBusinessDay(id, wednesday)).isTrue();
            assertThat(levels.span(id, "initial-interview")).isEqualTo(Span.valueOf("3bd"));
        }

        private static void day(CentreForm form, String day, String kind) {
            form.day.add(day);
            form.dayKind.add(kind);
            form.dayName.add("Ημέρα");
        }

        @Test
        void a_changed_service_level_counts_from_the_next_task_on() {
            CaseFile before = somebodyWrites();
            change(form -> {
                form.levelName.add("initial-interview");
                form.levelNumber.add("1");
                form.levelUnit.add("bd");
            });
            assertThat(interviewDue(somebodyWrites())).isEqualTo("2027-03-02T17:00");
            assertThat(interviewDue(before)).isEqualTo("2027-03-04T17:00");
            assertThat(levels.span("kerkyra", "initial-interview")).isEqualTo(Span.valueOf("3bd"));

            change(form -> form.levelNumber.set(0, ""));
            assertThat(interviewDue(somebodyWrites())).isEqualTo("2027-03-04T17:00");
        }

        @Test
        void sender_address_and_signature_are_those_of_the_centre_in_the_next_mail() throws Exception {
            change(form -> {
                form.senderName = "Κέντρο Άρτας";
                form.senderAddress = "arta@example.org";
                form.email = "answers@example.org";
                form.address = "Σκουφά 1, Άρτα";
                form.signature = "Κάθε Τρίτη είμαστε εδώ\r\n\r\nέως τις 20:00";
            });
            CaseFile caseFile = somebodyWrites();
            outbox.sendDue();

            MimeMessage mail = mailOf(caseFile);
            InternetAddress from = (InternetAddress) mail.getFrom()[0];
            assertThat(from.getAddress()).isEqualTo("arta@example.org");
            assertThat(from.getPersonal()).isEqualTo("Κέντρο Άρτας");
            assertThat(mail.getReplyTo()[0].toString()).isEqualTo("answers@example.org");
            assertThat(jdbc.sql("select body_text from outbox_mail where case_id = ?")
                            .param(caseFile.id())
                            .query(String.class)
                            .single())
                    .contains("Σκουφά 1, Άρτα\nΚάθε Τρίτη είμαστε εδώ\nέως τις 20:00\n");
        }

        private MimeMessage mailOf(CaseFile caseFile) throws Exception {
            try (Stream<Path> files = Files.list(mails())) {
                for (Path file : files.toList()) {
                    try (InputStream in = Files.newInputStream(file)) {
                        MimeMessage mail = new MimeMessage((Session) null, in);
                        if (mail.getSubject().contains(caseFile.number())) {
                            return mail;
                        }
                    }
                }
            }
            throw new AssertionError("No mail about " + caseFile.number());
        }

        @Test
        void the_months_of_follow_up_are_the_centres_for_ventures_from_then_on() {
            CaseFile before = somebodyWrites();
            assertThat(followUps.months(before)).containsExactly(1, 3, 6, 12, 24);
            change(form -> form.followUpMonths = "6, 2,6");
            assertThat(followUps.months(somebodyWrites())).containsExactly(2, 6);
            assertThat(followUps.months(before)).containsExactly(1, 3, 6, 12, 24);
        }

        @Test
        void who_gives_places_reads_how_large_a_cohort_is_to_be() {
            change(form -> {
                form.cohortMin = "8";
                form.cohortMax = "10";
                form.teamsMin = "2";
                form.teamsMax = "4";
            });
            Centre rules = training.rules(somebodyWrites());
            assertThat(List.of(rules.cohortMin(), rules.cohortMax(), rules.teamsMin(), rules.teamsMax()))
                    .containsExactly(8, 10, 2, 4);
        }

        private static void budget(CentreForm form, String year, String line, String hours) {
            form.budgetYear.add(year);
            form.budgetLine.add(line);
            form.budgetHours.add(hours);
        }

        @Test
        void what_a_funding_line_pays_in_a_year_is_kept_changed_and_taken_away() {
            change(form -> {
                budget(form, "2027", "packageB", "1.200");
                budget(form, "2027", "esf", " 80 ");
                budget(form, "2028", "packageB", "");
            });
            assertThat(settings.find(id).orElseThrow().budgets())
                    .containsExactly(
                            new FundingBudgets.Budget("esf", 2027, 80),
                            new FundingBudgets.Budget("packageB", 2027, 1200));
            change(form -> {
                form.budgetHours.set(form.budgetLine.indexOf("esf"), "");
                form.budgetHours.set(form.budgetLine.indexOf("packageB"), "1000");
            });
            assertThat(settings.find(id).orElseThrow().budgets())
                    .containsExactly(new FundingBudgets.Budget("packageB", 2027, 1000));
        }

        @Test
        void what_is_no_number_of_hours_and_no_line_is_refused() {
            for (List<String> wrong : List.of(
                    List.of("2027", "packageB", "0"),
                    List.of("2027", "packageB", "-5"),
                    List.of("2027", "packageB", "12,5"),
                    List.of("2027", "packageB", "1.20"),
                    List.of("2027", "packageB", "100000"),
                    List.of("2027", "unfunded", "5"),
                    List.of("27", "packageB", "5"))) {
                CentreForm form = new CentreForm();
                budget(form, wrong.get(0), wrong.get(1), wrong.get(2));
                assertThatThrownBy(form::budgets).as(wrong.toString()).isInstanceOf(IllegalArgumentException.class);
            }
        }

        private void enrol(CaseFile caseFile, String team) {
            training.enrol(caseFile, "Άνοιξη", MONDAY.toLocalDate(), MONDAY.toLocalDate(), team, "admin");
        }

        @Test
        void attendance_is_measured_in_the_centres_hours() {
            change(form -> {
                form.trainingHours = "8";
                form.attendanceLimit = "50";
            });
            CaseFile caseFile = somebodyWrites();
            enrol(caseFile, null);
            assertThat(training.attended(caseFile, List.of("kalo"), "admin")).isTrue();
            assertThat(training.attendance(caseFile).percent()).isEqualTo(50);
        }

        @Test
        void of_two_who_change_at_once_the_second_is_told_and_nothing_of_theirs_is_written() throws Exception {
            CentreForm one = new CentreForm();
            one.fill(settings.find(id).orElseThrow());
            CentreForm two = new CentreForm();
            two.fill(settings.find(id).orElseThrow());
            day(one, "2027-08-01", "CLOSED");
            day(two, "2027-08-02", "CLOSED");
            ExecutorService both = Executors.newFixedThreadPool(2);
            try {
                List<Future<Boolean>> done =
                        both.invokeAll(List.<Callable<Boolean>>of(() -> saved(one), () -> saved(two)));
                assertThat(List.of(done.get(0).get(), done.get(1).get())).containsExactlyInAnyOrder(true, false);
                assertThat(settings.find(id).orElseThrow().days())
                        .extracting(SpecialDay::day)
                        .containsExactly(LocalDate.of(2027, 8, done.get(0).get() ? 1 : 2));
            } finally {
                both.shutdownNow();
            }
        }

        private boolean saved(CentreForm form) {
            try {
                settings.change(form.settings(levels), form.version);
                return true;
            } catch (RuleViolation refused) {
                assertThat(refused.problem()).isEqualTo(Problem.CHANGED_MEANWHILE);
                return false;
            }
        }

        @Test
        void what_names_a_centre_is_taken_once() {
            String code = centres.get(id).code();
            refuses(Problem.CENTRE_ID_TAKEN, () -> settings.add(filled(id, "ZZZ", form -> {})));
            refuses(Problem.CENTRE_CODE_TAKEN, () -> settings.add(filled("other" + id, code, form -> {})));
            assertThat(identity.createTenantQuery().tenantId("other" + id).count())
                    .isZero();
        }

        @Test
        void each_change_is_written_down() {
            change(form -> form.phone = "26810 12345");
            assertThat(jdbc.sql("select detail from audit_entry where subject = ? order by id")
                            .param(id)
                            .query(String.class)
                            .list())
                    .containsExactly("Νέο κέντρο", "Ρυθμίσεις του κέντρου");
        }

        private static void refuses(Problem problem, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
            assertThatThrownBy(work)
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(problem));
        }
    }
}
