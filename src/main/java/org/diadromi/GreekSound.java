package org.diadromi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a Greek name sounds, whoever writes it: in Greek letters, in Latin ones by ELOT 743 (ISO 843, as on passports), or in the
 * Latin ones of chats (8 for θ, w for ω, h for η, x for χ). Names that sound alike have a code in common. Letters that people take for
 * each other have the same sign: β, μπ and φ; δ and ντ; γ, γκ and γγ; θ and τ; χ and ξ; ζ and σ.
 */
public final class GreekSound {

    private static final int MOST_READINGS = 8;
    private static final String VOWELS = "aeiouyw";

    private static final Pattern GREEK = Pattern.compile("\\p{IsGreek}");
    private static final Pattern SAME_TWICE = Pattern.compile("(.)\\1+");

    /** What Greek letters, the longest group first, sound like; small letters without accents and final sigma. */
    private static final Map<String, String> SOUNDS = pairs("""
            γχ h  γγ g  γκ g  μπ v  μβ v  ντ d  νδ d  τζ ts  κσ h  ου u  αι e  ει i  οι i  υι i  αυ av  ευ ev  ηυ iv
            α a  β v  γ g  δ d  ε e  ζ s  η i  θ t  ι i  κ k  λ l  μ m  ν n  ξ h  ο o  π p  ρ r  σ s  τ t  υ i  φ v  χ h  ψ ps  ω o
            """);

    /** Which Greek letters Latin ones stand for, the longest group first, where they stand for one thing only. */
    private static final Map<String, String> LETTERS = pairs("""
            nch γχ  gch γχ  ch χ   ph φ  ps ψ  ks ξ  ou ου  oy ου  au αυ  ay αυ  eu ευ  ey ευ  ng γκ  nk γκ  gk γκ  gg γκ
            tz τζ  dz τζ  a α  b β  c κ  d δ  e ε  f φ  g γ  i ι  j τζ  k κ  l λ  m μ  n ν  o ο  p π  q κ  r ρ  s σ  t τ
            v β  w ω  x χ  y υ  z ζ  0 ο  3 ξ  4 ψ  8 θ  9 θ
            """);

    private static final Pattern LATIN_Y = Pattern.compile("^yi?(?=[aeou])");
    private static final Pattern NO_NAME = Pattern.compile("[^\\p{L}\\p{N}]+");

    private GreekSound() {}

    /** The words of a name, without accents and signs between them; a single letter is no word. */
    public static List<String> words(String name) {
        return NO_NAME.splitAsStream(GreekText.fold(name))
                .filter(word -> word.length() > 1)
                .toList();
    }

    /** The codes of a word of {@link #words}: one for Greek letters, one for each way to read Latin ones. */
    public static Set<String> of(String word) {
        if (GREEK.matcher(word).find()) {
            return Set.of(sound(word));
        }
        return readings(LATIN_Y.matcher(word).replaceFirst("gi")).stream()
                .map(GreekSound::sound)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String sound(String greek) {
        StringBuilder code = new StringBuilder();
        int at = 0;
        while (at < greek.length()) {
            String group = longest(greek, at, SOUNDS);
            code.append(group == null ? greek.substring(at, at + 1) : SOUNDS.get(group));
            at += group == null ? 1 : group.length();
        }
        return SAME_TWICE.matcher(code).replaceAll("$1");
    }

    /** Everything in Greek letters that somebody may have meant by Latin ones. */
    private static List<String> readings(String latin) {
        List<String> readings = List.of("");
        int at = 0;
        while (at < latin.length()) {
            String group = ambiguous(latin, at);
            List<String> meant = group == null ? null : meant(latin, at, group);
            if (group == null) {
                group = longest(latin, at, LETTERS);
                meant = group == null ? List.of(latin.substring(at, at + 1)) : List.of(LETTERS.get(group));
            }
            List<String> longer = new ArrayList<>();
            for (String letters : meant) {
                readings.forEach(reading -> longer.add(reading + letters));
            }
            readings = longer.subList(0, Math.min(longer.size(), MOST_READINGS));
            at += group == null ? 1 : group.length();
        }
        return readings;
    }

    private static String ambiguous(String latin, int at) {
        for (String group : List.of("th", "dh", "gh", "kh", "nt", "nd", "mp", "mb", "h", "u")) {
            if (latin.startsWith(group, at)) {
                // Ανθή is ν and θ, not ντ and η; Νύμφη is μ and φ.
                boolean nextIsH = latin.startsWith("h", at + group.length());
                return nextIsH && group.matches("nt|mp") ? null : group;
            }
        }
        return null;
    }

    private static List<String> meant(String latin, int at, String group) {
        boolean beforeVowel = isVowel(latin, at + group.length());
        return switch (group) {
            // Παναγιώτης is written Panagiwths, and Θωμάς Thomas.
            case "th" -> beforeVowel ? List.of("θ") : List.of("θ", "τη");
            case "dh" -> List.of(beforeVowel ? "δ" : "δη");
            case "kh" -> beforeVowel ? List.of("χ") : List.of("κη", "χ");
            case "gh" -> List.of(beforeVowel ? "γ" : "γη");
            case "nt", "nd" -> List.of("ντ");
            case "mp", "mb" -> List.of("μπ");
            case "u" -> List.of("ου", "υ");
            default -> {
                boolean afterVowel = isVowel(latin, at - 1);
                if (beforeVowel) {
                    yield List.of("χ");
                }
                boolean last = at + 1 == latin.length();
                yield (afterVowel || at == 0) && !last ? List.of("η", "χ") : List.of("η");
            }
        };
    }

    private static boolean isVowel(String latin, int at) {
        return at >= 0 && at < latin.length() && VOWELS.indexOf(latin.charAt(at)) >= 0;
    }

    private static String longest(String text, int at, Map<String, String> groups) {
        for (int length = 3; length > 0; length--) {
            if (at + length <= text.length() && groups.containsKey(text.substring(at, at + length))) {
                return text.substring(at, at + length);
            }
        }
        return null;
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Matcher pair = Pattern.compile("(\\S+) (\\S+)").matcher(text);
        while (pair.find()) {
            pairs.put(pair.group(1), pair.group(2));
        }
        return pairs;
    }
}
