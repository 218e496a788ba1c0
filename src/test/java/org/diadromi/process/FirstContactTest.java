package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.SampleForms.askedAgain;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.referral;
import static org.diadromi.process.SampleForms.referralCall;
import static org.diadromi.process.SampleForms.suitability;

import java.time.LocalDate;
import org.diadromi.Problem;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.FirstContact;
import org.diadromi.workflow.Routing;
import org.junit.jupiter.api.Test;

/** From the first contact to the path that fits: the centre's own, another one, or a later day. */
class FirstContactTest extends Scenario {

    @Test
    void a_person_whose_path_it_is_goes_on_to_counselling() {
        centre.registers(firstContact());
        assertThat(centre.mails()).containsExactly("acknowledgement");
        centre.waitsFor("task_firstContact_initialInterview", "intake", LocalDate.of(2027, 3, 4));

        centre.does(interview());
        assertThat(centre.routing(Routing.suitabilityAdvice)).isEqualTo("kalo");
        centre.waitsFor("task_firstContact_decideSuitability", "counsellor", LocalDate.of(2027, 3, 8));
        assertThat(centre.shown("task_firstContact_decideSuitability"))
                .containsKeys("caseNumber", "person", "adviceOutcome", "adviceReason", "interviewSummary");

        centre.does(suitability("kalo"));
        centre.waitsFor("task_counselling_supportPlan", "counsellor", LocalDate.of(2027, 3, 16));
        assertThat(centre.stages())
                .extracting(CentreAtWork.Stage::stage, CentreAtWork.Stage::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("first-contact", "kalo"),
                        org.assertj.core.groups.Tuple.tuple("counselling", null));
    }

    @Test
    void a_person_who_writes_by_themselves_is_taken_in_by_their_centre() {
        centre.receives(new FirstContact(
                CentreAtWork.CENTRE,
                "Άννα",
                "Ρήγα",
                Salutation.KYRIA,
                null,
                "anna@example.org",
                "Κέρκυρα",
                "el",
                "publicForm",
                null,
                1,
                null));

        centre.waitsFor("task_firstContact_initialInterview", "intake", LocalDate.of(2027, 3, 4));
        assertThat(centre.mails()).containsExactly("acknowledgement");
    }

    @Test
    void coordinators_are_told_of_a_late_interview_and_it_still_waits() {
        centre.registers(firstContact());

        assertThat(centre.timerIsDue("timer_firstContact_interviewLate")).isEqualTo("2027-03-04T17:00");
        centre.timerFires("timer_firstContact_interviewLate");

        assertThat(centre.mails()).containsExactly("acknowledgement", "interview-late");
        centre.waitsFor("task_firstContact_initialInterview", "intake", LocalDate.of(2027, 3, 4));
    }

    @Test
    void a_person_for_whom_there_is_a_better_path_is_sent_there_and_called() {
        firstContactUpToTheDecision();
        centre.does(suitability("employmentService"));
        centre.waitsFor("task_firstContact_refer", "intake", LocalDate.of(2027, 3, 4));
        assertThat(centre.shown("task_firstContact_refer"))
                .containsEntry("suitabilityReason", SampleForms.text("decideSuitability", "reason"));

        centre.does(referral());
        assertThat(centre.mails()).containsExactly("acknowledgement", "referral");
        assertThat(centre.waitingFor()).isEmpty();
        // Ten business days, one of them Clean Monday.
        assertThat(centre.timerIsDue("timer_firstContact_referralCall")).isEqualTo("2027-03-16T17:00");

        centre.timerFires("timer_firstContact_referralCall");
        centre.waitsFor("task_firstContact_referralCall", "intake", LocalDate.of(2027, 3, 19));

        centre.does(referralCall("no"));
        centre.isClosedAs("suitability.employmentService");
    }

    @Test
    void a_person_who_comes_back_from_there_is_decided_on_again() {
        firstContactUpToTheDecision();
        centre.does(suitability("socialSupport"));
        centre.does(referral());
        centre.timerFires("timer_firstContact_referralCall");
        centre.does(referralCall("yes"));

        assertThat(centre.waitingFor()).containsExactly("task_firstContact_decideSuitability");
        centre.does(suitability("kalo"));

        assertThat(centre.waitingFor()).containsExactly("task_counselling_supportPlan");
        assertThat(centre.rows("suitability_assessment")).isEqualTo(2);
    }

    @Test
    void a_person_who_is_not_ready_is_asked_again_until_they_are() {
        firstContactUpToTheDecision();
        centre.does(suitability("notNow"));
        assertThat(centre.mails()).containsExactly("acknowledgement", "not-now");
        assertThat(centre.waitingFor()).isEmpty();
        assertThat(centre.timerIsDue("timer_firstContact_askAgain")).isEqualTo("2027-06-01T17:00");

        centre.timerFires("timer_firstContact_askAgain");
        centre.waitsFor("task_firstContact_askAgain", "intake", LocalDate.of(2027, 6, 8));

        centre.does(askedAgain("later"));
        assertThat(centre.mails()).containsExactly("acknowledgement", "not-now", "not-now");
        centre.timerFires("timer_firstContact_askAgain");
        centre.does(askedAgain("yes"));

        assertThat(centre.waitingFor()).containsExactly("task_firstContact_initialInterview");
        assertThat(centre.shown("task_firstContact_initialInterview")).containsEntry("purpose", "social");
    }

    @Test
    void a_person_who_is_no_longer_interested_is_let_go() {
        firstContactUpToTheDecision();
        centre.does(suitability("notNow"));
        centre.timerFires("timer_firstContact_askAgain");
        centre.does(askedAgain("no"));

        centre.isClosedAs("suitability.notNow");
    }

    @Test
    void a_person_without_a_mail_address_gets_no_mail_and_the_timeline_says_so() {
        centre.registers(firstContact().without("email"));

        assertThat(centre.mails()).isEmpty();
        assertThat(centre.happened())
                .containsExactly(
                        org.diadromi.casefile.Timeline.Kind.OPENED,
                        org.diadromi.casefile.Timeline.Kind.NO_MAIL_ADDRESS);
    }

    @Test
    void a_form_with_wrong_or_unknown_fields_changes_nothing() {
        centre.registers(firstContact());

        centre.isRefused(interview().without("ageBand"), Problem.FIELD_MISSING, "Ηλικία");
        centre.isRefused(interview().with("suitability", "kalo"), Problem.FIELD_UNKNOWN, "suitability");
    }
}
