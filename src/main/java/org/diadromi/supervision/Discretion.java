package org.diadromi.supervision;

/**
 * How a number of people is told. Who may see the people's names gets it as it is. Everybody else gets no number from 1 to 4, and
 * all others to the nearest five: neither a number, nor the difference of two, tells about fewer than five people.
 *
 * @param names whether the reader may see names
 * @param opensCases whether the reader may open the page of a case
 */
record Discretion(boolean names, boolean opensCases) {

    private static final int FEW = 5;

    /** Somebody who opens no case from here. */
    Discretion(boolean names) {
        this(names, false);
    }

    /** The number as it may be told; null when it may not. */
    Long number(long exact) {
        if (names || exact == 0) {
            return exact;
        }
        return exact < FEW ? null : Math.round((double) exact / FEW) * FEW;
    }

    /** Whether a measure of that many cases may be told. */
    boolean measure(long cases) {
        return cases > 0 && (names || cases >= FEW);
    }
}
