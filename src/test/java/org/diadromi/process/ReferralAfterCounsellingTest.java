package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.diadromi.process.SampleForms.closing;
import static org.diadromi.process.SampleForms.concludingReferral;
import static org.diadromi.process.SampleForms.concludingReferralTo;
import static org.diadromi.process.SampleForms.conclusion;
import static org.diadromi.process.SampleForms.pause;
import static org.diadromi.process.SampleForms.sessionHeld;
import static org.diadromi.process.SampleForms.structureCallAfterCounselling;
import static org.diadromi.process.SampleForms.withdrawal;

import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicBoolean;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.Timeline.Kind;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording.Purpose;
import org.diadromi.referral.Referral;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.Structure;
import org.diadromi.referral.StructureReply;
import org.diadromi.workflow.Routing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a referral in which counselling ends. */
class ReferralAfterCounsellingTest extends Scenario {

    private static final String CONCLUDE = "task_counselling_conclude";

    @Autowired
    private Referrals referrals;

    @Autowired
    private StructureReply replies;

    @Autowired
    private Consents consents;

    @Autowired
    private JdbcClient jdbc;

    private Structure structure;

    @BeforeEach
    void counselling_is_about_to_end() {
        structure = aStructure();
        firstContactToCounselling();
        counsellingUpToTheSession();
        centre.does(sessionHeld("conclude"));
    }

    private void isAsked() {
        assertThat(centre.options(CONCLUDE, "structureOptions")).contains(String.valueOf(structure.id()));
        centre.does(concludingReferralTo(structure.id()));
    }

    private void answers(boolean accepts) {
        replies.answer(centre.caseFile(), latest(), accepts, "Εντάξει.");
    }

