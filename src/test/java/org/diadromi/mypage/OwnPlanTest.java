package org.diadromi.mypage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.TaskService;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.OwnWish;
import org.diadromi.document.Documents;
import org.diadromi.link.PrivateLinks;
import org.diadromi.mypage.LinkVisitor.Upload;
import org.diadromi.process.SampleJourneys;
import org.diadromi.training.BusinessPlan;
import org.diadromi.training.Training;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A team hands its plan in by its link: kept as documents, once, and from then on it is the centre that has to read. */
class OwnPlanTest {

    private static final String TASK = "task_training_handIn";

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "plan");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "plan");
        }
    }

    @Test
    void the_page_offers_what_the_form_of_staff_has() throws IOException {
        List<String> offered = new ArrayList<>();
        JsonNode form = new ObjectMapper().readTree(new File("forms/" + TASK + ".form"));
        form.findParents("key").stream()
                .filter(field -> "deliverables".equals(field.path("key").asText()))
                .forEach(field -> field.path("values")
                        .forEach(value -> offered.add(value.path("value").asText())));
        assertThat(OwnPlan.DELIVERABLES).isEqualTo(offered);
    }

    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "diadromi.demo=true",
                "diadromi.mail.directory=target/plan/outbox",
                "camunda.bpm.job-execution.enabled=false"
            })
    @Import(SampleJourneys.Players.class)
    abstract static class Promises {

        private static final Upload PLAN = pdf("Σχέδιο της ομάδας.pdf", "one");

        @LocalServerPort
        int port;

        @Autowired
        SampleJourneys journeys;

        @Autowired
        CaseFiles cases;

        @Autowired
        PrivateLinks links;

        @Autowired
        Documents documents;

        @Autowired
        Training training;

        @Autowired
        OwnWish wish;

        @Autowired
        TaskService tasks;

        @Autowired
        AppClock clock;

        @Autowired
        JdbcClient jdbc;

        private LinkVisitor person;
        private CaseFile caseFile;

        @BeforeEach
        void a_plan_is_waited_for() {
            caseFile = cases.get("kerkyra", journeys.askedForThePlan());
            person = new LinkVisitor(port);
            person.comesByLink(links, caseFile);
        }

        @AfterEach
        void resetClock() {
            clock.setOffset(Duration.ZERO);
        }

        @Test
        void the_plan_is_kept_and_goes_to_its_review() {
            assertThat(person.get("/my").body()).contains("Κατάθεση του σχεδίου");
            assertThat(person.get("/my/plan").body()).contains("Κοινωνικός καμβάς");
            assertThat(waiting(TASK)).as("looking changes nothing").isEqualTo(1);

            HttpResponse<String> answer = handIn(List.of(PLAN, pdf("Ροές.pdf", "two")), "canvas", "businessPlanV1");
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(person.get("/my").body())
                    .contains("Το σχέδιό σας κατατέθηκε")
                    .contains("Το κέντρο το διαβάζει");
            assertThat(documents.of(caseFile))
                    .extracting(Documents.Document::name, Documents.Document::uploadedBy)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("Σχέδιο της ομάδας.pdf", null),
                            org.assertj.core.groups.Tuple.tuple("Ροές.pdf", null));
            BusinessPlan plan = training.plan(caseFile).orElseThrow();
            assertThat(plan.planVersion()).isEqualTo(1);
            assertThat(plan.handedInOn()).isEqualTo(clock.today());
            assertThat(plan.deliverables()).isEqualTo("canvas,businessPlanV1");
            assertThat(plan.note()).isEqualTo("Σας ευχαριστούμε");
            assertThat(waiting(TASK)).isZero();
            String review = (String) tasks.getVariable(
                    tasks.createTaskQuery()
                            .processInstanceBusinessKey(caseFile.number())
                            .taskDefinitionKey("task_training_review")
                            .singleResult()
                            .getId(),
                    "planText");
            assertThat(review).contains("Σχέδιο της ομάδας.pdf · Ροές.pdf").contains("Σας ευχαριστούμε");
            assertThat(handInsOnTheTimeline()).isEqualTo(1);
            assertThat(jdbc.sql("select count(*) from audit_entry where subject = ? and detail like 'document %'")
                            .param(caseFile.number())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(2);
        }

        @Test
        void twice_is_once() {
            handIn(List.of(PLAN), "canvas");
            HttpResponse<String> again = handIn(List.of(PLAN, pdf("άλλο.pdf", "other")), "canvas");
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).contains("Το κέντρο το διαβάζει");
            assertThat(documents.of(caseFile)).hasSize(1);
            assertThat(handInsOnTheTimeline()).isEqualTo(1);
        }

        @Test
        void two_at_once_are_one() throws Exception {
            CyclicBarrier together = new CyclicBarrier(3);
            List<Integer> answers = new ArrayList<>();
            ExecutorService hands = Executors.newFixedThreadPool(3);
            try {
                Callable<Integer> press = () -> {
                    together.await();
                    return handIn(List.of(PLAN), "canvas").statusCode();
                };
                for (Future<Integer> answer : hands.invokeAll(List.of(press, press, press))) {
                    answers.add(answer.get());
                }
            } finally {
                hands.shutdown();
            }
            assertThat(answers).containsExactlyInAnyOrder(302, 409, 409);
            assertThat(documents.of(caseFile)).hasSize(1);
            assertThat(handInsOnTheTimeline()).isEqualTo(1);
        }

        @Test
        void after_comments_the_same_file_may_come_again_as_the_next_version() {
            handIn(List.of(PLAN), "businessPlanV1");
            journeys.planIsReturned();
            assertThat(person.get("/my").body()).contains("σας στείλαμε σχόλια");
            assertThat(person.get("/my/plan").body())
                    .contains(training.plan(caseFile).orElseThrow().comments());

            assertThat(handIn(List.of(PLAN, pdf("νέο.pdf", "new")), "businessPlanV2")
                            .statusCode())
                    .isEqualTo(302);
            assertThat(training.plan(caseFile).orElseThrow().planVersion()).isEqualTo(2);
            assertThat(training.files(caseFile, 1)).containsExactly("Σχέδιο της ομάδας.pdf");
            assertThat(training.files(caseFile, 2)).containsExactly("Σχέδιο της ομάδας.pdf", "νέο.pdf");
            assertThat(documents.of(caseFile)).hasSize(2);
            documents.remove(
                    caseFile,
                    documents.of(caseFile).stream()
                            .filter(document -> document.name().equals("νέο.pdf"))
                            .findFirst()
                            .orElseThrow());
            assertThat(training.files(caseFile, 2)).containsExactly("Σχέδιο της ομάδας.pdf");
        }

        @Test
        void what_is_wrong_is_named_and_nothing_of_it_is_kept() {
            assertThat(handIn(List.of(), "canvas"))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
                    .satisfies(answer -> assertThat(answer.body()).contains("Επιλέξτε ένα αρχείο"));
            assertThat(handIn(List.of(PLAN)).body())
                    .contains("Σημειώστε τι καταθέτετε")
                    .contains("Σας ευχαριστούμε");
            assertThat(handIn(List.of(PLAN), "somethingElse").body()).contains("Σημειώστε τι καταθέτετε");
            assertThat(handIn(
                                    List.of(
                                            PLAN,
                                            new Upload("plan.exe", "MZ\0\1program".getBytes(StandardCharsets.UTF_8))),
                                    "canvas")
                            .body())
                    .contains("δεν είναι PDF")
                    .contains("value=\"canvas\" checked");
            assertThat(handIn(
                                    List.of(
                                            PLAN,
                                            pdf("1", "1"),
                                            pdf("2", "2"),
                                            pdf("3", "3"),
                                            pdf("4", "4"),
                                            pdf("5", "5")),
                                    "canvas")
                            .body())
                    .contains("Διαλέξτε έως 5 αρχεία");
            assertThat(handIn(List.of(new Upload("big.pdf", new byte[Documents.MOST_BYTES + 1])), "canvas")
                            .body())
                    .contains("μεγαλύτερο από 10 MB");
            assertThat(documents.of(caseFile)).isEmpty();
            assertThat(training.plan(caseFile)).isEmpty();
            assertThat(waiting(TASK)).isEqualTo(1);
        }

        @Test
        void after_the_case_has_ended_nothing_is_taken() {
            wish.withdraw(caseFile, "other");
            assertThat(person.get("/my/plan").body()).contains("Η υπόθεση έχει κλείσει");
            HttpResponse<String> late = handIn(List.of(PLAN), "canvas");
            assertThat(late.statusCode()).isEqualTo(409);
            assertThat(documents.of(caseFile)).isEmpty();
        }

        @Test
        void without_a_link_or_for_another_case_nothing_is_taken() {
            LinkVisitor stranger = new LinkVisitor(port);
            assertThat(stranger.upload("/my/plan", caseFile, List.of(PLAN), "deliverables", "canvas")
                            .statusCode())
                    .isEqualTo(404);
            CaseFile other = cases.get("kerkyra", journeys.askedForThePlan());
            assertThat(person.upload("/my/plan", other, List.of(PLAN), "deliverables", "canvas")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(documents.of(other)).isEmpty();
            assertThat(documents.of(caseFile)).isEmpty();
        }

        private HttpResponse<String> handIn(List<Upload> files, String... deliverables) {
            List<String> fields = new ArrayList<>(List.of("note", "Σας ευχαριστούμε"));
            for (String deliverable : deliverables) {
                fields.addAll(List.of("deliverables", deliverable));
            }
            return person.upload("/my/plan", caseFile, files, fields.toArray(String[]::new));
        }

        private static Upload pdf(String name, String content) {
            return new Upload(name, ("%PDF-1.7\n" + content).getBytes(StandardCharsets.UTF_8));
        }

        private long waiting(String task) {
            return tasks.createTaskQuery()
                    .processInstanceBusinessKey(caseFile.number())
                    .taskDefinitionKey(task)
                    .count();
        }

        private int handInsOnTheTimeline() {
            return jdbc.sql("select count(*) from case_event where case_id = ? and kind = 'PLAN_HANDED_IN'")
                    .param(caseFile.id())
                    .query(Integer.class)
                    .single();
        }
    }
}
