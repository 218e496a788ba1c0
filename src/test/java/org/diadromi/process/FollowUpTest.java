package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.SampleForms.activeVenture;
import static org.diadromi.process.SampleForms.closedVenture;
import static org.diadromi.process.SampleForms.mentoring;
import static org.diadromi.process.SampleForms.ventureOutOfReach;

import java.time.LocalDate;
import org.diadromi.Problem;
import org.diadromi.workflow.Routing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The two years after the registration: a visit when its month comes, and mentoring for who is at risk. */
class FollowUpTest extends Scenario {

    @BeforeEach
    void a_venture_has_been_registered_on_the_first_of_march() {
        straightToFollowUp();
    }

    @Test
    void a_venture_that_is_well_is_asked_five_times_in_two_years() {
        for (String month : new String[] {"2027-04-01", "2027-06-01", "2027-09-01", "2028-03-01", "2029-03-01"}) {
            assertThat(centre.waitingFor()).isEmpty();
            assertThat(centre.timerIsDue("timer_followUp_due")).isEqualTo(month + "T09:00");
            followUpFindsAllWell();
        }

        centre.isClosedAs("followedUp");
        assertThat(centre.rows("follow_up")).isEqualTo(5);
    }

    @Test
    void the_first_visit_waits_for_the_counsellor() {
        centre.timerFires("timer_followUp_due");

        assertThat(centre.mails()).endsWith("follow-up-survey");
        centre.waitsFor("task_followUp_survey", "counsellor", LocalDate.of(2027, 4, 15));
        assertThat((String) centre.shown("task_followUp_survey").get("surveyText"))
                .contains(SampleForms.text("profile", "ventureName"));
    }

    @Test
    void a_venture_at_risk_gets_mentoring_before_the_next_visit() {
        centre.timerFires("timer_followUp_due");
        centre.does(ventureOutOfReach());

        assertThat(centre.routing(Routing.atRisk)).isEqualTo(true);
        centre.waitsFor("task_followUp_mentoring", "counsellor", LocalDate.of(2027, 4, 22));
        assertThat((String) centre.shown("task_followUp_mentoring").get("riskText"))
                .isNotBlank();

        centre.does(mentoring());
        assertThat(centre.timerIsDue("timer_followUp_due")).isEqualTo("2027-06-01T09:00");
    }

    @Test
    void a_venture_that_has_closed_is_visited_no_more() {
        followUpFindsAllWell();
        centre.timerFires("timer_followUp_due");
        centre.does(closedVenture());

        centre.isClosedAs("followedUp");
        assertThat(centre.rows("follow_up")).isEqualTo(2);
    }

    @Test
    void the_venture_is_reminded_of_its_certificate_every_year() {
        assertThat(centre.timerIsDue("timer_followUp_certificate")).isEqualTo("2028-02-01T09:00");
        centre.timerFires("timer_followUp_certificate");

        assertThat(centre.mails()).endsWith("annual-certificate");
        assertThat(centre.timerIsDue("timer_followUp_certificate")).isEqualTo("2029-02-01T09:00");
        centre.timerFires("timer_followUp_certificate");
        assertThat(centre.mails()).endsWith("annual-certificate", "annual-certificate");
    }

    @Test
    void more_women_than_jobs_are_refused() {
        centre.timerFires("timer_followUp_due");

        centre.isRefused(activeVenture().with("jobsWomen", 4), Problem.JOBS_INCONSISTENT, 3);
    }
}
