package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.SampleForms.activeVenture;
import static org.diadromi.process.SampleForms.additionalData;
import static org.diadromi.process.SampleForms.appointment;
import static org.diadromi.process.SampleForms.askedAgain;
import static org.diadromi.process.SampleForms.attendance;
import static org.diadromi.process.SampleForms.call;
import static org.diadromi.process.SampleForms.closedVenture;
import static org.diadromi.process.SampleForms.closing;
import static org.diadromi.process.SampleForms.concludingReferral;
import static org.diadromi.process.SampleForms.concludingReferralTo;
import static org.diadromi.process.SampleForms.conclusion;
import static org.diadromi.process.SampleForms.dossier;
import static org.diadromi.process.SampleForms.dossierApproved;
import static org.diadromi.process.SampleForms.dossierReturned;
import static org.diadromi.process.SampleForms.enrolment;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.foundInRegistry;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.lastNotice;
import static org.diadromi.process.SampleForms.legalForm;
import static org.diadromi.process.SampleForms.mentoring;
import static org.diadromi.process.SampleForms.pause;
import static org.diadromi.process.SampleForms.plan;
import static org.diadromi.process.SampleForms.planApproved;
import static org.diadromi.process.SampleForms.planReturned;
import static org.diadromi.process.SampleForms.referral;
import static org.diadromi.process.SampleForms.referralCall;
import static org.diadromi.process.SampleForms.referralTo;
import static org.diadromi.process.SampleForms.registered;
import static org.diadromi.process.SampleForms.returnedByRegistry;
import static org.diadromi.process.SampleForms.sessionHeld;
import static org.diadromi.process.SampleForms.step;
import static org.diadromi.process.SampleForms.structureCall;
import static org.diadromi.process.SampleForms.structureCallAfterCounselling;
import static org.diadromi.process.SampleForms.submission;
import static org.diadromi.process.SampleForms.suitability;
import static org.diadromi.process.SampleForms.supportPlan;
import static org.diadromi.process.SampleForms.team;
import static org.diadromi.process.SampleForms.ventureOutOfReach;
import static org.diadromi.process.SampleForms.withdrawal;

import java.time.Duration;
import org.diadromi.calendar.AppClock;
import org.diadromi.consent.Channel;
import org.diadromi.privacy.CopySample;
import org.diadromi.referral.Structure;
import org.diadromi.referral.Structures;
import org.diadromi.transfer.Transfer;
import org.diadromi.transfer.Transfers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/** A test that tells what happens to a case; the parts of a journey that many tells have in common are here. */
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:scenarios;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "diadromi.mail.directory=target/scenarios/outbox"
        })
@ActiveProfiles("demo")
@Import(EngineForScenarios.class)
@ExtendWith({CoverageOfScenarios.class, OutputCaptureExtension.class})
abstract class Scenario {

    @Autowired
    protected CentreAtWork centre;

    @Autowired
    protected Happenings happenings;

    @Autowired
    protected Structures structures;

    @Autowired
    private Transfers transfers;

    @Autowired
    private AppClock clock;

    @Autowired
    private ApplicationContext application;

    @BeforeEach
    void it_is_monday_morning() {
        centre.isAt(CentreAtWork.MONDAY);
    }

    /** Whatever happened, well or badly: the log is read by people who have no business in a case. */
    @AfterEach
    void the_log_says_nothing_of_the_person(CapturedOutput log) {
        assertThat(log.getAll()).doesNotContain(SampleForms.MARK).doesNotContain(SampleForms.PHONE_DIGITS);
    }

    @AfterEach
    void the_copy_for_the_person_is_in_words() {
        centre.caseFileIfAny()
                .ifPresent(caseFile ->
                        assertThat(CopySample.codes(application, caseFile)).isEmpty());
    }

    @AfterEach
    void back_to_today() {
        happenings.none();
        clock.setOffset(Duration.ZERO);
    }

