package org.diadromi.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.consent.Consents;
import org.diadromi.notification.Notifications;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

/** Whom a centre takes in, and in which form it keeps how to reach them. */
class IntakeTest {

    private final CaseFiles cases = mock(CaseFiles.class);
    private final Consents consents = mock(Consents.class);
    private final Intake intake = new Intake(cases, consents, mock(Notifications.class));

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "26610 12345, +302661012345",
        "2661012345, +302661012345",
        "+30 694 123 4567, +306941234567",
        "0030-6941234567, +306941234567",
        "+44 20 7946 0958, +442079460958"
    })
    void a_phone_number_is_kept_in_international_form(String typed, String kept) {
        intake.open(contact(typed, null), true, "kerkyra.intake");
        ArgumentCaptor<FirstContact> opened = ArgumentCaptor.forClass(FirstContact.class);
        verify(cases).open(opened.capture(), eq("kerkyra.intake"));
        assertThat(opened.getValue().phone()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "2661", "δεν έχει", "69412345678", "1234567890"})
    void what_cannot_be_called_is_refused(String typed) {
        assertRefused(contact(typed, null), true, Problem.PHONE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eleni", "eleni@", "@example.org", "eleni@localhost", "a b@example.org", "Eleni <e@example.org>"
            })
    void what_cannot_be_written_to_is_refused(String typed) {
        assertRefused(contact(null, typed), true, Problem.MAIL_INVALID);
    }

    @Test
    void somebody_who_cannot_be_reached_is_refused() {
        assertRefused(contact(null, null), true, Problem.CONTACT_NEEDS_PHONE_OR_MAIL);
    }

    @Test
    void somebody_who_has_not_agreed_is_refused() {
        assertRefused(contact(null, "eleni@example.org"), false, Problem.NOT_INFORMED);
    }

    private void assertRefused(FirstContact contact, boolean informed, Problem problem) {
        assertThatThrownBy(() -> intake.open(contact, informed, null))
                .isInstanceOfSatisfying(
                        RuleViolation.class, e -> assertThat(e.problem()).isEqualTo(problem));
        verifyNoInteractions(cases, consents);
    }

    private static FirstContact contact(String phone, String email) {
        return new FirstContact(
                "kerkyra", "Ελένη", "Παππά", Salutation.KYRIA, phone, email, "Κέρκυρα", "el", "phone", null, 1, null);
    }
}
