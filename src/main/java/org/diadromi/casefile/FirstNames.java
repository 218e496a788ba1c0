package org.diadromi.casefile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.diadromi.GreekSound;

/** Common Greek first names with their everyday forms: Γιάννης is Ιωάννης. */
public final class FirstNames {

    /** The codes of the names that stand for a name, by its code. */
    private static final Map<String, Set<String>> CALLED = called();

    private FirstNames() {}

    /** Whether the word is a first name, in Greek or in Latin letters. */
    public static boolean isOne(String word) {
        return GreekSound.words(word).stream()
                .flatMap(part -> GreekSound.of(part).stream())
                .anyMatch(CALLED::containsKey);
    }

    /** The codes of the names that a code of {@link GreekSound} may stand for; the code itself where it is no known name's. */
    static Set<String> standingFor(String code) {
        return CALLED.getOrDefault(code, Set.of(code));
    }

    private static Map<String, Set<String>> called() {
        Map<String, Set<String>> called = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                FirstNames.class.getResourceAsStream("/places/first-names.txt"), StandardCharsets.UTF_8))) {
            for (String line :
                    lines.lines().filter(text -> !text.startsWith("#")).toList()) {
                List<String> names = new ArrayList<>(GreekSound.words(line));
                if (!names.isEmpty()) {
                    String stands = GreekSound.of(names.get(0)).iterator().next();
                    names.stream()
                            .flatMap(name ->
                                    name.equals(names.get(0)) ? Stream.of(stands) : GreekSound.of(name).stream())
                            .forEach(code -> called.computeIfAbsent(code, key -> new LinkedHashSet<>())
                                    .add(stands));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return called;
    }
}
