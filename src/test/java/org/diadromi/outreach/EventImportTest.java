package org.diadromi.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.reset;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.RuntimeService;
import org.diadromi.TestDatabase;
import org.diadromi.casefile.CaseChanges;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.contact.PublicContact;
import org.diadromi.outreach.EventImports.Import;
import org.diadromi.outreach.EventImports.Row;
import org.diadromi.outreach.EventImports.State;
import org.diadromi.outreach.EventImports.Status;
import org.diadromi.privacy.Erasure;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMultipartHttpServletRequestBuilder;

/** The people of an event become first contacts: once, all of them, whatever happens in between; on both databases. */
class EventImportTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "eventimport");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "eventimport");
        }
    }

    @SpringBootTest(
            properties = {
                "diadromi.demo=true",
                "camunda.bpm.job-execution.enabled=false",
                "diadromi.outreach.every=PT10H",
                "diadromi.mail.directory=target/eventimport/outbox"
            })
    @AutoConfigureMockMvc
    abstract static class Promises {

        private static int files;

        @Autowired
        MockMvc pages;

        @Autowired
        StaffAccounts accounts;

        @Autowired
        EventImports imports;

        @Autowired
        ImportRun run;

        @Autowired
        CaseFiles cases;

        @Autowired
        CaseChanges changes;

        @Autowired
        Erasure erasure;

        @Autowired
        RuntimeService runtime;

        @Autowired
        JdbcClient jdbc;

        @MockitoSpyBean
        PublicContact contacts;

        @AfterEach
        void nothing_is_left() {
            reset(contacts);
            run.goOn(100);
            run.goOn(100);
        }

        private ResultActions as(String account, MockHttpServletRequestBuilder request) throws Exception {
            return pages.perform(request.with(user(accounts.login(account).orElseThrow())));
        }

        private ResultActions uploads(String account, String text, String... form) throws Exception {
            MockMultipartHttpServletRequestBuilder request = multipart("/outreach");
            request.file(new MockMultipartFile("file", "λίστα.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8)));
            request.with(csrf());
            String[] answers = form.length > 0
                    ? form
                    : new String[] {
                        "event",
                        "Φεστιβάλ συνεργατισμού",
                        "heldOn",
                        "2026-01-15",
                        "municipality",
                        "Βόλος",
                        "informed",
                        "true"
                    };
            for (int i = 0; i < answers.length; i += 2) {
                request.param(answers[i], answers[i + 1]);
            }
            return as(account, request);
        }

        private Import uploaded(String text) throws Exception {
            String to = uploads("magnisia.intake", text)
                    .andExpect(status().is3xxRedirection())
                    .andReturn()
                    .getResponse()
                    .getRedirectedUrl();
            return imports.find("magnisia", Long.parseLong(to.substring(to.lastIndexOf('/') + 1)))
                    .orElseThrow();
        }

        /** People of whom nobody else has name, phone or mail. */
        private static String people(int count) {
            StringBuilder text = new StringBuilder("Όνομα;Επώνυμο;Τηλέφωνο;Email\n");
            for (int i = 0; i < count; i++) {
                int number = ++files;
                text.append("Πρόσωπο%1$s;Επώνυμο%1$s;691%2$07d;p%2$d@example.org\n".formatted(letters(number), number));
            }
            return text.toString();
        }

        private static String letters(int number) {
            StringBuilder letters = new StringBuilder();
            for (int rest = number + 24 * 24; rest > 0; rest /= 10) {
                letters.append("αβγδεζηλμν".charAt(rest % 10));
            }
            return letters.toString();
        }

        private ResultActions does(String account, Import sheet, String action) throws Exception {
            return as(account, post("/outreach/" + sheet.id() + "/" + action).with(csrf()));
        }

        private void starts(Import sheet) throws Exception {
            does("magnisia.intake", sheet, "start").andExpect(redirectedUrl("/outreach/" + sheet.id()));
        }

        private List<Row> rows(Import sheet, State state) {
            return imports.rows(sheet, state, 5000);
        }

        private Import now(Import sheet) {
            return imports.find("magnisia", sheet.id()).orElseThrow();
        }

        private int count(String sql, Object... parameters) {
            return jdbc.sql(sql).params(parameters).query(Integer.class).single();
        }

        private int casesOfMagnisia() {
            return count("select count(*) from case_file where centre_id = 'magnisia'");
        }

        // The way through --------------------------------------------------------------------------------------

        @Test
        void good_rows_become_first_contacts_with_their_consent_and_journey() throws Exception {
            Import sheet = uploaded(people(3) + "Άννα;;123;\n");
            assertThat(casesOfMagnisiaFrom(sheet)).isZero();
            as("magnisia.coordinator", get("/outreach/" + sheet.id()))
                    .andExpect(content()
                            .string(allOf(
                                    containsString("3 γραμμές έτοιμες για καταχώριση"),
                                    containsString("Επώνυμο: λείπει."),
                                    containsString("Τηλέφωνο: Ο αριθμός τηλεφώνου «123» δεν είναι σωστός."))));
            starts(sheet);
            run.goOn(100);
            run.goOn(100);
            assertThat(now(sheet).status()).isEqualTo(Status.DONE);
            assertThat(rows(sheet, State.DONE)).hasSize(3).allSatisfy(row -> {
                assertThat(row.cells()).isEmpty();
                var caseFile = cases.get("magnisia", row.caseNumber());
                assertThat(caseFile.source()).isEqualTo("event");
                assertThat(caseFile.municipality()).isEqualTo("Βόλος");
                assertThat(runtime.createProcessInstanceQuery()
                                .processInstanceBusinessKey(row.caseNumber())
                                .processDefinitionKey("support-journey")
                                .tenantIdIn("magnisia")
                                .count())
                        .isEqualTo(1);
                assertThat(count("""
                                select count(*) from consent where case_id = ? and channel = 'EVENT' and wording = 'TOLD_TO_STAFF'
                                  and recorded_by = 'magnisia.intake'
                                """, caseFile.id())).isEqualTo(1);
            });
            assertThat(jdbc.sql(
                                    "select distinct source_detail from case_file where source = 'event' and centre_id = 'magnisia'")
                            .query(String.class)
                            .list())
                    .contains("Φεστιβάλ συνεργατισμού, 15/01/2026");
            assertThat(rows(sheet, State.BAD)).hasSize(1);
        }

        private int casesOfMagnisiaFrom(Import sheet) {
            return count("select count(*) from outreach_row where import_id = ? and state = 'DONE'", sheet.id());
        }

        @Test
        void killed_in_the_middle_it_goes_on_and_no_row_comes_twice() throws Exception {
            Import sheet = uploaded(people(6));
            int before = casesOfMagnisia();
            starts(sheet);
            String fourth = rows(sheet, State.GOOD).get(3).cells().get(3);
            doThrow(new OutOfMemoryError("the machine is gone"))
                    .when(contacts)
                    .register(
                            argThat(contact -> contact != null && fourth.equals(contact.email())), anyBoolean(), any());
            assertThatThrownBy(() -> run.goOn(100)).isInstanceOf(OutOfMemoryError.class);
            assertThat(casesOfMagnisia()).isEqualTo(before + 3);
            assertThat(rows(sheet, State.GOOD)).hasSize(3);
            reset(contacts);
            run.goOn(2);
            run.goOn(100);
            run.goOn(100);
            assertThat(casesOfMagnisia()).isEqualTo(before + 6);
            assertThat(rows(sheet, State.DONE))
                    .extracting(Row::caseNumber)
                    .hasSize(6)
                    .doesNotHaveDuplicates();
            assertThat(now(sheet).status()).isEqualTo(Status.DONE);
        }

        @Test
        void a_row_that_fails_holds_up_no_other() throws Exception {
            Import sheet = uploaded(people(3));
            starts(sheet);
            String second = rows(sheet, State.GOOD).get(1).cells().get(3);
            doThrow(new IllegalStateException("something is wrong"))
                    .when(contacts)
                    .register(
                            argThat(contact -> contact != null && second.equals(contact.email())), anyBoolean(), any());
            run.goOn(100);
            run.goOn(100);
            assertThat(rows(sheet, State.DONE)).hasSize(2);
            assertThat(rows(sheet, State.BAD))
                    .singleElement()
                    .satisfies(row -> assertThat(row.troubles().get(0).problem())
                            .isEqualTo(org.diadromi.Problem.IMPORT_ROW_FAILED));
            assertThat(now(sheet).status()).isEqualTo(Status.DONE);
        }

        @Test
        void two_runs_at_once_take_each_row_in_once() throws Exception {
            Import sheet = uploaded(people(8));
            int before = casesOfMagnisia();
            starts(sheet);
            ExecutorService machines = Executors.newFixedThreadPool(2);
            Callable<Void> one = () -> {
                run.goOn(100);
                return null;
            };
            for (Future<Void> done : machines.invokeAll(List.of(one, one))) {
                done.get();
            }
            machines.shutdown();
            assertThat(casesOfMagnisia()).isEqualTo(before + 8);
        }

        // Twice ------------------------------------------------------------------------------------------------

        @Test
        void the_same_file_twice_makes_no_double() throws Exception {
            String file = people(2);
            Import first = uploaded(file);
            Import second = uploaded(file);
            starts(first);
            does("magnisia.intake", second, "start")
                    .andExpect(status().isBadRequest())
                    .andExpect(content().string(containsString("Το ίδιο αρχείο καταχωρίστηκε ήδη")));
            does("magnisia.intake", first, "start")
                    .andExpect(status().isBadRequest())
                    .andExpect(content().string(containsString("ήδη καταχωριστεί")));
            does("magnisia.intake", first, "discard").andExpect(status().isBadRequest());
            uploads("magnisia.coordinator", file)
                    .andExpect(status().isBadRequest())
                    .andExpect(content().string(allOf(containsString("Το ίδιο αρχείο"), containsString("Φεστιβάλ"))));
            does("magnisia.intake", second, "discard").andExpect(redirectedUrl("/outreach"));
            assertThat(imports.find("magnisia", second.id())).isEmpty();
        }

        @Test
        void the_same_people_in_another_file_are_known() throws Exception {
            String file = people(2);
            Import first = uploaded(file);
            Import early = uploaded(file + "\n");
            starts(first);
            run.goOn(100);
            run.goOn(100);
            Import late = uploaded(file + "\n\n");
            assertThat(rows(late, State.DOUBLE))
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.caseNumber()).isNotNull());
            does("magnisia.intake", late, "start").andExpect(status().isBadRequest());
            int before = casesOfMagnisia();
            starts(early);
            run.goOn(100);
            run.goOn(100);
            assertThat(casesOfMagnisia()).isEqualTo(before);
            assertThat(rows(early, State.DOUBLE)).hasSize(2);
        }

        // Columns and what is left -------------------------------------------------------------------------------

        @Test
        void columns_can_be_named_by_hand() throws Exception {
            Import sheet = uploaded(people(2).replace("Όνομα;Επώνυμο;Τηλέφωνο;Email", "A;B;C;D"));
            assertThat(rows(sheet, State.GOOD)).isEmpty();
            as(
                            "magnisia.intake",
                            post("/outreach/" + sheet.id() + "/columns")
                                    .with(csrf())
                                    .param("column-0", "FIRST_NAME")
                                    .param("column-1", "LAST_NAME")
                                    .param("column-2", "PHONE")
                                    .param("column-3", "NO_SUCH"))
                    .andExpect(redirectedUrl("/outreach/" + sheet.id()));
            assertThat(rows(sheet, State.GOOD)).hasSize(2);
        }

        @Test
        void what_is_left_comes_back_as_a_file_that_computes_nothing() throws Exception {
            Import sheet = uploaded("Όνομα;Επώνυμο;Τηλέφωνο;Σχόλια\n\"=Άννα\";Ράλλης;12;@SUM(A1)\n");
            byte[] file = as("magnisia.intake", get("/outreach/" + sheet.id() + "/rest.csv"))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsByteArray();
            assertThat(new String(file, StandardCharsets.UTF_8))
                    .isEqualTo("\uFEFFΓραμμή;Γιατί δεν καταχωρίστηκε;Όνομα;Επώνυμο;Τηλέφωνο;Σχόλια\r\n"
                            + "2;Τηλέφωνο: Ο αριθμός τηλεφώνου «12» δεν είναι σωστός.;'=Άννα;Ράλλης;12;'@SUM(A1)\r\n");
            assertThat(count(
                            "select count(*) from audit_entry where action = 'EXPORTED' and subject = ?",
                            "outreach-" + sheet.id()))
                    .isEqualTo(1);
        }

        // Who and what is refused ---------------------------------------------------------------------------------

        @Test
        void others_see_nothing_of_it() throws Exception {
            Import sheet = uploaded(people(1));
            for (String path : List.of("", "/rest.csv")) {
                as("kerkyra.intake", get("/outreach/" + sheet.id() + path)).andExpect(status().isNotFound());
                as("magnisia.trainer", get("/outreach/" + sheet.id() + path)).andExpect(status().isForbidden());
            }
            for (String action : List.of("start", "discard", "columns")) {
                does("kerkyra.intake", sheet, action).andExpect(status().isNotFound());
                does("magnisia.trainer", sheet, action).andExpect(status().isForbidden());
                as("magnisia.intake", post("/outreach/" + sheet.id() + "/" + action))
                        .andExpect(status().isForbidden());
            }
            assertThat(now(sheet).status()).isEqualTo(Status.PREVIEW);
            does("magnisia.intake", sheet, "discard").andExpect(redirectedUrl("/outreach"));
        }

        @Test
        void a_wrong_form_keeps_its_answers_and_nothing_of_the_file() throws Exception {
            int before = count("select count(*) from outreach_import");
            uploads(
                            "magnisia.intake",
                            people(1),
                            "event",
                            "Λαϊκή αγορά",
                            "heldOn",
                            "2026-01-15",
                            "municipality",
                            "Βόλος")
                    .andExpect(status().isBadRequest())
                    .andExpect(content().string(allOf(containsString("Λαϊκή αγορά"), containsString("να συμφωνήσει"))));
            uploads(
                            "magnisia.intake",
                            people(1),
                            "event",
                            "Α",
                            "heldOn",
                            "2126-01-15",
                            "municipality",
                            "Β",
                            "informed",
                            "true")
                    .andExpect(status().isBadRequest());
            uploads(
                            "magnisia.intake",
                            people(1),
                            "event",
                            "Α",
                            "heldOn",
                            "χθες",
                            "municipality",
                            "Β",
                            "informed",
                            "true")
                    .andExpect(status().isBadRequest());
            uploads("magnisia.intake", "").andExpect(status().isBadRequest());
            assertThat(count("select count(*) from outreach_import")).isEqualTo(before);
        }

        @Test
        void an_erasure_takes_the_row_along() throws Exception {
            Import sheet = uploaded(people(1));
            starts(sheet);
            run.goOn(100);
            String number = rows(sheet, State.DONE).get(0).caseNumber();
            changes.close(cases.get("magnisia", number), "noContact", null, "magnisia.coordinator");
            erasure.erase(cases.get("magnisia", number));
            assertThat(rows(sheet, State.DONE)).isEmpty();
        }
    }
}
