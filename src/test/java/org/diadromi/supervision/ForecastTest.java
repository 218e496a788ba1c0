package org.diadromi.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drawn forecasts against the exact probabilities, and the trials against pasts of which the outcome is known. */
class ForecastTest {

    private static final List<Double> PROBABILITIES = ForecastFigures.PROBABILITIES;

    /** As much as 4,000 draws may be off. */
    private static final double NOISE = 0.03;

    /** The exact probability of each sum of so many weeks. */
    private static double[] exact(int[] past, int weeks) {
        double[] sums = {1};
        int most = Arrays.stream(past).max().orElseThrow();
        for (int week = 0; week < weeks; week++) {
            double[] next = new double[sums.length + most];
            for (int sum = 0; sum < sums.length; sum++) {
                for (int one : past) {
                    next[sum + one] += sums[sum] / past.length;
                }
            }
            sums = next;
        }
        return sums;
    }

    /** As {@link #exact}, with so many days more, in which each of a week's comes with the probability of these days. */
    private static double[] exact(int[] past, int weeks, int days) {
        double[] sums = exact(past, weeks);
        double[] all = new double[sums.length + Arrays.stream(past).max().orElseThrow()];
        for (int one : past) {
            double[] part = {1};
            for (int i = 0; i < one; i++) {
                double[] next = new double[part.length + 1];
                for (int came = 0; came < part.length; came++) {
                    next[came] += part[came] * (7 - days) / 7;
                    next[came + 1] += part[came] * days / 7;
                }
                part = next;
            }
            for (int sum = 0; sum < sums.length; sum++) {
                for (int came = 0; came < part.length; came++) {
                    all[sum + came] += sums[sum] * part[came] / past.length;
                }
            }
        }
        return all;
    }

    private static double atLeast(int[] past, int weeks, int number) {
        return atLeast(exact(past, weeks), number);
    }

    private static double atLeast(double[] sums, int number) {
        double probability = 0;
        for (int sum = Math.max(0, number); sum < sums.length; sum++) {
            probability += sums[sum];
        }
        return probability;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_number_is_reached_as_often_as_is_said(long seed) {
        int[] past = random(seed, 30, 5);
        int weeks = 5 + (int) seed;
        int[] told = new Forecast(past).atLeast(7 * weeks, PROBABILITIES);
        for (int i = 0; i < told.length; i++) {
            assertThat(atLeast(past, weeks, told[i])).isGreaterThan(PROBABILITIES.get(i) - NOISE);
            assertThat(atLeast(past, weeks, told[i] + 1)).isLessThan(PROBABILITIES.get(i) + NOISE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void a_part_of_a_week_counts_by_its_days(int days) {
        int[] past = random(days, 30, 30);
        for (int weeks : new int[] {0, 2}) {
            double[] exact = exact(past, weeks, days);
            int[] told = new Forecast(past).atLeast(7 * weeks + days, PROBABILITIES);
            for (int i = 0; i < told.length; i++) {
                assertThat(atLeast(exact, told[i])).isGreaterThan(PROBABILITIES.get(i) - NOISE);
                assertThat(atLeast(exact, told[i] + 1)).isLessThan(PROBABILITIES.get(i) + NOISE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_weeks_suffice_as_often_as_is_said(long seed) {
        int[] past = random(seed, 30, 4);
        int wanted = 20 * (int) seed;
        int[] told = new Forecast(past).weeksFor(wanted, PROBABILITIES, 500);
        for (int i = 0; i < told.length; i++) {
            assertThat(atLeast(past, told[i], wanted)).isGreaterThan(PROBABILITIES.get(i) - NOISE);
            assertThat(atLeast(past, told[i] - 1, wanted)).isLessThan(PROBABILITIES.get(i) + NOISE);
        }
    }

    @Test
    void where_nothing_ever_gets_through_nothing_is_promised() {
        Forecast forecast = new Forecast(new int[20]);
        assertThat(forecast.atLeast(13 * 7, PROBABILITIES)).containsOnly(0);
        assertThat(forecast.weeksFor(1, PROBABILITIES, 100)).containsOnly(-1);
        assertThat(forecast.weeksFor(0, PROBABILITIES, 100)).containsOnly(0);
    }

    @Test
    void trials_know_nothing_of_what_came_after_them() {
        int[] steady = new int[60];
        Arrays.fill(steady, 2);
        ForecastFigures.Weeks even = new ForecastFigures.Weeks(steady, steady, steady, 10, 130);
        assertThat(ForecastFigures.trialsOfNumber(even).number()).isGreaterThan(5);
        assertThat(ForecastFigures.trialsOfNumber(even).right())
                .containsOnly(ForecastFigures.trialsOfNumber(even).number());
        assertThat(ForecastFigures.trialsOfTime(even).right())
                .containsOnly(ForecastFigures.trialsOfTime(even).number());

        // All stopped at once 14 weeks ago: who looked at the weeks before could not know.
        int[] stopped = steady.clone();
        Arrays.fill(stopped, 0, 14, 0);
        ForecastFigures.Weeks over = new ForecastFigures.Weeks(stopped, stopped, steady, 38, 130);
        ForecastFigures.Trials trials = ForecastFigures.trialsOfNumber(over);
        assertThat(trials.right()).allSatisfy(right -> assertThat(right).isLessThan(trials.number()));
    }

    @Test
    void so_many_weeks_ago_as_many_were_open_as_came_and_were_not_through() {
        ForecastFigures.Weeks weeks =
                new ForecastFigures.Weeks(new int[3], new int[] {2, 0, 1}, new int[] {1, 4, 5}, 7, 10);
        assertThat(weeks.openAgo(0)).isEqualTo(7);
        assertThat(weeks.openAgo(1)).isEqualTo(8);
        assertThat(weeks.openAgo(2)).isEqualTo(4);
        assertThat(weeks.openAgo(3)).isZero();
    }

    @Test
    void a_quarter_ends_with_its_third_month() {
        assertThat(ForecastPages.endOfQuarter(LocalDate.of(2026, 11, 25))).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(ForecastPages.endOfQuarter(LocalDate.of(2027, 1, 1))).isEqualTo(LocalDate.of(2027, 3, 31));
        assertThat(ForecastPages.endOfQuarter(LocalDate.of(2027, 9, 30))).isEqualTo(LocalDate.of(2027, 9, 30));
    }

    private static int[] random(long seed, int weeks, int most) {
        Random random = new Random(seed);
        return random.ints(weeks, 0, most).toArray();
    }
}
