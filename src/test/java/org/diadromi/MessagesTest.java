package org.diadromi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** The two languages stay in step. */
class MessagesTest {

    @Test
    void greek_and_english_have_the_same_keys() throws IOException {
        assertThat(read("messages_el.properties").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        read("messages_en.properties").stringPropertyNames());
    }

    @Test
    void every_problem_has_its_sentence() throws IOException {
        Properties greek = read("messages_el.properties");
        for (Problem problem : Problem.values()) {
            assertThat(greek.getProperty("problem." + problem))
                    .as(problem.name())
                    .isNotBlank();
        }
    }

    @Test
    void no_text_is_left_empty_or_has_latin_letters_for_greek_ones() throws IOException {
        Pattern mixedWord = Pattern.compile("\\p{IsGreek}[A-Za-z]|[A-Za-z]\\p{IsGreek}");
        read("messages_el.properties").forEach((key, text) -> {
            assertThat((String) text).as((String) key).isNotBlank();
            assertThat(mixedWord.matcher((String) text).find())
                    .as("%s: %s", key, text)
                    .isFalse();
        });
    }

    private static Properties read(String name) throws IOException {
        Properties properties = new Properties();
        try (InputStreamReader reader =
                new InputStreamReader(new ClassPathResource(name).getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
