package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.CentreAtWork.user;
import static org.diadromi.process.SampleForms.closing;
import static org.diadromi.process.SampleForms.endOfPause;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.pause;
import static org.diadromi.process.SampleForms.withdrawal;

import java.time.LocalDate;
import org.diadromi.Problem;
import org.diadromi.casefile.CaseFile.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may be asked of a running case, by whom, and when it is refused. */
class CaseChangeTest extends Scenario {

    private String number;

    @BeforeEach
    void a_case_is_open() {
        number = centre.registers(firstContact());
    }

    @Test
    void reception_counsellors_and_coordinators_may_ask_for_a_change() {
        centre.asksAs(user("intake"), pause(LocalDate.of(2027, 5, 1)).with("caseNumber", number));
        assertThat(centre.caseFile().status()).isEqualTo(Status.PAUSED);

        centre.asksAs(user("coordinator"), endOfPause().with("caseNumber", number));
        assertThat(centre.caseFile().status()).isEqualTo(Status.OPEN);

        centre.asksAs(user("counsellor"), closing().with("caseNumber", number));
        centre.isClosedAs("closedByCentre");
    }

    @Test
    void trainers_may_not() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> centre.asksAs(user("trainer"), closing().with("caseNumber", number))))
                .isNotNull();
        assertThat(centre.caseFile().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void a_case_of_another_centre_is_unknown() {
        centre.isRefused(
                () -> centre.asksAs("chania.coordinator", closing().with("caseNumber", number)),
                Problem.CASE_UNKNOWN,
                number);
    }

    @Test
    void a_case_that_does_not_exist_is_unknown() {
        centre.isRefused(
                () -> centre.asksAs(user("intake"), withdrawal().with("caseNumber", "KER-1999-00001")),
                Problem.CASE_UNKNOWN,
                "KER-1999-00001");
    }

    @Test
    void a_case_that_is_not_paused_cannot_go_on() {
        centre.isRefused(() -> centre.asksFor(endOfPause()), Problem.CASE_NOT_PAUSED, number);
    }

    @Test
    void a_pause_ends_on_a_later_day() {
        centre.isRefused(() -> centre.asksFor(pause(centre.today())), Problem.DATE_IN_PAST);
    }

    @Test
    void a_closed_case_stays_closed() {
        centre.asksFor(closing());

        centre.isRefused(() -> centre.asksFor(pause(LocalDate.of(2027, 5, 1))), Problem.CASE_CLOSED, number);
        centre.isRefused(() -> centre.asksFor(withdrawal()), Problem.CASE_CLOSED, number);
        centre.isRefused(() -> centre.asksFor(closing()), Problem.CASE_CLOSED, number);
        centre.isRefused(() -> centre.asksFor(endOfPause()), Problem.CASE_NOT_PAUSED, number);
    }
}
