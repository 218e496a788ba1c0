package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.SampleForms.attendance;
import static org.diadromi.process.SampleForms.catchUp;
import static org.diadromi.process.SampleForms.enrolment;
import static org.diadromi.process.SampleForms.plan;
import static org.diadromi.process.SampleForms.planApproved;
import static org.diadromi.process.SampleForms.planReturned;

import java.time.LocalDate;
import org.diadromi.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the place in a cohort over attendance to the plan that is approved. */
class BusinessPlanTrainingTest extends Scenario {

    @BeforeEach
    void training_begins() {
        straightToTraining();
    }

    @Test
    void who_attended_enough_and_hands_in_a_good_plan_goes_on_to_founding() {
        centre.waitsFor("task_training_enrol", "trainer", LocalDate.of(2027, 3, 23));

        centre.does(enrolment(LocalDate.of(2027, 3, 8), LocalDate.of(2027, 4, 9)));
        assertThat(centre.mails()).endsWith("training-enrolment");
        centre.waitsFor("task_training_attendance", "trainer", LocalDate.of(2027, 4, 16));

        centre.does(attendance("kalo", "team", "problem", "canvas", "market", "operations", "finance", "legal"));
        centre.waitsFor("task_training_handIn", "trainer", LocalDate.of(2027, 4, 15));

        centre.does(plan(centre.today()));
        centre.waitsFor("task_training_review", "trainer", LocalDate.of(2027, 3, 16));
        assertThat((String) centre.shown("task_training_review").get("planText"))
                .contains(SampleForms.text("handIn", "note"));

        centre.does(planApproved());
        assertThat(centre.mails()).endsWith("training-enrolment", "plan-approved");
        assertThat(centre.waitingFor()).containsExactly("task_registration_profile");
    }

    @Test
    void who_missed_too_much_catches_up_first() {
        centre.does(enrolment(centre.today(), centre.today().plusDays(30)));
        centre.does(attendance("kalo", "team"));
        centre.waitsFor("task_training_catchUp", "trainer", LocalDate.of(2027, 3, 31));

        centre.does(catchUp("yes", "problem"));
        assertThat(centre.waitingFor()).as("not enough yet").containsExactly("task_training_catchUp");

        centre.does(catchUp("yes", "canvas", "market", "operations", "finance", "legal"));
        assertThat(centre.waitingFor()).containsExactly("task_training_handIn");
    }

    @Test
    void who_gives_the_training_up_is_let_go() {
        centre.does(enrolment(centre.today(), centre.today().plusDays(30)));
        centre.does(attendance());
        centre.does(catchUp("no"));

        centre.isClosedAs("training.dropped");
    }

    @Test
    void the_plan_is_asked_for_every_two_weeks_until_it_comes() {
        trainingUpToThePlan();

        assertThat(centre.timerIsDue("timer_training_planReminder").toLocalDate())
                .isEqualTo("2027-03-15");
        centre.timerFires("timer_training_planReminder");
        centre.timerFires("timer_training_planReminder");
        assertThat(centre.today()).isEqualTo("2027-03-29");
        assertThat(centre.mails()).endsWith("training-enrolment", "plan-reminder", "plan-reminder");

        centre.does(plan(centre.today()));
        assertThat(centre.waitingFor()).containsExactly("task_training_review");
    }

    @Test
    void a_plan_with_gaps_goes_back_with_comments() {
        trainingUpToThePlan();
        centre.does(plan(centre.today()));
        centre.does(planReturned());

        assertThat(centre.mails()).endsWith("plan-returned");
        assertThat(centre.shown("task_training_handIn"))
                .containsEntry("returnedComments", SampleForms.text("review", "comments"));

        centre.does(plan(centre.today()));
        centre.does(planApproved());
        assertThat(centre.rows("business_plan")).isEqualTo(2);
        assertThat(centre.waitingFor()).containsExactly("task_registration_profile");
    }

    @Test
    void a_plan_cannot_have_been_handed_in_tomorrow() {
        trainingUpToThePlan();

        centre.isRefused(plan(centre.today().plusDays(1)), Problem.DATE_IN_FUTURE);
    }
}
