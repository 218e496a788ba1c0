package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diadromi.process.SampleForms.accepted;
import static org.diadromi.process.SampleForms.declined;
import static org.diadromi.process.SampleForms.endOfPause;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.identified;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.pause;
import static org.diadromi.process.SampleForms.suitability;
import static org.diadromi.process.SampleForms.withdrawal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.task.Task;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.TestDatabase;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Timeline;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.StructureReply;
import org.diadromi.supervision.FactsCheck;
import org.diadromi.team.TeamMember;
import org.diadromi.team.TeamMembers;
import org.diadromi.transfer.Transfer;
import org.diadromi.transfer.Transfers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A case is offered to another centre, and what comes of it; on both databases. */
class TransferTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "transfer");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "transfer");
        }
    }

    abstract static class Promises extends Scenario {

        private static final String ANSWER = "task_transfer_answer";
        private static final String COUNSELLOR = CentreAtWork.user("counsellor");
        private static final String CHANIA = "chania.coordinator";

        record Fact(String caseNumber, String centreId, String source, String outcome, boolean closed) {}

        @Autowired
        private Transfers transfers;

        @Autowired
        private CaseFiles cases;

        @Autowired
        private Consents consents;

        @Autowired
        private TeamMembers team;

        @Autowired
        private Referrals referrals;

        @Autowired
        private StructureReply replies;

        @Autowired
        private FactsCheck check;

        @Autowired
        private RuntimeService runtime;

        @Autowired
        private FormService forms;

        @Autowired
        private JdbcClient jdbc;

        private String before;
        private long caseId;

        @AfterEach
        void facts_and_history_agree() {
            assertThat(check.differences()).isEmpty();
        }

        private Transfer isOffered() {
            CaseFile caseFile = centre.caseFile();
            before = caseFile.number();
            caseId = caseFile.id();
            Transfer transfer =
                    transfers.offer(caseFile, "chania", "moved", "Δουλεύει πρωί.", Channel.PHONE, COUNSELLOR);
            centre.turnsTo(transfer.reference());
            return transfer;
        }

        /** The case as Chania has it. */
        private CaseFile atChania() {
            String number = jdbc.sql("select number from case_file where id = ?")
                    .param(caseId)
                    .query(String.class)
                    .single();
            return cases.get("chania", number);
        }

        private CaseFile isAccepted() {
            isOffered();
            centre.doesAs(CHANIA, accepted());
            CaseFile moved = atChania();
            centre.turnsTo(moved.number());
            return moved;
        }

        // What the other centre is asked ---------------------------------------------------------------------

        @Test
        void the_other_centre_is_asked_without_learning_who_it_is() {
            firstContactToCounselling();
            Transfer transfer = isOffered();

            assertThat(centre.waitingFor()).containsExactly(ANSWER);
            Task task = centre.waiting(ANSWER);
            assertThat(task.getTenantId()).isEqualTo("chania");
            assertThat(task.getDueDate()).isNotNull();
            assertThat(transfers.answerBy(transfer)).isEqualTo(LocalDate.of(2027, 3, 8));
            Map<String, Object> shown = centre.shown(ANSWER);
            assertThat(shown.get("offer"))
                    .asString()
                    .contains("Κέντρο Στήριξης Κ.ΑΛ.Ο. Κέρκυρας")
                    .contains("Το πρόσωπο μετακόμισε")
                    .contains("Συμβουλευτική")
                    .contains("Δουλεύει πρωί.");
            assertThat(shown.toString())
                    .doesNotContain(SampleForms.MARK)
                    .doesNotContain(before)
                    .doesNotContain(SampleForms.PHONE_DIGITS);
            assertThat(mailsTo("chania"))
                    .last()
                    .satisfies(mail -> assertThat(mail.get("body_text").toString())
                            .contains("Κέρκυρας")
                            .doesNotContain(before)
                            .doesNotContain(SampleForms.MARK)
                            .doesNotContain("Δουλεύει"));
            assertThat(cases.find("chania", before)).isEmpty();

            centre.turnsTo(before);
            assertThat(centre.waitingFor()).containsExactly("task_counselling_supportPlan");
            assertThat(consents.of(centre.caseFile())).last().satisfies(given -> {
                assertThat(given.wording()).isEqualTo(Wording.HANDED_TO_CENTRE);
                assertThat(given.text()).contains("Χανίων");
                assertThat(given.channel()).isEqualTo(Channel.PHONE);
            });
            assertThat(centre.happened()).endsWith(Timeline.Kind.TRANSFER_OFFERED);
            assertThat(audited("kerkyra")).contains(before);
        }

        @Test
        void only_the_centre_that_is_asked_sees_the_task() {
            firstContactToCounselling();
            isOffered();
            assertThat(tasksOf("chania.intake")).containsExactly(ANSWER);
            assertThat(tasksOf("chania.counsellor")).isEmpty();
            assertThat(tasksOf("kerkyra.coordinator")).isEmpty();
            assertThat(tasksOf("dock.coordinator")).isEmpty();
        }

        private List<String> tasksOf(String user) {
            return centre.as(user, () -> centre.waitingFor());
        }

        // Accepted -------------------------------------------------------------------------------------------

        @TestFactory
        Stream<DynamicTest> accepted_at_each_stage_it_goes_on_at_the_same_stage() {
            return Stream.of(
                    stage(
                            "first-contact",
                            it -> it.firstContactUpToTheDecision(),
                            "task_firstContact_initialInterview"),
                    stage(
                            "counselling",
                            it -> {
                                it.firstContactToCounselling();
                                it.counsellingUpToTheSession();
                            },
                            "task_counselling_supportPlan"),
                    stage(
                            "business-plan-training",
                            it -> {
                                it.straightToTraining();
                                it.trainingUpToThePlan();
                            },
                            "task_training_enrol"),
                    stage(
                            "legal-registration",
                            it -> {
                                it.straightToRegistration();
                                it.registrationUpToTheDossier();
                            },
                            "task_registration_profile"));
        }

        private DynamicTest stage(String stage, Consumer<Promises> way, String firstTask) {
            return DynamicTest.dynamicTest(stage, () -> {
                it_is_monday_morning();
                way.accept(this);
                CaseFile moved = isAccepted();

                assertThat(moved.number()).startsWith("CHA-");
                assertThat(moved.counsellor()).isNull();
                assertThat(moved.person()).contains(SampleForms.MARK);
                assertThat(cases.find("kerkyra", before)).isEmpty();
                assertThat(cases.find("kerkyra", moved.number())).isEmpty();
                assertThat(centre.waitingFor()).containsExactly(firstTask);
                assertThat(centre.waiting(firstTask).getTenantId()).isEqualTo("chania");
                assertThat(runtime.createProcessInstanceQuery()
                                .processInstanceBusinessKey(before)
                                .count())
                        .isZero();
                assertThat(centre.stages()).singleElement().satisfies(here -> {
                    assertThat(here.stage()).isEqualTo(stage);
                    assertThat(here.leftAt()).isNull();
                });
                assertThat(facts())
                        .containsExactlyInAnyOrder(
                                new Fact(before, "kerkyra", "event", "transferred", true),
                                new Fact(moved.number(), "chania", "transfer", null, false));
                assertThat(jdbc.sql("select count(*) from stage_fact where case_id < 0 and left_at is null")
                                .query(Integer.class)
                                .single())
                        .isZero();
                assertThat(check.differences()).isEmpty();
                assertThat(centre.mails()).endsWith("transferred");
                assertThat(mailsTo("chania"))
                        .last()
                        .satisfies(mail -> assertThat(mail.get("body_text").toString())
                                .contains(moved.number())
                                .contains(before)
                                .contains("/my/*****"));
                assertThat(mailsTo("chania"))
                        .filteredOn(mail -> Long.valueOf(caseId).equals(mail.get("case_id")))
                        .extracting(mail -> mail.get("writing_centre_id"))
                        .as("what was written before the case came")
                        .startsWith("kerkyra")
                        .endsWith("chania");
                assertThat(mailsTo("kerkyra"))
                        .noneMatch(mail -> Long.valueOf(caseId).equals(mail.get("case_id")))
                        .last()
                        .satisfies(mail -> assertThat(mail.get("template")).isEqualTo("transfer-accepted"));
            });
        }

        @Test
        void the_whole_history_goes_along_and_is_found_by_the_former_number() {
            firstContactToCounselling();
            counsellingUpToTheSession();
            List<Timeline.Entry> history = centre.timeline();
            int consents = centre.rows("consent");
            CaseFile moved = isAccepted();

            assertThat(cases.history(moved)).containsAll(history);
            assertThat(cases.history(moved))
                    .last()
                    .extracting(Timeline.Entry::kind)
                    .isEqualTo(Timeline.Kind.TRANSFERRED);
            assertThat(centre.rows("consent")).isEqualTo(consents + 1);
            assertThat(centre.rows("interview")).isEqualTo(1);
            assertThat(centre.rows("support_plan")).isEqualTo(1);
            assertThat(transfers.numberNow("chania", before)).contains(moved.number());
            assertThat(transfers.numberNow("kerkyra", before)).isEmpty();
            assertThat(wordsOf("chania")).contains(before.toLowerCase().replace("-", ""));
            assertThat(wordsOf("kerkyra")).isEmpty();
            assertThat(audited("kerkyra")).contains(before).doesNotContain(moved.number());
            assertThat(audited("chania")).contains(moved.number()).doesNotContain(before);
            // The appointment was with somebody who has nothing to do with the case any more.
            assertThat(jdbc.sql("select outcome from counselling_session where case_id = ?")
                            .param(caseId)
                            .query(String.class)
                            .list())
                    .containsExactly("moved");
            assertThat(centre.mails()).endsWith("appointment-cancelled", "transferred");
        }

        @Test
        void the_members_who_agreed_go_along_and_nobody_else_is_made_known() {
            firstContactToCounselling();
            TeamMember nikos = member("Νίκος", "nikos@example.org", Channel.CENTRE);
            TeamMember asked = member("Πέτρος", "petros@example.org", null);
            CaseFile moved = isAccepted();

            assertThat(team.of(moved)).extracting(TeamMember::id).containsExactly(nikos.id());
            assertThat(consents.ofMember(nikos.id()))
                    .extracting(Consents.Given::wording)
                    .containsExactly(Wording.TEAM_MEMBER_TOLD, Wording.HANDED_TO_CENTRE);
            assertThat(consents.ofMember(asked.id())).isEmpty();
            assertThat(jdbc.sql("select count(*) from outbox_mail where recipient = 'petros@example.org'")
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThat(jdbc.sql(
                                    "select template from outbox_mail where recipient = 'nikos@example.org' and centre_id = 'chania'")
                            .query(String.class)
                            .list())
                    .contains("transferred");
        }

        private TeamMember member(String firstName, String email, Channel agreed) {
            return team.add(
                    centre.caseFile(),
                    new TeamMembers.Details(firstName, "Βραδινός", CaseFile.Salutation.KYRIOS, null, email, "el"),
                    agreed,
                    COUNSELLOR);
        }

        @Test
        void it_goes_on_to_its_end_at_the_new_centre() {
            firstContactUpToTheDecision();
            CaseFile moved = isAccepted();
            centre.doesAs("chania.intake", interview());
            centre.doesAs("chania.counsellor", suitability("kalo"));
            assertThat(centre.waitingFor()).containsExactly("task_counselling_supportPlan");
            centre.asksAs("chania.coordinator", withdrawal().with("caseNumber", moved.number()));

            assertThat(atChania().status()).isEqualTo(CaseFile.Status.CLOSED);
            assertThat(facts())
                    .containsExactlyInAnyOrder(
                            new Fact(before, "kerkyra", "event", "transferred", true),
                            new Fact(moved.number(), "chania", "transfer", "withdrawn", true));
            centre.isRefused(
                    () -> centre.asksAs(COUNSELLOR, withdrawal().with("caseNumber", before)),
                    Problem.CASE_UNKNOWN,
                    before);
        }

        @Test
        void hours_stay_with_the_centre_that_gave_them() {
            firstContactToCounselling();
            counsellingUpToTheSession();
            centre.does(SampleForms.sessionHeld("conclude"));
            isAccepted();
            assertThat(jdbc.sql("""
                            select s.centre_id from counselling_session s
                            join case_fact c on c.case_id = coalesce(s.fact_id, s.case_id) and c.centre_id = s.centre_id
                            join appointment a on a.id = s.appointment_id and cast(a.starts_at as date) = s.held_on
                            where s.case_id = ?
                            """).param(caseId).query(String.class).list()).containsExactly("kerkyra");
        }

        @Test
        void a_request_of_the_person_goes_along_with_its_deadline() {
            firstContactToCounselling();
            String number = centre.caseNumber();
            centre.startsAs(
                    CentreAtWork.user("intake"),
                    "data-subject-request",
                    SampleForms.request("access", centre.today()).with("caseNumber", number));
            centre.does(identified());
            isAccepted();

            assertThat(centre.waitingFor())
                    .containsExactlyInAnyOrder("task_counselling_supportPlan", "task_dataRequest_copy");
            assertThat(centre.waiting("task_dataRequest_copy").getTenantId()).isEqualTo("chania");
            assertThat(check.differences()).isEmpty();
            centre.doesAs(CHANIA, SampleForms.copyHandedOver());
            assertThat(centre.mails()).endsWith("request-answered");
        }

        @Test
        void what_was_the_same_persons_goes_along() {
            centre.registers(firstContact());
            CaseFile first = centre.caseFile();
            centre.asksFor(withdrawal());
            firstContactToCounselling();
            cases.merge(cases.get("kerkyra", first.number()), centre.caseFile(), COUNSELLOR);
            CaseFile moved = isAccepted();

            assertThat(cases.mergedInto(moved)).singleElement().satisfies(merged -> {
                assertThat(merged.id()).isEqualTo(first.id());
                assertThat(merged.centreId()).isEqualTo("chania");
                assertThat(merged.number()).startsWith("CHA-");
                assertThat(transfers.numberNow("chania", first.number())).contains(merged.number());
            });
            assertThat(cases.find("kerkyra", first.number())).isEmpty();
            assertThat(wordsOf("chania"))
                    .contains(
                            first.number().toLowerCase().replace("-", ""),
                            before.toLowerCase().replace("-", ""));
            assertThat(jdbc.sql("select centre_id from case_fact where case_number = ?")
                            .param(first.number())
                            .query(String.class)
                            .single())
                    .isEqualTo("kerkyra");
            assertThat(jdbc.sql("select count(*) from case_fact where case_id = ?")
                            .param(first.id())
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThat(jdbc.sql(
                                    "select count(*) from case_double where centre_id = 'kerkyra' and (case_id = :id or like_case_id = :id)")
                            .param("id", caseId)
                            .query(Integer.class)
                            .single())
                    .isZero();
        }

        @Test
        void a_structure_that_was_asked_before_has_nothing_to_answer_any_more() {
            long structure = aStructure().id();
            firstContactToCounselling();
            counsellingUpToTheSession();
            centre.does(SampleForms.sessionHeld("conclude"));
            centre.does(SampleForms.concludingReferralTo(structure));
            CaseFile moved = isAccepted();

            assertThat(centre.waitingFor()).containsExactly("task_counselling_supportPlan");
            assertThat(referrals.awaited(moved)).isEmpty();
            assertThatThrownBy(() -> replies.answer(moved, referrals.latest(moved), true, null))
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.REFERRAL_ANSWERED_ALREADY));
        }

        @Test
        void there_and_back_again() {
            firstContactToCounselling();
            CaseFile moved = isAccepted();
            Transfer back = transfers.offer(moved, "kerkyra", "wish", null, Channel.CENTRE, "chania.counsellor");
            centre.turnsTo(back.reference());
            centre.doesAs("kerkyra.intake", accepted());

            String number = jdbc.sql("select number from case_file where id = ?")
                    .param(caseId)
                    .query(String.class)
                    .single();
            assertThat(number).startsWith("KER-").isNotEqualTo(before);
            assertThat(transfers.numberNow("kerkyra", before)).contains(number);
            assertThat(transfers.numberNow("kerkyra", moved.number())).contains(number);
            assertThat(transfers.numberNow("chania", moved.number())).isEmpty();
            assertThat(facts()).hasSize(3);
            centre.turnsTo(number);
            assertThat(centre.waitingFor()).containsExactly("task_counselling_supportPlan");
        }

        @Test
        void of_two_who_accept_at_once_one_does() throws Exception {
            firstContactToCounselling();
            isOffered();
            String task = centre.waiting(ANSWER).getId();
            CountDownLatch together = new CountDownLatch(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<Boolean>> answers = new ArrayList<>();
            for (String user : List.of("chania.intake", CHANIA)) {
                answers.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    try {
                        centre.as(user, () -> {
                            forms.submitTaskForm(task, accepted().variables());
                            return null;
                        });
                        return true;
                    } catch (RuntimeException e) {
                        return false;
                    }
                }));
            }
            List<Boolean> done = new ArrayList<>();
            for (Future<Boolean> answer : answers) {
                done.add(answer.get());
            }
            threads.shutdown();

            assertThat(done).containsExactlyInAnyOrder(true, false);
            assertThat(facts()).hasSize(2);
            centre.turnsTo(atChania().number());
            assertThat(centre.waitingFor()).containsExactly("task_counselling_supportPlan");
        }

        // Not accepted ---------------------------------------------------------------------------------------

        @Test
        void declined_it_stays_and_the_centre_learns_why() {
            firstContactToCounselling();
            isOffered();
            centre.doesAs("chania.intake", declined());
            assertThat(centre.waitingFor()).isEmpty();

            centre.turnsTo(before);
            assertThat(centre.waitingFor()).containsExactly("task_counselling_supportPlan");
            assertThat(centre.timeline()).last().satisfies(entry -> {
                assertThat(entry.kind()).isEqualTo(Timeline.Kind.TRANSFER_DECLINED);
                assertThat(entry.detail()).isEqualTo(SampleForms.text(ANSWER, "reason"));
                assertThat(entry.byUser()).isEqualTo("chania.intake");
            });
            assertThat(mailsTo("kerkyra"))
                    .last()
                    .satisfies(mail -> assertThat(mail.get("template")).isEqualTo("transfer-declined"));
            assertThat(transfers.open(centre.caseFile())).isEmpty();
            assertThat(facts()).containsExactly(new Fact(before, "kerkyra", "event", null, false));
            assertThat(transfers.numberNow("chania", before)).isEmpty();
            // It may be offered again.
            isOffered();
        }

        @Test
        void taken_back_the_task_is_gone() {
            firstContactToCounselling();
            isOffered();
            String reference = centre.caseNumber();
            centre.turnsTo(before);
            transfers.takeBack(centre.caseFile(), COUNSELLOR);

            assertThat(centre.happened()).endsWith(Timeline.Kind.TRANSFER_TAKEN_BACK);
            assertThat(mailsTo("chania"))
                    .last()
                    .satisfies(mail -> assertThat(mail.get("template")).isEqualTo("transfer-ended"));
            assertThat(problemOf(() -> transfers.takeBack(centre.caseFile(), COUNSELLOR)))
                    .isEqualTo(Problem.TRANSFER_ANSWERED);
            centre.turnsTo(reference);
            assertThat(centre.waitingFor()).isEmpty();
        }

        @Test
        void when_nobody_answers_both_centres_are_told() {
            firstContactToCounselling();
            isOffered();
            centre.timerFires("timer_transfer_unanswered");
            assertThat(mailsTo("chania"))
                    .last()
                    .satisfies(mail -> assertThat(mail.get("template")).isEqualTo("transfer-reminder"));
            assertThat(mailsTo("kerkyra"))
                    .last()
                    .satisfies(mail -> assertThat(mail.get("template")).isEqualTo("transfer-unanswered"));
            // It may still be accepted.
            centre.doesAs(CHANIA, accepted());
            assertThat(atChania().number()).startsWith("CHA-");
        }

        @Test
        void a_case_that_ends_is_no_longer_on_offer() {
            firstContactToCounselling();
            isOffered();
            String reference = centre.caseNumber();
            centre.turnsTo(before);
            centre.asksFor(withdrawal());

            centre.isClosedAs("withdrawn");
            assertThat(jdbc.sql("select transfer_answer from case_transfer where case_id = ?")
                            .param(caseId)
                            .query(String.class)
                            .list())
                    .containsExactly("LAPSED");
            centre.turnsTo(reference);
            assertThat(centre.waitingFor()).isEmpty();
        }

        @Test
        void a_case_that_goes_to_the_registry_is_no_longer_on_offer() {
            straightToRegistration();
            registrationUpToTheDossier();
            completeDossierIsPrepared();
            isOffered();
            String reference = centre.caseNumber();
            centre.turnsTo(before);
            dossierIsApprovedAndSubmitted();

            assertThat(centre.happened()).contains(Timeline.Kind.TRANSFER_LAPSED);
            centre.turnsTo(reference);
            assertThat(centre.waitingFor()).isEmpty();
            centre.turnsTo(before);
            assertThat(problemOf(this::isOffered)).isEqualTo(Problem.TRANSFER_SUBMITTED);
        }

        @Test
        void who_changes_their_mind_is_no_longer_on_offer() {
            firstContactToCounselling();
            isOffered();
            String reference = centre.caseNumber();
            centre.turnsTo(before);
            transfers.disagree(centre.caseFile(), Channel.LINK);

            assertThat(consents.of(centre.caseFile()))
                    .last()
                    .satisfies(given -> assertThat(given.withdrawnAt()).isNotNull());
            assertThat(centre.happened()).endsWith(Timeline.Kind.TRANSFER_LAPSED);
            centre.turnsTo(reference);
            assertThat(centre.waitingFor()).isEmpty();
        }

        @Test
        void a_paused_case_goes_once_it_goes_on() {
            firstContactToCounselling();
            isOffered();
            String reference = centre.caseNumber();
            centre.turnsTo(before);
            centre.asksFor(pause(centre.today().plusDays(30)));
            assertThat(problemOf(
                            () -> transfers.offer(centre.caseFile(), "dock", "other", null, Channel.PHONE, COUNSELLOR)))
                    .isEqualTo(Problem.TRANSFER_PAUSED);
            centre.turnsTo(reference);
            centre.isRefused(() -> centre.doesAs(CHANIA, accepted()), Problem.TRANSFER_PAUSED);

            centre.turnsTo(before);
            centre.asksFor(endOfPause());
            centre.turnsTo(reference);
            centre.doesAs(CHANIA, accepted());
            assertThat(atChania().status()).isEqualTo(CaseFile.Status.OPEN);
        }

        @Test
        void what_is_refused() {
            firstContactToCounselling();
            CaseFile caseFile = centre.caseFile();
            assertThat(problemOf(() -> transfers.offer(caseFile, "kerkyra", "moved", null, Channel.PHONE, COUNSELLOR)))
                    .isEqualTo(Problem.TRANSFER_CENTRE);
            assertThat(problemOf(() -> transfers.offer(caseFile, "nowhere", "moved", null, Channel.PHONE, COUNSELLOR)))
                    .isEqualTo(Problem.TRANSFER_CENTRE);
            isOffered();
            assertThat(problemOf(() -> transfers.offer(caseFile, "chania", "moved", null, Channel.PHONE, COUNSELLOR)))
                    .isEqualTo(Problem.TRANSFER_OFFERED_ALREADY);
            centre.turnsTo(before);
            centre.asksFor(withdrawal());
            assertThat(problemOf(() ->
                            transfers.offer(centre.caseFile(), "chania", "moved", null, Channel.PHONE, COUNSELLOR)))
                    .isEqualTo(Problem.CASE_CLOSED);
        }

        @Test
        void nobody_starts_the_process_without_an_offer() {
            assertThatThrownBy(() -> centre.as(
                            CHANIA,
                            () -> runtime.createProcessInstanceByKey("case-transfer")
                                    .processDefinitionWithoutTenantId()
                                    .businessKey("MET-99999")
                                    .execute()))
                    .isInstanceOf(org.camunda.bpm.engine.AuthorizationException.class);
        }

        private static Problem problemOf(Runnable work) {
            try {
                work.run();
            } catch (RuleViolation violation) {
                return violation.problem();
            }
            return null;
        }

        private List<Fact> facts() {
            return jdbc.sql("""
                    select f.case_number, f.centre_id, f.source, f.outcome, f.closed_at is not null as closed
                    from case_fact f
                    where f.case_id = :id or f.case_id in (select t.fact_id from case_transfer t where t.case_id = :id)
                    """).param("id", caseId).query(Fact.class).list();
        }

        private List<Map<String, Object>> mailsTo(String centreId) {
            return jdbc.sql("select * from outbox_mail where centre_id = ? order by id")
                    .param(centreId)
                    .query()
                    .listOfRows();
        }

        private List<String> audited(String centreId) {
            return jdbc.sql("select subject from audit_entry where centre_id = ?")
                    .param(centreId)
                    .query(String.class)
                    .list();
        }

        private List<String> wordsOf(String centreId) {
            return jdbc.sql("select word from case_word where case_id = ? and centre_id = ?")
                    .params(caseId, centreId)
                    .query((row, number) -> new String(row.getBytes(1), java.nio.charset.StandardCharsets.UTF_8))
                    .list();
        }
    }
}
