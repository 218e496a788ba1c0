package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.CentreAtWork.user;
import static org.diadromi.process.SampleForms.additionalData;
import static org.diadromi.process.SampleForms.dossier;
import static org.diadromi.process.SampleForms.dossierApproved;
import static org.diadromi.process.SampleForms.dossierReturned;
import static org.diadromi.process.SampleForms.foundInRegistry;
import static org.diadromi.process.SampleForms.lastNotice;
import static org.diadromi.process.SampleForms.legalForm;
import static org.diadromi.process.SampleForms.registered;
import static org.diadromi.process.SampleForms.rejectedByRegistry;
import static org.diadromi.process.SampleForms.returnedByRegistry;
import static org.diadromi.process.SampleForms.step;
import static org.diadromi.process.SampleForms.submission;
import static org.diadromi.process.SampleForms.team;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.diadromi.Problem;
import org.diadromi.workflow.Routing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the founding members over dossier and Registry to a venture that has done its first steps. */
class LegalRegistrationTest extends Scenario {

    @BeforeEach
    void founding_begins() {
        straightToRegistration();
    }

    @Test
    void a_complete_dossier_leads_to_the_certificate_and_the_steps_after_it() {
        centre.waitsFor("task_registration_profile", "counsellor", LocalDate.of(2027, 3, 16));
        centre.does(team());
        assertThat((String) centre.routing(Routing.formAdvice)).contains("koinsep");
        centre.waitsFor("task_registration_chooseForm", "legal", LocalDate.of(2027, 3, 16));

        centre.does(legalForm());
        assertThat((Integer) centre.routing(Routing.checklistSize)).isPositive();
        centre.waitsFor("task_registration_dossier", "legal", LocalDate.of(2027, 3, 31));

        completeDossierIsPrepared();
        centre.isDue("task_registration_legalReview", LocalDate.of(2027, 3, 8).atTime(17, 0), "legal", "coordinator");

        centre.doesAs(user("coordinator"), dossierApproved());
        centre.waitsFor("task_registration_submit", "legal", LocalDate.of(2027, 3, 8));

        centre.does(submission(centre.today()));
        assertThat(centre.waitingFor()).containsExactly("task_registration_registryAnswer");

        centre.does(registered(centre.today()));
        assertThat(centre.mails()).endsWith("registered");
        assertThat(centre.waitingFor()).containsExactly("task_registration_additionalData");

        centre.does(additionalData(centre.today()));
        assertThat(centre.waitingFor()).hasSizeGreaterThan(1).containsOnly("task_registration_step");

        allStepsAreDone();
        assertThat(centre.waitingFor()).isEmpty();
        assertThat(centre.timerIsDue("timer_followUp_due")).isEqualTo("2027-04-01T09:00");
    }

    @Test
    void each_step_after_the_certificate_is_due_in_its_own_time() {
        registrationUpToTheAdditionalData();
        centre.does(additionalData(centre.today()));

        assertThat(centre.shown("task_registration_step")).containsKey("stepText");
        int steps = centre.waitingFor().size();
        centre.does(step(centre.today()));
        assertThat(centre.waitingFor()).hasSize(steps - 1);
    }

    @Test
    void a_form_that_the_law_does_not_allow_this_team_is_refused() {
        centre.does(team().with("members", 4));

        centre.isRefused(
                legalForm(),
                Problem.MEMBERS_BELOW_MINIMUM,
                new org.springframework.context.support.DefaultMessageSourceResolvable("legalForm.koinsep"),
                5,
                4);
    }

