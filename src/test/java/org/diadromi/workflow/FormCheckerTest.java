package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.spin.Spin;
import org.diadromi.TextsForTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a form lets through, what it refuses and what it then says. */
class FormCheckerTest {

    private static final Form FORM = Form.read("""
            {"id": "f", "components": [
              {"type": "text", "text": "{{person}}"},
              {"type": "group", "components": [
                {"type": "textfield", "key": "name", "label": "Όνομα", "validate": {"required": true, "maxLength": 5}},
                {"type": "textfield", "key": "number", "label": "Αριθμός", "validate": {"pattern": "^[0-9]+$"}},
                {"type": "number", "key": "count", "label": "Πλήθος", "validate": {"min": 1, "max": 10}},
                {"type": "number", "key": "money", "label": "Ποσό", "decimalDigits": 2}]},
              {"type": "datetime", "subtype": "date", "key": "day", "dateLabel": "Ημέρα"},
              {"type": "datetime", "subtype": "datetime", "key": "moment", "dateLabel": "Στιγμή"},
              {"type": "radio", "key": "outcome", "label": "Έκβαση", "validate": {"required": true},
               "values": [{"label": "Ναι", "value": "yes"}, {"label": "Όχι", "value": "no"}]},
              {"type": "group", "conditional": {"hide": "=outcome != \\"yes\\""}, "components": [
                {"type": "textarea", "key": "why", "label": "Γιατί", "validate": {"required": true, "maxLength": 20}}]},
              {"type": "checklist", "key": "papers", "label": "Χαρτιά", "valuesKey": "paperOptions"},
              {"type": "checkbox", "key": "agreed", "label": "Συμφωνία", "validate": {"required": true}}]}
            """.getBytes(StandardCharsets.UTF_8));

    private final FormChecker checker = new FormChecker(TextsForTests.texts());
    private final Map<String, Object> shown = Map.of(
            "paperOptions", Spin.JSON("[{\"label\": \"Α\", \"value\": \"a\"}, {\"label\": \"Β\", \"value\": \"b\"}]"));

    @Test
    void a_right_answer_comes_out_in_the_types_of_its_fields() {
        Answer answer = checker.check(
                FORM,
                answer(Map.of(
                        "name",
                        "  Ελένη ",
                        "count",
                        3,
                        "money",
                        12.5,
                        "day",
                        "2026-11-23",
                        "moment",
                        "2026-12-01T10:30",
                        "papers",
                        Spin.JSON("[\"b\", \"a\", \"b\"]"))),
                shown);

        assertThat(answer.text("name")).isEqualTo("Ελένη");
        assertThat(answer.number("count")).isEqualTo(3);
        assertThat(answer.decimal("money")).isEqualByComparingTo(new BigDecimal("12.5"));
        assertThat(answer.date("day")).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(answer.moment("moment")).isEqualTo(LocalDateTime.of(2026, 12, 1, 10, 30));
        assertThat(answer.choices("papers")).containsExactly("b", "a");
        assertThat(answer.ticked("agreed")).isTrue();
    }

