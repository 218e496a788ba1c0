package org.diadromi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.diadromi.TestDatabase;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Erasure and access reach every table that holds something of a case; a table that they do not know fails here. */
class CaseTablesTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "casetables");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "casetables");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        /** Tables without a reference to the case, and why nothing in them has to be erased. A new table is entered here or refers. */
        private static final Map<String, String> OTHERS = Map.ofEntries(
                Map.entry("case_fact", "figures: the case's number, codes and times"),
                Map.entry("stage_fact", "figures"),
                Map.entry("pause_fact", "figures"),
                Map.entry("task_fact", "figures"),
                Map.entry("suitability_fact", "figures"),
                Map.entry("audit_entry", "the case's number, an action, the name of a form"),
                Map.entry("audit_chain", "seals"),
                Map.entry("audit_check", "seals"),
                Map.entry("case_number", "a counter"),
                Map.entry("app_setting", "settings"),
                Map.entry(
                        "outreach_import", "an event, and the titles of a sheet's columns; its rows go after a month"),
                Map.entry("centre", "the centre"),
                Map.entry("centre_closure", "the centre"),
                Map.entry("centre_deadline", "the centre"),
                Map.entry("funding_budget", "the centre"),
                Map.entry("centre_area", "the centre"),
                Map.entry("staff_account", "staff"),
                Map.entry("structure_contact", "people who work at a local structure"),
                Map.entry("staff_role", "staff"),
                Map.entry("staff_area", "staff"),
                Map.entry("staff_absence", "staff"),
                Map.entry("staff_absence_task", "staff"),
                Map.entry("local_structure", "structures and those to ask for there"),
                Map.entry("counsellor_hours", "staff"),
                Map.entry("calendar_feed", "staff"),
                Map.entry("second_factor", "staff"),
                Map.entry("recovery_code", "staff"),
                Map.entry("stage_target", "the centre"),
                Map.entry("target_alert", "figures: the case's id, codes and times"),
                Map.entry("training_module", "the training"),
                Map.entry("flyway_schema_history", "the scripts"));

        @Autowired
        private CaseTables tables;

        @Autowired
        private DataSource database;

        @Test
        void every_table_is_of_the_case_or_has_a_reason_not_to_be() throws SQLException {
            Set<String> reached =
                    tables.all().stream().map(CaseTables.Table::name).collect(Collectors.toSet());
            Set<String> unknown = new TreeSet<>();
            try (Connection connection = database.getConnection();
                    ResultSet all = connection
                            .getMetaData()
                            .getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
                while (all.next()) {
                    String name = all.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                    if (!name.startsWith("act_") && !reached.contains(name) && !OTHERS.containsKey(name)) {
                        unknown.add(name);
                    }
                }
            }
            assertThat(unknown)
                    .as("tables that neither erasure nor access know: let them refer to case_file, or say why not")
                    .isEmpty();
            assertThat(OTHERS.keySet()).as("of the case after all").doesNotContainAnyElementsOf(reached);
        }

        @Test
        void what_refers_comes_after_what_it_refers_to() {
            List<String> order =
                    tables.all().stream().map(CaseTables.Table::name).toList();
            assertThat(order).startsWith("case_file").doesNotHaveDuplicates();
            for (List<String> pair : List.of(
                    List.of("appointment", "counselling_session"),
                    List.of("registration", "registration_item"),
                    List.of("enrolment", "attendance"),
                    List.of("follow_up", "mentoring"))) {
                assertThat(order.indexOf(pair.get(0))).isLessThan(order.indexOf(pair.get(1)));
            }
            assertThat(IntStream.range(1, order.size())
                            .allMatch(i -> tables.all().get(i - 1).depth()
                                    <= tables.all().get(i).depth()))
                    .isTrue();
        }

        @Test
        void a_row_belongs_to_its_case_over_any_number_of_references() {
            assertThat(tables.all())
                    .filteredOn(table -> table.name().equals("attendance"))
                    .singleElement()
                    .satisfies(table -> assertThat(table.ofCase())
                            .isEqualTo("enrolment_id in (select id from enrolment where case_id = ?)"));
        }
    }
}
