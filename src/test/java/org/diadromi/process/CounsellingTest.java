package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diadromi.process.SampleForms.appointment;
import static org.diadromi.process.SampleForms.call;
import static org.diadromi.process.SampleForms.conclusion;
import static org.diadromi.process.SampleForms.sessionHeld;
import static org.diadromi.process.SampleForms.sessionMissed;
import static org.diadromi.process.SampleForms.sessionMoved;
import static org.diadromi.process.SampleForms.supportPlan;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.counselling.OwnAppointment;
import org.diadromi.workflow.Routing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the support plan over sessions, missed ones and silence to where counselling leads. */
class CounsellingTest extends Scenario {

    @Autowired
    private OwnAppointment own;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void counselling_begins() {
        firstContactToCounselling();
    }

    @Test
    void sessions_follow_each_other_until_counselling_is_concluded() {
        centre.does(supportPlan());
        assertThat(centre.caseFile().counsellor()).isEqualTo("kerkyra.counsellor");
        centre.waitsFor("task_counselling_bookAppointment", "counsellor", LocalDate.of(2027, 3, 4));

        centre.does(appointment(LocalDateTime.of(2027, 3, 10, 11, 0)));
        assertThat(centre.mails()).containsExactly("acknowledgement", "appointment");
        centre.waitsFor("task_counselling_recordSession", "counsellor", LocalDate.of(2027, 3, 12));

        centre.does(sessionHeld("another"));
        assertThat(centre.waitingFor()).containsExactly("task_counselling_bookAppointment");
        assertThat((String) centre.shown("task_counselling_bookAppointment").get("lastSession"))
                .contains(SampleForms.text("recordSession", "sessionNote"));

        appointmentIsBooked();
        centre.does(sessionHeld("conclude"));
        centre.waitsFor("task_counselling_conclude", "counsellor", LocalDate.of(2027, 3, 8));

        centre.does(conclusion("training"));
        assertThat(centre.waitingFor()).containsExactly("task_training_enrol");
    }

    @Test
    void the_person_is_reminded_on_the_evening_before_the_appointment() {
        centre.does(supportPlan());
        centre.does(appointment(LocalDateTime.of(2027, 3, 10, 11, 0)));

        assertThat(centre.timerIsDue("timer_session_reminder")).isEqualTo("2027-03-09T18:00");
        centre.timerFires("timer_session_reminder");

        assertThat(centre.mails()).containsExactly("acknowledgement", "appointment", "appointment-reminder");
        assertThat(centre.waitingFor()).containsExactly("task_counselling_recordSession");
    }

    @Test
    void nobody_is_reminded_of_an_appointment_that_is_over() {
        centre.does(supportPlan());
        centre.does(appointment(centre.today().atTime(16, 0)));

        centre.timerFires("timer_session_reminder");

        assertThat(centre.mails()).containsExactly("acknowledgement", "appointment");
    }

    @Test
    void an_appointment_in_the_past_is_refused() {
        centre.does(supportPlan());

        centre.isRefused(appointment(centre.now().minusMinutes(1)), Problem.LATE_APPOINTMENT);
    }

    @Test
    void what_was_reached_and_until_when_the_next_step_is_due_is_read_before_the_next_session() {
        counsellingUpToTheSession();
        assertThat(centre.shown("task_counselling_recordSession"))
                .containsEntry("planGoals", SampleForms.text("supportPlan", "goals"));
        centre.isRefused(
                sessionHeld("another")
                        .with("nextStepDue", centre.today().minusDays(1).toString()),
                Problem.DATE_IN_PAST);
        centre.does(sessionHeld("another")
                .with("nextStepDue", centre.today().plusDays(9).toString()));
        assertThat((String) centre.shown("task_counselling_bookAppointment").get("lastSession"))
                .contains("Στόχοι που επιτεύχθηκαν: " + SampleForms.text("recordSession", "goalsReached"))
                .contains("Έως 10/03/2027");
    }

