package org.diadromi.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    private static double atLeast(int[] past, int weeks, int number) {
        double[] sums = exact(past, weeks);
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
        int[] told = Forecast.atLeast(new Forecast(past).sums(weeks), PROBABILITIES);
        for (int i = 0; i < told.length; i++) {
            assertThat(atLeast(past, weeks, told[i])).isGreaterThan(PROBABILITIES.get(i) - NOISE);
            assertThat(atLeast(past, weeks, told[i] + 1)).isLessThan(PROBABILITIES.get(i) + NOISE);
        }
    }

    @Test
    void the_rest_of_a_quarter_is_its_weeks_and_the_same_days_of_one_more() {
        // Five ventures each Monday, one each Thursday.
        LocalDate wednesday = LocalDate.of(2026, 11, 25);
        ForecastFigures.Weeks weeks = each(wednesday, Map.of(DayOfWeek.MONDAY, 5, DayOfWeek.THURSDAY, 1));
        assertThat(ForecastPages.untilEndOfQuarter(weeks, wednesday))
                .as("five weeks and a Thursday")
                .containsOnly(5 * 6 + 1);
        assertThat(weeks.registeredInFirst(4)).containsOnly(1);
        assertThat(weeks.registeredInFirst(5)).containsOnly(6);

        LocalDate last = LocalDate.of(2026, 12, 31);
        assertThat(ForecastPages.untilEndOfQuarter(each(last, Map.of(DayOfWeek.THURSDAY, 7)), last))
                .as("nothing comes after the last day")
                .containsOnly(0);
        LocalDate before = last.minusDays(1);
        assertThat(ForecastPages.untilEndOfQuarter(each(before, Map.of(DayOfWeek.THURSDAY, 7)), before))
                .as("the last day")
                .containsOnly(7);
        LocalDate first = LocalDate.of(2026, 10, 1);
        assertThat(ForecastPages.untilEndOfQuarter(each(first, Map.of(DayOfWeek.THURSDAY, 7)), first))
                .as("13 weeks, as many as after any day in the question beside it")
                .containsOnly(13 * 7);
    }

    @Test
    void what_a_part_of_a_week_brings_is_drawn_too() {
        int[] sums = new Forecast(new int[] {10, 10}).sums(1, new int[] {0, 4});
        assertThat(Arrays.stream(sums).filter(sum -> sum == 10).count() / (double) Forecast.RUNS)
                .isBetween(0.5 - NOISE, 0.5 + NOISE);
        assertThat(Arrays.stream(sums).filter(sum -> sum != 10)).containsOnly(14);
    }

    /** A year in which the same number was registered on each such day of the week. */
    private static ForecastFigures.Weeks each(LocalDate today, Map<DayOfWeek, Integer> numbers) {
        int[] days = new int[7 * ForecastFigures.PAST];
        Arrays.setAll(days, ago -> numbers.getOrDefault(today.minusDays(ago).getDayOfWeek(), 0));
        int[] none = new int[ForecastFigures.PAST];
        return new ForecastFigures.Weeks(days, none, none, 0, 0);
    }

    /** So many in the middle of each week. */
    private static int[] days(int... weeks) {
        int[] days = new int[7 * weeks.length];
        for (int week = 0; week < weeks.length; week++) {
            days[7 * week + 3] = weeks[week];
        }
        return days;
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
        assertThat(Forecast.atLeast(forecast.sums(13), PROBABILITIES)).containsOnly(0);
        assertThat(forecast.weeksFor(1, PROBABILITIES, 100)).containsOnly(-1);
        assertThat(forecast.weeksFor(0, PROBABILITIES, 100)).containsOnly(0);
    }

    @Test
    void trials_know_nothing_of_what_came_after_them() {
        int[] steady = new int[60];
        Arrays.fill(steady, 2);
        ForecastFigures.Weeks even = new ForecastFigures.Weeks(days(steady), steady, steady, 10, 130);
        assertThat(ForecastFigures.trialsOfNumber(even).number()).isGreaterThan(5);
        assertThat(ForecastFigures.trialsOfNumber(even).right())
                .containsOnly(ForecastFigures.trialsOfNumber(even).number());
        assertThat(ForecastFigures.trialsOfTime(even).right())
                .containsOnly(ForecastFigures.trialsOfTime(even).number());

        // All stopped at once 14 weeks ago: who looked at the weeks before could not know.
        int[] stopped = steady.clone();
        Arrays.fill(stopped, 0, 14, 0);
        ForecastFigures.Weeks over = new ForecastFigures.Weeks(days(stopped), stopped, steady, 38, 130);
        ForecastFigures.Trials trials = ForecastFigures.trialsOfNumber(over);
        assertThat(trials.right()).allSatisfy(right -> assertThat(right).isLessThan(trials.number()));
    }

    @Test
    void so_many_weeks_ago_as_many_were_open_as_came_and_were_not_through() {
        ForecastFigures.Weeks weeks =
                new ForecastFigures.Weeks(new int[21], new int[] {2, 0, 1}, new int[] {1, 4, 5}, 7, 10);
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
