package org.diadromi.mypage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.diadromi.link.PrivateLinks;
import org.diadromi.process.SampleJourneys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A venture says by its link how it is doing: checked as staff are, counted once, and staff have nothing left to ask. */
class OwnSurveyTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "survey");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "survey");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3|3",
                "12500,5|12500.5",
                "12500.5|12500.5",
                "12.500|12500",
                "12.500,50|12500.50",
                "12,500.50|12500.50",
                "1.234.567 €|1234567",
                "12 500 €|12500",
                "25 %|25",
                "-1|-1"
            })
    void numbers_are_read_as_people_write_them(String typed, BigDecimal meant) {
        assertThat((BigDecimal) OwnSurvey.number(typed)).isEqualByComparingTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"τρία", "1.2.3", "3-4", "1e9", "'12,5,5'", "99999999999999999999999999"})
    void what_is_no_number_is_left_for_the_form_to_refuse(String typed) {
        assertThat(OwnSurvey.number(typed)).isEqualTo(typed);
    }

    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "diadromi.demo=true",
                "diadromi.mail.directory=target/survey/outbox",
                "camunda.bpm.job-execution.enabled=false"
            })
    @Import(SampleJourneys.Players.class)
    abstract static class Promises {

        private static final String[] WELL = {
            "ventureStatus",
            "active",
            "members",
            "5",
            "jobsFull",
            "2",
            "jobsPart",
            "1",
            "jobsWomen",
            "2",
            "jobsTarget",
            "0",
            "turnover",
            "12.500,50",
            "partners",
            "Δήμος",
            "needsHelp",
            "no",
            "publishConsent",
            "yes"
        };

        @LocalServerPort
        int port;

        @Autowired
        SampleJourneys journeys;

        @Autowired
        CaseFiles cases;

        @Autowired
        PrivateLinks links;

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
        void a_venture_is_asked() {
            caseFile = cases.get("kerkyra", journeys.askedHowItGoes());
            person = new LinkVisitor(port);
            person.comesByLink(links, caseFile);
        }

        @AfterEach
        void resetClock() {
            clock.setOffset(Duration.ZERO);
        }

        @Test
        void the_answer_completes_the_task_and_is_the_persons() {
            assertThat(person.get("/my").body()).contains("Απαντήστε στις ερωτήσεις");
            assertThat(person.get("/my/survey").body())
                    .contains("Πέρασε ένας μήνας")
                    .doesNotContain("noContact");
            assertThat(followUps()).as("looking changes nothing").isEmpty();
            assertThat(waiting()).isEqualTo(1);

            HttpResponse<String> answered = person.press("/my/survey", caseFile, WELL);
            assertThat(answered.statusCode()).isEqualTo(302);
            assertThat(person.get("/my").body())
                    .contains("Λάβαμε τις απαντήσεις σας")
                    .doesNotContain("Απαντήστε στις ερωτήσεις");
            assertThat(followUps()).singleElement().satisfies(row -> {
                assertThat(row)
                        .containsEntry("status", "active")
                        .containsEntry("members", 5)
                        .containsEntry("needs_help", false)
                        .containsEntry("publish_consent", true)
                        .containsEntry("partners", "Δήμος")
                        .containsEntry("recorded_by", null);
                assertThat((BigDecimal) row.get("turnover")).isEqualByComparingTo("12500.5");
            });
            assertThat(waiting()).isZero();
            assertThat(jdbc.sql("select by_user from case_event where case_id = ? and kind = 'FOLLOWED_UP'")
                            .param(caseFile.id())
                            .query(String.class)
                            .list())
                    .containsOnlyNulls();
            assertThat(jdbc.sql(
                                    "select count(*) from task_fact where case_id = ? and task_key = 'task_followUp_survey' and ended_how = 'COMPLETED'")
                            .param(caseFile.id())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }

        @Test
        void twice_is_once() {
            person.press("/my/survey", caseFile, WELL);
            HttpResponse<String> again = person.press("/my/survey", caseFile, WELL);
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).contains("Αν απαντήσατε ήδη");
            assertThat(person.get("/my/survey").body()).contains("Αν απαντήσατε ήδη");
            assertThat(followUps()).hasSize(1);
        }

        @Test
        void two_at_once_are_one() throws Exception {
            CyclicBarrier together = new CyclicBarrier(3);
            List<Integer> answers = new ArrayList<>();
            ExecutorService hands = Executors.newFixedThreadPool(3);
            try {
                Callable<Integer> press = () -> {
                    together.await();
                    return person.press("/my/survey", caseFile, WELL).statusCode();
                };
                for (Future<Integer> answer : hands.invokeAll(List.of(press, press, press))) {
                    answers.add(answer.get());
                }
            } finally {
                hands.shutdown();
            }
            assertThat(answers).containsExactlyInAnyOrder(302, 409, 409);
            assertThat(followUps()).hasSize(1);
        }

        @Test
        void a_mistake_keeps_what_was_typed_and_names_the_field() {
            HttpResponse<String> refused = person.press(
                    "/my/survey",
                    caseFile,
                    "ventureStatus",
                    "active",
                    "members",
                    "πέντε",
                    "jobsFull",
                    "-2",
                    "jobsPart",
                    "1",
                    "jobsWomen",
                    "2",
                    "turnover",
                    "πολλά",
                    "partners",
                    "<b>Δήμος</b>",
                    "needsHelp",
                    "no");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body())
                    .contains("Όσα γράψατε έχουν κρατηθεί")
                    .contains("value=\"πέντε\"")
                    .contains("&lt;b&gt;Δήμος&lt;/b&gt;")
                    .contains("Γράψτε έναν ακέραιο αριθμό")
                    .contains("Γράψτε έναν αριθμό, π.χ. 12.500,50")
                    .contains("πρέπει να είναι τουλάχιστον 0")
                    .contains("Χρειαζόμαστε και αυτή την απάντηση");
            assertThat(followUps()).isEmpty();
            assertThat(waiting()).isEqualTo(1);
        }

        @Test
        void the_rules_of_staff_hold_in_the_readers_language_too() {
            person.get("/my?lang=en");
            assertThat(person.press(
                                    "/my/survey",
                                    caseFile,
                                    "ventureStatus",
                                    "active",
                                    "members",
                                    "5",
                                    "jobsFull",
                                    "1",
                                    "jobsPart",
                                    "0",
                                    "jobsWomen",
                                    "2",
                                    "jobsTarget",
                                    "0",
                                    "needsHelp",
                                    "no",
                                    "publishConsent",
                                    "no")
                            .body())
                    .contains("are more than all jobs (1)");
            assertThat(person.press("/my/survey", caseFile, "ventureStatus", "closed")
                            .body())
                    .contains("We need this answer too");
            assertThat(person.press("/my/survey", caseFile, "ventureStatus", "noContact")
                            .statusCode())
                    .as("not for the person to say")
                    .isEqualTo(400);
            assertThat(followUps()).isEmpty();
        }

        @Test
        void a_venture_that_asks_for_help_gets_it() {
            String[] help = WELL.clone();
            help[17] = "yes";
            person.press("/my/survey", caseFile, help);
            assertThat(tasks.createTaskQuery()
                            .processInstanceBusinessKey(caseFile.number())
                            .taskDefinitionKey("task_followUp_mentoring")
                            .count())
                    .isEqualTo(1);
        }

        @Test
        void after_the_case_has_ended_there_is_nothing_to_answer() {
            wish.withdraw(caseFile, "other");
            assertThat(person.get("/my").body()).doesNotContain("Απαντήστε στις ερωτήσεις");
            assertThat(person.get("/my/survey").body()).contains("Η υπόθεση έχει κλείσει");
            HttpResponse<String> late = person.press("/my/survey", caseFile, WELL);
            assertThat(late.statusCode()).isEqualTo(409);
            assertThat(late.body()).contains("Η υπόθεση έχει κλείσει");
            assertThat(followUps()).isEmpty();
        }

        @Test
        void without_a_link_there_is_no_page() {
            LinkVisitor stranger = new LinkVisitor(port);
            assertThat(stranger.get("/my/survey").statusCode()).isEqualTo(404);
            assertThat(stranger.press("/my/survey", caseFile, WELL).statusCode())
                    .isEqualTo(404);
            assertThat(followUps()).isEmpty();
        }

        private List<Map<String, Object>> followUps() {
            return jdbc.sql("select * from follow_up where case_id = ?")
                    .param(caseFile.id())
                    .query()
                    .listOfRows();
        }

        private long waiting() {
            return tasks.createTaskQuery()
                    .processInstanceBusinessKey(caseFile.number())
                    .taskDefinitionKey("task_followUp_survey")
                    .count();
        }
    }
}