    @Test
    void a_moved_session_gets_a_new_appointment() {
        counsellingUpToTheSession();
        centre.does(sessionMoved());

        assertThat(centre.waitingFor()).containsExactly("task_counselling_bookAppointment");
        appointmentIsBooked();
        centre.does(sessionHeld("conclude"));
        assertThat(centre.waitingFor()).containsExactly("task_counselling_conclude");
    }

    @Test
    void a_person_who_cancels_by_themselves_gets_a_new_appointment_and_no_reminder_of_the_old_one() {
        counsellingUpToTheSession();
        own.confirm(centre.caseFile());
        own.cancel(centre.caseFile(), "Έχω γιατρό.");

        assertThat(centre.waitingFor()).containsExactly("task_counselling_bookAppointment");
        assertThat((String) centre.shown("task_counselling_bookAppointment").get("lastSession"))
                .contains("Έχω γιατρό.");
        isTooLate();
        appointmentIsBooked();
        centre.does(sessionHeld("conclude"));
        assertThat(centre.waitingFor()).containsExactly("task_counselling_conclude");
    }

    @Test
    void an_appointment_of_a_paused_case_is_not_cancelled() {
        counsellingUpToTheSession();
        centre.asksFor(SampleForms.pause(centre.today().plusDays(20)));
        isTooLate();
    }

    @Test
    void after_three_missed_appointments_the_person_is_called_and_may_go_on() {
        threeAppointmentsAreMissed();
        centre.waitsFor("task_counselling_call", "counsellor", LocalDate.of(2027, 3, 4));

        centre.does(call("continue"));
        appointmentIsBooked();
        centre.does(sessionMissed());

        assertThat(centre.routing(Routing.noShowsInRow)).as("counted anew").isEqualTo(1);
        assertThat(centre.waitingFor()).containsExactly("task_counselling_bookAppointment");
    }

    @Test
    void a_person_who_cannot_be_reached_any_more_is_let_go() {
        threeAppointmentsAreMissed();
        centre.does(call("noContact"));

        centre.isClosedAs("counselling.stop");
    }

    private void threeAppointmentsAreMissed() {
        counsellingUpToTheSession();
        centre.does(sessionMissed());
        appointmentIsBooked();
        centre.does(sessionMissed());
        appointmentIsBooked();
        centre.does(sessionMissed());
    }

    @Test
    void after_two_months_without_a_session_the_person_is_called() {
        centre.does(supportPlan());

        assertThat(centre.timerIsDue("timer_counselling_inactive")).isEqualTo("2027-04-30T17:00");
        centre.timerFires("timer_counselling_inactive");
        assertThat(centre.waitingFor()).containsExactly("task_counselling_call");

        centre.does(call("continue"));
        assertThat(centre.waitingFor()).containsExactly("task_counselling_bookAppointment");
    }

    @Test
    void a_session_puts_the_two_months_off() {
        centre.does(supportPlan());
        centre.isAt(LocalDateTime.of(2027, 4, 6, 9, 0));
        centre.does(appointment(LocalDateTime.of(2027, 4, 8, 9, 0)));
        centre.isAt(LocalDateTime.of(2027, 4, 8, 12, 0));
        centre.does(sessionHeld("another"));

        assertThat(centre.timerIsDue("timer_counselling_inactive")).isEqualTo("2027-06-07T17:00");
    }

    @Test
    void counselling_may_lead_straight_to_founding() {
        counsellingTo("registration");

        assertThat(centre.waitingFor()).containsExactly("task_registration_profile");
    }

    @Test
    void counselling_may_be_all_there_is() {
        counsellingTo("stop");

        centre.isClosedAs("counselling.stop");
    }

