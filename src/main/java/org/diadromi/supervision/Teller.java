package org.diadromi.supervision;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.diadromi.Texts;
import org.diadromi.supervision.Panel.Cell;

/** Puts figures into words for one reader. */
final class Teller {

    private final Texts texts;
    private final Discretion discretion;
    private final Locale locale;

    Teller(Texts texts, Discretion discretion, Locale locale) {
        this.texts = texts;
        this.discretion = discretion;
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    String text(String key, Object... arguments) {
        return texts.of(locale, key, arguments);
    }

    List<String> headings(String... keys) {
        return Arrays.stream(keys).map(key -> text("figures.column." + key)).toList();
    }

    Cell stage(String stage) {
        return Cell.text(text("figures.stage." + stage));
    }

    Cell outcome(String outcome) {
        return Cell.text(text("figures.outcome." + Outcomes.known(outcome)));
    }

    /** Whether the reader may see who is behind a number. */
    boolean names() {
        return discretion.names();
    }

    /** A case, as a link for whoever may open it. */
    Cell caseNumber(String number) {
        return new Cell(number, null, discretion.opensCases() ? "/cases/" + number : null);
    }

    Cell task(String taskKey) {
        return Cell.text(text("figures.task." + taskKey));
    }

    /** A number of people, or of what stands for them. */
    Cell count(long exact) {
        Long told = discretion.number(exact);
        return told == null ? Cell.text(text("figures.few")) : exact(told);
    }

    /** A number that tells about nobody. */
    Cell exact(long number) {
        return new Cell(
                "%,d".formatted(number).replace(",", "en".equals(locale.getLanguage()) ? "," : "."),
                (double) number,
                null);
    }

    /** The part of one number in another, as far as both may be told. */
    Cell share(long part, long whole) {
        Long toldPart = discretion.number(part);
        Long toldWhole = discretion.number(whole);
        if (toldPart == null || toldWhole == null || toldWhole == 0) {
            return Cell.none();
        }
        long percent = Math.min(100, Math.round(100.0 * toldPart / toldWhole));
        return new Cell(percent + " %", (double) percent, null);
    }

    /** The part of one number in another that tell about nobody; more than the whole is more than 100 %. */
    Cell partOf(double part, double whole) {
        long percent = Math.round(100 * part / whole);
        return new Cell(percent + " %", (double) percent, null);
    }

    /** A length in whole days that was measured over some cases. */
    Cell days(long cases, double days) {
        if (!discretion.measure(cases)) {
            return Cell.none();
        }
        long whole = Math.round(days);
        return exact(whole);
    }

    /** A length in days with one decimal, for what mostly takes less than a week. */
    Cell tenths(long cases, double days) {
        if (!discretion.measure(cases)) {
            return Cell.none();
        }
        return decimal(days);
    }

    /** A number with one decimal that tells about nobody. */
    Cell decimal(double number) {
        double tenths = Math.round(number * 10) / 10.0;
        return new Cell(String.format(locale, "%,.1f", tenths), tenths, null);
    }

    /** A part that was measured over some cases, from 0 to 1. */
    Cell percent(long cases, double part) {
        if (!discretion.measure(cases)) {
            return Cell.none();
        }
        long percent = Math.round(100 * part);
        return new Cell(percent + " %", (double) percent, null);
    }
}
