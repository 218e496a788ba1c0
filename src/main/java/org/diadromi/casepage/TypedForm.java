package org.diadromi.casepage;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;

/** A form of a case's pages as it was typed; a {@link RuleViolation} names what is missing or wrong by its label. */
record TypedForm(Map<String, String> form, Locale locale, Texts texts) {

    private static final int LONGEST_OPTION = 30;
    private static final int LONGEST_DAY = 10;

    /** Without blanks around it; null where nothing was typed. */
    String text(String key) {
        String value = form.get(key);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String optional(String key, String label, int longest) {
        String value = text(key);
        if (value != null && value.length() > longest) {
            throw new RuleViolation(Problem.FIELD_TOO_LONG, texts.of(locale, label), longest);
        }
        return value;
    }

    String required(String key, String label, int longest) {
        String value = optional(key, label, longest);
        if (value == null) {
            throw new RuleViolation(Problem.FIELD_MISSING, texts.of(locale, label));
        }
        return value;
    }

    String chosen(String key, String label, List<String> options) {
        String option = required(key, label, LONGEST_OPTION);
        if (!options.contains(option)) {
            throw new RuleViolation(Problem.FIELD_NOT_AN_OPTION, texts.of(locale, label));
        }
        return option;
    }

    LocalDate day(String key, String label) {
        try {
            return LocalDate.parse(required(key, label, LONGEST_DAY));
        } catch (DateTimeParseException e) {
            throw new RuleViolation(Problem.FIELD_BAD_FORMAT, texts.of(locale, label));
        }
    }
}
