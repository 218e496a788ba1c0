package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.CentreAtWork.user;
import static org.diadromi.process.SampleForms.copyHandedOver;
import static org.diadromi.process.SampleForms.corrected;
import static org.diadromi.process.SampleForms.erasureGranted;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.identified;
import static org.diadromi.process.SampleForms.request;
import static org.diadromi.process.SampleForms.unidentified;
import static org.diadromi.process.SampleForms.withReason;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.diadromi.Problem;
import org.diadromi.casefile.CaseFile.Status;
import org.diadromi.notification.Outbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people may ask of their data, until when it is answered, and what is refused. */
class DataRequestTest extends Scenario {

    private static final String IDENTITY = "task_dataRequest_identity";

    @Autowired
    private Outbox outbox;

    @Autowired
    private JdbcClient jdbc;

    private String number;

    @BeforeEach
    void a_case_is_open() {
        number = centre.registers(firstContact());
    }

    @AfterEach
    void no_case_stays_open_for_the_next_test_to_find() {
        centre.closesAllCases();
    }

    @Test
    void a_copy_is_due_a_month_after_the_request_and_the_person_is_told() {
        asks("access");
        centre.isDue(IDENTITY, LocalDate.of(2027, 3, 8).atTime(17, 0), "coordinator");
        centre.does(identified());
        centre.isDue("task_dataRequest_copy", LocalDate.of(2027, 4, 1).atTime(17, 0), "coordinator");
        assertThat(centre.shown("task_dataRequest_copy").get("requestSummary"))
                .asString()
                .contains("01/04/2027")
                .contains(SampleForms.text("start_dataRequest_received", "details"));
        centre.does(copyHandedOver());
        assertThat(centre.mails()).endsWith("request-answered");
        assertThat(lastMail()).contains("στο χέρι").contains("01/03/2027");
        assertThat(centre.waitingFor()).containsExactly("task_firstContact_initialInterview");
    }

    @Test
    void whoever_is_not_identified_gets_nothing_but_a_reason() {
        asks("access");
        centre.does(unidentified());
        assertThat(centre.mails()).endsWith("request-unidentified");
        assertThat(lastMail()).contains(SampleForms.text(IDENTITY, "reason")).contains("Αρχή Προστασίας Δεδομένων");
        assertThat(centre.waitingFor()).doesNotContain(IDENTITY, "task_dataRequest_copy");
        asks("access");
    }

    @Test
    void an_answer_is_put_off_once_with_a_reason_that_the_person_is_told() {
        asks("access");
        centre.does(identified());
        assertThat(centre.timerIsDue("timer_dataRequest_dueSoon"))
                .isEqualTo(LocalDate.of(2027, 3, 25).atTime(9, 0));
        centre.timerFires("timer_dataRequest_dueSoon");
        assertThat(centre.mails()).endsWith("request-due-soon");

        centre.does(withReason("task_dataRequest_copy", "extend"));
        assertThat(centre.mails()).endsWith("request-extended");
        assertThat(lastMail()).contains("01/06/2027").contains(SampleForms.text("task_dataRequest_copy", "reason"));
        centre.isDue("task_dataRequest_copy", LocalDate.of(2027, 6, 1).atTime(17, 0), "coordinator");
        assertThat(centre.timerIsDue("timer_dataRequest_dueSoon"))
                .isEqualTo(LocalDate.of(2027, 5, 25).atTime(9, 0));
        centre.isRefused(withReason("task_dataRequest_copy", "extend"), Problem.REQUEST_EXTENDED_ALREADY);

        centre.does(withReason("task_dataRequest_copy", "refuse"));
        assertThat(centre.mails()).endsWith("request-refused");
    }

    @Test
    void after_the_month_it_is_too_late_for_an_extension() {
        asks("access");
        centre.does(identified());
        centre.isAt(LocalDate.of(2027, 4, 1).atTime(LocalTime.of(23, 0)));
        centre.isAt(LocalDate.of(2027, 4, 2).atTime(LocalTime.of(8, 0)));
        centre.isRefused(withReason("task_dataRequest_copy", "extend"), Problem.REQUEST_TOO_LATE);
        centre.does(copyHandedOver());
    }

