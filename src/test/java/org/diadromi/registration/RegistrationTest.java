package org.diadromi.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.registration.Registration.Answer;
import org.junit.jupiter.api.Test;

class RegistrationTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final Registration registration = new Registration(1L);

    @Test
    void whoPreparedTheDossierDoesNotReviewIt() {
        registration.prepared(null, "nomikos");

        assertRefused(() -> registration.review(true, null, "nomikos"), Problem.REVIEWER_PREPARED_IT);
    }

    @Test
    void remarksStayUntilADossierIsApproved() {
        registration.prepared(null, "nomikos");
        registration.review(false, "Λείπει υπογραφή", "syntonistis");
        registration.prepared(null, "nomikos");
        assertThat(registration.remarks()).isEqualTo("Λείπει υπογραφή");

        registration.review(true, null, "syntonistis");
        assertThat(registration.remarks()).isNull();
    }

    @Test
    void aSubmissionIsNotInTheFuture() {
        registration.submit(TODAY, "1", "Α", TODAY);

        assertRefused(() -> registration.submit(TODAY.plusDays(1), "1", "Α", TODAY), Problem.DATE_IN_FUTURE);
    }

    @Test
    void anAnswerComesFromTheDayOfTheSubmissionUntilToday() {
        LocalDate submitted = TODAY.minusDays(10);
        registration.submit(submitted, "1", "Α", TODAY);

        assertRefused(() -> answer(Answer.RETURNED, submitted.minusDays(1)), Problem.DATES_REVERSED);
        assertRefused(() -> answer(Answer.RETURNED, TODAY.plusDays(1)), Problem.DATE_IN_FUTURE);
        answer(Answer.RETURNED, submitted);
        assertThat(registration.remarks()).isEqualTo("Σχόλια");
    }

    @Test
    void submittedAgainItWaitsForAnAnswerAgain() {
        registration.submit(TODAY.minusDays(10), "1", "Α", TODAY);
        answer(Answer.RETURNED, TODAY.minusDays(5));

        registration.submit(TODAY, "2", "Α", TODAY);

        assertThat(registration.answer()).isNull();
    }

    @Test
    void additionalDataFollowTheCertificate() {
        registration.submit(TODAY.minusDays(10), "1", "Α", TODAY);
        answer(Answer.REGISTERED, TODAY.minusDays(5));

        assertRefused(() -> registration.additionalDataSent(TODAY.minusDays(6), null, TODAY), Problem.DATES_REVERSED);
        assertRefused(() -> registration.additionalDataSent(TODAY.plusDays(1), null, TODAY), Problem.DATE_IN_FUTURE);
        registration.additionalDataSent(TODAY.minusDays(5), null, TODAY);
        assertThat(registration.additionalDataOn()).isEqualTo(TODAY.minusDays(5));
    }

    @Test
    void adviceKeepsEachFormWithItsReason() {
        List<Registration.Advice> fitting =
                List.of(new Registration.Advice("koinsep", "Αρκούν."), new Registration.Advice("amke", "Προαιρετικά."));

        registration.advise(fitting);
        assertThat(registration.advice()).isEqualTo(fitting);

        registration.advise(List.of());
        assertThat(registration.advice()).isEmpty();
    }

    private void answer(Answer answer, LocalDate on) {
        registration.answer(answer, on, null, "Σχόλια", TODAY);
    }

    private static void assertRefused(ThrowingCallable work, Problem problem) {
        assertThat(catchThrowableOfType(RuleViolation.class, work).problem()).isEqualTo(problem);
    }
}
