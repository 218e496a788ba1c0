package org.diadromi.supervision;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When the open cases will be through and how many ventures there will be, from how it went so far, and how often that was right. */
@Repository
class ForecastFigures {

    /** The days of a week. */
    static final int WEEK = 7;

    static final List<Double> PROBABILITIES = List.of(0.5, 0.85, 0.95);

    /** Past weeks that a forecast looks at. */
    static final int PAST = 52;

    /** Fewer past weeks say too little. */
    static final int ENOUGH = 12;

    /** How far a forecast of a date reaches. */
    static final int LIMIT = 260;

    /** Weeks of the trial forecasts: a quarter. */
    static final int QUARTER = 13;

    /** Weeks between two trial forecasts. */
    private static final int STEP = 4;

    /**
     * How the weeks up to now went, the latest first: week 0 is today, which is not over, and the six days before.
     *
     * @param registeredByDay ventures registered on each day of these weeks, the latest first
     * @param through cases that were registered or ended before in each week
     * @param opened cases opened in each week
     * @param open cases now that are neither registered nor ended
     * @param cases how many different cases there are at all
     */
    record Weeks(int[] registeredByDay, int[] through, int[] opened, int open, int cases) {

        /** How many weeks there are. */
        int count() {
            return through.length;
        }

        /** Ventures registered in each week. */
        int[] registered() {
            return registeredInFirst(WEEK);
        }

        /** Ventures registered in so many first days of each week: on the same days of the week as those to come. */
        int[] registeredInFirst(int days) {
            return byWeek(registeredByDay, days);
        }

        /** The weeks from so many ago on, at most as many as a forecast looks at. */
        int[] past(int[] series, int ago) {
            return Arrays.copyOfRange(series, ago, Math.min(series.length, ago + PAST));
        }

        /** How many cases were on their way so many weeks ago. */
        int openAgo(int ago) {
            int then = open;
            for (int week = 0; week < ago; week++) {
                then += through[week] - opened[week];
            }
            return then;
        }
    }

    /** How often the trial forecasts with these probabilities came true. */
    record Trials(int number, List<Integer> right) {}

    private record OnDay(LocalDate onDay, int cases) {

        int before(LocalDate today) {
            return (int) Math.max(0, ChronoUnit.DAYS.between(onDay, today));
        }
    }

    private final JdbcClient jdbc;
    private final Meanwhile meanwhile;

    ForecastFigures(JdbcClient jdbc, Meanwhile meanwhile) {
        this.jdbc = jdbc;
        this.meanwhile = meanwhile;
    }

    /**
     * The weeks since the first case of the view was opened; the view's period does not matter. A case is a venture from its follow-up
     * on, and was through when that began.
     */
    Weeks weeks(View view) {
        String stages = view.from("stage_fact", "s");
        String ventures = "s.stage = 'follow-up' and " + view.people("s");
        String began = byDay("s.entered_at", "count(*)", stages, ventures);
        String endedBefore =
                byDay("c.closed_at", "count(*)", view.cases(), "c.closed_at is not null and " + view.people())
                        + " union all "
                        + byDay(
                                "n.closed_at",
                                "-count(*)",
                                stages + " join case_fact n on n.case_id = s.case_id",
                                "n.closed_at is not null and " + ventures);
        Supplier<int[]> venturesByDay = meanwhile.find(() -> untilNow(view, began));
        Supplier<int[]> endedBeforeByDay = meanwhile.find(() -> untilNow(view, endedBefore));
        int[] openedByDay = untilNow(view, byDay("c.opened_at", "count(*)", view.cases(), view.people()));
        // Nothing happens in a case before it is opened: none of the others has more days.
        int[] registeredByDay = Arrays.copyOf(venturesByDay.get(), openedByDay.length);
        int[] throughByDay = Arrays.copyOf(endedBeforeByDay.get(), openedByDay.length);
        for (int ago = 0; ago < openedByDay.length; ago++) {
            throughByDay[ago] += registeredByDay[ago];
        }
        int cases = Arrays.stream(openedByDay).sum();
        return new Weeks(
                registeredByDay,
                byWeek(throughByDay, WEEK),
                byWeek(openedByDay, WEEK),
                cases - Arrays.stream(throughByDay).sum(),
                cases);
    }

    private static String byDay(String moment, String number, String from, String condition) {
        return "select cast(%s as date) as on_day, %s as cases from %s where %s group by on_day"
                .formatted(moment, number, from, condition);
    }

    /** How many on each day from today back. To tell the week of each row instead takes H2 three times as long. */
    private int[] untilNow(View view, String byDay) {
        List<OnDay> days =
                jdbc.sql(byDay).params(view.parameters()).query(OnDay.class).list();
        LocalDate today = view.now().toLocalDate();
        int count = days.stream().mapToInt(day -> day.before(today) + 1).max().orElse(0);
        int[] numbers = new int[count];
        days.forEach(day -> numbers[day.before(today)] += day.cases());
        return numbers;
    }

    /** How many in so many first days of each week, from how many on each day, the latest first. */
    private static int[] byWeek(int[] byDay, int days) {
        int[] weeks = new int[(byDay.length + WEEK - 1) / WEEK];
        for (int ago = 0; ago < byDay.length; ago++) {
            if (WEEK - 1 - ago % WEEK < days) {
                weeks[ago / WEEK] += byDay[ago];
            }
        }
        return weeks;
    }

    /** Trial forecasts of how many ventures a quarter brings, each from the weeks before it only. */
    static Trials trialsOfNumber(Weeks weeks) {
        int[] right = new int[PROBABILITIES.size()];
        int number = 0;
        int[] registered = weeks.registered();
        for (int ago = QUARTER; ago + ENOUGH <= weeks.count(); ago += STEP) {
            int[] told = Forecast.atLeast(
                    new Forecast(weeks.past(registered, ago), Forecast.TRIAL_RUNS).sums(QUARTER), PROBABILITIES);
            int actual = 0;
            for (int week = ago - QUARTER; week < ago; week++) {
                actual += registered[week];
            }
            for (int i = 0; i < right.length; i++) {
                right[i] += actual >= told[i] ? 1 : 0;
            }
            number++;
        }
        return new Trials(number, boxed(right));
    }

    /** Trial forecasts of when as many cases as were open would be through; those that nobody can judge yet are left out. */
    static Trials trialsOfTime(Weeks weeks) {
        int[] right = new int[PROBABILITIES.size()];
        int number = 0;
        for (int ago = STEP; ago + ENOUGH <= weeks.count(); ago += STEP) {
            int wanted = weeks.openAgo(ago);
            int sum = 0;
            int took = 0;
            while (sum < wanted && took < ago) {
                took++;
                sum += weeks.through()[ago - took];
            }
            if (wanted == 0 || sum < wanted) {
                continue;
            }
            int[] told = new Forecast(weeks.past(weeks.through(), ago), Forecast.TRIAL_RUNS)
                    .weeksFor(wanted, PROBABILITIES, LIMIT);
            for (int i = 0; i < right.length; i++) {
                right[i] += told[i] >= 0 && took <= told[i] ? 1 : 0;
            }
            number++;
        }
        return new Trials(number, boxed(right));
    }

    private static List<Integer> boxed(int[] numbers) {
        List<Integer> boxed = new ArrayList<>();
        for (int number : numbers) {
            boxed.add(number);
        }
        return boxed;
    }
}
