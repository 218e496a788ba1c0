package org.diadromi.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.Timeline.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.support.ResourceBundleMessageSource;

class TimelineTextsTest {

    private final TimelineTexts texts = new TimelineTexts(messages());

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    private String text(Kind kind, String detail, Locale locale) {
        return texts.of(
                new Timeline.Entry(LocalDateTime.of(2027, 3, 1, 10, 0), kind, detail, null),
                Map.of("kerkyra.counsellor", "Μαρία Βλάχου"),
                locale);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatever_can_happen_has_words_in_both_languages(Kind kind) {
        for (Locale locale : new Locale[] {Texts.GREEK, Locale.ENGLISH}) {
            assertThat(text(kind, null, locale)).isNotBlank();
            assertThat(text(kind, "no such code", locale)).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COUNSELLOR_CHANGED | kerkyra.counsellor | Νέος σύμβουλος: Μαρία Βλάχου",
                "OPENED | walkIn | Άνοιξε ο φάκελος: Επίσκεψη στο κέντρο",
                "SUITABILITY_DECIDED | socialSupport | Απόφαση καταλληλότητας: Κοινωνική στήριξη",
                "REFERRAL_ANSWERED | noContact | Απάντηση για την παραπομπή: δεν υπήρξε επικοινωνία",
                "STRUCTURE_ANSWERED | declined | Απάντηση της δομής: Δεν δέχεται",
                "APPOINTMENT_BOOKED | 2027-03-05T10:00 | Ραντεβού: 05/03/2027 10:00",
                "APPOINTMENT_MOVED | 2027-03-05T10:00 | Νέα ώρα ραντεβού, από το πρόσωπο: 05/03/2027 10:00",
                "SESSION_RECORDED | noShow | Καταγραφή ραντεβού: Το πρόσωπο δεν εμφανίστηκε",
                "ATTENDANCE_RECORDED | 85 | Παρουσίες: 85 %",
                "ATTENDANCE_RECORDED | dropped | Παρουσίες: Διέκοψε την εκπαίδευση",
                "PLAN_HANDED_IN | 2 | Κατάθεση επιχειρηματικού σχεδίου: έκδοση 2",
                "SUBMITTED | 123/2027 | Υποβολή στο Μητρώο: αριθμός πρωτοκόλλου 123/2027",
                "PAUSED | 2027-05-01 | Παύση: έως 01/05/2027",
                "END_REQUESTED | duplicate | Ζητήθηκε να κλείσει: Διπλή καταχώριση",
                "CLOSED | counselling.stop | Έκλεισε ο φάκελος: Σταμάτησε στη συμβουλευτική",
                "CLOSED | something.new | Έκλεισε ο φάκελος: Άλλο",
                "NO_MAIL_ADDRESS | plan-approved | Ένα μήνυμα δεν στάλθηκε, γιατί δεν υπάρχει διεύθυνση email"
            })
    void the_detail_is_told_in_words(Kind kind, String detail, String told) {
        assertThat(text(kind, detail, Texts.GREEK)).isEqualTo(told);
    }

    @Test
    void what_a_form_may_answer_is_told_in_words() {
        for (String code : new String[] {"yes", "later", "no", "noContact"}) {
            assertThat(text(Kind.ASKED_AGAIN, code, Texts.GREEK)).contains(": ");
        }
        for (String code :
                new String[] {"job", "moved", "health", "noInterest", "otherSupport", "noContact", "duplicate", "other"
                }) {
            assertThat(text(Kind.END_REQUESTED, code, Locale.ENGLISH)).contains(": ");
        }
    }
}
