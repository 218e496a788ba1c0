package org.diadromi.casepage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.camunda.bpm.engine.RuntimeService;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseChanges;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Identity;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFile.Status;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Doubles;
import org.diadromi.casefile.Doubles.Kind;
import org.diadromi.casefile.FirstContact;
import org.diadromi.contact.PublicContact;
import org.diadromi.document.Documents;
import org.diadromi.notification.MailRefusals;
import org.diadromi.privacy.Erasure;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One person who comes twice is noticed, staff decide, and both histories stay; on both databases. */
class DoublesTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "doubles");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "doubles");
        }
    }

    @SpringBootTest(
            properties = {
                "diadromi.demo=true",
                "camunda.bpm.job-execution.enabled=false",
                "diadromi.mail.directory=target/doubles/outbox"
            })
    @AutoConfigureMockMvc
    abstract static class Promises {

        private static int people;

        @Autowired
        MockMvc pages;

        @Autowired
        StaffAccounts accounts;

        @Autowired
        PublicContact contacts;

        @Autowired
        CaseFiles cases;

        @Autowired
        CaseDoubles doubles;

        @Autowired
        Doubles noticed;

        @Autowired
        CaseSearch search;

        @Autowired
        CaseNotes notes;

        @Autowired
        CaseChanges changes;

        @Autowired
        Documents documents;

        @Autowired
        MailRefusals refusals;

        @Autowired
        Erasure erasure;

        @Autowired
        RuntimeService runtime;

        @Autowired
        AppClock clock;

        @Autowired
        JdbcClient jdbc;

        @Autowired
        ApplicationContext application;

        @Autowired
        PlatformTransactionManager transactions;

        private String phone;
        private CaseFile first;

        @BeforeEach
        void a_person_of_magnesia() {
            phone = "+3069%08d".formatted(++people);
            first = open("magnisia", "Χρήστος", "Παπαδόπουλος", phone, null, "Βόλος");
        }

        private CaseFile open(
                String centre, String firstName, String lastName, String phone, String email, String municipality) {
            String number = contacts.receive(
                    new FirstContact(
                            centre,
                            firstName,
                            lastName,
                            Salutation.UNKNOWN,
                            phone,
                            email,
                            municipality,
                            "el",
                            "publicForm",
                            null,
                            1,
                            null),
                    true);
            return cases.get(centre, number);
        }

        private CaseFile again(String firstName, String lastName) {
            return open("magnisia", firstName, lastName, null, "p%d@example.org".formatted(++people), "Δήμος Βόλου");
        }

        private CaseFile now(CaseFile caseFile) {
            return cases.get(caseFile.centreId(), caseFile.number());
        }

        private Set<Kind> likeness(CaseFile one, CaseFile other) {
            return doubles.of(one).stream()
                    .filter(possible -> possible.other().id().equals(other.id()))
                    .map(CaseDoubles.Possible::by)
                    .findFirst()
                    .orElse(Set.of());
        }

        private ResultActions as(String account, MockHttpServletRequestBuilder request) throws Exception {
            return pages.perform(request.with(user(accounts.login(account).orElseThrow())));
        }

        private ResultActions decides(String account, CaseFile of, String what, String... parameters) throws Exception {
            MockHttpServletRequestBuilder request =
                    post("/cases/" + of.number() + "/doubles/" + what).with(csrf());
            for (int i = 0; i < parameters.length; i += 2) {
                request.param(parameters[i], parameters[i + 1]);
            }
            return as(account, request);
        }

        private int count(String sql, Object... parameters) {
            return jdbc.sql(sql).params(parameters).query(Integer.class).single();
        }

        // Noticing -------------------------------------------------------------------------------------------

        @Test
        void the_same_phone_or_mail_is_noticed_from_either_side() {
            CaseFile second = open("magnisia", "Άλλη", "Κυρία", phone.replace("+30", ""), "One@Example.org", "Βόλος");
            CaseFile third = open("magnisia", "Τρίτη", "Τρίτου", null, "one@example.ORG", "Βόλος");
            assertThat(likeness(second, first)).containsExactly(Kind.PHONE);
            assertThat(likeness(first, second)).containsExactly(Kind.PHONE);
            assertThat(likeness(third, second)).containsExactly(Kind.MAIL);
            assertThat(likeness(third, first)).isEmpty();
            erase(second);
            erase(third);
        }

        @Test
        void whoever_looks_for_doubles_and_whoever_changes_one_do_not_wait_for_each_other() throws Exception {
            CaseFile second = open("magnisia", "Άλλη", "Κυρία", phone, null, "Βόλος");
            CountDownLatch locked = new CountDownLatch(1);
            CompletableFuture<Void> changed = CompletableFuture.runAsync(() -> new TransactionTemplate(transactions)
                    .executeWithoutResult(change -> {
                        cases.lock(first.id());
                        locked.countDown();
                        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                        jdbc.sql("""
                                insert into stage_fact (case_id, centre_id, stage, entered_at)
                                values (?, 'magnisia', 'counselling', ?)
                                """).params(first.id(), clock.now()).update();
                        change.setRollbackOnly();
                    }));
            assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();

            noticed.notice(second.id());

            assertThat(changed).succeedsWithin(Duration.ofSeconds(10));
            assertThat(likeness(second, first)).containsExactly(Kind.PHONE);
            erase(second);
        }

        @Test
        void a_name_that_sounds_alike_in_the_same_municipality_is_noticed() {
            for (String[] name : List.of(
                    new String[] {"Christos", "Papadopoulos"},
                    new String[] {"XRHSTOS", "PAPADOPULOS"},
                    new String[] {"Παπαδόπουλος", "Χρήστος"},
                    new String[] {"Κίτσος", "ΠΑΠΑΔΟΠΟΥΛΟΣ"},
                    new String[] {"Χρήστος Νικόλαος", "Παπαδόπουλος-Ράλλης"})) {
                CaseFile other = again(name[0], name[1]);
                assertThat(likeness(other, first)).as("%s %s", (Object[]) name).containsExactly(Kind.NAME);
            }
            assertThat(likeness(again("Χριστίνα", "Παπαδοπούλου"), first)).isEmpty();
            CaseFile elsewhere = open("magnisia", "Χρήστος", "Παπαδόπουλος", null, "x@example.org", "Λάρισα");
            assertThat(likeness(elsewhere, first)).isEmpty();
        }

        @Test
        void another_centre_s_people_are_none_of_our_business() {
            CaseFile theirs = open("kerkyra", "Χρήστος", "Παπαδόπουλος", phone, null, "Βόλος");
            assertThat(doubles.of(theirs)).isEmpty();
            assertThat(likeness(first, theirs)).isEmpty();
        }

        @Test
        void who_is_corrected_is_looked_at_again() {
            CaseFile second = again("Κώστας", "Άλλος");
            assertThat(likeness(second, first)).isEmpty();
            cases.correct(second, new Identity("Κώστας", "Άλλος", phone, null, "Βόλος"));
            assertThat(likeness(second, first)).containsExactly(Kind.PHONE);
            cases.correct(now(second), new Identity("Κώστας", "Άλλος", null, "k@example.org", "Βόλος"));
            assertThat(likeness(second, first)).isEmpty();
            assertThat(likeness(first, second)).isEmpty();
        }

        @Test
        void cases_from_before_are_recognised_after_the_start() {
            CaseFile second = open("magnisia", "Ανθή", "Ράλλη", phone, null, "Βόλος");
            jdbc.sql("delete from case_double where case_id in (?, ?)")
                    .params(first.id(), second.id())
                    .update();
            jdbc.sql("delete from case_likeness where case_id = ?")
                    .param(second.id())
                    .update();
            application
                    .getAutowireCapableBeanFactory()
                    .createBean(Doubles.class)
                    .noticeMissing();
            assertThat(likeness(first, second)).containsExactly(Kind.PHONE);
        }

        @Test
        void staff_see_the_notice_and_whoever_may_decide_a_way_to_it() throws Exception {
            CaseFile second = again("Christos", "Papadopoulos");
            as("magnisia.intake", get("/cases/" + second.number()))
                    .andExpect(content()
                            .string(allOf(
                                    containsString(first.number()),
                                    containsString("όνομα που ακούγεται ίδιο"),
                                    containsString("/doubles"))));
            as("magnisia.trainer", get("/cases/" + second.number()))
                    .andExpect(
                            content().string(allOf(containsString(first.number()), not(containsString("/doubles\"")))));
            as("magnisia.trainer", get("/cases/" + second.number() + "/doubles"))
                    .andExpect(status().isForbidden());
            as("kerkyra.coordinator", get("/cases/" + second.number() + "/doubles"))
                    .andExpect(status().isNotFound());
            as("magnisia.coordinator", get("/cases")).andExpect(content().string(containsString("doubles=true")));
            assertThat(search.page("magnisia", wanted("papadopoulos christos", true), "x", 0))
                    .extracting(CaseSearch.Found::number)
                    .contains(second.number());
            assertThat(count(
                            "select count(*) from audit_entry where subject = ? and detail like 'Σύγκριση%'",
                            first.number()))
                    .isZero();
            as("magnisia.counsellor", get("/cases/" + second.number() + "/doubles"))
                    .andExpect(status().isOk());
            assertThat(count(
                            "select count(*) from audit_entry where subject = ? and detail like 'Σύγκριση%'",
                            first.number()))
                    .isEqualTo(1);
        }

        private static CaseSearch.Wanted wanted(String q, Boolean doubles) {
            return new CaseSearch.Wanted(q, "all", null, null, null, null, doubles);
        }

        // Deciding -------------------------------------------------------------------------------------------

        @Test
        void another_person_is_not_asked_of_again() throws Exception {
            CaseFile second = open("magnisia", "Ελένη", "Ράλλη", phone, null, "Βόλος");
            int waiting = doubles.waiting("magnisia");
            decides("magnisia.intake", second, "different", "other", first.number())
                    .andExpect(redirectedUrl("/cases/" + second.number()));
            assertThat(doubles.waiting("magnisia")).isEqualTo(waiting - 1);
            cases.correct(now(second), new Identity("Ελένη", "Ράλλη", phone, "e@example.org", "Βόλος"));
            assertThat(likeness(second, first)).isEmpty();
            assertThat(likeness(first, second)).isEmpty();
            assertThat(now(second).status()).isEqualTo(Status.OPEN);
        }

        @Test
        void the_same_person_has_one_case_that_holds_all() throws Exception {
            CaseFile second = again("Christos", "Papadopoulos");
            notes.add(first, "Από τον πρώτο φάκελο", "x", "magnisia.counsellor");
            notes.add(second, "Από τον δεύτερο φάκελο", "x", "magnisia.counsellor");
            documents.keep(second, "βιογραφικό.pdf", CaseActionsTest.PDF, "magnisia.counsellor");
            refusals.refuse(second);
            long document = documents.of(second).get(0).id();
            decides("magnisia.counsellor", second, "same", "other", first.number(), "keep", first.number())
                    .andExpect(redirectedUrl("/cases/" + first.number()));

            assertThat(now(second).status()).isEqualTo(Status.CLOSED);
            assertThat(now(second).outcome()).isEqualTo("duplicate");
            assertThat(count("select count(*) from case_fact where case_id = ? and outcome = 'duplicate'", second.id()))
                    .isEqualTo(1);
            assertThat(runtime.createProcessInstanceQuery()
                            .processInstanceBusinessKey(second.number())
                            .count())
                    .isZero();
            assertThat(now(first).status()).isEqualTo(Status.OPEN);
            assertThat(now(first).email()).isEqualTo(second.email());
            assertThat(now(first).phone()).isEqualTo(phone);
            assertThat(refusals.refuses(first)).isTrue();
            as("magnisia.counsellor", get("/cases/" + first.number()))
                    .andExpect(content()
                            .string(allOf(
                                    containsString("Από τον πρώτο φάκελο"),
                                    containsString("Από τον δεύτερο φάκελο"),
                                    containsString("/cases/" + second.number() + "/documents/" + document),
                                    containsString("βιογραφικό.pdf"),
                                    containsString("ενώθηκε με αυτόν τον φάκελο: " + second.number()))));
            as("magnisia.counsellor", get("/cases/" + second.number()))
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("συνεχίζεται στον φάκελο " + first.number())));
            assertThat(count("select count(*) from consent where case_id = ?", first.id()))
                    .isEqualTo(2);
            assertThat(count(
                            "select count(*) from outbox_mail where case_id = ? and template <> 'acknowledgement'",
                            second.id()))
                    .as("mails to the person about the end")
                    .isZero();
            assertThat(likeness(first, second)).isEmpty();
            assertThat(count(
                            "select count(*) from audit_entry where subject in (?, ?) and detail = 'Διπλές εγγραφές: το ίδιο πρόσωπο'",
                            first.number(),
                            second.number()))
                    .isEqualTo(2);
            for (String q : List.of(second.number(), second.email())) {
                assertThat(search.page("magnisia", wanted(q, null), "x", 0))
                        .extracting(CaseSearch.Found::number)
                        .containsExactly(first.number());
            }
            assertThat(likeness(open("magnisia", "Κάποια", "Άλλη", null, second.email(), "Βόλος"), first))
                    .as("known by the double's mail")
                    .containsExactly(Kind.MAIL);
        }

        @Test
        void a_paused_case_can_be_the_double_and_a_merged_one_goes_along() {
            CaseFile second = again("Christos", "Papadopoulos");
            CaseFile third = again("Xristos", "Papadopoulos");
            doubles.merge(second, third, "x", "magnisia.counsellor");
            changes.pause(now(second), clock.today().plusDays(9), "health", null, "magnisia.counsellor");
            doubles.merge(now(first), now(second), "x", "magnisia.counsellor");
            assertThat(now(second).outcome()).isEqualTo("duplicate");
            assertThat(cases.mergedInto(first))
                    .extracting(CaseFile::number)
                    .containsExactly(second.number(), third.number());
            assertThat(cases.goesOnIn(third).orElseThrow().number()).isEqualTo(first.number());
            assertThat(count("select count(*) from pause_fact where case_id = ? and resumed_at is null", second.id()))
                    .isZero();
        }

        @Test
        void an_old_case_keeps_how_it_ended() {
            changes.close(first, "noContact", null, "magnisia.coordinator");
            CaseFile second = again("Christos", "Papadopoulos");
            assertThat(likeness(second, first)).containsExactly(Kind.NAME);
            doubles.merge(second, now(first), "x", "magnisia.coordinator");
            assertThat(now(first).outcome()).isEqualTo("closedByCentre");
            assertThat(now(second).status()).isEqualTo(Status.OPEN);
            assertThat(now(second).phone()).isEqualTo(phone);
        }

        @Test
        void wrong_answers_change_nothing() throws Exception {
            CaseFile second = again("Christos", "Papadopoulos");
            CaseFile theirs = open("kerkyra", "Χρήστος", "Παπαδόπουλος", phone, null, "Κέρκυρα");
            for (String other : List.of("", "KER-1999-00001", theirs.number(), second.number())) {
                decides("magnisia.intake", second, "same", "other", other, "keep", second.number())
                        .andExpect(status().isBadRequest());
                decides("magnisia.intake", second, "different", "other", other).andExpect(status().isBadRequest());
                as(
                                "magnisia.intake",
                                get("/cases/" + second.number() + "/doubles").param("other", other + " "))
                        .andExpect(status().is(other.isEmpty() ? 200 : 400));
            }
            decides("magnisia.intake", second, "same", "other", first.number()).andExpect(status().isBadRequest());
            decides("magnisia.intake", second, "same", "other", first.number(), "keep", theirs.number())
                    .andExpect(status().isBadRequest());
            decides("magnisia.trainer", second, "same", "other", first.number(), "keep", first.number())
                    .andExpect(status().isForbidden());
            decides("kerkyra.coordinator", second, "same", "other", first.number(), "keep", first.number())
                    .andExpect(status().isNotFound());
            pages.perform(post("/cases/" + second.number() + "/doubles/same").with(csrf()))
                    .andExpect(status().is3xxRedirection());
            assertThat(now(second).status()).isEqualTo(Status.OPEN);
            assertThat(now(first).status()).isEqualTo(Status.OPEN);
            assertThat(likeness(second, first)).containsExactly(Kind.NAME);
        }

        @Test
        void of_two_who_decide_at_once_the_second_learns_of_it() throws Exception {
            CaseFile second = again("Christos", "Papadopoulos");
            ExecutorService staff = Executors.newFixedThreadPool(2);
            Callable<Integer> one =
                    () -> decides("magnisia.intake", second, "same", "other", first.number(), "keep", first.number())
                            .andReturn()
                            .getResponse()
                            .getStatus();
            Callable<Integer> other = () -> decides(
                            "magnisia.coordinator", first, "same", "other", second.number(), "keep", second.number())
                    .andReturn()
                    .getResponse()
                    .getStatus();
            List<Future<Integer>> answers = staff.invokeAll(List.of(one, other));
            staff.shutdown();
            assertThat(List.of(answers.get(0).get(), answers.get(1).get())).containsExactlyInAnyOrder(302, 400);
            assertThat(count(
                            "select count(*) from case_file where id in (?, ?) and merged_into is not null",
                            first.id(),
                            second.id()))
                    .isEqualTo(1);
            assertThat(List.of(now(first).status(), now(second).status()))
                    .containsExactlyInAnyOrder(Status.OPEN, Status.CLOSED);
        }

        // The person's rights --------------------------------------------------------------------------------

        @Test
        void an_erasure_takes_the_double_along() {
            CaseFile second = again("Christos", "Papadopoulos");
            doubles.merge(first, second, "x", "magnisia.intake");
            erase(first);
            for (CaseFile each : List.of(first, second)) {
                assertThat(erasure.isErased(each.id())).isTrue();
                assertThat(count("select count(*) from case_word where case_id = ?", each.id()))
                        .isZero();
                assertThat(count("select count(*) from case_likeness where case_id = ?", each.id()))
                        .isZero();
                assertThat(count("select count(*) from case_double where case_id = ?", each.id()))
                        .isZero();
            }
            noticed.notice(first.id());
            assertThat(count("select count(*) from case_likeness where case_id = ?", first.id()))
                    .isZero();
        }

        private void erase(CaseFile caseFile) {
            changes.close(now(caseFile), "noContact", null, "magnisia.coordinator");
            erasure.erase(now(caseFile));
        }
    }
}