    @Test
    void a_person_who_moves_the_appointment_is_reminded_of_the_new_time_and_expected_then() {
        receivesOn(3, 9, 13);
        counsellingUpToTheSession();

        own.move(centre.caseFile(), LocalDateTime.of(2027, 3, 10, 12, 0));

        centre.waitsFor("task_counselling_recordSession", "counsellor", LocalDate.of(2027, 3, 12));
        assertThat(centre.timerIsDue("timer_session_reminder")).isEqualTo("2027-03-09T18:00");
        assertThat(centre.mails()).containsExactly("acknowledgement", "appointment", "appointment-moved");
        assertThat(invitations())
                .extracting(text -> text.replaceAll("(?s).*(METHOD:\\w+).*(SEQUENCE:\\d).*(DTSTART\\S+).*", "$1 $2 $3"))
                .containsExactly(
                        "METHOD:REQUEST SEQUENCE:0 DTSTART;TZID=Europe/Athens:20270305T100000",
                        "METHOD:REQUEST SEQUENCE:1 DTSTART;TZID=Europe/Athens:20270310T120000");
        assertThat(invitations())
                .extracting(text -> text.replaceAll("(?s).*(UID:\\S+).*", "$1"))
                .containsOnly("UID:"
                        + jdbc.sql(
                                        "select uid from appointment a join case_file c on c.id = a.case_id where c.number = ?")
                                .param(centre.caseNumber())
                                .query(String.class)
                                .single());

        own.cancel(centre.caseFile(), null);
        assertThat(centre.mails()).endsWith("appointment-moved", "appointment-cancelled");
        assertThat(invitations().get(2)).contains("METHOD:CANCEL").contains("SEQUENCE:2");
        assertThat(centre.waitingFor()).containsExactly("task_counselling_bookAppointment");
    }

    @Test
    void nobody_moves_to_a_time_that_is_not_offered() {
        receivesOn(3, 9, 13);
        counsellingUpToTheSession();

        assertThatThrownBy(() -> own.move(centre.caseFile(), LocalDateTime.of(2027, 3, 10, 13, 0)))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.SLOT_TAKEN));
        assertThat(centre.mails()).containsExactly("acknowledgement", "appointment");
        assertThat(centre.waitingFor()).containsExactly("task_counselling_recordSession");
    }

    @Test
    void staff_who_move_a_session_take_the_old_time_out_of_the_calendar() {
        counsellingUpToTheSession();
        centre.does(sessionMoved());

        assertThat(centre.mails()).containsExactly("acknowledgement", "appointment", "appointment-cancelled");
    }

    @Test
    void an_appointment_ends_with_the_case() {
        counsellingUpToTheSession();
        centre.asksFor(SampleForms.closing());

        assertThat(centre.mails()).endsWith("appointment-cancelled");
        assertThat(invitations().get(1)).contains("METHOD:CANCEL");
    }

    @Test
    void a_counsellor_is_at_one_place_at_a_time() {
        counsellingUpToTheSession();
        LocalDateTime taken = centre.today().plusDays(4).atTime(10, 30);
        String first = centre.caseNumber();
        counselling_begins();
        centre.does(supportPlan());
        jdbc.sql(
                        "update appointment set counsellor = 'kerkyra.counsellor' where case_id = (select id from case_file where number = ?)")
                .param(first)
                .update();

        centre.isRefused(appointment(taken), Problem.SLOT_TAKEN);
        centre.isRefused(appointment(taken.minusMinutes(89)), Problem.SLOT_TAKEN);
        centre.does(appointment(taken.plusMinutes(30)));
    }

    private void receivesOn(int weekday, int from, int to) {
        jdbc.sql("delete from counsellor_hours where user_id = 'kerkyra.counsellor'")
                .update();
        jdbc.sql("insert into counsellor_hours values ('kerkyra.counsellor', 'kerkyra', ?, ?, ?, 60)")
                .params(weekday, LocalTime.of(from, 0), LocalTime.of(to, 0))
                .update();
    }

    /** The calendar entries of the case's mails, in their order, without the breaks of their lines. */
    private List<String> invitations() {
        return jdbc.sql("""
                select m.invitation from outbox_mail m join case_file c on c.id = m.case_id
                where c.number = ? and m.invitation is not null order by m.id
                """).param(centre.caseNumber()).query(String.class).list().stream()
                .map(text -> text.replace("\r\n ", ""))
                .toList();
    }

    private void isTooLate() {
        assertThatThrownBy(() -> own.cancel(centre.caseFile(), null))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.NO_APPOINTMENT_AHEAD));
    }
}
