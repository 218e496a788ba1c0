package org.diadromi.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.SampleContact;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Doubles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.contact.PublicContact;
import org.diadromi.counselling.Counselling;
import org.diadromi.link.PrivateLinks;
import org.diadromi.notification.Notifications;
import org.diadromi.notification.Outbox;
import org.diadromi.privacy.DataRequests;
import org.diadromi.privacy.Erasure;
import org.diadromi.team.TeamMember.State;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** A case of several people: who is of its team, what each agreed to, and what each is told, on both databases. */
class TeamTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "team");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "team");
        }
    }

    @SpringBootTest(
            properties = {
                "diadromi.demo=true",
                "camunda.bpm.job-execution.enabled=false",
                "diadromi.mail.directory=target/team/outbox"
            })
    @AutoConfigureMockMvc
    abstract static class Promises {

        private static final Path MAILS = Path.of("target/team/outbox");

        @Autowired
        MockMvc pages;

        @Autowired
        StaffAccounts accounts;

        @Autowired
        PublicContact contacts;

        @Autowired
        CaseFiles cases;

        @Autowired
        TeamMembers team;

        @Autowired
        Consents consents;

        @Autowired
        Doubles doubles;

        @Autowired
        DataRequests requests;

        @Autowired
        Erasure erasure;

        @Autowired
        Counselling counselling;

        @Autowired
        Notifications notifications;

        @Autowired
        Outbox outbox;

        @Autowired
        PrivateLinks links;

        @Autowired
        AppClock clock;

        @Autowired
        JdbcClient jdbc;

        @Autowired
        DataSource database;

        @Autowired
        TransactionTemplate transaction;

        private CaseFile caseFile;

        @BeforeEach
        void a_case_of_corfu() {
            jdbc.sql("delete from outbox_mail").update();
            at(LocalTime.of(10, 0));
            caseFile = open();
        }

        @AfterEach
        void resetClock() {
            clock.setOffset(Duration.ZERO);
        }

        private CaseFile open() {
            return cases.get("kerkyra", contacts.receive(SampleContact.eleni("kerkyra"), true));
        }

        private void at(LocalTime time) {
            clock.setOffset(Duration.ZERO);
            clock.setOffset(
                    Duration.between(clock.now(), clock.today().plusDays(1).atTime(time)));
        }

        private CaseFile reread() {
            return cases.get("kerkyra", caseFile.number());
        }

        // By staff -------------------------------------------------------------------------------------------

        private static final Map<String, String> NIKOS = Map.of(
                "firstName", "Νίκος",
                "lastName", "Βραδινός",
                "salutation", "KYRIOS",
                "email", "nikos@example.org",
                "phone", "6912345678",
                "language", "el",
                "how", "CENTRE");

        private ResultActions adds(String account, String... other) throws Exception {
            Map<String, String> form = new LinkedHashMap<>(NIKOS);
            for (int i = 0; i < other.length; i += 2) {
                form.put(other[i], other[i + 1]);
            }
            return does(account, "team", form);
        }

        private ResultActions does(String account, String action, Map<String, String> form) throws Exception {
            MockHttpServletRequestBuilder request =
                    post("/cases/" + caseFile.number() + "/" + action).with(csrf());
            form.forEach(request::param);
            return as(account, request);
        }

        private ResultActions as(String account, MockHttpServletRequestBuilder request) throws Exception {
            return pages.perform(request.with(user(accounts.login(account).orElseThrow())));
        }

        private void isDone(ResultActions answer) throws Exception {
            answer.andExpect(redirectedUrl("/cases/" + caseFile.number() + "/team"));
        }

        private void isRefused(ResultActions answer, String sentence) throws Exception {
            answer.andExpect(status().isBadRequest()).andExpect(content().string(containsString(sentence)));
        }

        private TeamMember only() {
            assertThat(team.of(caseFile)).hasSize(1);
            return team.of(caseFile).get(0);
        }

        @Test
        void whoever_agreed_is_of_the_team_with_what_they_agreed_to() throws Exception {
            isDone(adds("kerkyra.intake"));
            TeamMember nikos = only();
            assertThat(nikos.state()).isEqualTo(State.AGREED);
            assertThat(nikos.phone()).isEqualTo("+306912345678");
            assertThat(reread().groupSize()).isEqualTo(2);
            Consents.Given given = consents.ofMember(nikos.id()).get(0);
            assertThat(given.wording()).isEqualTo(Wording.TEAM_MEMBER_TOLD);
            assertThat(given.version()).isEqualTo(1);
            assertThat(given.channel()).isEqualTo(Channel.CENTRE);
            assertThat(given.recordedBy()).isEqualTo("kerkyra.intake");
            assertThat(consents.of(caseFile)).hasSize(1);
            as("kerkyra.counsellor", get("/cases/" + caseFile.number()))
                    .andExpect(content().string(containsString("Νίκος Βραδινός")))
                    .andExpect(content().string(containsString("Νέο μέλος στην ομάδα")));
            as("kerkyra.counsellor", get("/cases/" + caseFile.number() + "/team"))
                    .andExpect(content().string(containsString("Το μέλος ενημερώθηκε")))
                    .andExpect(content().string(containsString("Λαμβάνει όσα και το πρόσωπο επικοινωνίας")));
            assertThat(jdbc.sql("select detail from audit_entry where subject = ? and action = 'CHANGED'")
                            .param(caseFile.number())
                            .query(String.class)
                            .list())
                    .contains("Ομάδα: νέο μέλος");
        }

        @Test
        void the_figures_know_that_it_is_a_group_and_still_one_case() throws Exception {
            isDone(adds("kerkyra.intake"));
            assertThat(jdbc.sql("select group_size from case_fact where case_id = ?")
                            .param(caseFile.id())
                            .query(Integer.class)
                            .list())
                    .containsExactly(2);
            team.erase(caseFile, only(), null);
            assertThat(reread().groupSize()).isEqualTo(1);
        }

        @Test
        void whoever_has_just_come_is_told_by_the_same_step() {
            transaction.executeWithoutResult(status -> {
                assertThat(reread().groupSize()).isEqualTo(1);
                agreed("Νίκος", "nikos@example.org", "el");
                assertThat(reread().groupSize()).isEqualTo(2);
                notifications.send("plan-approved", reread(), caseFile.number());
            });
            assertThat(recipients()).containsExactly("eleni@example.org", "nikos@example.org");
            cases.correct(reread(), new CaseFile.Identity("Ελένη", "Παππά", null, "eleni@example.org", "Κέρκυρα"));
            assertThat(reread().groupSize()).isEqualTo(2);
        }

        @Test
        void the_case_is_found_by_each_of_its_people() throws Exception {
            isDone(adds("kerkyra.intake"));
            for (String q : List.of("βραδινος", "nikos@example.org", "691 234 5678", "Νικος Παππά")) {
                as("kerkyra.counsellor", get("/cases").param("q", q))
                        .andExpect(content().string(containsString(caseFile.number())));
            }
            team.erase(caseFile, only(), null);
            as("kerkyra.counsellor", get("/cases").param("q", "βραδινος"))
                    .andExpect(content().string(not(containsString(caseFile.number()))));
        }

        @Test
        void what_is_wrong_is_named_and_what_was_typed_stays() throws Exception {
            isRefused(adds("kerkyra.intake", "firstName", " "), "Όνομα");
            isRefused(adds("kerkyra.intake", "salutation", "LORD"), "Προσφώνηση");
            isRefused(adds("kerkyra.intake", "email", "όχι διεύθυνση"), "όχι διεύθυνση");
            isRefused(adds("kerkyra.intake", "email", "", "phone", ""), "τηλέφωνο ή ηλεκτρονική διεύθυνση");
            isRefused(adds("kerkyra.intake", "phone", "12"), "12");
            isRefused(adds("kerkyra.intake", "how", "SMOKE"), "Συγκατάθεση του μέλους");
            isRefused(adds("kerkyra.intake", "how", "ASK"), "αφήστε κενό το τηλέφωνο");
            isRefused(adds("kerkyra.intake", "how", "ASK", "phone", "", "email", ""), "χρειάζεται η διεύθυνσή του");
            adds("kerkyra.intake", "phone", "12").andExpect(content().string(containsString("value=\"Βραδινός\"")));
            assertThat(team.of(caseFile)).isEmpty();
            assertThat(reread().groupSize()).isEqualTo(1);
            assertThat(jdbc.sql("select count(*) from consent where member_id is not null and case_id = ?")
                            .param(caseFile.id())
                            .query(Integer.class)
                            .single())
                    .isZero();
        }

        @Test
        void nobody_is_of_it_twice() throws Exception {
            isDone(adds("kerkyra.intake"));
            isRefused(adds("kerkyra.counsellor", "lastName", "ΒΡΑΔΙΝΟΣ"), "είναι ήδη στην ομάδα");
            isRefused(
                    adds("kerkyra.intake", "firstName", "Ελένη", "lastName", "Παππά", "email", "eleni@example.org"),
                    "είναι ήδη στην ομάδα");
            only();
        }

        @Test
        void only_whoever_may_change_a_case_and_only_of_their_own_centre() throws Exception {
            adds("kerkyra.trainer").andExpect(status().isForbidden());
            adds("chania.intake").andExpect(status().isNotFound());
            isDone(adds("kerkyra.intake"));
            TeamMember nikos = only();
            CaseFile other = open();
            for (String action : List.of("change", "ask", "agreed", "left", "erase")) {
                as(
                                "kerkyra.intake",
                                post("/cases/" + other.number() + "/team/" + nikos.id() + "/" + action)
                                        .with(csrf()))
                        .andExpect(status().isNotFound());
            }
            pages.perform(get("/cases/" + caseFile.number() + "/team")).andExpect(status().is3xxRedirection());
            assertThat(only()).isEqualTo(nikos);
        }

        @Test
        void nobody_comes_to_a_case_that_has_ended_but_whoever_wants_may_go() throws Exception {
            isDone(adds("kerkyra.intake"));
            cases.close(reread(), "withdrawn");
            isRefused(adds("kerkyra.intake", "lastName", "Άλλος", "email", "allos@example.org"), "έχει ήδη κλείσει");
            isDone(does("kerkyra.intake", "team/" + only().id() + "/erase", Map.of()));
            assertThat(team.of(caseFile)).isEmpty();
        }

        @Test
        void who_left_gets_nothing_more_and_stays_in_the_file() throws Exception {
            isDone(adds("kerkyra.intake"));
            String left = "team/" + only().id() + "/left";
            at(LocalTime.of(23, 0));
            tell("plan-approved", "late");
            assertThat(recipients()).containsExactly("eleni@example.org", "nikos@example.org");
            isRefused(
                    does(
                            "kerkyra.intake",
                            left,
                            Map.of("on", clock.today().plusDays(1).toString())),
                    "σημερινή");
            isRefused(does("kerkyra.intake", left, Map.of("on", "χθες")), "Πότε έφυγε");
            isDone(does("kerkyra.intake", left, Map.of("on", clock.today().toString())));
            isRefused(does("kerkyra.intake", left, Map.of("on", clock.today().toString())), "έχει ήδη φύγει");
            assertThat(only().state()).isEqualTo(State.LEFT);
            assertThat(reread().groupSize()).isEqualTo(2);
            tell("plan-approved", "later");
            assertThat(recipients()).containsExactly("eleni@example.org", "eleni@example.org");
        }

        @Test
        void who_is_misspelt_is_corrected() throws Exception {
            isDone(adds("kerkyra.intake"));
            Map<String, String> right = new LinkedHashMap<>(NIKOS);
            right.put("lastName", "Βραδινίδης");
            right.put("phone", "");
            right.put("language", "en");
            isDone(does("kerkyra.coordinator", "team/" + only().id() + "/change", right));
            assertThat(only().person()).isEqualTo("Νίκος Βραδινίδης");
            assertThat(only().phone()).isNull();
            tell("plan-approved", "one");
            assertThat(bodyTo("nikos@example.org")).startsWith("Dear Νίκος Βραδινίδης,");
        }

        @Test
        void what_waits_for_a_member_goes_to_their_right_address() {
            TeamMember nikos = agreed("Νίκος", "lathos@example.org", "el");
            tell("plan-approved", "one");
            change(nikos, "nikos@example.org");
            assertThat(recipients()).containsExactly("eleni@example.org", "nikos@example.org");
            change(only(), null);
            assertThat(jdbc.sql("select recipient from outbox_mail where case_id = ? and status = 'DROPPED'")
                            .param(caseFile.id())
                            .query(String.class)
                            .list())
                    .as("that to the member, while those of the others wait on")
                    .containsExactly("nikos@example.org");
        }

        private void change(TeamMember member, String email) {
            transaction.executeWithoutResult(status -> team.change(
                    reread(),
                    member,
                    new TeamMembers.Details("Νίκος", "Βραδινός", Salutation.KYRIOS, "2661012345", email, "el")));
        }

        // By mail --------------------------------------------------------------------------------------------

        private void tell(String template, String cause) {
            transaction.executeWithoutResult(
                    status -> notifications.send(template, reread(), caseFile.number() + cause));
        }

        private List<String> recipients() {
            return jdbc.sql(
                            "select recipient from outbox_mail where case_id = ? and template <> 'acknowledgement' order by id")
                    .param(caseFile.id())
                    .query(String.class)
                    .list();
        }

        private String bodyTo(String recipient) {
            return jdbc.sql(
                            "select body_text from outbox_mail where recipient = ? order by id desc fetch first 1 rows only")
                    .param(recipient)
                    .query(String.class)
                    .single();
        }

        private TeamMember agreed(String firstName, String email, String language) {
            return team.add(
                    reread(),
                    new TeamMembers.Details(firstName, "Βραδινός", Salutation.KYRIOS, null, email, language),
                    Channel.PHONE,
                    "kerkyra.intake");
        }

        private TeamMember asked(String email) {
            return team.add(
                    reread(),
                    new TeamMembers.Details("Νίκος", "Βραδινός", Salutation.KYRIOS, null, email, "el"),
                    null,
                    "kerkyra.intake");
        }

        @Test
        void each_is_told_once_in_their_own_language() {
            agreed("Νίκος", "nikos@example.org", "el");
            agreed("Petros", "petros@example.org", "en");
            asked("rotimenos@example.org");
            tell("plan-approved", "one");
            tell("plan-approved", "one");
            assertThat(recipients())
                    .containsExactly(
                            "rotimenos@example.org", "eleni@example.org", "nikos@example.org", "petros@example.org");
            assertThat(bodyTo("nikos@example.org"))
                    .startsWith("Αξιότιμε κύριε Βραδινέ,")
                    .contains("Στην προσωπική σας σελίδα βλέπετε πού βρίσκεται η υπόθεση της ομάδας σας");
            assertThat(bodyTo("petros@example.org"))
                    .startsWith("Dear Petros Βραδινός,")
                    .contains("your team’s case".replace("’", "'"));
            assertThat(bodyTo("eleni@example.org")).contains("Από εκεί επιβεβαιώνετε ή ακυρώνετε ραντεβού");
        }

        @Test
        void the_team_is_told_too_when_its_person_has_no_mail() {
            agreed("Νίκος", "nikos@example.org", "el");
            CaseFile now = reread();
            cases.correct(
                    now,
                    new CaseFile.Identity(now.firstName(), now.lastName(), "+302661012345", null, now.municipality()));
            tell("plan-approved", "one");
            assertThat(recipients()).containsExactly("nikos@example.org");
        }

        @Test
        void an_appointment_stands_in_the_calendar_of_each() {
            agreed("Νίκος", "nikos@example.org", "el");
            caseFile = reread();
            counselling.plan(caseFile, "Οργάνωση", "Σχέδιο", List.of("business"), 3, "kerkyra.counsellor");
            counselling.book(
                    caseFile, clock.now().plusDays(20), 60, "place", "Αίθουσα 2", "business", "kerkyra.counsellor");
            tell("appointment", "one");
            Map<String, String> invitations = new LinkedHashMap<>();
            jdbc.sql("select recipient, invitation from outbox_mail where template = 'appointment' order by id")
                    .query((row, number) -> invitations.put(row.getString(1), row.getString(2)))
                    .list();
            assertThat(invitations).containsOnlyKeys("eleni@example.org", "nikos@example.org");
            assertThat(invitations.get("nikos@example.org").replace("\r\n ", ""))
                    .contains("mailto:nikos@example.org")
                    .doesNotContain("eleni@example.org");
            assertThat(uid(invitations.get("nikos@example.org"))).isEqualTo(uid(invitations.get("eleni@example.org")));
            assertThat(bodyTo("nikos@example.org"))
                    .contains("την αλλάζει το πρόσωπο επικοινωνίας της ομάδας, Ελένη Παππά")
                    .doesNotContain("να επιβεβαιώσετε το ραντεβού");
            assertThat(bodyTo("eleni@example.org")).contains("να επιβεβαιώσετε το ραντεβού");
        }

        private static String uid(String invitation) {
            return invitation
                    .lines()
                    .filter(line -> line.startsWith("UID:"))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void who_is_asked_gets_the_question_and_nothing_else_and_not_at_night() throws Exception {
            at(LocalTime.of(23, 0));
            isDone(adds("kerkyra.intake", "how", "ASK", "phone", ""));
            TeamMember nikos = only();
            assertThat(nikos.state()).isEqualTo(State.ASKED);
            tell("plan-approved", "one");
            isDone(does("kerkyra.intake", "team/" + nikos.id() + "/ask", Map.of()));
            assertThat(recipients()).containsExactly("nikos@example.org", "eleni@example.org");
            assertThat(bodyTo("nikos@example.org"))
                    .startsWith("Αξιότιμε κύριε Βραδινέ,")
                    .contains("το πρόσωπο επικοινωνίας της ομάδας σας, Ελένη Παππά");
            assertThat(jdbc.sql("select next_attempt from outbox_mail where recipient = 'nikos@example.org'")
                            .query(java.time.LocalDateTime.class)
                            .single())
                    .isEqualTo(clock.today().plusDays(1).atTime(8, 0));
            isRefused(
                    does(
                            "kerkyra.intake",
                            "team/" + nikos.id() + "/left",
                            Map.of("on", clock.today().toString())),
                    "δεν έχει συμφωνήσει ακόμη");
            isDone(does("kerkyra.intake", "team/" + nikos.id() + "/agreed", Map.of("how", "PHONE")));
            isRefused(
                    does("kerkyra.intake", "team/" + nikos.id() + "/agreed", Map.of("how", "PHONE")),
                    "έχει ήδη συμφωνήσει");
            isRefused(does("kerkyra.intake", "team/" + nikos.id() + "/ask", Map.of()), "έχει ήδη συμφωνήσει");
            assertThat(consents.ofMember(nikos.id())).hasSize(1);
        }

        @Test
        void nobody_is_asked_any_more_when_the_case_has_ended() {
            at(LocalTime.of(23, 0));
            asked("rotimenos@example.org");
            cases.close(reread(), "withdrawn");
            assertThat(recipients()).isEmpty();
        }

        @Test
        void when_the_case_is_to_be_erased_its_members_are_told_whose_wish_it_is() {
            agreed("Νίκος", "nikos@example.org", "el");
            agreed("Petros", "petros@example.org", "en");
            transaction.executeWithoutResult(status ->
                    requests.receive(reread(), "erasure", clock.today(), "phone", null, "kerkyra.coordinator"));
            tell("request-erasure", "one");
            assertThat(bodyTo("nikos@example.org"))
                    .contains("το πρόσωπο επικοινωνίας της ομάδας σας, Ελένη Παππά, η υπόθεσή της κλείνει");
            assertThat(bodyTo("petros@example.org")).contains("As your team’s contact person, Ελένη Παππά, asked on");
            assertThat(bodyTo("eleni@example.org")).contains("Όπως ζητήσατε στις");
            tell("request-answered", "two");
            assertThat(recipients()).hasSize(4);
        }

        // By link --------------------------------------------------------------------------------------------

        private final MockHttpSession browser = new MockHttpSession();

        private void follows(TeamMember member) throws Exception {
            String place = links.place();
            String link =
                    links.fill("kerkyra", caseFile.id(), member.id(), place).in(place);
            pages.perform(get(URI.create(link).getPath()).session(browser))
                    .andExpect(redirectedUrl("/my/team?lang=el"));
        }

        private ResultActions shows() throws Exception {
            return pages.perform(get("/my/team").session(browser));
        }

        private ResultActions presses(String button, String... parameters) throws Exception {
            MockHttpServletRequestBuilder request =
                    post(button).session(browser).with(csrf());
            for (int i = 0; i < parameters.length; i += 2) {
                request.param(parameters[i], parameters[i + 1]);
            }
            return pages.perform(request);
        }

        @Test
        void who_is_asked_agrees_by_a_button_and_is_told_from_then_on() throws Exception {
            TeamMember nikos = asked("nikos@example.org");
            follows(nikos);
            shows().andExpect(status().isOk())
                    .andExpect(content().string(containsString("Ελένη Παππά")))
                    .andExpect(content().string(containsString("Διάβασα πώς χρησιμοποιούνται τα στοιχεία μου")))
                    .andExpect(content().string(not(containsString("Πρώτη επαφή"))));
            assertThat(only().state()).isEqualTo(State.ASKED);
            presses("/my/team/agree", "phone", "123")
                    .andExpect(status().isBadRequest())
                    .andExpect(content().string(containsString("value=\"123\"")));
            presses("/my/team/agree", "phone", "6912345678").andExpect(redirectedUrl("/my/team"));
            presses("/my/team/agree").andExpect(redirectedUrl("/my/team"));
            assertThat(only().phone()).isEqualTo("+306912345678");
            Consents.Given given = consents.ofMember(nikos.id()).get(0);
            assertThat(consents.ofMember(nikos.id())).hasSize(1);
            assertThat(given.channel()).isEqualTo(Channel.LINK);
            assertThat(given.recordedBy()).isNull();
            assertThat(given.text())
                    .endsWith(consents.text(Wording.TEAM_MEMBER, caseFile.language())
                            .agreement());
            shows().andExpect(content().string(containsString("Πρώτη επαφή")));
            tell("plan-approved", "one");
            assertThat(recipients()).containsExactly("nikos@example.org", "eleni@example.org", "nikos@example.org");
        }

        @Test
        void refusing_reminders_counts_for_oneself_only() throws Exception {
            TeamMember nikos = agreed("Νίκος", "nikos@example.org", "el");
            agreed("Πέτρος", "petros@example.org", "el");
            follows(nikos);
            presses("/my/team/mails", "reminders", "false").andExpect(redirectedUrl("/my/team"));
            tell("plan-reminder", "one");
            assertThat(recipients()).containsExactly("eleni@example.org", "petros@example.org");
            presses("/my/team/mails", "reminders", "true");
            tell("plan-reminder", "two");
            assertThat(recipients()).hasSize(5).contains("nikos@example.org");
        }

        @Test
        void a_member_moves_and_ends_nothing_of_the_case() throws Exception {
            follows(agreed("Νίκος", "nikos@example.org", "el"));
            for (String button : List.of(
                    "/my/withdraw",
                    "/my/appointment/confirm",
                    "/my/appointment/cancel",
                    "/my/appointment/move",
                    "/my/mails",
                    "/my/data",
                    "/my/sharing/withdraw",
                    "/my/sensitive/withdraw",
                    "/my/transfer/withdraw")) {
                presses(button).andExpect(redirectedUrl("/my/team"));
            }
            for (String page : List.of("/my", "/my/data", "/my/withdraw")) {
                pages.perform(get(page).session(browser)).andExpect(redirectedUrl("/my/team"));
            }
            assertThat(reread().status()).isEqualTo(CaseFile.Status.OPEN);
            assertThat(consents.of(caseFile).get(0).withdrawnAt()).isNull();
            assertThat(jdbc.sql("select count(*) from mail_refusal where case_id = ?")
                            .param(caseFile.id())
                            .query(Integer.class)
                            .single())
                    .isZero();
        }

        @Test
        void a_button_of_another_ones_page_does_nothing() throws Exception {
            TeamMember nikos = agreed("Νίκος", "nikos@example.org", "el");
            TeamMember petros = agreed("Πέτρος", "petros@example.org", "el");
            follows(petros);
            presses("/my/team/leave", "member", String.valueOf(nikos.id())).andExpect(status().isConflict());
            assertThat(team.of(caseFile)).hasSize(2);
        }

        @Test
        void when_the_person_withdraws_the_members_are_told_and_their_consents_are_theirs() throws Exception {
            TeamMember nikos = agreed("Νίκος", "nikos@example.org", "el");
            String place = links.place();
            String link = links.fill("kerkyra", caseFile.id(), null, place).in(place);
            pages.perform(get(URI.create(link).getPath()).session(browser));
            presses("/my/withdraw", "reason", "other").andExpect(redirectedUrl("/my"));
            assertThat(recipients()).containsExactly("eleni@example.org", "nikos@example.org");
            assertThat(bodyTo("nikos@example.org"))
                    .contains("όπως ζήτησε το πρόσωπο επικοινωνίας της, Ελένη Παππά")
                    .doesNotContain("Όπως ζητήσατε");
            assertThat(consents.ofMember(nikos.id()).get(0).withdrawnAt()).isNull();
        }

        // With other cases -----------------------------------------------------------------------------------

        private CaseFile comes(String firstName, String email) {
            return cases.get(
                    "kerkyra",
                    contacts.receive(
                            new FirstContact(
                                    "kerkyra",
                                    firstName,
                                    "Βραδινός",
                                    Salutation.KYRIOS,
                                    null,
                                    email,
                                    "Κέρκυρα",
                                    "el",
                                    "publicForm",
                                    null,
                                    1,
                                    null),
                            true));
        }

        private List<Set<Doubles.Kind>> likeness(CaseFile other) {
            return doubles.of(reread()).stream()
                    .filter(alike -> alike.caseId() == other.id())
                    .map(Doubles.Alike::by)
                    .toList();
        }

        @Test
        void a_member_who_comes_by_themselves_is_noticed_and_is_not_made_one_with_the_person() throws Exception {
            agreed("Ζαχαρίας", "zacharias@example.org", "el");
            CaseFile other = comes("Ζαχαρίας", "zacharias@example.org");
            assertThat(likeness(other))
                    .containsExactly(Set.of(Doubles.Kind.MAIL, Doubles.Kind.NAME, Doubles.Kind.MEMBER));
            String page = "/cases/" + caseFile.number() + "/doubles";
            as("kerkyra.intake", get(page).param("other", other.number()))
                    .andExpect(content().string(containsString("μέλος ομάδας")))
                    .andExpect(content().string(containsString("Το είδα, μένουν χωριστές")));
            as(
                            "kerkyra.intake",
                            post(page + "/same")
                                    .param("other", other.number())
                                    .param("keep", other.number())
                                    .with(csrf()))
                    .andExpect(status().isBadRequest())
                    .andExpect(content().string(containsString("δεν ενώνονται")));
            as(
                            "kerkyra.intake",
                            post(page + "/different")
                                    .param("other", other.number())
                                    .with(csrf()))
                    .andExpect(status().is3xxRedirection());
            assertThat(likeness(other)).isEmpty();
            assertThat(doubles.known("kerkyra", "Ζαχαρίας", "Βραδινός", null, "zacharias@example.org"))
                    .contains(other.id());
        }

        @Test
        void who_has_not_agreed_is_compared_with_nobody() {
            team.add(
                    reread(),
                    new TeamMembers.Details("Ησαΐας", "Βραδινός", Salutation.KYRIOS, null, "isaias@example.org", "el"),
                    null,
                    "kerkyra.intake");
            assertThat(likeness(comes("Ησαΐας", "isaias@example.org"))).isEmpty();
        }

        @Test
        void of_two_cases_that_become_one_the_members_go_along() throws Exception {
            TeamMember nikos = agreed("Νίκος", "nikos@example.org", "el");
            CaseFile kept = open();
            String place = links.place();
            String link =
                    links.fill("kerkyra", caseFile.id(), nikos.id(), place).in(place);
            as(
                            "kerkyra.intake",
                            post("/cases/" + caseFile.number() + "/doubles/same")
                                    .param("other", kept.number())
                                    .param("keep", kept.number())
                                    .with(csrf()))
                    .andExpect(redirectedUrl("/cases/" + kept.number()));
            CaseFile now = cases.get("kerkyra", kept.number());
            assertThat(team.of(now)).extracting(TeamMember::id).containsExactly(nikos.id());
            assertThat(team.of(caseFile)).isEmpty();
            assertThat(now.groupSize()).isEqualTo(2);
            assertThat(consents.ofMember(nikos.id())).hasSize(1);
            pages.perform(get(URI.create(link).getPath()).session(browser));
            shows().andExpect(content().string(containsString(kept.number())));
            as("kerkyra.counsellor", get("/cases").param("q", "βραδινος"))
                    .andExpect(content().string(containsString(kept.number())));
        }

        @Test
        void a_member_is_handed_what_is_kept_of_them_and_of_nobody_else() throws Exception {
            TeamMember nikos = agreed("Νίκος", "nikos@example.org", "el");
            agreed("Πέτρος", "petros@example.org", "el");
            tell("plan-approved", "one");
            String copy = "/cases/" + caseFile.number() + "/team/" + nikos.id() + "/copy.";
            String json = as("kerkyra.coordinator", get(copy + "json"))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
            assertThat(json)
                    .contains("nikos@example.org")
                    .contains("TEAM_MEMBER_TOLD")
                    .contains("Αξιότιμε κύριε Βραδινέ")
                    .doesNotContain("petros@example.org")
                    .doesNotContain("eleni@example.org")
                    .doesNotContain("token_hash");
            byte[] pdf = as("kerkyra.coordinator", get(copy + "pdf"))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsByteArray();
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", " "))
                        .contains("για εσάς ως μέλος της ομάδας")
                        .contains("Νίκος")
                        .contains("Μέλη της ομάδας")
                        .doesNotContain("Πέτρος");
            }
            as("kerkyra.counsellor", get(copy + "pdf")).andExpect(status().isForbidden());
            as("kerkyra.coordinator", get(copy + "doc")).andExpect(status().isNotFound());
            as("chania.coordinator", get(copy + "pdf")).andExpect(status().isNotFound());
            assertThat(jdbc.sql("select detail from audit_entry where subject = ? and action = 'EXPORTED' order by id")
                            .param(caseFile.number())
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "Αντίγραφο δεδομένων μέλους της ομάδας (JSON)",
                            "Αντίγραφο δεδομένων μέλους της ομάδας (PDF)");
        }

        // Erasure --------------------------------------------------------------------------------------------

        @Test
        void who_goes_leaves_nothing_behind() throws Exception {
            TeamMember nikos = team.add(
                    reread(),
                    new TeamMembers.Details(
                            "Xq8zonoma", "Xq8zepitheto", Salutation.KYRIOS, "6987650321", "xq8z@example.org", "el"),
                    Channel.PHONE,
                    "kerkyra.intake");
            tell("plan-approved", "one");
            at(LocalTime.of(12, 0));
            outbox.sendDue();
            assertThat(files()).anyMatch(text -> text.contains("xq8z@example.org"));
            follows(nikos);
            assertThat(found("xq8z|6987650321")).isNotEmpty();
            presses("/my/team/leave", "member", String.valueOf(nikos.id()))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("Τα στοιχεία σας διαγράφηκαν")));
            assertThat(found("xq8z|6987650321")).isEmpty();
            assertThat(files()).noneMatch(text -> text.contains("xq8z@example.org"));
            for (String table : List.of("consent", "private_link", "outbox_mail")) {
                assertThat(jdbc.sql("select count(*) from " + table + " where member_id = ?")
                                .param(nikos.id())
                                .query(Integer.class)
                                .single())
                        .as(table)
                        .isZero();
            }
            assertThat(reread().status()).isEqualTo(CaseFile.Status.OPEN);
            shows().andExpect(status().isNotFound());
            team.erase(caseFile, nikos, null);
            assertThat(jdbc.sql("select detail from audit_entry where subject = ? and action = 'ERASED'")
                            .param(caseFile.number())
                            .query(String.class)
                            .list())
                    .containsExactly("Ομάδα: διαγραφή στοιχείων μέλους");
        }

        @Test
        void the_erasure_of_a_case_reaches_its_members() throws Exception {
            TeamMember member = team.add(
                    reread(),
                    new TeamMembers.Details(
                            "Xq9zonoma", "Xq9zepitheto", Salutation.KYRIOS, "6987650322", "xq9z@example.org", "el"),
                    Channel.PHONE,
                    "kerkyra.intake");
            tell("plan-approved", "one");
            follows(member);
            cases.close(reread(), "withdrawn");
            assertThat(found("xq9z|6987650322")).isNotEmpty();
            erasure.erase(reread());
            assertThat(found("xq9z|6987650322")).isEmpty();
            assertThat(team.of(caseFile)).isEmpty();
            assertThat(reread().groupSize()).isEqualTo(2);
        }

        @Test
        void of_two_who_add_the_same_member_at_once_one_does() throws Exception {
            ExecutorService staff = Executors.newFixedThreadPool(2);
            try {
                List<Future<Boolean>> both = staff.invokeAll(Collections.nCopies(2, () -> {
                    try {
                        agreed("Νίκος", "nikos@example.org", "el");
                        return true;
                    } catch (RuleViolation violation) {
                        assertThat(violation.problem()).isEqualTo(Problem.MEMBER_THERE);
                        return false;
                    }
                }));
                assertThat(List.of(both.get(0).get(), both.get(1).get())).containsExactlyInAnyOrder(true, false);
            } finally {
                staff.shutdown();
            }
            only();
            assertThat(reread().groupSize()).isEqualTo(2);
        }

        /** The tables and columns in which a text matches, of all that are the application's own. */
        private Set<String> found(String pattern) throws SQLException {
            java.util.regex.Pattern marked =
                    java.util.regex.Pattern.compile(pattern, java.util.regex.Pattern.CASE_INSENSITIVE);
            Set<String> places = new TreeSet<>();
            try (Connection connection = database.getConnection();
                    ResultSet columns = connection.getMetaData().getColumns(null, connection.getSchema(), "%", "%")) {
                while (columns.next()) {
                    String table = columns.getString("TABLE_NAME");
                    String column = columns.getString("COLUMN_NAME");
                    int type = columns.getInt("DATA_TYPE");
                    if (!Set.of(Types.VARCHAR, Types.VARBINARY, Types.BINARY).contains(type)) {
                        continue;
                    }
                    List<Object> values = new ArrayList<>();
                    jdbc.sql("select \"" + column + "\" from \"" + table + "\"")
                            .query((row, number) -> values.add(row.getObject(1)))
                            .list();
                    for (Object value : values) {
                        String text = value instanceof byte[] bytes
                                ? new String(bytes, StandardCharsets.UTF_8)
                                : String.valueOf(value);
                        if (marked.matcher(text).find()) {
                            places.add(table + "." + column);
                        }
                    }
                }
            }
            return places;
        }

        private static List<String> files() throws Exception {
            if (!Files.exists(MAILS)) {
                return List.of();
            }
            List<String> texts = new ArrayList<>();
            try (var written = Files.list(MAILS)) {
                for (Path file : written.toList()) {
                    texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
            return texts;
        }
    }
}
