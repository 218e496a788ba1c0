package org.diadromi;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The words of the message files, and dates and lists as people read them. Greek where nothing else is asked for. */
@Component
public class Texts {

    /** The language of staff and of whoever has not chosen another. */
    public static final Locale GREEK = Locale.forLanguageTag("el-GR");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private final MessageSource messages;

    Texts(MessageSource messages) {
        this.messages = messages;
    }

    /** The Greek text of a key; missing keys are an error. */
    public String of(String key, Object... arguments) {
        return of(GREEK, key, arguments);
    }

    /** The text of a key in the reader's language. */
    public String of(Locale locale, String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale);
    }

    /** The Greek label of one option of a form, e.g. {@code option("area", "legal")}; empty for no choice. */
    public String option(String list, String value) {
        return value == null ? "" : of(list + "." + value);
    }

    /** The Greek labels of several options, with commas. */
    public String options(String list, Collection<String> values) {
        return values.stream().map(value -> option(list, value)).collect(Collectors.joining(", "));
    }

    /** What a rule's violation says, in the reader's language. */
    public String of(Locale locale, RuleViolation violation) {
        return of(locale, "problem." + violation.problem(), violation.arguments());
    }

    /** dd/mm/yyyy. */
    public String date(LocalDate date) {
        return DATE.format(date);
    }

    /** «Τρίτη 1 Δεκεμβρίου». */
    public String day(LocalDate date, Locale locale) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM", locale).format(date);
    }

    /** «Τρίτη 1 Δεκεμβρίου 2026, 10:00». */
    public String moment(LocalDateTime moment, Locale locale) {
        return DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm", locale).format(moment);
    }
}
