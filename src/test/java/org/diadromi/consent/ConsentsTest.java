package org.diadromi.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.diadromi.TestDatabase;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.FirstContact;
import org.diadromi.consent.Consents.Given;
import org.diadromi.consent.Wording.Purpose;
import org.diadromi.contact.Intake;
import org.diadromi.referral.Referrals;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What is kept of what a person agrees to, on both databases. */
class ConsentsTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "consents");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "consents");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        @Autowired
        Consents consents;

        @Autowired
        Intake intake;

        @Autowired
        Referrals referrals;

        @Autowired
        Texts texts;

        @Test
        void who_writes_on_the_public_form_agrees_to_what_it_shows_in_its_language() {
            CaseFile caseFile = intake.open(contact("publicForm", "en"), true, null);
            Given given = consents.of(caseFile).get(0);
            Consents.Text shown = consents.text(Wording.OWN_REQUEST, Locale.ENGLISH);
            assertThat(given.text()).isEqualTo(shown.information() + "\n\n" + shown.agreement());
            assertThat(given.language()).isEqualTo("en");
            assertThat(given.channel()).isEqualTo(Channel.PUBLIC_FORM);
            assertThat(given.recordedBy()).isNull();
            assertThat(given.givenAt()).isAfterOrEqualTo(caseFile.openedAt());
        }

        @Test
        void what_staff_were_told_says_how_and_by_whom() {
            Given given = consents.of(intake.open(contact("phone", "el"), true, "kerkyra.intake"))
                    .get(0);
            assertThat(given.channel()).isEqualTo(Channel.PHONE);
            assertThat(given.recordedBy()).isEqualTo("kerkyra.intake");
            assertThat(given.version()).isEqualTo(Wording.TOLD_TO_STAFF.version());
        }

        @Test
        void a_structure_is_told_of_a_person_who_agreed_only() {
            CaseFile caseFile = intake.open(contact("walkIn", "el"), true, "kerkyra.intake");
            referrals.refer(caseFile, "training", "ΔΥΠΑ", null, false, null, null, "kerkyra.counsellor");
            assertThat(consents.of(caseFile)).extracting(Given::purpose).containsExactly(Purpose.SUPPORT);
            referrals.refer(caseFile, "training", "ΔΥΠΑ", null, true, null, null, "kerkyra.counsellor");
            assertThat(consents.of(caseFile))
                    .extracting(Given::purpose)
                    .containsExactly(Purpose.SUPPORT, Purpose.SHARING);
        }

        @Test
        void what_is_taken_back_is_kept_with_when_and_how_and_only_the_first_time_counts() {
            CaseFile caseFile = intake.open(contact("walkIn", "el"), true, "kerkyra.intake");
            referrals.refer(caseFile, "training", "ΔΥΠΑ", null, true, null, null, "kerkyra.counsellor");
            consents.withdraw(caseFile, Purpose.SHARING, Channel.LINK, null);
            List<Given> once = consents.of(caseFile);
            consents.withdraw(caseFile, Purpose.SHARING, Channel.PHONE, "kerkyra.intake");
            assertThat(consents.of(caseFile)).isEqualTo(once);
            assertThat(once.get(0).withdrawnAt()).isNull();
            assertThat(once.get(1).withdrawnAt()).isNotNull();
            assertThat(once.get(1).withdrawnVia()).isEqualTo(Channel.LINK);
        }

        @Test
        void each_version_up_to_todays_can_be_looked_up_and_is_what_the_forms_of_staff_say() throws Exception {
            for (Wording wording : Wording.values()) {
                for (int version = 1; version <= wording.version(); version++) {
                    for (Locale locale : List.of(Texts.GREEK, Locale.ENGLISH)) {
                        assertThat(texts.of(locale, "consent.wording." + wording + "." + version))
                                .isNotBlank();
                    }
                }
            }
            assertThat(Files.readString(Path.of("forms/start_journey_firstContact.form")))
                    .contains(consents.text(Wording.TOLD_TO_STAFF, Texts.GREEK).agreement());
            for (String form : List.of("task_firstContact_refer", "task_counselling_conclude")) {
                assertThat(Files.readString(Path.of("forms/" + form + ".form")))
                        .contains(consents.text(Wording.SHARED_WITH_STRUCTURE, Texts.GREEK)
                                .agreement());
            }
        }

        private static FirstContact contact(String source, String language) {
            return new FirstContact(
                    "kerkyra",
                    "Ελένη",
                    "Παππά",
                    Salutation.KYRIA,
                    "+302661012345",
                    null,
                    "Κέρκυρα",
                    language,
                    source,
                    null,
                    1,
                    null);
        }
    }
}
