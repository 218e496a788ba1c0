package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diadromi.process.SampleForms.referral;
import static org.diadromi.process.SampleForms.referralCall;
import static org.diadromi.process.SampleForms.referralTo;
import static org.diadromi.process.SampleForms.structureCall;
import static org.diadromi.process.SampleForms.structureCheck;
import static org.diadromi.process.SampleForms.suitability;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.Timeline.Kind;
import org.diadromi.referral.Referral;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.Structure;
import org.diadromi.referral.StructureReply;
import org.diadromi.workflow.Routing;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of a referral to a structure of the directory, and how the directory is kept fresh. */
class StructuresTest extends Scenario {

    @Autowired
    private Referrals referrals;

    @Autowired
    private StructureReply replies;

    private void referredTo(Structure structure) {
        firstContactUpToTheDecision();
        centre.does(suitability("socialSupport"));
        assertThat(centre.options("task_firstContact_refer", "structureOptions"))
                .contains(String.valueOf(structure.id()));
        centre.does(referralTo(structure.id()));
    }

    private void answers(boolean accepts) {
        replies.answer(centre.caseFile(), latest(), accepts, "Εντάξει.");
    }

    private Referral latest() {
        return referrals.latest(centre.caseFile());
    }

    @Test
    void a_structure_that_accepts_is_left_time_and_then_the_person_is_called() {
        referredTo(aStructure());
        assertThat(centre.mails()).containsExactly("acknowledgement", "referral", "referral-structure");
        assertThat(centre.waitingFor()).isEmpty();
        assertThat(latest().structure()).isEqualTo("Δήμος Κεντρικής Κέρκυρας");
        assertThat(latest().structureMail()).isEqualTo("dimos@example.org");
        // Ten business days, one of them Clean Monday.
        assertThat(centre.timerIsDue("timer_firstContact_structureSilent")).isEqualTo("2027-03-16T17:00");

        answers(true);

        assertThat(centre.happened()).endsWith(Kind.STRUCTURE_ANSWERED);
        assertThat(latest().structureAnswer()).isEqualTo("accepted");
        assertThat(latest().structureNote()).isEqualTo("Εντάξει.");
        assertThat(centre.routing(Routing.structureAnswer)).isEqualTo("accepted");
        centre.timerFires("timer_firstContact_referralCall");
        centre.does(referralCall("no"));
        centre.isClosedAs("suitability.socialSupport");
    }

    @Test
    void after_a_structure_that_declines_another_is_looked_for() {
        referredTo(aStructure());
        answers(false);

        centre.waitsFor("task_firstContact_refer", "intake", LocalDate.of(2027, 3, 4));
        assertThatThrownBy(() -> answers(true))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.REFERRAL_ANSWERED_ALREADY));
        centre.does(referral());
        assertThat(centre.mails()).containsExactly("acknowledgement", "referral", "referral-structure", "referral");
        assertThat(centre.timerIsDue("timer_firstContact_referralCall")).isNotNull();
    }

    @Test
    void a_structure_that_does_not_answer_is_called() {
        referredTo(aStructure());
        centre.timerFires("timer_firstContact_structureSilent");
        centre.waitsFor("task_firstContact_structureCall", "intake", LocalDate.of(2027, 3, 19));

        centre.does(structureCall("noAnswer"));

        assertThat(latest().structureAnswer()).isEqualTo("noAnswer");
        assertThat(centre.waitingFor()).isEmpty();
        assertThat(centre.timerIsDue("timer_firstContact_referralCall")).isNotNull();
    }

    @Test
    void an_answer_that_comes_late_spares_the_call() {
        referredTo(aStructure());
        centre.timerFires("timer_firstContact_structureSilent");
        answers(true);

        assertThat(centre.waitingFor()).isEmpty();
        assertThat(centre.timerIsDue("timer_firstContact_referralCall")).isNotNull();
    }

    @Test
    void without_consent_the_structure_hears_nothing() {
        Structure structure = aStructure();
        firstContactUpToTheDecision();
        centre.does(suitability("socialSupport"));
        centre.does(FilledForm.of("task_firstContact_refer")
                .with("structureId", String.valueOf(structure.id()))
                .with("dataShared", "no"));

        assertThat(centre.mails()).containsExactly("acknowledgement", "referral");
        assertThat(latest().structureMail()).isNull();
        assertThat(centre.timerIsDue("timer_firstContact_referralCall")).isNotNull();
        assertThatThrownBy(() -> answers(true)).isInstanceOf(RuleViolation.class);
        assertThat(latest().structureAnswer()).as("nothing half-done").isNull();
    }

    @Test
    void a_structure_of_another_centre_or_none_is_no_answer() {
        firstContactUpToTheDecision();
        centre.does(suitability("socialSupport"));
        centre.isRefused(
                referralTo(4_000_000).without("structureMessage"),
                Problem.FIELD_NOT_AN_OPTION,
                "Από τον κατάλογο δομών");
    }

    @Test
    void once_a_year_somebody_says_whether_a_structure_is_still_right() {
        Structure structure = aStructure();
        centre.looksAfter("structure-" + structure.id());
        assertThat(centre.timerIsDue("timer_structureReview_due")).isEqualTo("2028-03-01T17:00");

        centre.timerFires("timer_structureReview_due");
        centre.isDue("task_structureReview_check", LocalDateTime.of(2028, 3, 22, 17, 0), "intake", "coordinator");
        assertThat((String) centre.shown("task_structureReview_check").get("structureText"))
                .contains("26613 62700")
                .contains("Μνημόνιο");

        centre.does(structureCheck("right"));
        assertThat(structures.find("kerkyra", structure.id()).orElseThrow().checkedOn())
                .isEqualTo(centre.today());
        assertThat(centre.waitingFor()).isEmpty();
        assertThat(centre.timerIsDue("timer_structureReview_due").toLocalDate())
                .isEqualTo(centre.today().plusYears(1));

        centre.timerFires("timer_structureReview_due");
        centre.does(structureCheck("gone"));
        assertThat(structures.of("kerkyra")).doesNotContain(structure);
        assertThat(structures.find("kerkyra", structure.id()).orElseThrow().active())
                .isFalse();
        assertThat(centre.waitingFor()).isEmpty();
    }

    @Test
    void what_has_been_looked_at_meanwhile_waits_another_year_and_what_is_gone_is_not_asked_for() {
        Structure structure = aStructure();
        centre.looksAfter("structure-" + structure.id());
        centre.isAt(LocalDateTime.of(2027, 9, 1, 10, 0));
        structures.keep(structures.find("kerkyra", structure.id()).orElseThrow(), "kerkyra.coordinator");

        centre.timerFires("timer_structureReview_due");
        assertThat(centre.waitingFor()).isEmpty();
        assertThat(centre.timerIsDue("timer_structureReview_due")).isEqualTo("2028-09-01T17:00");

        structures.checked(structures.find("kerkyra", structure.id()).orElseThrow(), false, "kerkyra.coordinator");
        centre.timerFires("timer_structureReview_due");
        assertThat(centre.waitingFor()).isEmpty();
        assertThatThrownBy(() -> centre.timerIsDue("timer_structureReview_due")).isInstanceOf(AssertionError.class);
    }
}
