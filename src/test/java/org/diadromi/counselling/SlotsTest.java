package org.diadromi.counselling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.SampleContact;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.counselling.Slots.Hours;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** When a counsellor is free, and who gets a time that two want, on both databases. */
class SlotsTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "slots");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "slots");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        private static final String COUNSELLOR = "kerkyra.counsellor";

        /** The Monday before Clean Monday, 15 March, and the feast of 25 March, a Thursday. */
        private static final LocalDate MONDAY = LocalDate.of(2027, 3, 8);

        @Autowired
        Slots slots;

        @Autowired
        CounsellorHours hours;

        @Autowired
        Counselling counselling;

        @Autowired
        CaseFiles cases;

        @Autowired
        AppClock clock;

        @Autowired
        JdbcClient jdbc;

        @BeforeEach
        void a_counsellor_who_receives_on_mondays_and_thursdays() {
            clock.setOffset(Duration.between(
                    clock.instant().minus(clock.offset()),
                    MONDAY.atTime(8, 0).atZone(BusinessCalendar.ATHENS).toInstant()));
            jdbc.sql("update appointment set counsellor = null").update();
            jdbc.sql("delete from staff_absence").update();
            hours.settle(
                    "kerkyra",
                    COUNSELLOR,
                    List.of(
                            new Hours(1, LocalTime.of(9, 0), LocalTime.of(11, 30), 60),
                            new Hours(1, LocalTime.of(17, 0), LocalTime.of(18, 0), 60),
                            new Hours(4, LocalTime.of(12, 0), LocalTime.of(13, 0), 60)));
        }

        @AfterEach
        void back_to_today() {
            clock.setOffset(Duration.ZERO);
        }

        @Test
        void the_hours_of_the_week_without_holidays_closures_and_absences_are_free() {
            assertThat(free(60))
                    .containsExactly(
                            at(8, 9),
                            at(8, 10),
                            at(8, 17),
                            at(11, 12),
                            at(18, 12),
                            at(22, 9),
                            at(22, 10),
                            at(22, 17),
                            at(29, 9),
                            at(29, 10),
                            at(29, 17),
                            at(32, 12));
            jdbc.sql(
                            "insert into centre_closure (centre_id, closed_on, name, kind) values ('kerkyra', ?, 'Απογραφή', 'CLOSED')")
                    .param(MONDAY.plusDays(10))
                    .update();
            settingsChanged();
            jdbc.sql(
                            "insert into staff_absence (user_id, centre_id, from_date, to_date, stand_in) values (?, 'kerkyra', ?, ?, ?)")
                    .params(COUNSELLOR, MONDAY.plusDays(13), MONDAY.plusDays(14), "kerkyra.coordinator")
                    .update();
            try {
                assertThat(free(60))
                        .containsExactly(
                                at(8, 9),
                                at(8, 10),
                                at(8, 17),
                                at(11, 12),
                                at(29, 9),
                                at(29, 10),
                                at(29, 17),
                                at(32, 12));
            } finally {
                jdbc.sql("delete from centre_closure where name = 'Απογραφή'").update();
                settingsChanged();
            }
        }

        private void settingsChanged() {
            jdbc.sql("update centre set version = version + 1 where id = 'kerkyra'")
                    .update();
        }

        @Test
        void a_time_that_has_begun_or_is_too_short_is_not_offered() {
            clock.setOffset(clock.offset().plus(Duration.ofHours(2)));
            assertThat(free(60)).startsWith(at(8, 17));
            assertThat(free(90)).startsWith(at(22, 9), at(22, 10), at(29, 9)).doesNotContain(at(22, 17));
            assertThat(slots.free("kerkyra", "kerkyra.legal", 60, MONDAY, null)).isEmpty();
        }

        @Test
        void what_is_booked_is_free_no_more_until_it_is_called_off() {
            CaseFile one = open();
            counselling.book(one, at(8, 9).plusMinutes(30), 60, "phone", null, "legal", COUNSELLOR);
            assertThat(free(60)).startsWith(at(8, 17));
            refuses(
                    Problem.SLOT_TAKEN,
                    () -> counselling.book(open(), at(8, 10), 60, "phone", null, "legal", COUNSELLOR));
            counselling.book(open(), at(8, 10).plusMinutes(30), 60, "phone", null, "legal", COUNSELLOR);

            counselling.cancel(one, null);
            assertThat(free(60)).startsWith(at(8, 9), at(8, 17));
        }

        @Test
        void nobody_is_received_by_a_counsellor_who_is_away() {
            jdbc.sql(
                            "insert into staff_absence (user_id, centre_id, from_date, to_date, stand_in) values (?, 'kerkyra', ?, ?, ?)")
                    .params(COUNSELLOR, MONDAY, MONDAY, "kerkyra.coordinator")
                    .update();
            refuses(
                    Problem.COUNSELLOR_AWAY,
                    () -> counselling.book(open(), at(8, 10), 60, "phone", null, "legal", COUNSELLOR));
        }

        @Test
        void a_person_moves_to_a_free_time_of_the_same_counsellor_and_gives_up_the_old_one() {
            CaseFile one = open();
            counselling.book(one, at(22, 9), 60, "phone", null, "legal", COUNSELLOR);
            String uid = counselling.appointment(one).uid();
            assertThat(counselling.freeInstead(one))
                    .startsWith(at(11, 12))
                    .doesNotContain(at(22, 9))
                    .contains(at(22, 10));

            counselling.move(one, at(22, 10));

            Appointment moved = counselling.appointment(one);
            assertThat(moved.uid()).isEqualTo(uid);
            assertThat(moved.revision()).isEqualTo(1);
            assertThat(moved.startsAt()).isEqualTo(at(22, 10));
            assertThat(moved.confirmedAt()).isNotNull();
            assertThat(free(60)).contains(at(22, 9)).doesNotContain(at(22, 10));
            refuses(Problem.SLOT_TAKEN, () -> counselling.move(one, at(22, 10)));
            refuses(Problem.SLOT_TAKEN, () -> counselling.move(one, at(23, 10)));
            refuses(Problem.SLOT_TAKEN, () -> counselling.move(one, null));
            refuses(Problem.NO_APPOINTMENT_AHEAD, () -> counselling.move(open(), at(22, 17)));
        }

        @Test
        void of_two_who_want_a_time_at_once_one_gets_it() throws Exception {
            for (int round = 0; round < 5; round++) {
                LocalDateTime time = at(8, 9).plusDays(7L * round + 1);
                CaseFile moving = open();
                counselling.book(moving, at(8, 9).plusDays(60 + round), 60, "phone", null, "legal", COUNSELLOR);
                CaseFile booking = open();
                CaseFile other = open();
                List<Object> ends = atOnce(
                        () -> counselling.book(booking, time, 60, "phone", null, "legal", COUNSELLOR),
                        () -> counselling.book(other, time.plusMinutes(30), 60, "phone", null, "legal", COUNSELLOR));
                assertThat(ends).containsExactlyInAnyOrder("done", Problem.SLOT_TAKEN);
            }
            CaseFile one = open();
            CaseFile two = open();
            counselling.book(one, at(8, 9).plusDays(90), 60, "phone", null, "legal", COUNSELLOR);
            counselling.book(two, at(8, 9).plusDays(91), 60, "phone", null, "legal", COUNSELLOR);
            assertThat(atOnce(() -> counselling.move(one, at(22, 9)), () -> counselling.move(two, at(22, 9))))
                    .containsExactlyInAnyOrder("done", Problem.SLOT_TAKEN);
        }

        private static List<Object> atOnce(Runnable one, Runnable other) throws Exception {
            CyclicBarrier start = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                List<Callable<Object>> works = List.of(behind(start, one), behind(start, other));
                List<Future<Object>> ends = threads.invokeAll(works);
                return List.of(ends.get(0).get(), ends.get(1).get());
            } finally {
                threads.shutdown();
            }
        }

        private static Callable<Object> behind(CyclicBarrier start, Runnable work) {
            return () -> {
                start.await();
                try {
                    work.run();
                    return "done";
                } catch (RuleViolation refusal) {
                    return refusal.problem();
                }
            };
        }

        private static void refuses(Problem problem, Runnable work) {
            assertThatThrownBy(work::run)
                    .isInstanceOfSatisfying(
                            RuleViolation.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(problem));
        }

        private List<LocalDateTime> free(int minutes) {
            return slots.free("kerkyra", COUNSELLOR, minutes, MONDAY, null);
        }

        /** The day of March 2027, or after it, at that hour. */
        private static LocalDateTime at(int day, int hour) {
            return LocalDate.of(2027, 3, 1).plusDays(day - 1L).atTime(hour, 0);
        }

        private CaseFile open() {
            return cases.open(SampleContact.eleni("kerkyra"), null);
        }
    }
}