    /** A municipality of the directory that is asked by mail whether it takes somebody on. */
    protected Structure aStructure() {
        return structures.keep(
                new Structure(
                        null,
                        CentreAtWork.CENTRE,
                        "municipality",
                        "Δήμος Κεντρικής Κέρκυρας",
                        "Κέρκυρα",
                        null,
                        "26613 62700",
                        "dimos@example.org",
                        "Κοινωνικές υπηρεσίες",
                        "Υπεύθυνη παραπομπών",
                        null,
                        null,
                        null,
                        Structure.Agreement.MEMORANDUM,
                        centre.today(),
                        null,
                        true,
                        centre.today(),
                        null,
                        null),
                CentreAtWork.user("coordinator"));
    }

    protected void firstContactUpToTheDecision() {
        centre.registers(firstContact());
        centre.does(interview());
    }

    protected void firstContactToCounselling() {
        firstContactUpToTheDecision();
        centre.does(suitability("kalo"));
    }

    protected void counsellingUpToTheSession() {
        centre.does(supportPlan());
        appointmentIsBooked();
    }

    /** For the fourth day from today at ten. */
    protected void appointmentIsBooked() {
        centre.does(appointment(centre.today().plusDays(4).atTime(10, 0)));
    }

    protected void counsellingTo(String conclusion) {
        counsellingUpToTheSession();
        centre.does(sessionHeld("conclude"));
        centre.does(conclusion(conclusion));
    }

    protected void trainingUpToThePlan() {
        centre.does(enrolment(centre.today(), centre.today().plusDays(30)));
        centre.does(attendance("kalo", "team", "problem", "canvas", "market", "operations", "finance", "legal"));
    }

    protected void trainingToApproval() {
        trainingUpToThePlan();
        centre.does(plan(centre.today()));
        centre.does(planApproved());
    }

    protected void registrationUpToTheDossier() {
        centre.does(team());
        centre.does(legalForm());
    }

    protected void completeDossierIsPrepared() {
        centre.does(dossier(centre.options("task_registration_dossier", "documentOptions")));
    }

    protected void registrationUpToTheAnswer() {
        registrationUpToTheDossier();
        completeDossierIsPrepared();
        dossierIsApprovedAndSubmitted();
    }

    protected void dossierIsApprovedAndSubmitted() {
        centre.doesAs(CentreAtWork.user("coordinator"), dossierApproved());
        centre.does(submission(centre.today()));
    }

    protected void registrationUpToTheAdditionalData() {
        registrationUpToTheAnswer();
        centre.does(registered(centre.today()));
    }

    protected void registrationToTheVenture() {
        registrationUpToTheAdditionalData();
        centre.does(additionalData(centre.today()));
        allStepsAreDone();
    }

    protected void allStepsAreDone() {
        while (centre.waitingFor().contains("task_registration_step")) {
            centre.does(step(centre.today()));
        }
    }

    /** The next month of follow-up comes up and the venture is fine. */
    protected void followUpFindsAllWell() {
        centre.timerFires("timer_followUp_due");
        centre.does(activeVenture());
    }

    /** To where the venture is registered, on the shortest way. */
    protected void straightToFollowUp() {
        straightToRegistration();
        registrationToTheVenture();
    }

    /** To where the founding begins, on the shortest way. */
    protected void straightToRegistration() {
        firstContactToCounselling();
        counsellingTo("registration");
    }

    protected void straightToTraining() {
        firstContactToCounselling();
        counsellingTo("training");
    }

    // Whole journeys, in which each form and each field for text has its part ---------------------------------

    protected void theLongWayFromAFirstContactToAClosedVenture() {
        firstContactUpToTheDecision();
        centre.does(suitability("notNow"));
        centre.timerFires("timer_firstContact_askAgain");
        centre.does(askedAgain("yes"));
        centre.does(interview());
        Structure structure = aStructure();
        centre.does(suitability("employmentService"));
        centre.does(referralTo(structure.id()));
        centre.timerFires("timer_firstContact_structureSilent");
        centre.does(structureCall("declined"));
        centre.does(referral());
        centre.timerFires("timer_firstContact_referralCall");
        centre.does(referralCall("yes"));
        centre.does(suitability("kalo"));
        centre.does(supportPlan());
        centre.timerFires("timer_counselling_inactive");
        centre.does(call("continue"));
        appointmentIsBooked();
        centre.asksFor(pause(centre.today().plusDays(30)));
        centre.timerFires("timer_pause_until");
        centre.does(sessionHeld("conclude"));
        centre.does(conclusion("training"));
        trainingUpToThePlan();
        centre.does(plan(centre.today()));
        centre.does(planReturned());
        centre.does(plan(centre.today()));
        centre.does(planApproved());
        registrationUpToTheDossier();
        completeDossierIsPrepared();
        centre.doesAs(CentreAtWork.user("coordinator"), dossierReturned());
        completeDossierIsPrepared();
        dossierIsApprovedAndSubmitted();
        centre.does(registered(centre.today()));
        centre.does(additionalData(centre.today()));
        allStepsAreDone();
        followUpFindsAllWell();
        centre.timerFires("timer_followUp_due");
        centre.does(ventureOutOfReach());
        centre.does(mentoring());
        centre.timerFires("timer_followUp_due");
        centre.does(closedVenture());
        centre.isClosedAs("followedUp");
    }

