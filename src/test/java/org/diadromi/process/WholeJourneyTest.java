package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diadromi.process.SampleForms.additionalData;
import static org.diadromi.process.SampleForms.attendance;
import static org.diadromi.process.SampleForms.catchUp;
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
import static org.diadromi.process.SampleForms.suitability;
import static org.diadromi.process.SampleForms.ventureOutOfReach;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.diadromi.TestDatabase;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
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

        private static final Set<Integer> TEXT = Set.of(
                Types.CHAR,
                Types.VARCHAR,
                Types.LONGVARCHAR,
                Types.NVARCHAR,
                Types.LONGNVARCHAR,
                Types.CLOB,
                Types.NCLOB);
        private static final Set<Integer> BYTES =
                Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

        @Autowired
        DataSource dataSource;

        @Autowired
        CaseFiles cases;

        @Test
        void two_years_later_the_case_is_closed_and_the_engine_knows_nothing_of_the_person() throws SQLException {
            firstContactToCounselling();
            counsellingUpToTheSession();
            assertThat(traces()).as("the open task shows the person").isNotEmpty();
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
                            "annual-certificate");
            assertThat(centre.rows("business_plan")).isEqualTo(2);
            assertThat(centre.rows("follow_up")).isEqualTo(5);
            assertThat(traces()).isEmpty();
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
            int before = cases();
            happenings.at("send_firstContact_acknowledgement", () -> {
                throw new IllegalStateException("the outbox is full");
            });
            assertThatThrownBy(() -> centre.registers(firstContact())).hasMessageContaining("the outbox is full");
            assertThat(cases()).isEqualTo(before);
        }

        @Test
        void of_two_who_answer_the_same_task_at_once_one_is_heard() {
            firstContactUpToTheDecision();
            List<Boolean> heard = atOnce(2, () -> centre.does(suitability("kalo")));
            assertThat(heard).containsExactlyInAnyOrder(true, false);
            assertThat(centre.waitingFor()).containsExactly("task_counselling_supportPlan");
            assertThat(centre.rows("suitability_assessment")).isEqualTo(1);
        }

        @Test
        void two_cases_opened_at_once_in_a_new_year_get_two_numbers() {
            centre.isAt(CentreAtWork.MONDAY.plusYears(5));
            List<String> numbers = new java.util.concurrent.CopyOnWriteArrayList<>();
            List<Boolean> opened = atOnce(
                    4,
                    () -> numbers.add(cases.open(
                                    new FirstContact(
                                            "kerkyra",
                                            "Α",
                                            "Β",
                                            org.diadromi.casefile.CaseFile.Salutation.UNKNOWN,
                                            null,
                                            "a@example.org",
                                            "Κέρκυρα",
                                            "el",
                                            "phone",
                                            null,
                                            1,
                                            null),
                                    null)
                            .number()));
            assertThat(opened).containsOnly(true);
            assertThat(numbers)
                    .containsExactlyInAnyOrder("KER-2032-00001", "KER-2032-00002", "KER-2032-00003", "KER-2032-00004");
        }

        private int cases() {
            return org.springframework.jdbc.core.simple.JdbcClient.create(dataSource)
                    .sql("select count(*) from case_file")
                    .query(Integer.class)
                    .single();
        }

        private static List<Boolean> atOnce(int count, Runnable work) {
            CyclicBarrier start = new CyclicBarrier(count);
            Supplier<Boolean> one = () -> {
                try {
                    start.await();
                    work.run();
                    return true;
                } catch (AssertionError | Exception late) {
                    return false;
                }
            };
            List<CompletableFuture<Boolean>> all = Stream.generate(
                            () -> CompletableFuture.supplyAsync(one, task -> new Thread(task).start()))
                    .limit(count)
                    .toList();
            return all.stream().map(CompletableFuture::join).toList();
        }

        /** Where in the engine's tables anything is left of what was typed about the person. */
        private List<String> traces() throws SQLException {
            List<String> found = new ArrayList<>();
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                DatabaseMetaData database = connection.getMetaData();
                int tables = 0;
                try (ResultSet columns = database.getColumns(null, null, "%", "%")) {
                    while (columns.next()) {
                        String table = columns.getString("TABLE_NAME");
                        String column = columns.getString("COLUMN_NAME");
                        int type = columns.getInt("DATA_TYPE");
                        if (table.toUpperCase().startsWith("ACT_") && (TEXT.contains(type) || BYTES.contains(type))) {
                            tables++;
                            search(statement, table, column, BYTES.contains(type), found);
                        }
                    }
                }
                assertThat(tables).as("columns searched").isGreaterThan(300);
            }
            return found;
        }

        private void search(Statement statement, String table, String column, boolean bytes, List<String> found)
                throws SQLException {
            try (ResultSet rows = statement.executeQuery("select " + column + " from " + table)) {
                while (rows.next()) {
                    String text = bytes ? text(rows.getBytes(1)) : rows.getString(1);
                    if (text != null
                            && Stream.of(
                                            SampleForms.MARK,
                                            SampleForms.MAIL,
                                            SampleForms.PHONE_DIGITS,
                                            SampleForms.PHONE)
                                    .anyMatch(text::contains)) {
                        found.add(table + "." + column);
                    }
                }
            }
        }

        private static String text(byte[] bytes) {
            return bytes == null ? null : new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