    @Test
    void a_dossier_without_all_documents_is_refused() {
        registrationUpToTheDossier();
        List<String> documents = centre.options("task_registration_dossier", "documentOptions");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> centre.does(dossier(documents.subList(1, documents.size())))))
                .isNotNull();
        assertThat(centre.waitingFor()).containsExactly("task_registration_dossier");
    }

    @Test
    void who_prepared_the_dossier_does_not_review_it() {
        registrationUpToTheDossier();
        completeDossierIsPrepared();

        centre.isRefusedAs(user("legal"), dossierApproved(), Problem.REVIEWER_PREPARED_IT);
    }

    @Test
    void a_dossier_with_gaps_goes_back_with_remarks() {
        registrationUpToTheDossier();
        completeDossierIsPrepared();
        centre.doesAs(user("coordinator"), dossierReturned());

        assertThat(centre.shown("task_registration_dossier"))
                .containsEntry("remarks", SampleForms.text("legalReview", "remarks"));
        completeDossierIsPrepared();
        centre.doesAs(user("coordinator"), dossierApproved());
        assertThat(centre.waitingFor()).containsExactly("task_registration_submit");
    }

    @Test
    void coordinators_are_told_when_the_registry_does_not_answer_in_time() {
        registrationUpToTheAnswer();

        centre.timerFires("timer_registration_answerLate");

        assertThat(centre.today()).isAfterOrEqualTo(LocalDate.of(2027, 3, 31));
        assertThat(centre.mails()).endsWith("registry-late");
        assertThat(centre.waitingFor()).containsExactly("task_registration_registryAnswer");
    }

    @Test
    void what_the_registry_sends_back_is_mended_and_submitted_again() {
        registrationUpToTheAnswer();
        centre.does(returnedByRegistry(centre.today()));

        assertThat(centre.shown("task_registration_dossier"))
                .containsEntry("remarks", SampleForms.text("registryAnswer", "remarks"));
        completeDossierIsPrepared();
        dossierIsApprovedAndSubmitted();
        assertThat(centre.waitingFor()).containsExactly("task_registration_registryAnswer");
    }

    @Test
    void a_venture_that_the_registry_rejects_ends_the_case() {
        registrationUpToTheAnswer();
        centre.does(rejectedByRegistry(centre.today()));

        centre.isClosedAs("registry.rejected");
    }

    @Test
    void the_registry_cannot_answer_before_it_was_asked() {
        registrationUpToTheAnswer();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> centre.does(registered(centre.today().minusDays(1)))))
                .isNotNull();
        assertThat(centre.waitingFor()).containsExactly("task_registration_registryAnswer");
    }

    @Test
    void the_person_is_reminded_of_the_additional_data_in_time() {
        registrationUpToTheAdditionalData();

        assertThat(centre.timerIsDue("timer_registration_additionalDataSoon").toLocalDate())
                .isEqualTo("2027-03-21");
        centre.timerFires("timer_registration_additionalDataSoon");

        assertThat(centre.mails()).endsWith("registered", "additional-data-soon");
        assertThat(centre.waitingFor()).containsExactly("task_registration_additionalData");
    }

    @Test
    void a_missed_deadline_brings_the_last_notice() {
        registrationUpToTheAdditionalData();
        assertThat(centre.timerIsDue("timer_registration_additionalDataMissed").toLocalDate())
                .isEqualTo("2027-03-31");
        centre.timerFires("timer_registration_additionalDataMissed");

        assertThat(centre.mails()).endsWith("last-notice");
        assertThat(centre.waitingFor()).containsExactly("task_registration_lastNotice");
        centre.does(lastNotice(centre.today()));

        assertThat(Set.copyOf(centre.waitingFor())).containsExactly("task_registration_step");
    }

    @Test
    void a_venture_that_misses_the_last_notice_too_and_is_deleted_ends_the_case() {
        theLastNoticeIsMissed();
        centre.does(foundInRegistry("deleted"));

        centre.isClosedAs("registry.deleted");
    }

    @Test
    void a_venture_that_the_registry_has_not_deleted_goes_on() {
        theLastNoticeIsMissed();
        centre.does(foundInRegistry("registered"));
        allStepsAreDone();

        assertThat(centre.timerIsDue("timer_followUp_due")).isEqualTo("2027-04-01T09:00");
    }

    private void theLastNoticeIsMissed() {
        registrationUpToTheAdditionalData();
        centre.timerFires("timer_registration_additionalDataMissed");
        assertThat(centre.timerIsDue("timer_registration_lastNoticeMissed").toLocalDate())
                .isEqualTo("2027-04-30");
        centre.timerFires("timer_registration_lastNoticeMissed");
        assertThat(centre.waitingFor()).containsExactly("task_registration_recordDeletion");
    }
}
