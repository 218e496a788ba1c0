package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.SampleForms.firstContact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.TestDatabase;
import org.diadromi.Texts;
import org.diadromi.TextsForTests;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.notification.Outbox;
import org.diadromi.privacy.CopySample;
import org.diadromi.privacy.Erasure;
import org.diadromi.privacy.SensitiveData;
import org.diadromi.privacy.SensitiveSample;
import org.diadromi.supervision.FactsCheck;
import org.diadromi.transfer.Transfers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/** After an erasure nothing of the person is found anywhere, and the figures are what they were; on both databases. */
class ErasureTest {

    @Nested
    @TestPropertySource(properties = "diadromi.mail.directory=target/erasure/h2")
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "erasure");
        }
    }

    @Nested
    @TestPropertySource(properties = "diadromi.mail.directory=target/erasure/postgres")
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "erasure");
        }
    }

    abstract static class Promises extends Scenario {

        @Autowired
        private Erasure erasure;

        @Autowired
        private SensitiveData sensitive;

        @Autowired
        private CaseFiles cases;

        @Autowired
        private Transfers transfers;

        @Autowired
        private ApplicationContext application;

        @Autowired
        private Outbox outbox;

        @Autowired
        private FactsCheck facts;

        @Autowired
        private DataSource database;

        @Autowired
        private JdbcClient jdbc;

        @Value("${diadromi.mail.directory}")
        private Path mails;

        @BeforeEach
        void no_mail_of_an_earlier_run_is_there() throws IOException {
            FileSystemUtils.deleteRecursively(mails);
        }

        @AfterEach
        void nobody_is_left_for_the_next_test_to_find() {
            centre.closesAllCases();
            numbers().forEach(number -> erasure.erase(caseOf(number)));
        }

        @Test
        void after_whole_journeys_nothing_is_found_in_any_column_or_file_and_the_figures_stay() throws IOException {
            aCaseThatAnotherCentreDeclines(() -> SensitiveSample.keep(sensitive, centre.caseFile()));
            theLongWayFromAFirstContactToAClosedVenture();
            theVentureThatIsDeletedAfterTheLastNotice();
            theVentureThatSendsItsDataLate();
            counsellingThatEndsWithAReferral();
            personWithdraws();
            aPersonAsksForTheirData();
            outbox.sendDue();
            Tables tables = new Tables(database);
            assertThat(tables.all().keySet())
                    .containsAll(centre.typed().stream()
                            .filter(typed -> !typed.endsWith(".remarks"))
                            .toList());
            String copies = numbers().stream()
                    .map(number -> CopySample.json(application, caseOf(number)))
                    .collect(Collectors.joining());
            assertThat(centre.typed().stream().filter(typed -> !typed.endsWith(".remarks")))
                    .as("handed over with the copies")
                    .allMatch(copies::contains);
            assertThat(files()).isNotEmpty();
            Map<String, Object> before = figures();
            assertThat(before.values()).noneMatch(value -> value instanceof Number none && none.longValue() == 0);

            numbers().forEach(number -> erasure.erase(caseOf(number)));

            assertThat(tables.all()).isEmpty();
            // What the coordinators of two centres were told of an offer names no case and nobody.
            assertThat(files())
                    .extracting(file -> file.getFileName().toString())
                    .isSubsetOf(
                            jdbc
                                    .sql("select message_id from outbox_mail where case_id is null")
                                    .query(String.class)
                                    .list()
                                    .stream()
                                    .map(id -> id.replaceAll("[^\\w-]", "_") + ".eml")
                                    .toList());
            assertThat(figures()).isEqualTo(before);
            assertThat(facts.differences()).isEmpty();
            assertThat(rows("sensitive_data") + rows("consent") + rows("private_link"))
                    .isZero();
            assertThat(jdbc.sql(
                                    "select count(*) from outbox_mail where case_id is not null or template not like 'transfer-%'")
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThat(jdbc.sql("select count(*) from case_file where erased_at is null or last_name <> '–'")
                            .query(Integer.class)
                            .single())
                    .isZero();
            // A structure's yearly review is of no case.
            assertThat(jdbc.sql("select count(*) from ACT_HI_PROCINST where PROC_DEF_KEY_ <> 'structure-review'")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }

        @Test
        void what_another_centre_had_of_the_case_is_erased_with_it() throws IOException {
            firstContactToCounselling();
            counsellingUpToTheSession();
            SensitiveSample.keep(sensitive, centre.caseFile());
            String before = centre.caseNumber();
            long id = centre.caseFile().id();
            chaniaAnswers(SampleForms.declined());
            centre.turnsTo(before);
            chaniaAnswers(SampleForms.accepted());
            String number = jdbc.sql("select number from case_file where id = ?")
                    .param(id)
                    .query(String.class)
                    .single();
            outbox.sendDue();
            assertThat(CopySample.json(application, cases.get("chania", number)))
                    .contains(SampleForms.text("transfer", "note"))
                    .contains(SampleForms.text("task_transfer_answer", "reason"))
                    .contains(before)
                    .contains("\"outcome\" : \"transferred\"");
            centre.asksAs("chania.coordinator", SampleForms.withdrawal().with("caseNumber", number));
            Map<String, Object> kept = factRows();

            erasure.erase(cases.get("chania", number));

            assertThat(new Tables(database).all()).isEmpty();
            assertThat(factRows()).isEqualTo(kept);
            assertThat(facts.differences()).isEmpty();
            assertThat(jdbc.sql("select count(*) from ACT_HI_PROCINST")
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThat(rows("case_transfer")).isZero();
            assertThat(transfers.numberNow("chania", before)).isEmpty();
        }

        @Test
        void an_open_case_is_not_erased_and_an_erased_one_not_again() {
            centre.registers(firstContact());
            CaseFile open = centre.caseFile();
            centre.isRefused(() -> erasing(open), Problem.CASE_STILL_OPEN, open.number());
            assertThat(centre.caseFile().person()).contains(SampleForms.MARK);

            centre.asksFor(SampleForms.withdrawal());
            erasure.erase(centre.caseFile());
            erasure.erase(centre.caseFile());
            assertThat(jdbc.sql("select count(*) from audit_entry where action = 'ERASED' and subject = ?")
                            .param(open.number())
                            .query(Integer.class)
                            .single())
                    .isEqualTo(1);
        }

        @Test
        void the_neighbour_keeps_everything() {
            centre.registers(firstContact());
            String neighbour = centre.caseNumber();
            List<Map<String, Object>> before = rowsOf(neighbour);
            centre.registers(firstContact());
            centre.asksFor(SampleForms.withdrawal());
            erasure.erase(centre.caseFile());
            assertThat(rowsOf(neighbour)).isEqualTo(before);
            assertThat(cases.get(CentreAtWork.CENTRE, neighbour).email()).isEqualTo(SampleForms.MAIL);
        }

        /** As a sentence that a reader would see. */
        private void erasing(CaseFile caseFile) {
            try {
                erasure.erase(caseFile);
            } catch (RuleViolation violation) {
                throw new IllegalStateException(TextsForTests.texts().of(Texts.GREEK, violation));
            }
        }

        private List<String> numbers() {
            return jdbc.sql("select number from case_file where status = 'CLOSED'")
                    .query(String.class)
                    .list();
        }

        /** Whichever centre it is at. */
        private CaseFile caseOf(String number) {
            return cases.get(
                    jdbc.sql("select centre_id from case_file where number = ?")
                            .param(number)
                            .query(String.class)
                            .single(),
                    number);
        }

        private int rows(String table) {
            return jdbc.sql("select count(*) from " + table)
                    .query(Integer.class)
                    .single();
        }

        private List<Map<String, Object>> rowsOf(String number) {
            List<Map<String, Object>> rows = new ArrayList<>();
            rows.add(jdbc.sql("select * from case_file where number = ?")
                    .param(number)
                    .query()
                    .singleRow());
            for (String table : List.of("consent", "case_event")) {
                rows.addAll(jdbc.sql("select t.* from " + table
                                + " t join case_file c on c.id = t.case_id where c.number = ? order by t.id")
                        .param(number)
                        .query()
                        .listOfRows());
            }
            return rows;
        }

        /** Every fact as it stands. */
        private Map<String, Object> factRows() {
            Map<String, Object> facts = new LinkedHashMap<>();
            for (String table : List.of("case_fact", "stage_fact", "pause_fact", "task_fact")) {
                facts.put(
                        table,
                        jdbc.sql("select * from " + table + " order by 1, 2")
                                .query()
                                .listOfRows());
            }
            return facts;
        }

        /** The facts, and what else is counted or reported. */
        private Map<String, Object> figures() {
            Map<String, Object> figures = factRows();
            for (String number : List.of(
                    "sum(contact_minutes + preparation_minutes) from counselling_session where funding_line = 'packageB'",
                    "sum(contact_minutes + preparation_minutes) from mentoring",
                    "count(*) from follow_up where status = 'active' and jobs_full > 0",
                    "sum(m.hours) from attendance a join training_module m on m.module_key = a.module_key",
                    "count(*) from appointment where mode = 'place'",
                    "count(*) from case_file where status = 'CLOSED' and outcome is not null")) {
                figures.put(
                        number, jdbc.sql("select " + number).query(Long.class).single());
            }
            return figures;
        }

        private List<Path> files() throws IOException {
            if (!Files.exists(mails)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(mails)) {
                return files.toList();
            }
        }
    }
}
