package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.diadromi.process.SampleForms.additionalData;
import static org.diadromi.process.SampleForms.attendance;
import static org.diadromi.process.SampleForms.catchUp;
import static org.diadromi.process.SampleForms.concludingReferralTo;
import static org.diadromi.process.SampleForms.conclusion;
import static org.diadromi.process.SampleForms.dossierReturned;
import static org.diadromi.process.SampleForms.enrolment;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.mentoring;
import static org.diadromi.process.SampleForms.plan;
import static org.diadromi.process.SampleForms.planApproved;
import static org.diadromi.process.SampleForms.planReturned;
import static org.diadromi.process.SampleForms.registered;
import static org.diadromi.process.SampleForms.returnedByRegistry;
import static org.diadromi.process.SampleForms.sessionHeld;
import static org.diadromi.process.SampleForms.structureCallAfterCounselling;
import static org.diadromi.process.SampleForms.ventureOutOfReach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.TestDatabase;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.Timeline.Kind;
import org.diadromi.referral.Referral;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.StructureReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The journey from first contact to the last follow-up, and what it leaves behind, on both databases. */
class WholeJourneyTest {

    @Nested
    class OnH2 extends Journeys {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "journeys");
        }
    }

    @Nested
    class OnPostgres extends Journeys {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "journeys");
        }
    }

    abstract static class Journeys extends Scenario {

        /** What is asked to be mended stays in the case file until it is mended. */
        private static final Set<String> MENDED =
                Set.of(SampleForms.text("legalReview", "remarks"), SampleForms.text("registryAnswer", "remarks"));

        @Autowired
        private DataSource database;

        @Autowired
        private Referrals referrals;

        @Autowired
        private StructureReply replies;

        @AfterEach
        void no_case_stays_open_for_the_next_test_to_find() {
            happenings.none();
            centre.closesAllCases();
        }

        @Test
        void two_years_later_the_case_is_closed_and_the_engine_knows_nothing_of_the_person() {
            firstContactToCounselling();
            counsellingUpToTheSession();
            assertThat(tables().ofTheEngine())
                    .as("the open task shows the person")
                    .isNotEmpty();
            centre.timerFires("timer_session_reminder");
            centre.does(sessionHeld("conclude"));
            centre.does(conclusion("training"));

            centre.does(enrolment(centre.today(), centre.today().plusDays(30)));
            centre.does(attendance("kalo", "team"));
            centre.does(catchUp("yes", "problem", "canvas", "market", "operations", "finance", "legal"));
            centre.timerFires("timer_training_planReminder");
            centre.does(plan(centre.today()));
            centre.does(planReturned());
            centre.does(plan(centre.today()));
            centre.does(planApproved());

            registrationUpToTheDossier();
            completeDossierIsPrepared();
            centre.doesAs(CentreAtWork.user("coordinator"), dossierReturned());
            completeDossierIsPrepared();
            dossierIsApprovedAndSubmitted();
            centre.does(returnedByRegistry(centre.today()));
            completeDossierIsPrepared();
            dossierIsApprovedAndSubmitted();
            centre.timerFires("timer_registration_answerLate");
            centre.does(registered(centre.today()));
            centre.timerFires("timer_registration_additionalDataSoon");
            centre.does(additionalData(centre.today()));
            allStepsAreDone();

            followUpFindsAllWell();
            followUpFindsAllWell();
            centre.timerFires("timer_followUp_due");
            centre.does(ventureOutOfReach());
            centre.does(mentoring());
            centre.timerFires("timer_followUp_certificate");
            followUpFindsAllWell();
            followUpFindsAllWell();

            centre.isClosedAs("followedUp");
            assertThat(centre.stages())
                    .extracting(CentreAtWork.Stage::stage)
                    .containsExactly(
                            "first-contact",
                            "counselling",
                            "business-plan-training",
                            "legal-registration",
                            "follow-up");
            assertThat(centre.stages())
                    .extracting(CentreAtWork.Stage::outcome)
                    .containsExactly("kalo", "training", "approve", "registered", "active");
            assertThat(centre.mails())
                    .containsExactly(
                            "acknowledgement",
                            "appointment",
                            "appointment-reminder",
                            "training-enrolment",
                            "plan-reminder",
                            "plan-returned",
                            "plan-approved",
                            "registry-late",
                            "registered",
                            "additional-data-soon",
                            "follow-up-survey",
                            "follow-up-survey",
                            "follow-up-survey",
                            "annual-certificate",
                            "follow-up-survey",
                            "follow-up-survey");
            assertThat(centre.rows("business_plan")).isEqualTo(2);
            assertThat(centre.rows("follow_up")).isEqualTo(5);
            assertThat(centre.happened())
                    .startsWith(
                            Kind.OPENED,
                            Kind.INTERVIEWED,
                            Kind.SUITABILITY_DECIDED,
                            Kind.PLAN_MADE,
                            Kind.APPOINTMENT_BOOKED,
                            Kind.SESSION_RECORDED,
                            Kind.COUNSELLING_CONCLUDED,
                            Kind.ENROLLED,
                            Kind.ATTENDANCE_RECORDED,
                            Kind.ATTENDANCE_RECORDED,
                            Kind.PLAN_HANDED_IN,
                            Kind.PLAN_REVIEWED,
                            Kind.PLAN_HANDED_IN,
                            Kind.PLAN_REVIEWED,
                            Kind.TEAM_DESCRIBED,
                            Kind.FORM_CHOSEN,
                            Kind.DOSSIER_PREPARED,
                            Kind.DOSSIER_REVIEWED,
                            Kind.DOSSIER_PREPARED,
                            Kind.DOSSIER_REVIEWED,
                            Kind.SUBMITTED,
                            Kind.REGISTRY_ANSWERED,
                            Kind.DOSSIER_PREPARED,
                            Kind.DOSSIER_REVIEWED,
                            Kind.SUBMITTED,
                            Kind.REGISTRY_ANSWERED,
                            Kind.ADDITIONAL_DATA_SENT)
                    .endsWith(
                            Kind.STEP_DONE,
                            Kind.FOLLOWED_UP,
                            Kind.FOLLOWED_UP,
                            Kind.FOLLOWED_UP,
                            Kind.MENTORED,
                            Kind.FOLLOWED_UP,
                            Kind.FOLLOWED_UP,
                            Kind.CLOSED);
            assertThat(tables().ofTheEngine()).isEmpty();
        }

        @Test
        void whatever_is_typed_into_any_form_is_kept_in_the_case_file_and_nowhere_in_the_engine() throws IOException {
            theLongWayFromAFirstContactToAClosedVenture();
            theVentureThatIsDeletedAfterTheLastNotice();
            theVentureThatSendsItsDataLate();
            counsellingThatEndsWithAReferral();
            personWithdraws();
            aCaseThatAnotherCentreDeclines(() -> {});
            aPersonAsksForTheirData();

            assertThat(centre.typed())
                    .as("some form or field has no part in these journeys")
                    .containsAll(fieldsForText());
            Set<String> kept = tables().ofTheCaseFile().keySet();
            assertThat(centre.typed()).filteredOn(text -> !kept.contains(text)).isSubsetOf(MENDED);
            assertThat(tables().ofTheEngine()).isEmpty();
        }

        /** What is typed into each field for text of each form; phone and mail address have their own look. */
        private static Set<String> fieldsForText() throws IOException {
            Set<String> texts = new TreeSet<>();
            for (Resource form : new PathMatchingResourcePatternResolver().getResources("classpath:forms/*.form")) {
                JsonNode root = new ObjectMapper().readTree(form.getContentAsByteArray());
                root.findParents("key").stream()
                        .filter(field -> field.path("type").asText().startsWith("text"))
                        .map(field -> field.path("key").asText())
                        .filter(key -> !Set.of("phone", "email", "caseNumber").contains(key))
                        .forEach(key ->
                                texts.add(SampleForms.text(root.path("id").asText(), key)));
            }
            return texts;
        }

        @Test
        void a_step_that_fails_after_the_answer_was_recorded_takes_the_record_back() {
            centre.registers(firstContact());
            happenings.at("decision_firstContact_suitability", () -> {
                throw new IllegalStateException("the decision cannot be asked");
            });
            assertThatThrownBy(() -> centre.does(interview())).hasMessageContaining("the decision cannot be asked");

            assertThat(centre.rows("interview")).isZero();
            assertThat(centre.waitingFor()).containsExactly("task_firstContact_initialInterview");

            happenings.none();
            centre.does(interview());
            assertThat(centre.rows("interview")).isEqualTo(1);
            assertThat(centre.waitingFor()).containsExactly("task_firstContact_decideSuitability");
        }

        @Test
        void a_first_contact_that_cannot_start_its_journey_leaves_no_case() {
            int before = numberOfCases();
            happenings.at("send_firstContact_acknowledgement", () -> {
                throw new IllegalStateException("the outbox is full");
            });
            assertThatThrownBy(() -> centre.registers(firstContact())).hasMessageContaining("the outbox is full");
            assertThat(numberOfCases()).isEqualTo(before);
        }

        @Test
        void a_reminder_that_fails_is_tried_again_and_the_task_still_waits() {
            centre.registers(firstContact());
            happenings.at("send_firstContact_interviewLate", () -> {
                throw new IllegalStateException("the outbox is full");
            });
            assertThatThrownBy(() -> centre.timerFires("timer_firstContact_interviewLate"))
                    .hasMessageContaining("the outbox is full");
            assertThat(centre.mails()).containsExactly("acknowledgement");
            assertThat(centre.waitingFor()).containsExactly("task_firstContact_initialInterview");

            happenings.none();
            centre.timerFires("timer_firstContact_interviewLate");
            assertThat(centre.mails()).containsExactly("acknowledgement", "interview-late");
        }

        @Test
        void of_two_who_send_the_same_form_at_once_one_is_heard_and_one_record_stays() {
            centre.registers(firstContact());
            centre.opens(CentreAtWork.user("intake"), "task_firstContact_initialInterview");
            CyclicBarrier bothHaveRecorded = new CyclicBarrier(2);
            happenings.at("task_firstContact_initialInterview", () -> meet(bothHaveRecorded));

            List<Optional<Throwable>> failures = atOnce(
                    2,
                    () -> centre.doesAs(CentreAtWork.user("intake"), interview().without("salutationName")));

            assertThat(failures).hasSize(2).containsOnlyOnce(Optional.empty());
            assertThat(failures.stream().flatMap(Optional::stream))
                    .singleElement()
                    .isInstanceOf(OptimisticLockingException.class);
            assertThat(centre.rows("interview")).isEqualTo(1);
            assertThat(centre.rows("suitability_assessment")).isEqualTo(1);
            assertThat(centre.happened()).containsOnlyOnce(Kind.INTERVIEWED);
            assertThat(centre.waitingFor()).containsExactly("task_firstContact_decideSuitability");
        }

        @Test
        void of_a_structure_that_answers_while_it_is_called_one_answer_counts() {
            firstContactToCounselling();
            counsellingUpToTheSession();
            long structure = aStructure().id();
            centre.does(sessionHeld("conclude"));
            centre.does(concludingReferralTo(structure));
            centre.timerFires("timer_counselling_structureSilent");
            centre.opens(CentreAtWork.user("counsellor"), "task_counselling_structureCall");
            CaseFile caseFile = centre.caseFile();
            Referral referral = referrals.latest(caseFile);
            CyclicBarrier called = new CyclicBarrier(2);
            happenings.at("task_counselling_structureCall", () -> meet(called));
            CompletableFuture<Throwable> answered = CompletableFuture.supplyAsync(() -> {
                meet(called);
                return catchThrowable(() -> replies.answer(caseFile, referral, true, null));
            });

            centre.does(structureCallAfterCounselling("declined"));

            assertThat(answered.join())
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            late -> assertThat(late.problem()).isEqualTo(Problem.REFERRAL_ANSWERED_ALREADY));
            assertThat(referrals.latest(caseFile).structureAnswer()).isEqualTo("declined");
            assertThat(centre.happened()).containsOnlyOnce(Kind.STRUCTURE_ANSWERED);
            assertThat(centre.waitingFor()).containsExactly("task_counselling_conclude");
        }

        @Test
        void first_contacts_at_the_same_moment_of_a_new_year_get_a_number_each() {
            centre.isAt(CentreAtWork.MONDAY.plusYears(5));
            List<String> numbers = new CopyOnWriteArrayList<>();

            List<Optional<Throwable>> failures = atOnce(
                    4,
                    () -> numbers.add(centre.startsAs(CentreAtWork.user("intake"), "support-journey", firstContact())
                            .getBusinessKey()));

            assertThat(failures).containsOnly(Optional.empty());
            assertThat(numbers)
                    .containsExactlyInAnyOrder("KER-2032-00001", "KER-2032-00002", "KER-2032-00003", "KER-2032-00004");
        }

        private Tables tables() {
            return new Tables(database);
        }

        private int numberOfCases() {
            return JdbcClient.create(database)
                    .sql("select count(*) from case_file")
                    .query(Integer.class)
                    .single();
        }

        /** Each begins when all are there; what became of each, empty where it went well. */
        private static List<Optional<Throwable>> atOnce(int count, Runnable work) {
            CyclicBarrier start = new CyclicBarrier(count);
            List<CompletableFuture<Optional<Throwable>>> all = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> {
                                meet(start);
                                return Optional.ofNullable(catchThrowable(work::run));
                            },
                            task -> new Thread(task).start()))
                    .limit(count)
                    .toList();
            return all.stream().map(CompletableFuture::join).toList();
        }

        private static void meet(CyclicBarrier barrier) {
            try {
                barrier.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException("The others did not come", e);
            }
        }
    }
}
