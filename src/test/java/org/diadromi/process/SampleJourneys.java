package org.diadromi.process;

import static org.diadromi.process.SampleForms.closing;
import static org.diadromi.process.SampleForms.referral;
import static org.diadromi.process.SampleForms.suitability;
import static org.diadromi.process.SampleForms.withdrawal;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** One case for each place where cases wait or end, played through the forms: what a multitude of cases is made of. */
public final class SampleJourneys extends Scenario {

    /** The bean, and what it works with, for an application under test. */
    @TestConfiguration(proxyBeanMethods = false)
    @Import(CentreAtWork.class)
    public static class Players {
        @Bean
        Happenings happenings() {
            return new Happenings();
        }

        /** Made here and not imported: its superclass would bring the watched engine of the scenarios with it. */
        @Bean
        SampleJourneys sampleJourneys() {
            return new SampleJourneys();
        }
    }

    /** Part of each text that these cases contain. */
    public static String mark() {
        return SampleForms.MARK;
    }

    /** The numbers of cases that wait in each stage. */
    public List<String> open() {
        return played(
                this::firstContact,
                this::firstContactUpToTheDecision,
                this::firstContactToCounselling,
                () -> {
                    firstContactToCounselling();
                    counsellingUpToTheSession();
                },
                this::straightToTraining,
                () -> {
                    straightToTraining();
                    trainingUpToThePlan();
                },
                this::straightToRegistration,
                () -> {
                    straightToRegistration();
                    registrationUpToTheAnswer();
                },
                this::straightToFollowUp);
    }

    /** The numbers of cases that have ended: sent elsewhere, withdrawn, closed with and without a venture. */
    public List<String> ended() {
        return played(
                () -> {
                    firstContactUpToTheDecision();
                    centre.does(suitability("socialSupport"));
                    centre.does(referral());
                    centre.asksFor(closing());
                },
                () -> {
                    firstContactToCounselling();
                    counsellingUpToTheSession();
                    centre.asksFor(withdrawal());
                },
                () -> {
                    straightToTraining();
                    trainingUpToThePlan();
                    centre.asksFor(closing());
                },
                () -> {
                    straightToTraining();
                    trainingToApproval();
                    registrationToTheVenture();
                    centre.asksFor(closing());
                });
    }

    /** The number of a case whose venture is asked how it is doing, one month after its registration. */
    public String askedHowItGoes() {
        straightToFollowUp();
        centre.timerFires("timer_followUp_due");
        return centre.caseNumber();
    }

    /** The number of a case from which a business plan is waited for. */
    public String askedForThePlan() {
        straightToTraining();
        trainingUpToThePlan();
        return centre.caseNumber();
    }

    /** Staff send the plan of the case back with comments. */
    public void planIsReturned() {
        centre.does(SampleForms.planReturned());
    }

    /** All that happens from a first contact to a venture that lives through its first follow-up and is closed at the second. */
    public List<JourneyStep> wholeJourney() {
        List<JourneyStep> steps = new ArrayList<>();
        centre.tells(steps::add);
        straightToTraining();
        trainingToApproval();
        registrationToTheVenture();
        followUpFindsAllWell();
        centre.timerFires("timer_followUp_due");
        centre.does(SampleForms.closedVenture());
        centre.isClosedAs("followedUp");
        centre.tells(step -> {});
        return steps;
    }

    private void firstContact() {
        centre.registers(SampleForms.firstContact());
    }

    private List<String> played(Runnable... journeys) {
        List<String> numbers = new ArrayList<>();
        for (Runnable journey : journeys) {
            journey.run();
            numbers.add(centre.caseNumber());
        }
        return numbers;
    }
}
