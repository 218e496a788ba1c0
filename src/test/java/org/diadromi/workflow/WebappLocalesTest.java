package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

/** Camunda's web applications in Greek: every key that they have in English, with the same places for values. */
class WebappLocalesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACE = Pattern.compile("\\{\\{[^}]*}}|%[ds]");

    @ParameterizedTest
    @ValueSource(strings = {"tasklist", "admin", "welcome"})
    void every_key_is_there_in_greek(String application) throws IOException {
        JsonNode english = labels(application, "en");
        JsonNode greek = labels(application, "el");
        TreeSet<String> missing = new TreeSet<>();
        english.fieldNames().forEachRemaining(key -> {
            if (!greek.has(key)) {
                missing.add(key);
            }
        });
        assertThat(missing).isEmpty();
        english.fieldNames()
                .forEachRemaining(key -> assertThat(places(greek.path(key).asText()))
                        .as(key)
                        .containsExactlyInAnyOrderElementsOf(
                                places(english.path(key).asText())));
    }

    private static List<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).toList();
    }

    private static JsonNode labels(String application, String language) throws IOException {
        String path = "META-INF/resources/webjars/camunda/app/" + application + "/locales/" + language + ".json";
        String text = new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
        // Camunda's own files begin with a byte order mark.
        return JSON.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text)
                .path("labels");
    }
}
