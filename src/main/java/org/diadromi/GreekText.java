package org.diadromi;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What people type in Greek, compared as people compare it. */
public final class GreekText {

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    private GreekText() {}

    /** The text without accents and with small letters only, the final sigma as any other: Κέρκυρας gives κερκυρασ. */
    public static String fold(String text) {
        String bare = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("");
        return bare.toLowerCase(Locale.ROOT).replace('ς', 'σ');
    }
}
