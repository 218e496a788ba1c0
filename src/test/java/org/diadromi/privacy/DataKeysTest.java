package org.diadromi.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.diadromi.privacy.DataKeys.UnusableDataKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the keys of the sensitive data promise. */
class DataKeysTest {

    static final String OLD = "k1:" + Base64.getEncoder().encodeToString(new byte[32]);
    static final String NEW = "k2:" + Base64.getEncoder().encodeToString("12345678901234567890123456789012".getBytes());

    private final DataKeys keys = new DataKeys(OLD, false);

    @Test
    void what_is_sealed_is_read_in_its_place_only() {
        String sealed = keys.seal("YES", "7/disability");
        assertThat(keys.open("k1", sealed, "7/disability")).isEqualTo("YES");
        assertThatThrownBy(() -> keys.open("k1", sealed, "8/disability")).hasMessageContaining("altered, or moved");
        assertThatThrownBy(() -> keys.open("k1", sealed, "7/refuge")).hasMessageContaining("altered, or moved");
    }

    @Test
    void one_bit_makes_it_unreadable() {
        byte[] sealed = Base64.getDecoder().decode(keys.seal("YES", "7/disability"));
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> keys.open("k1", Base64.getEncoder().encodeToString(altered), "7/disability"))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void the_same_answer_never_looks_the_same_and_all_answers_are_as_long() {
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            sealed.add(keys.seal("NO", "7/disability"));
        }
        assertThat(sealed).hasSize(500);
        for (SensitiveData.Answer answer : SensitiveData.Answer.values()) {
            assertThat(keys.seal(answer.name(), "7/disability"))
                    .hasSameSizeAs(sealed.iterator().next());
        }
    }

    @Test
    void the_first_key_encrypts_and_the_others_decrypt() {
        String before = keys.seal("YES", "7/disability");
        DataKeys both = new DataKeys(NEW + " , " + OLD, false);
        assertThat(both.current()).isEqualTo("k2");
        assertThat(both.open("k1", before, "7/disability")).isEqualTo("YES");
        String after = both.seal("YES", "7/disability");
        assertThat(both.open("k2", after, "7/disability")).isEqualTo("YES");
        assertThatThrownBy(() -> both.open("k1", after, "7/disability")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys.open("k2", after, "7/disability")).hasMessageContaining("k2");
    }

    @ParameterizedTest
    @CsvSource({
        "'', is not set",
        "' ', is not set",
        "'AAAA', not of the form",
        "'k 1:AAAA', not of the form",
        "'k1:secret!', is not in Base64",
        "'k1:AAAA', 'has 3 bytes, not 32'",
    })
    void a_setting_that_is_wrong_is_refused_without_repeating_it(String written, String why) {
        assertThatThrownBy(() -> new DataKeys(written, false))
                .isInstanceOf(UnusableDataKeys.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("AAAA")
                .hasMessageNotContaining("secret!");
        assertThatThrownBy(() -> new DataKeys(OLD + "," + OLD, false)).hasMessageContaining("two keys with the id k1");
    }

    @Test
    void a_demonstration_needs_no_key() {
        DataKeys demo = new DataKeys("", true);
        assertThat(demo.open(demo.current(), demo.seal("NO", "1/refuge"), "1/refuge"))
                .isEqualTo("NO");
        assertThat(new DataKeys(OLD, true).current()).isEqualTo("k1");
    }
}
