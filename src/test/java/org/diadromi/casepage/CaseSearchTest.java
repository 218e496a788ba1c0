package org.diadromi.casepage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.CaseWords;
import org.diadromi.casefile.FirstContact;
import org.diadromi.casepage.CaseSearch.Found;
import org.diadromi.casepage.CaseSearch.Wanted;
import org.diadromi.registration.RegistrationService;
import org.diadromi.registration.Team;
import org.diadromi.supervision.Facts;
import org.diadromi.training.Training;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** How staff find a case, on both databases. */
class CaseSearchTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "casesearch");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "casesearch");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        private static final String READER = "kerkyra.counsellor";

        @Autowired
        CaseSearch search;

        @Autowired
        CaseWords words;

        @Autowired
        CaseFiles cases;

        @Autowired
        RegistrationService registrations;

        @Autowired
        Training training;

        @Autowired
        Facts facts;

        @Autowired
        AppClock clock;

        @Autowired
        JdbcClient jdbc;

        private CaseFile wanted;

        @BeforeEach
        void one_case_among_others() {
            for (String table : List.of(
                    "case_word",
                    "case_likeness",
                    "case_double",
                    "case_event",
                    "enrolment",
                    "registration",
                    "pause_fact",
                    "task_fact",
                    "stage_fact",
                    "case_fact",
                    "case_file")) {
                jdbc.sql("delete from " + table).update();
            }
            wanted = open("kerkyra", "Θεοδόσιος", "Παπαϊωάννου-Ξένος", "+302661012345", "Theo.Xenos@example.org");
            open("kerkyra", "Άννα", "Παπαδάκη", "+306912345678", "anna@example.com");
            open("chania", "Θεοδόσιος", "Παπαϊωάννου-Ξένος", "+302661012345", "theo.xenos@example.org");
        }

        @AfterEach
        void resetClock() {
            clock.setOffset(Duration.ZERO);
        }

        private CaseFile open(String centre, String firstName, String lastName, String phone, String email) {
            return cases.open(
                    new FirstContact(
                            centre,
                            firstName,
                            lastName,
                            Salutation.UNKNOWN,
                            phone,
                            email,
                            "Κέρκυρα",
                            "el",
                            "phone",
                            null,
                            1,
                            null),
                    null);
        }

        private static Wanted typed(String q) {
            return new Wanted(q, null, null, null, null, null, null);
        }

        private List<String> found(Wanted question) {
            return search.page("kerkyra", question, READER, 0).stream()
                    .map(Found::number)
                    .toList();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Παπαϊωάννου",
                    "παπαιωαννου",
                    "ΠΑΠΑΪΩΑΝΝΟΥ",
                    "παπαι",
                    "ξένος",
                    "ΞΕΝΟΣ",
                    "ξενοσ",
                    "παπαϊωάννου-ξε",
                    "παπαϊωάννουξένος",
                    "θεοδόσιος παπαϊ",
                    "  Παπαϊωάννου \u00a0  θεοδοσιοσ ",
                    "2661012345",
                    "26610 12345",
                    "26610-123",
                    "(26610) 12345",
                    "+30 2661 012345",
                    "+302661012345",
                    "0030 26610 12345",
                    "302661012345",
                    "ξένος 26610 12345",
                    "theo.xenos@example.org",
                    "THEO.XENOS",
                    "xenos@example.org"
                })
        void a_person_is_found_however_it_is_written(String q) {
            assertThat(found(typed(q))).containsExactly(wanted.number());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "απαϊωάννου",
                    "παπαδόπουλος",
                    "Άννα 26610",
                    "661012345",
                    "?!",
                    "%",
                    "_",
                    "' or 'x'='x' --",
                    "\uD83D\uDE00"
                })
        void what_nobody_is_called_finds_nobody(String q) {
            assertThat(found(typed(q))).isEmpty();
        }

        @Test
        void a_case_is_found_by_its_number_in_any_writing_and_by_a_part_of_it() {
            String serial = wanted.number().substring(9);
            assertThat(found(typed(wanted.number()))).containsExactly(wanted.number());
            assertThat(found(typed(wanted.number().toLowerCase()))).containsExactly(wanted.number());
            assertThat(found(typed(wanted.number().replace("-", "")))).containsExactly(wanted.number());
            assertThat(found(typed(wanted.number().replace("-", " ")))).containsExactly(wanted.number());
            assertThat(found(typed(serial))).containsExactly(wanted.number());
            assertThat(found(typed(wanted.number().substring(4)))).containsExactly(wanted.number());
        }

        @Test
        void a_case_is_found_by_its_venture_and_team_as_soon_as_they_have_names() {
            assertThat(found(typed("στεκι"))).isEmpty();
            registrations.describeTeam(wanted, team("Το Στέκι της γειτονιάς"), null);
            assertThat(found(typed("στεκι γειτ"))).containsExactly(wanted.number());
            registrations.describeTeam(wanted, team("Αλλιώς"), null);
            assertThat(found(typed("στεκι"))).isEmpty();
            assertThat(found(typed("αλλιωσ"))).containsExactly(wanted.number());
            training.enrol(wanted, "2027 Α", LocalDate.of(2027, 1, 1), LocalDate.of(2027, 3, 1), "Οι Μέλισσες", null);
            assertThat(found(typed("μελισσεσ"))).containsExactly(wanted.number());
        }

        private static Team team(String name) {
            return new Team(name, "social", 5, 0, false, 0, 0, 0, 0);
        }

        @Test
        void cases_from_before_get_their_words() {
            jdbc.sql("delete from case_word").update();
            assertThat(found(typed("ξενος"))).isEmpty();
            words.writeMissing();
            assertThat(found(typed("ξενος"))).containsExactly(wanted.number());
            words.writeMissing();
        }

        @Test
        void two_applications_that_start_at_once_do_not_stop_each_other() {
            for (int time = 0; time < 20; time++) {
                jdbc.sql("delete from case_word").update();
                CompletableFuture.allOf(
                                CompletableFuture.runAsync(words::writeMissing),
                                CompletableFuture.runAsync(words::writeMissing))
                        .join();
                assertThat(found(typed("ξενος"))).containsExactly(wanted.number());
            }
        }

        @ParameterizedTest
        @CsvSource({"open, false", "closed, true", "all, true", "nonsense, false"})
        void closed_cases_are_found_by_those_who_look_for_them(String state, boolean closed) {
            cases.close(wanted, "withdrawn");
            assertThat(found(new Wanted("παπα", state, "", "", null, null, null))
                            .contains(wanted.number()))
                    .isEqualTo(closed);
        }

        @Test
        void stage_counsellor_and_the_readers_own_cases_narrow_the_list() {
            facts.stageEntered("kerkyra", wanted.number(), "counselling");
            cases.assignCounsellor(wanted, READER);
            assertThat(found(new Wanted("", "", "counselling", "", null, null, null)))
                    .containsExactly(wanted.number());
            assertThat(found(new Wanted("", "", "follow-up", "", null, null, null)))
                    .isEmpty();
            assertThat(found(new Wanted("", "", "", READER, null, null, null))).containsExactly(wanted.number());
            assertThat(found(new Wanted("", "", "", "somebody", null, null, null)))
                    .isEmpty();
            assertThat(found(new Wanted("", "", "", "", null, true, null))).containsExactly(wanted.number());
            assertThat(search.page("kerkyra", new Wanted("", "", "", "", null, true, null), "kerkyra.legal", 0))
                    .isEmpty();
            task("task-1", "kerkyra.legal", 1);
            assertThat(search.page("kerkyra", new Wanted("", "", "", "", null, true, null), "kerkyra.legal", 0))
                    .extracting(Found::number)
                    .containsExactly(wanted.number());
            facts.taskDone("task-1", null);
            assertThat(search.page("kerkyra", new Wanted("", "", "", "", null, true, null), "kerkyra.legal", 0))
                    .isEmpty();
            assertThat(search.counsellors("kerkyra")).containsExactly(READER);
        }

        @Test
        void late_is_what_has_an_overdue_task_and_does_not_pause() {
            Wanted late = new Wanted("", "", "", "", true, null, null);
            task("task-2", null, 2);
            assertThat(found(late)).isEmpty();
            clock.setOffset(Duration.ofDays(3));
            assertThat(found(late)).containsExactly(wanted.number());
            Found found = search.page("kerkyra", late, READER, 0).get(0);
            assertThat(found.isLate(clock.now())).isTrue();
            assertThat(found.dueAt()).isBefore(clock.now());
            cases.pause(wanted, clock.today().plusDays(20), "reason", null, READER);
            assertThat(found(late)).isEmpty();
            facts.taskDone("task-2", null);
            cases.resume(cases.get("kerkyra", wanted.number()));
            assertThat(found(late)).isEmpty();
        }

        private void task(String id, String assignee, int days) {
            facts.taskBegun(new Facts.NewTask(
                    id,
                    "kerkyra",
                    wanted.number(),
                    "legal-registration",
                    "task_registration_dossier",
                    "legal",
                    "us",
                    assignee,
                    clock.now(),
                    clock.now().plusDays(days)));
        }

        @Test
        void pages_follow_each_other_without_gaps() {
            for (int i = 0; i < CaseSearch.PAGE + 3; i++) {
                open("kerkyra", "Πολλαπλός", "Σελιδάτος" + i, "+306912345678", null);
            }
            List<Found> first = search.page("kerkyra", typed("σελιδατ"), READER, 0);
            List<Found> second = search.page("kerkyra", typed("σελιδατ"), READER, 1);
            assertThat(first).hasSize(CaseSearch.PAGE + 1);
            assertThat(second).hasSize(3);
            assertThat(first.get(CaseSearch.PAGE)).isEqualTo(second.get(0));
            assertThat(search.page("kerkyra", typed("σελιδατ"), READER, 99_999)).isEmpty();
        }

        @Test
        void the_link_to_a_page_asks_the_same() {
            assertThat(new Wanted("Ξένος & υιοί", "all", null, "", true, null, null).query(2))
                    .isEqualTo(
                            "?q=%CE%9E%CE%AD%CE%BD%CE%BF%CF%82%20%26%20%CF%85%CE%B9%CE%BF%CE%AF&state=all&late=true&page=2");
            assertThat(typed(null).query(0)).isEmpty();
        }
    }
}