    private void answersTooLate() {
        assertThatThrownBy(() -> answers(true))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.REFERRAL_ANSWERED_ALREADY));
    }

    private Referral latest() {
        return referrals.latest(centre.caseFile());
    }

    @Test
    void the_case_waits_for_the_structure_and_is_closed_as_referred_when_it_accepts() {
        isAsked();
        assertThat(centre.mails()).endsWith("referral-after-counselling", "referral-structure");
        assertThat(centre.waitingFor()).isEmpty();
        assertThat(referrals.awaited(centre.caseFile()).orElseThrow().structure())
                .isEqualTo("Δήμος Κεντρικής Κέρκυρας");
        assertThat(latest().path()).isEqualTo("socialSupport");
        assertThat(latest().structureMail()).isEqualTo("dimos@example.org");
        assertThat(centre.stages()).last().satisfies(stage -> {
            assertThat(stage.stage()).isEqualTo("counselling");
            assertThat(stage.leftAt()).as("counselling lasts until the answer").isNull();
        });
        // Ten business days, one of them Clean Monday.
        assertThat(centre.timerIsDue("timer_counselling_structureSilent")).isEqualTo("2027-03-16T17:00");

        answers(true);

        centre.isClosedAs("counselling.referral");
        assertThat(centre.mails()).endsWith("referral-structure", "referral-accepted");
        assertThat(latest().structureAnswer()).isEqualTo("accepted");
        assertThat(referrals.awaited(centre.caseFile())).isEmpty();
        assertThat(centre.stages())
                .last()
                .satisfies(stage -> assertThat(stage.outcome()).isEqualTo("referral"));
        assertThat(centre.happened())
                .endsWith(Kind.COUNSELLING_CONCLUDED, Kind.REFERRED, Kind.STRUCTURE_ANSWERED, Kind.CLOSED);
        answersTooLate();
        assertThat(centre.happened()).containsOnlyOnce(Kind.STRUCTURE_ANSWERED);
    }

    @Test
    void after_a_structure_that_declines_counselling_is_concluded_anew() {
        isAsked();
        answers(false);

        centre.waitsFor(CONCLUDE, "counsellor", LocalDate.of(2027, 3, 8));
        assertThat(centre.shown(CONCLUDE))
                .containsEntry("referralAnswer", "**Δήμος Κεντρικής Κέρκυρας** – Δεν δέχεται (01/03/2027)\n\nΕντάξει.")
                .containsEntry("path", "socialSupport")
                .containsEntry("summary", SampleForms.text("conclude", "summary"));
        answersTooLate();

        centre.does(conclusion("training"));
        assertThat(centre.waitingFor()).containsExactly("task_training_enrol");
        assertThat(centre.stages()).extracting(CentreAtWork.Stage::outcome).contains("training");
    }

    @Test
    void a_structure_that_does_not_answer_is_called_by_the_counsellor() {
        isAsked();
        centre.timerFires("timer_counselling_structureSilent");
        centre.waitsFor("task_counselling_structureCall", "counsellor", LocalDate.of(2027, 3, 19));
        assertThat(centre.shown("task_counselling_structureCall"))
                .containsEntry("structure", "Δήμος Κεντρικής Κέρκυρας")
                .containsEntry("consentWithdrawn", false);

        centre.does(structureCallAfterCounselling("accepted"));

        centre.isClosedAs("counselling.referral");
        assertThat(centre.mails()).endsWith("referral-accepted");
        assertThat(latest().structureNote()).isEqualTo(SampleForms.text("structureCall", "note"));
    }

    @Test
    void a_structure_that_is_not_reached_either_is_no_referral() {
        isAsked();
        centre.timerFires("timer_counselling_structureSilent");
        centre.does(structureCallAfterCounselling("noAnswer"));

        assertThat(centre.waitingFor()).containsExactly(CONCLUDE);
        assertThat((String) centre.shown(CONCLUDE).get("referralAnswer")).contains("Δεν απάντησε");

        centre.does(concludingReferral());
        centre.isClosedAs("counselling.referral");
        assertThat(latest().structure()).isEqualTo(SampleForms.text("conclude", "structure"));
    }

    @Test
    void an_answer_that_comes_late_spares_the_call() {
        isAsked();
        centre.timerFires("timer_counselling_structureSilent");
        answers(false);

        assertThat(centre.waitingFor()).containsExactly(CONCLUDE);
        assertThat(centre.routing(Routing.structureAnswer)).isEqualTo("declined");
    }

    @Test
    void without_consent_or_an_address_nobody_is_asked_and_the_case_is_closed() {
        centre.does(
                concludingReferralTo(structure.id()).with("dataShared", "no").without("structureMessage"));

        centre.isClosedAs("counselling.referral");
        assertThat(centre.mails())
                .endsWith("referral-after-counselling")
                .doesNotContain("referral-structure", "referral-accepted");
        assertThat(latest().structureMail()).isNull();
        answersTooLate();
        assertThat(latest().structureAnswer()).as("nothing half-done").isNull();
    }

    @Test
    void the_person_reads_what_the_structure_is_told_and_what_it_is_asked() {
        isAsked();
        assertThat(letter("referral-after-counselling"))
                .contains("- Δομή: Δήμος Κεντρικής Κέρκυρας\n- Επικοινωνία: Υπεύθυνη παραπομπών, 26613 62700")
                .contains(SampleForms.text("conclude", "message"))
                .contains("τη ρωτάμε αν μπορεί να σας δεχτεί")
                .doesNotContain("κανένα στοιχείο σας");
        answers(false);

        jdbc.sql("update case_file set language = 'en' where number = ?")
                .param(centre.caseNumber())
                .update();
        centre.does(concludingReferral().with("dataShared", "no").without("message"));
        assertThat(letter("referral-after-counselling"))
                .contains("We have not given this service any of your details.")
                .doesNotContain("asking whether")
                .doesNotContain("\n\n\n\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            el | απάντησε ότι σας δέχεται. Θα επικοινωνήσει μαζί σας. | Δομή: Δήμος Κεντρικής Κέρκυρας | μπορείτε πάντα να απευθυνθείτε σε εμάς
            en | told us that it can take you on. It will get in touch | Service: Δήμος Κεντρικής Κέρκυρας | you are always welcome to come back to us
            """)
    void the_person_reads_that_the_structure_takes_them_on(String language, String taken, String where, String back) {
        isAsked();
        jdbc.sql("update case_file set language = ? where number = ?")
                .params(language, centre.caseNumber())
                .update();
        answers(true);

        assertThat(letter("referral-accepted"))
                .contains(taken, where, back, centre.caseNumber(), "Υπεύθυνη παραπομπών")
                .doesNotContain("\n\n\n");
    }

    /** The latest mail to the person from that template. */
    private String letter(String template) {
        return jdbc.sql("""
                select m.body_text from outbox_mail m join case_file c on c.id = m.case_id
                where c.number = ? and m.template = ? order by m.id desc
                """)
                .params(centre.caseNumber(), template)
                .query(String.class)
                .list()
                .get(0);
    }

    @Test
    void a_referral_says_where_and_why() {
        centre.isRefused(concludingReferral().without("path"), Problem.FIELD_MISSING, "Προς ποιον δρόμο;");
        centre.isRefused(concludingReferral().without("structure"), Problem.FIELD_MISSING, "Ή άλλη δομή ή υπηρεσία");

        centre.does(conclusion("training").with("path", "training").with("structure", "Κάπου"));

        assertThat(centre.rows("referral")).as("what is hidden is no referral").isZero();
        assertThat(centre.waitingFor()).containsExactly("task_training_enrol");
    }

    @Test
    void whoever_calls_is_told_that_the_person_wants_nothing_said_any_more() {
        isAsked();
        consents.withdraw(centre.caseFile(), Purpose.SHARING, Channel.LINK, null);
        assertThat(referrals.awaited(centre.caseFile())).isEmpty();

        centre.timerFires("timer_counselling_structureSilent");

        assertThat(centre.shown("task_counselling_structureCall")).containsEntry("consentWithdrawn", true);
    }

    @Test
    void an_answer_after_the_consent_was_taken_back_is_not_heard() {
        isAsked();
        // What the page of the structure has shown and read before.
        CaseFile shown = centre.caseFile();
        Referral asked = latest();
        consents.withdraw(centre.caseFile(), Purpose.SHARING, Channel.LINK, null);

        assertThatThrownBy(() -> replies.answer(shown, asked, true, null))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(Problem.REFERRAL_ANSWERED_ALREADY));

        assertThat(latest().structureAnswer()).isNull();
        assertThat(centre.caseFile().status()).isEqualTo(CaseFile.Status.OPEN);
    }

    @Test
    void an_answer_that_meets_the_end_of_its_time_is_heard_at_once() {
        isAsked();
        AtomicBoolean clash = new AtomicBoolean(true);
        happenings.at("send_counselling_accepted", () -> {
            if (clash.getAndSet(false)) {
                throw new OptimisticLockingException("the timer was faster");
            }
        });

        answers(true);

        assertThat(clash).isFalse();
        centre.isClosedAs("counselling.referral");
        assertThat(centre.happened()).containsOnlyOnce(Kind.STRUCTURE_ANSWERED);
    }

    @Test
    void an_answer_that_never_comes_through_is_told() {
        isAsked();
        happenings.at("send_counselling_accepted", () -> {
            throw new OptimisticLockingException("again and again");
        });

        answersTooLate();

        assertThat(latest().structureAnswer()).isNull();
        assertThat(centre.mails()).doesNotContain("referral-accepted");
    }

    @Test
    void a_case_that_ends_meanwhile_hears_no_answer() {
        isAsked();
        centre.asksFor(withdrawal());

        centre.isClosedAs("withdrawn");
        answersTooLate();
        assertThat(latest().structureAnswer()).isNull();
    }

    @Test
    void a_case_that_is_closed_while_the_structure_is_called_hears_no_answer() {
        isAsked();
        centre.timerFires("timer_counselling_structureSilent");
        centre.asksFor(closing());

        centre.isClosedAs("closedByCentre");
        answersTooLate();
    }

    @Test
    void a_case_that_pauses_hears_the_answer_when_it_goes_on() {
        isAsked();
        centre.asksFor(pause(centre.today().plusDays(30)));
        answersTooLate();

        centre.timerFires("timer_pause_until");

        // Later by as long as the case has paused.
        assertThat(centre.timerIsDue("timer_counselling_structureSilent").toLocalDate())
                .isAfter(LocalDate.of(2027, 4, 14));
        answers(true);
        centre.isClosedAs("counselling.referral");
    }
}
