package org.diadromi.supervision;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the next weeks will bring, if they are like those before: each week to come is one of the past weeks, drawn at random, many
 * times over (Monte Carlo). The draws are the same for the same past, so a page says the same when it is loaded again.
 */
final class Forecast {

    static final int RUNS = 4000;

    /** Where one of many forecasts is only compared with what came, fewer do. */
    static final int TRIAL_RUNS = 1000;

    private static final int[] NOTHING = {0};

    private static final long SEED = 4430;

    private final int[] past;
    private final int runs;

    /**
     * @param past how many there were in each of the past weeks; at least one week
     */
    Forecast(int[] past) {
        this(past, RUNS);
    }

    /** With another number of runs. */
    Forecast(int[] past, int runs) {
        if (past.length == 0) {
            throw new IllegalArgumentException("Nothing can be said without a past");
        }
        this.past = past.clone();
        this.runs = runs;
    }

    /**
     * How many there will be in so many weeks, once for each run, from the fewest to the most.
     *
     * @param part how many there were in a part of each past week, if as much of one more is still to come; at least one week
     */
    int[] sums(int weeks, int[] part) {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] sums = new int[runs];
        for (int run = 0; run < runs; run++) {
            for (int week = 0; week < weeks; week++) {
                sums[run] += past[random.nextInt(past.length)];
            }
            sums[run] += part[random.nextInt(part.length)];
        }
        Arrays.sort(sums);
        return sums;
    }

    /** The same for whole weeks. */
    int[] sums(int weeks) {
        return sums(weeks, NOTHING);
    }

    /** How many there will be at least in a time of which these are the {@link #sums}, with each of these probabilities from 0 to 1. */
    static int[] atLeast(int[] sums, List<Double> probabilities) {
        return probabilities.stream()
                .mapToInt(probability -> sums[(int) Math.floor((1 - probability) * sums.length)])
                .toArray();
    }

    /**
     * After how many weeks at most there will have been that many, with each of these probabilities; -1 where the past does not
     * say: where it takes longer than {@code limit} weeks.
     */
    int[] weeksFor(int wanted, List<Double> probabilities, int limit) {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] weeks = new int[runs];
        for (int run = 0; run < runs; run++) {
            int sum = 0;
            while (sum < wanted && weeks[run] <= limit) {
                sum += past[random.nextInt(past.length)];
                weeks[run]++;
            }
        }
        Arrays.sort(weeks);
        return probabilities.stream()
                .mapToInt(probability -> weeks[(int) Math.ceil(probability * runs) - 1])
                .map(answer -> answer > limit ? -1 : answer)
                .toArray();
    }
}
