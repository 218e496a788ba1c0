package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.CentreAtWork.user;
import static org.diadromi.process.SampleForms.closing;
import static org.diadromi.process.SampleForms.endOfPause;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.pause;
import static org.diadromi.process.SampleForms.withdrawal;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.diadromi.Problem;
import org.diadromi.casefile.CaseFile.Status;
import org.diadromi.casefile.Timeline.Kind;
import org.junit.jupiter.api.Test;

/** The journey as a whole: its phases in their order, and what may befall it in any of them. */
class SupportJourneyTest extends Scenario {

    @Test
    void the_journey_leads_through_its_five_phases() {
        straightToTraining();
        trainingToApproval();
        registrationToTheVenture();
        for (int visit = 1; visit <= 5; visit++) {
            followUpFindsAllWell();
        }

        centre.isClosedAs("followedUp");
        assertThat(centre.stages())
                .extracting(CentreAtWork.Stage::stage)
                .containsExactly(
                        "first-contact", "counselling", "business-plan-training", "legal-registration", "follow-up");
    }

    @Test
    void a_person_may_withdraw_in_any_phase_and_gets_a_confirmation() {
        straightToTraining();
        centre.asksFor(withdrawal());

        centre.isClosedAs("withdrawn");
        assertThat(centre.mails()).endsWith("withdrawal");
        assertThat(centre.caseFile().outcomeReason()).isEqualTo("moved");
        assertThat(centre.stages())
                .extracting(CentreAtWork.Stage::stage, CentreAtWork.Stage::outcome)
                .endsWith(org.assertj.core.groups.Tuple.tuple("business-plan-training", null));
    }

    @Test
    void the_centre_may_close_a_case_and_mails_nobody() {
        firstContactToCounselling();
        int mails = centre.mails().size();
        centre.asksFor(closing());

        centre.isClosedAs("closedByCentre");
        assertThat(centre.mails()).hasSize(mails);
    }

    @Test
    void a_paused_case_rests_until_its_day_and_everything_is_due_later() {
        centre.registers(firstContact());
        centre.asksFor(pause(LocalDate.of(2027, 3, 11)));

        assertThat(centre.caseFile().status()).isEqualTo(Status.PAUSED);
        assertThat(centre.waitingFor()).isEmpty();
        assertThat(centre.timerIsDue("timer_pause_until")).isEqualTo("2027-03-11T08:00");

        centre.timerFires("timer_pause_until");
        assertThat(centre.caseFile().status()).isEqualTo(Status.OPEN);
        assertThat(centre.waitingFor()).containsExactly("task_firstContact_initialInterview");
        assertThat(centre.timerIsDue("timer_firstContact_interviewLate")).isAfter(LocalDateTime.of(2027, 3, 14, 0, 0));
        centre.does(interview());
    }

    @Test
    void a_pause_may_end_before_its_day() {
        centre.registers(firstContact());
        centre.asksFor(pause(LocalDate.of(2027, 5, 1)));
        centre.isAt(CentreAtWork.MONDAY.plusDays(2));
        centre.asksFor(endOfPause());

        assertThat(centre.caseFile().status()).isEqualTo(Status.OPEN);
        assertThat(centre.happened()).endsWith(Kind.PAUSED, Kind.RESUMED);
        centre.isDue(
                "task_firstContact_initialInterview", centre.timerIsDue("timer_firstContact_interviewLate"), "intake");
        assertThat(centre.timerIsDue("timer_firstContact_interviewLate").toLocalDate())
                .isEqualTo("2027-03-06");
    }

    @Test
    void nobody_works_on_a_paused_case() {
        centre.registers(firstContact());
        centre.asksFor(pause(LocalDate.of(2027, 5, 1)));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> centre.doesAs(user("intake"), interview())))
                .isInstanceOf(SuspendedEntityInteractionException.class);
        assertThat(centre.rows("interview")).isZero();
    }

    @Test
    void a_paused_case_is_not_paused_again_but_may_be_later() {
        centre.registers(firstContact());
        centre.asksFor(pause(LocalDate.of(2027, 5, 1)));
        centre.isRefused(
                () -> centre.asksFor(pause(LocalDate.of(2027, 6, 1))), Problem.CASE_PAUSED, centre.caseNumber());
        assertThat(centre.caseFile().pausedUntil()).isEqualTo("2027-05-01");

        centre.asksFor(endOfPause());
        centre.asksFor(pause(LocalDate.of(2027, 6, 1)));
        assertThat(centre.caseFile().pausedUntil()).isEqualTo("2027-06-01");
    }

    @Test
    void a_person_may_withdraw_while_the_case_is_paused() {
        straightToTraining();
        centre.asksFor(pause(LocalDate.of(2027, 5, 1)));
        centre.asksFor(withdrawal());

        centre.isClosedAs("withdrawn");
    }

    @Test
    void the_centre_may_close_a_paused_case() {
        firstContactToCounselling();
        centre.asksFor(pause(LocalDate.of(2027, 5, 1)));
        centre.asksFor(closing());

        centre.isClosedAs("closedByCentre");
    }

    @Test
    void a_paused_case_keeps_all_tasks_and_timers_that_it_had() {
        straightToFollowUp();
        centre.timerFires("timer_followUp_due");
        LocalDateTime certificate = centre.timerIsDue("timer_followUp_certificate");
        centre.asksFor(pause(centre.today().plusDays(7)));
        centre.timerFires("timer_pause_until");

        assertThat(centre.waitingFor()).containsExactly("task_followUp_survey");
        assertThat(centre.timerIsDue("timer_followUp_certificate")).isAfter(certificate);
    }

    @Test
    void the_registrys_deadline_knows_no_pause() {
        straightToRegistration();
        registrationUpToTheAdditionalData();
        LocalDateTime deadline = centre.timerIsDue("timer_registration_additionalDataMissed");
        centre.asksFor(pause(centre.today().plusDays(7)));
        centre.timerFires("timer_pause_until");

        assertThat(centre.waitingFor()).containsExactly("task_registration_additionalData");
        assertThat(centre.timerIsDue("timer_registration_additionalDataMissed")).isEqualTo(deadline);
        centre.isDue("task_registration_additionalData", deadline, "legal");
    }
}
