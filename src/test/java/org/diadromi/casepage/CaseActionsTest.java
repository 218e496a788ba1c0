package org.diadromi.casepage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFile.Status;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.contact.PublicContact;
import org.diadromi.document.Documents;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What staff may do on the page of a case, each by role, with good and bad input, on both databases. */
class CaseActionsTest {

    /** The smallest file that is taken for a PDF. */
    static final byte[] PDF =
            "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".getBytes(StandardCharsets.ISO_8859_1);

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "caseactions");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "caseactions");
        }
    }

    @SpringBootTest(
            properties = {
                "diadromi.demo=true",
                "camunda.bpm.job-execution.enabled=false",
                "diadromi.mail.directory=target/caseactions/outbox"
            })
    @AutoConfigureMockMvc
    abstract static class Promises {

        @Autowired
        MockMvc pages;

        @Autowired
        StaffAccounts accounts;

        @Autowired
        PublicContact contacts;

        @Autowired
        CaseFiles cases;

        @Autowired
        Documents documents;

        @Autowired
        RuntimeService runtime;

        @Autowired
        TaskService tasks;

        @Autowired
        FormService forms;

        @Autowired
        AppClock clock;

        @Autowired
        JdbcClient jdbc;

        private String number;

        @BeforeEach
        void a_case_of_magnesia() {
            number = open();
        }

        private String open() {
            return contacts.receive(
                    new FirstContact(
                            "magnisia",
                            "Αντιγόνη",
                            "Βολιώτη",
                            Salutation.KYRIA,
                            "+306912345678",
                            null,
                            "Βόλος",
                            "el",
                            "publicForm",
                            null,
                            1,
                            null),
                    true);
        }

        private CaseFile caseFile() {
            return cases.get("magnisia", number);
        }

        // To another centre ----------------------------------------------------------------------------------

        private ResultActions offers(String account, String... other) throws Exception {
            Map<String, String> form = new LinkedHashMap<>(Map.of(
                    "centre", "chania", "reason", "moved", "note", "Δουλεύει πρωί.", "agreed", "true", "how", "PHONE"));
            for (int i = 0; i < other.length; i += 2) {
                if (other[i + 1] == null) {
                    form.remove(other[i]);
                } else {
                    form.put(other[i], other[i + 1]);
                }
            }
            return does(
                    account,
                    "transfer",
                    form.entrySet().stream()
                            .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                            .toArray(String[]::new));
        }

        @Test
        void a_case_is_offered_once_and_taken_back() throws Exception {
            isDone(offers("magnisia.counsellor"));
            as("magnisia.counsellor", get("/cases/" + number))
                    .andExpect(
                            content().string(containsString("Προσφέρθηκε στο κέντρο «Κέντρο Στήριξης Κ.ΑΛ.Ο. Χανίων»")))
                    .andExpect(content().string(containsString("Ανάκληση της προσφοράς")));
            isRefused(offers("magnisia.coordinator"), "έχει ήδη προσφερθεί");
            isDone(does("magnisia.coordinator", "transfer/take-back"));
            isRefused(does("magnisia.coordinator", "transfer/take-back"), "δεν περιμένει πια απάντηση");
            as("magnisia.counsellor", get("/cases/" + number))
                    .andExpect(content().string(containsString("Ανάκληση της προσφοράς σε άλλο κέντρο")));
        }

        @Test
        void what_is_missing_is_named_and_what_was_typed_stays() throws Exception {
            isRefused(offers("magnisia.counsellor", "agreed", null), "μόνο αν συμφωνεί το πρόσωπο");
            isRefused(offers("magnisia.counsellor", "how", "SMOKE"), "Πώς το είπε");
            isRefused(offers("magnisia.counsellor", "reason", null), "Λόγος");
            isRefused(offers("magnisia.counsellor", "centre", "magnisia"), "Επιλέξτε ένα άλλο κέντρο");
            isRefused(offers("magnisia.counsellor", "note", "α".repeat(1001)), "1000");
            offers("magnisia.counsellor", "agreed", null).andExpect(content().string(containsString("Δουλεύει πρωί.")));
            assertThat(jdbc.sql("select count(*) from case_transfer")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(jdbc.sql("select count(*) from case_transfer where case_id <> ?")
                            .param(caseFile().id())
                            .query(Integer.class)
                            .single());
        }

        @Test
        void only_counsellors_and_coordinators_offer() throws Exception {
            offers("magnisia.intake").andExpect(status().isForbidden());
            does("magnisia.trainer", "transfer/take-back").andExpect(status().isForbidden());
            offers("chania.coordinator").andExpect(status().isNotFound());
        }

        @Test
        void the_former_number_leads_to_the_case_at_its_new_centre_and_nowhere_at_the_old() throws Exception {
            isDone(offers("magnisia.counsellor"));
            Task task = tasks.createTaskQuery()
                    .taskDefinitionKey("task_transfer_answer")
                    .tenantIdIn("chania")
                    .orderByTaskCreateTime()
                    .desc()
                    .list()
                    .get(0);
            forms.submitTaskForm(task.getId(), Map.of("answer", "accept"));
            String now = jdbc.sql("select max(number) from case_file where centre_id = 'chania'")
                    .query(String.class)
                    .single();
            as("chania.counsellor", get("/cases/" + number)).andExpect(redirectedUrl("/cases/" + now));
            as("chania.counsellor", get("/cases/" + now))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("Αντιγόνη Βολιώτη")))
                    .andExpect(content()
                            .string(containsString("Μεταφορά από άλλο κέντρο: Κέντρο Στήριξης Κ.ΑΛ.Ο. Μαγνησίας")));
            as("chania.counsellor", get("/cases?q=" + number))
                    .andExpect(content().string(containsString(now)));
            for (String path : List.of(number, now)) {
                as("magnisia.coordinator", get("/cases/" + path)).andExpect(status().isNotFound());
            }
            as("magnisia.coordinator", get("/cases?state=all&q=Βολιώτη " + number))
                    .andExpect(content().string(not(containsString("/cases/" + number))));
            as("magnisia.coordinator", get("/audit"))
                    .andExpect(content()
                            .string(containsString("Μεταφορά σε άλλο κέντρο: Κέντρο Στήριξης Κ.ΑΛ.Ο. Χανίων")));
            as("chania.coordinator", get("/audit"))
                    .andExpect(content().string(containsString("προηγούμενος αριθμός " + number)));
        }

        private ResultActions as(String account, MockHttpServletRequestBuilder request) throws Exception {
            return pages.perform(request.with(user(accounts.login(account).orElseThrow())));
        }

        private ResultActions does(String account, String action, String... parameters) throws Exception {
            MockHttpServletRequestBuilder request =
                    post("/cases/" + number + "/" + action).with(csrf());
            for (int i = 0; i < parameters.length; i += 2) {
                request.param(parameters[i], parameters[i + 1]);
            }
            return as(account, request);
        }

        private void isDone(ResultActions answer) throws Exception {
            answer.andExpect(redirectedUrl("/cases/" + number));
        }

        private void isRefused(ResultActions answer, String sentence) throws Exception {
            answer.andExpect(status().isBadRequest()).andExpect(content().string(containsString(sentence)));
        }

        private Task task() {
            return tasks.createTaskQuery().processInstanceBusinessKey(number).singleResult();
        }

        private int audited(String action) {
            return jdbc.sql("select count(*) from audit_entry where subject = ? and action = ?")
                    .params(number, action)
                    .query(Integer.class)
                    .single();
        }

        // Looking --------------------------------------------------------------------------------------------

        @Test
        void staff_of_the_centre_see_the_case_and_it_is_written_down() throws Exception {
            as("magnisia.trainer", get("/cases/" + number))
                    .andExpect(status().isOk())
                    .andExpect(content().string(allOf(containsString("Βολιώτη"), not(containsString("/sensitive")))));
            as("magnisia.legal", get("/cases/beside/" + task().getId()))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("Βολιώτη")));
            assertThat(audited("VIEWED")).isEqualTo(2);
            as("magnisia.trainer", get("/cases/" + number + "/diagram/support-journey"))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("call_journey_counselling")));
            as("magnisia.trainer", get("/cases/" + number + "/diagram/case-change"))
                    .andExpect(status().isNotFound());
        }

        @Test
        void nobody_else_does() throws Exception {
            as("kerkyra.coordinator", get("/cases/" + number)).andExpect(status().isNotFound());
            as("kerkyra.coordinator", get("/cases/beside/" + task().getId())).andExpect(status().isNotFound());
            as("supervisor", get("/cases/" + number)).andExpect(status().isForbidden());
            as("admin", get("/cases/" + number)).andExpect(status().isForbidden());
            assertThat(audited("VIEWED")).isZero();
            pages.perform(get("/cases/" + number)).andExpect(status().is3xxRedirection());
            pages.perform(get("/cases?q=a").header("HX-Request", "true"))
                    .andExpect(status().isUnauthorized())
                    .andExpect(header().string("HX-Redirect", "/login"));
        }

        // Notes ----------------------------------------------------------------------------------------------

        @Test
        void anybody_of_the_staff_adds_a_note() throws Exception {
            isDone(does("magnisia.accountant", "note", "text", "  Έφερε <b>τα έξοδα</b>.  "));
            as("magnisia.intake", get("/cases/" + number))
                    .andExpect(content().string(containsString("Έφερε &lt;b&gt;τα έξοδα&lt;/b&gt;.")));
            assertThat(audited("CHANGED")).isEqualTo(1);
        }

        @Test
        void a_note_that_is_refused_is_not_lost() throws Exception {
            isRefused(does("magnisia.intake", "note", "text", "  "), "Συμπληρώστε το πεδίο «Νέα σημείωση».");
            String longText = "α".repeat(4001);
            isRefused(does("magnisia.intake", "note", "text", longText), "έως 4.000 χαρακτήρες");
            does("magnisia.intake", "note", "text", longText)
                    .andExpect(content().string(containsString(longText)));
            as("magnisia.intake", post("/cases/" + number + "/note").param("text", "x"))
                    .andExpect(status().isForbidden());
            does("kerkyra.counsellor", "note", "text", "x").andExpect(status().isNotFound());
            does("supervisor", "note", "text", "x").andExpect(status().isForbidden());
            assertThat(jdbc.sql("select count(*) from case_note where case_id = ?")
                            .param(caseFile().id())
                            .query(Integer.class)
                            .single())
                    .isZero();
        }

        // Counsellor -----------------------------------------------------------------------------------------

        @Test
        void the_case_goes_to_another_counsellor_with_its_tasks() throws Exception {
            isDone(does("magnisia.coordinator", "counsellor", "counsellor", "magnisia.counsellor"));
            Task task = task();
            tasks.setAssignee(task.getId(), "magnisia.counsellor");
            isDone(does("magnisia.counsellor", "counsellor", "counsellor", "stella"));
            assertThat(caseFile().counsellor()).isEqualTo("stella");
            assertThat(tasks.createTaskQuery()
                            .processInstanceBusinessKey(number)
                            .singleResult()
                            .getAssignee())
                    .isEqualTo("stella");
            assertThat(jdbc.sql("select assignee from task_fact where task_id = ?")
                            .param(task.getId())
                            .query(String.class)
                            .single())
                    .isEqualTo("stella");
            as("magnisia.intake", get("/cases/" + number))
                    .andExpect(content().string(containsString("Νέος σύμβουλος: Στέλλα Ραφτοπούλου")));
        }

        @Test
        void only_a_counsellor_of_the_centre_gets_the_case_and_only_from_whom_may_give_it() throws Exception {
            for (String nobody : List.of("kerkyra.counsellor", "magnisia.legal", "nobody")) {
                isRefused(
                        does("magnisia.coordinator", "counsellor", "counsellor", nobody),
                        "δεν είναι σύμβουλος του κέντρου");
            }
            does("magnisia.intake", "counsellor", "counsellor", "stella").andExpect(status().isForbidden());
            does("kerkyra.coordinator", "counsellor", "counsellor", "stella").andExpect(status().isNotFound());
            assertThat(caseFile().counsellor()).isNull();
        }

        @Test
        void a_counsellor_takes_a_case_over_with_what_waits_for_counsellors() throws Exception {
            isDone(does("magnisia.counsellor", "take-over"));
            assertThat(caseFile().counsellor()).isEqualTo("magnisia.counsellor");
            assertThat(task().getAssignee()).as("a task of the reception").isNull();
            tasks.addCandidateGroup(task().getId(), "counsellor");
            isDone(does("magnisia.coordinator", "counsellor", "counsellor", "stella"));
            as("magnisia.counsellor", get("/cases/" + number))
                    .andExpect(content().string(containsString("Αναλαμβάνω την υπόθεση")));
            isDone(does("magnisia.counsellor", "take-over"));
            isDone(does("magnisia.counsellor", "take-over"));
            assertThat(task().getAssignee()).isEqualTo("magnisia.counsellor");
            assertThat(audited("CHANGED")).isEqualTo(3);
            as("magnisia.counsellor", get("/cases/" + number))
                    .andExpect(content().string(not(containsString("Αναλαμβάνω την υπόθεση"))));
            int open = jdbc.sql(
                            "select count(*) from case_file where centre_id = ? and counsellor = ? and status <> 'CLOSED'")
                    .params("magnisia", "magnisia.counsellor")
                    .query(Integer.class)
                    .single();
            as("magnisia.coordinator", get("/cases/" + number))
                    .andExpect(content().string(not(containsString("Αναλαμβάνω την υπόθεση"))))
                    .andExpect(content().string(containsString("Στέλλα Ραφτοπούλου (")))
                    .andExpect(content().string(containsString("Θανάσης Βογιατζής (" + open + " ανοιχτ")));
        }

        @Test
        void a_case_that_pauses_changes_hands_with_its_tasks() throws Exception {
            isDone(does("magnisia.counsellor", "take-over"));
            tasks.setAssignee(task().getId(), "magnisia.counsellor");
            String until = clock.today().plusDays(10).toString();
            isDone(does("magnisia.counsellor", "change", "change", "pause", "until", until, "reason", "health"));
            isDone(does("magnisia.coordinator", "counsellor", "counsellor", "stella"));
            assertThat(task().getAssignee()).isEqualTo("stella");
            isDone(does("magnisia.counsellor", "take-over"));
            assertThat(task().getAssignee()).isEqualTo("magnisia.counsellor");
            assertThat(task().isSuspended()).isTrue();
        }

        @Test
        void nobody_else_takes_a_case_over_and_nobody_a_closed_one() throws Exception {
            does("magnisia.coordinator", "take-over").andExpect(status().isForbidden());
            does("magnisia.intake", "take-over").andExpect(status().isForbidden());
            does("supervisor", "take-over").andExpect(status().isForbidden());
            does("kerkyra.counsellor", "take-over").andExpect(status().isNotFound());
            as("magnisia.counsellor", post("/cases/" + number + "/take-over")).andExpect(status().isForbidden());
            isDone(does("magnisia.intake", "change", "change", "closing", "reason", "job"));
            isRefused(does("magnisia.counsellor", "take-over"), "έχει ήδη κλείσει");
            assertThat(caseFile().counsellor()).isNull();
        }

        // Pause, resume, withdraw, close ---------------------------------------------------------------------

        @Test
        void a_case_pauses_goes_on_and_closes() throws Exception {
            String until = clock.today().plusDays(10).toString();
            isDone(does("magnisia.intake", "change", "change", "pause", "until", until, "reason", "health"));
            assertThat(caseFile().status()).isEqualTo(Status.PAUSED);
            assertThat(tasks.createTaskQuery()
                            .processInstanceBusinessKey(number)
                            .active()
                            .count())
                    .isZero();
            isRefused(
                    does("magnisia.intake", "change", "change", "pause", "until", until, "reason", "health"),
                    "βρίσκεται ήδη σε παύση");
            isDone(does("magnisia.counsellor", "change", "change", "resume"));
            assertThat(caseFile().status()).isEqualTo(Status.OPEN);
            assertThat(tasks.createTaskQuery()
                            .processInstanceBusinessKey(number)
                            .active()
                            .count())
                    .isEqualTo(1);
            isRefused(does("magnisia.counsellor", "change", "change", "resume"), "δεν βρίσκεται σε παύση");
            isDone(does("magnisia.coordinator", "change", "change", "closing", "reason", "duplicate", "note", "Δις."));
            assertThat(caseFile().status()).isEqualTo(Status.CLOSED);
            assertThat(caseFile().outcome()).isEqualTo("duplicate");
            assertThat(runtime.createProcessInstanceQuery()
                            .processInstanceBusinessKey(number)
                            .count())
                    .isZero();
            isRefused(
                    does("magnisia.coordinator", "change", "change", "closing", "reason", "duplicate"),
                    "έχει ήδη κλείσει");
            as("magnisia.intake", get("/cases/" + number))
                    .andExpect(status().isOk())
                    .andExpect(content().string(allOf(containsString("Δις."), not(containsString("/change\"")))));
        }

        @Test
        void a_person_withdraws_from_a_paused_case() throws Exception {
            String until = clock.today().plusDays(10).toString();
            isDone(does("magnisia.intake", "change", "change", "pause", "until", until, "reason", "health"));
            isDone(does("magnisia.intake", "change", "change", "withdrawal", "reason", "job"));
            assertThat(caseFile().outcome()).isEqualTo("withdrawn");
        }

        @Test
        void what_is_wrong_or_not_ones_to_do_changes_nothing() throws Exception {
            String today = clock.today().toString();
            isRefused(
                    does("magnisia.intake", "change", "change", "pause", "until", today, "reason", "health"),
                    "Η ημερομηνία έχει ήδη περάσει");
            isRefused(
                    does("magnisia.intake", "change", "change", "pause", "until", "31/12/2030", "reason", "health"),
                    "δεν έχει τη σωστή μορφή");
            isRefused(does("magnisia.intake", "change", "change", "pause", "reason", "health"), "«Παύση έως»");
            isRefused(does("magnisia.intake", "change", "change", "closing"), "«Αιτία»");
            isRefused(does("magnisia.intake", "change", "change", "closing", "reason", "x"), "«Αιτία»");
            isRefused(
                    does("magnisia.intake", "change", "change", "closing", "reason", "job", "note", "α".repeat(501)),
                    "«Παρατηρήσεις»");
            isRefused(does("magnisia.intake", "change", "reason", "job"), "«Τι συμβαίνει;»");
            does("magnisia.trainer", "change", "change", "closing", "reason", "job")
                    .andExpect(status().isForbidden());
            does("kerkyra.coordinator", "change", "change", "closing", "reason", "job")
                    .andExpect(status().isNotFound());
            assertThat(caseFile().status()).isEqualTo(Status.OPEN);
            assertThat(audited("CHANGED")).isZero();
        }

        @Test
        void of_two_who_close_at_once_one_is_told_that_it_is_closed() throws Exception {
            ExecutorService both = Executors.newFixedThreadPool(2);
            try {
                Callable<Integer> close =
                        () -> does("magnisia.intake", "change", "change", "closing", "reason", "other")
                                .andReturn()
                                .getResponse()
                                .getStatus();
                List<Future<Integer>> answers = both.invokeAll(List.of(close, close));
                assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder(302, 400);
            } finally {
                both.shutdown();
            }
            assertThat(caseFile().status()).isEqualTo(Status.CLOSED);
        }

        // Documents ------------------------------------------------------------------------------------------

        private ResultActions uploads(String account, String name, byte[] bytes) throws Exception {
            return as(
                    account,
                    multipart("/cases/" + number + "/documents")
                            .file(new MockMultipartFile("file", name, "application/pdf", bytes))
                            .with(csrf()));
        }

        private ResultActions uploads(String account, String name, byte[] bytes, String session) throws Exception {
            return as(
                    account,
                    multipart("/cases/" + number + "/documents")
                            .file(new MockMultipartFile("file", name, "application/pdf", bytes))
                            .param("session", session)
                            .with(csrf()));
        }

        private long session(String outcome, String lastName) {
            jdbc.sql("""
                    insert into appointment (case_id, uid, starts_at, minutes, mode, area, booked_at)
                    values (?, ?, timestamp '2026-05-04 11:30:00', 60, 'place', 'legal', timestamp '2026-05-01 10:00:00')
                    """).params(caseFile().id(), lastName + System.nanoTime()).update();
            jdbc.sql("""
                    insert into counselling_session (case_id, centre_id, appointment_id, held_on, outcome, contact_minutes,
                                                     preparation_minutes, area, recorded_by, recorded_at)
                    select case_id, 'magnisia', id, cast(starts_at as date), ?, 0, 0, area, 'magnisia.counsellor', starts_at from appointment
                    where id = (select max(id) from appointment)
                    """).param(outcome).update();
            return jdbc.sql("select max(id) from counselling_session")
                    .query(Long.class)
                    .single();
        }

        @Test
        void a_file_may_belong_to_a_session_of_the_case_and_is_shown_with_it() throws Exception {
            long held = session("attended", "α");
            long missed = session("noShow", "β");
            String first = number;
            number = open();
            long ofAnother = session("attended", "γ");
            number = first;
            for (String wrong :
                    List.of(String.valueOf(missed), String.valueOf(ofAnother), "0", "x", "99999999999999999999")) {
                isRefused(uploads("magnisia.legal", "a.pdf", PDF, wrong), "δεν υπάρχει σε αυτόν τον φάκελο");
            }
            assertThat(documents.of(caseFile())).isEmpty();
            isRefused(uploads("magnisia.legal", "a.pdf", new byte[0], String.valueOf(held)), "Επιλέξτε ένα αρχείο");

            isDone(uploads("magnisia.legal", "παρουσίες.pdf", PDF, String.valueOf(held)));
            assertThat(only().sessionId()).isEqualTo(held);
            as("magnisia.intake", get("/cases/" + number))
                    .andExpect(content()
                            .string(allOf(
                                    containsString("Από τη συνεδρία στις 04/05/2026 11:30"),
                                    containsString("value=\"" + held + "\""),
                                    not(containsString("value=\"" + missed + "\"")))));
            isDone(does("magnisia.coordinator", "documents/" + only().id() + "/remove"));
            isDone(uploads("magnisia.legal", "παρουσίες.pdf", PDF, ""));
            assertThat(only().sessionId()).isNull();
        }

        private Documents.Document only() {
            List<Documents.Document> kept = documents.of(caseFile());
            assertThat(kept).hasSize(1);
            return kept.get(0);
        }

        @Test
        void a_file_is_kept_and_comes_back_as_it_was() throws Exception {
            byte[] large = Arrays.copyOf(PDF, Documents.MOST_BYTES);
            isDone(uploads("magnisia.legal", "..\\σχέδιο \"α\"/Καταστατικό.pdf", large));
            Documents.Document kept = only();
            assertThat(kept.name()).isEqualTo("Καταστατικό.pdf");
            as("magnisia.intake", get("/cases/" + number + "/documents/" + kept.id()))
                    .andExpect(status().isOk())
                    .andExpect(content().bytes(large))
                    .andExpect(content().contentType("application/pdf"))
                    .andExpect(header().string("Content-Disposition", containsString("attachment")))
                    .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                    .andExpect(header().string("Content-Security-Policy", containsString("sandbox")))
                    .andExpect(header().string("Cache-Control", "no-store"));
            assertThat(audited("EXPORTED")).isEqualTo(1);
            isRefused(uploads("magnisia.intake", "άλλο.pdf", large), "υπάρχει ήδη στον φάκελο");
            String other = number;
            number = open();
            as("magnisia.intake", get("/cases/" + number + "/documents/" + kept.id()))
                    .andExpect(status().isNotFound());
            number = other;
            as("kerkyra.legal", get("/cases/" + number + "/documents/" + kept.id()))
                    .andExpect(status().isNotFound());
            does("magnisia.intake", "documents/" + kept.id() + "/remove").andExpect(status().isForbidden());
            isDone(does("magnisia.coordinator", "documents/" + kept.id() + "/remove"));
            assertThat(documents.of(caseFile())).isEmpty();
            assertThat(audited("ERASED")).isEqualTo(1);
        }

        @Test
        void what_could_do_harm_or_is_nothing_is_not_kept() throws Exception {
            byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
            byte[] program = Arrays.copyOf(new byte[] {'M', 'Z', (byte) 0x90, 0, 3}, 2000);
            String wrongType = "δεν είναι PDF, εικόνα";
            isRefused(uploads("magnisia.legal", "page.pdf", page), wrongType);
            isRefused(uploads("magnisia.legal", "page.html", page), wrongType);
            isRefused(uploads("magnisia.legal", "setup.pdf", program), wrongType);
            isRefused(
                    uploads("magnisia.legal", "a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes()),
                    wrongType);
            isRefused(uploads("magnisia.legal", "a.docm", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0}), wrongType);
            isRefused(uploads("magnisia.legal", "a.pdf", new byte[0]), "Επιλέξτε ένα αρχείο");
            isRefused(
                    uploads("magnisia.legal", "a.pdf", Arrays.copyOf(PDF, Documents.MOST_BYTES + 1)),
                    "μεγαλύτερο από 10 MB");
            uploads("kerkyra.legal", "a.pdf", PDF).andExpect(status().isNotFound());
            assertThat(documents.of(caseFile())).isEmpty();
        }
    }
}