    protected void theVentureThatIsDeletedAfterTheLastNotice() {
        straightToRegistration();
        registrationUpToTheAnswer();
        centre.does(returnedByRegistry(centre.today()));
        completeDossierIsPrepared();
        dossierIsApprovedAndSubmitted();
        centre.does(registered(centre.today()));
        centre.timerFires("timer_registration_additionalDataMissed");
        centre.timerFires("timer_registration_lastNoticeMissed");
        centre.does(foundInRegistry("deleted"));
        centre.isClosedAs("registry.deleted");
    }

    protected void theVentureThatSendsItsDataLate() {
        straightToRegistration();
        registrationUpToTheAdditionalData();
        centre.timerFires("timer_registration_additionalDataMissed");
        centre.does(lastNotice(centre.today()));
        centre.asksFor(closing());
        centre.isClosedAs("closedByCentre");
    }

    protected void counsellingThatEndsWithAReferral() {
        firstContactToCounselling();
        counsellingUpToTheSession();
        Structure structure = aStructure();
        centre.does(sessionHeld("conclude"));
        centre.does(concludingReferralTo(structure.id()));
        centre.timerFires("timer_counselling_structureSilent");
        centre.does(structureCallAfterCounselling("declined"));
        centre.does(concludingReferral());
        centre.isClosedAs("counselling.referral");
    }

    protected void personWithdraws() {
        centre.registers(firstContact());
        centre.asksFor(withdrawal());
        centre.isClosedAs("withdrawn");
    }

    /**
     * Chania would not have it, and so the person lets it be.
     *
     * @param meanwhile what happens before the case is offered
     */
    protected void aCaseThatAnotherCentreDeclines(Runnable meanwhile) {
        String number = centre.registers(firstContact());
        meanwhile.run();
        chaniaAnswers(SampleForms.declined());
        centre.turnsTo(number);
        centre.asksFor(withdrawal());
    }

    /** The case is offered to Chania, with a note, and answered. */
    protected void chaniaAnswers(FilledForm answer) {
        Transfer transfer = transfers.offer(
                centre.caseFile(),
                "chania",
                "other",
                SampleForms.text("transfer", "note"),
                Channel.PHONE,
                CentreAtWork.user("counsellor"));
        centre.turnsTo(transfer.reference());
        centre.doesAs("chania.coordinator", answer);
    }

    /** Each of their rights, met and refused. */
    protected void aPersonAsksForTheirData() {
        centre.registers(firstContact());
        asksForTheirData("access", SampleForms.unidentified());
        asksForTheirData("access", SampleForms.identified());
        centre.does(SampleForms.withReason("task_dataRequest_copy", "refuse"));
        asksForTheirData("erasure", SampleForms.identified());
        centre.does(SampleForms.withReason("task_dataRequest_erasure", "refuse"));
        asksForTheirData("correction", SampleForms.identified());
        centre.does(SampleForms.withReason("task_dataRequest_correction", "refuse"));
        asksForTheirData("correction", SampleForms.identified());
        centre.does(SampleForms.corrected());
        centre.asksFor(withdrawal());
    }

    private void asksForTheirData(String kind, FilledForm identity) {
        centre.startsAs(
                CentreAtWork.user("intake"),
                "data-subject-request",
                SampleForms.request(kind, centre.today()).with("caseNumber", centre.caseNumber()));
        centre.does(identity);
    }
}