    @Test
    void a_correction_changes_who_the_person_is() {
        asks("correction");
        centre.does(identified());
        assertThat(centre.shown("task_dataRequest_correction")).containsEntry("email", SampleForms.MAIL);
        centre.isRefused(corrected().without("phone").without("email"), Problem.CONTACT_NEEDS_PHONE_OR_MAIL);
        centre.isRefused(corrected().with("phone", "12"), Problem.PHONE_INVALID, "12");
        centre.does(corrected().with("lastName", "Παπαδοπούλου"));
        assertThat(centre.caseFile().person()).endsWith(" Παπαδοπούλου");
        assertThat(centre.caseFile().salutationName()).isEqualTo("Παπαδοπούλου");
        assertThat(centre.mails()).endsWith("request-answered");
        assertThat(lastMail()).contains("Διορθώσαμε");
    }

    @Test
    void an_erasure_ends_the_case_waits_for_the_last_mail_and_leaves_nothing() {
        asks("erasure");
        centre.does(identified());
        centre.does(erasureGranted());
        assertThat(centre.caseFile().status()).isEqualTo(Status.CLOSED);
        assertThat(centre.caseFile().outcome()).isEqualTo("withdrawn");
        assertThat(centre.waitingFor()).isEmpty();
        assertThat(centre.mails()).endsWith("request-erasure").doesNotContain("withdrawal");

        centre.timerFires("timer_dataRequest_mailOut");
        assertThat(centre.caseFile().person()).as("the mail waits").contains(SampleForms.MARK);
        sendsTheMails();
        centre.timerFires("timer_dataRequest_mailOut");
        assertThat(centre.caseFile().person()).isEqualTo("– –");
        assertThat(centre.rows("outbox_mail")).isZero();
        assertThat(jdbc.sql(
                                "select details from data_request r join case_file c on c.id = r.case_id where c.number = ?")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsOnlyNulls()
                .hasSize(1);
        centre.isRefused(() -> asks("access"), Problem.CASE_UNKNOWN, number);
    }

    /** A round sends fifty, and other tests leave theirs. */
    private void sendsTheMails() {
        for (int round = 0; round < 50 && mailsWaiting() > 0; round++) {
            outbox.sendDue();
        }
        assertThat(mailsWaiting()).isZero();
    }

    private int mailsWaiting() {
        return jdbc.sql("""
                        select count(*) from outbox_mail m join case_file c on c.id = m.case_id
                        where c.number = ? and m.status <> 'SENT'
                        """).param(number).query(Integer.class).single();
    }

    @Test
    void a_closed_case_is_erased_too() {
        centre.asksFor(SampleForms.withdrawal());
        asks("erasure");
        centre.does(identified());
        centre.does(erasureGranted());
        sendsTheMails();
        centre.timerFires("timer_dataRequest_mailOut");
        assertThat(centre.caseFile().person()).isEqualTo("– –");
    }

    @Test
    void an_erasure_that_the_law_does_not_allow_is_refused_with_its_reason() {
        asks("erasure");
        centre.does(identified());
        centre.does(withReason("task_dataRequest_erasure", "refuse"));
        assertThat(centre.mails()).endsWith("request-refused");
        assertThat(centre.caseFile().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void the_same_is_not_asked_twice_at_a_time_nor_from_the_future_nor_of_another_centre() {
        asks("access");
        asks("correction");
        centre.isRefused(() -> asks("access"), Problem.REQUEST_OPEN_ALREADY, number);
        centre.isRefused(
                () -> centre.startsAs(
                        user("intake"),
                        "data-subject-request",
                        request("erasure", centre.today().plusDays(1)).with("caseNumber", number)),
                Problem.DATE_IN_FUTURE);
        centre.isRefused(
                () -> centre.startsAs(
                        "chania.coordinator",
                        "data-subject-request",
                        request("erasure", centre.today()).with("caseNumber", number)),
                Problem.CASE_UNKNOWN,
                number);
        centre.does(unidentified());
        centre.does(unidentified());
    }

    private void asks(String kind) {
        centre.startsAs(
                user("intake"),
                "data-subject-request",
                request(kind, centre.today()).with("caseNumber", number));
    }

    private String lastMail() {
        List<String> texts = jdbc.sql("""
                select m.body_text from outbox_mail m join case_file c on c.id = m.case_id
                where c.number = ? order by m.id
                """).param(number).query(String.class).list();
        return texts.get(texts.size() - 1);
    }
}