    @Test
    void a_time_with_an_offset_becomes_athens_time() {
        assertThat(checker.check(FORM, answer(Map.of("moment", "2026-07-01T07:00:00.000Z")), shown)
                        .moment("moment"))
                .isEqualTo(LocalDateTime.of(2026, 7, 1, 10, 0));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("name", "", "Συμπληρώστε το πεδίο «Όνομα»."),
                Arguments.of("name", "   ", "Συμπληρώστε το πεδίο «Όνομα»."),
                Arguments.of("name", 7, "Το πεδίο «Όνομα» δεν έχει τιμή του σωστού είδους."),
                Arguments.of("name", "Αλεξάνδρα", "Το πεδίο «Όνομα» χωρά έως 5 χαρακτήρες."),
                Arguments.of("number", "12α", "Το πεδίο «Αριθμός» δεν έχει τη σωστή μορφή."),
                Arguments.of("count", 0, "Η τιμή στο πεδίο «Πλήθος» πρέπει να είναι τουλάχιστον 1."),
                Arguments.of("count", 11L, "Η τιμή στο πεδίο «Πλήθος» πρέπει να είναι το πολύ 10."),
                Arguments.of("count", "3", "Το πεδίο «Πλήθος» δεν έχει τιμή του σωστού είδους."),
                Arguments.of("count", 2.5, "Το πεδίο «Πλήθος» δεν έχει τη σωστή μορφή."),
                Arguments.of("count", Double.NaN, "Το πεδίο «Πλήθος» δεν έχει τιμή του σωστού είδους."),
                Arguments.of("money", 1.234, "Το πεδίο «Ποσό» δεν έχει τη σωστή μορφή."),
                Arguments.of("day", "23/11/2026", "Το πεδίο «Ημέρα» δεν έχει τιμή του σωστού είδους."),
                Arguments.of("day", "2026-02-30", "Το πεδίο «Ημέρα» δεν έχει τιμή του σωστού είδους."),
                Arguments.of("moment", true, "Το πεδίο «Στιγμή» δεν έχει τιμή του σωστού είδους."),
                Arguments.of("outcome", "maybe", "Στο πεδίο «Έκβαση» επιλέξτε μία από τις διαθέσιμες τιμές."),
                Arguments.of("papers", List.of("a", "z"), "Στο πεδίο «Χαρτιά» επιλέξτε μία από τις διαθέσιμες τιμές."),
                Arguments.of("papers", "a", "Το πεδίο «Χαρτιά» δεν έχει τιμή του σωστού είδους."),
                Arguments.of("agreed", false, "Συμπληρώστε το πεδίο «Συμφωνία»."),
                Arguments.of("suitability", "kalo", "Το πεδίο «suitability» δεν ανήκει στη φόρμα."));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @MethodSource("wrong")
    void a_wrong_value_is_refused_in_greek(String key, Object value, String sentence) {
        assertThatThrownBy(() -> checker.check(FORM, answer(Map.of(key, value)), shown))
                .isInstanceOf(FormChecker.Refused.class)
                .hasMessage(sentence);
    }

    @Test
    void every_wrong_field_is_named_in_one_message() {
        assertThatThrownBy(() -> checker.check(FORM, Map.of("count", 99, "other", "x"), shown))
                .hasMessage("Συμπληρώστε το πεδίο «Όνομα». Η τιμή στο πεδίο «Πλήθος» πρέπει να είναι το πολύ 10. "
                        + "Συμπληρώστε το πεδίο «Έκβαση». Συμπληρώστε το πεδίο «Συμφωνία». "
                        + "Το πεδίο «other» δεν ανήκει στη φόρμα.");
    }

    @Test
    void a_hidden_field_is_neither_asked_for_nor_taken() {
        Answer hidden = checker.check(FORM, answer(Map.of("why", "x")), shown);
        assertThat(hidden.text("why")).isNull();

        assertThatThrownBy(() -> checker.check(FORM, answer(Map.of("outcome", "yes")), shown))
                .hasMessage("Συμπληρώστε το πεδίο «Γιατί».");
        assertThat(checker.check(FORM, answer(Map.of("outcome", "yes", "why", "έτσι")), shown)
                        .text("why"))
                .isEqualTo("έτσι");
    }

    @Test
    void a_component_that_cannot_be_checked_is_refused_when_the_form_is_read() {
        byte[] form = "{\"id\":\"x\",\"components\":[{\"type\":\"filepicker\",\"key\":\"f\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        assertThatIllegalArgumentException().isThrownBy(() -> Form.read(form)).withMessageContaining("filepicker");
    }

    private static Map<String, Object> answer(Map<String, Object> other) {
        Map<String, Object> answer = new HashMap<>(Map.of("name", "Άννα", "outcome", "no", "agreed", true));
        answer.putAll(other);
        return answer;
    }
}
