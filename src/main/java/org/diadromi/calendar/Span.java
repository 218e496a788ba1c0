package org.diadromi.calendar;

import java.time.Period;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time in days: business days of a centre, or a calendar period.
 *
 * @param businessDays how many business days; 0 when it is a calendar period
 * @param period the calendar period; zero when it is in business days
 */
public record Span(int businessDays, Period period) {

    private static final Pattern BUSINESS_DAYS = Pattern.compile("(\\d{1,4})bd");

    /** Reads "3bd" (business days) or an ISO 8601 period such as "P30D"; an {@link IllegalArgumentException} otherwise. */
    public static Span valueOf(String text) {
        Matcher matcher = BUSINESS_DAYS.matcher(text.strip());
        if (matcher.matches()) {
            return new Span(Integer.parseInt(matcher.group(1)), Period.ZERO);
        }
        Period period;
        try {
            period = Period.parse(text.strip());
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("A length of time is written 3bd, P30D or P3M, not " + text, e);
        }
        if (period.isNegative()) {
            throw new IllegalArgumentException("A length of time is not negative: " + text);
        }
        return new Span(0, period);
    }

    /** As {@link #valueOf} reads it. */
    @Override
    public String toString() {
        return period.isZero() ? businessDays + "bd" : period.toString();
    }
}
