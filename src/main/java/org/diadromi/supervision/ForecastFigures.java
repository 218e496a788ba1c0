package org.diadromi.supervision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When the open cases will be through and how many ventures there will be, from how it went so far, and how often that was right. */
@Repository
class ForecastFigures {

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
     * How the weeks before now went, the latest first: week 0 is the seven days that end now.
     *
     * @param registered ventures registered in each week
     * @param through cases that were registered or ended before in each week
     * @param opened cases opened in each week
     * @param open cases now that are neither registered nor ended
     * @param cases how many different cases there are at all
     */
    record Weeks(int[] registered, int[] through, int[] opened, int open, int cases) {

        /** How many weeks there are. */
        int count() {
            return registered.length;
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

    private record InWeek(String event, int weeksAgo, int cases) {}

    private final JdbcClient jdbc;

    ForecastFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The weeks since the first case of the view was opened; the view's period does not matter. */
    Weeks weeks(View view) {
        List<InWeek> happened = jdbc.sql("""
                select 'opened' as event, %5$s as weeks_ago, count(*) as cases from %1$s where %2$s group by weeks_ago
                union all
                select 'closed', %6$s as weeks_ago, count(*) from %1$s where c.closed_at is not null and %2$s group by weeks_ago
                union all
                select 'registered', %7$s as weeks_ago, count(*)
                from (select min(s.entered_at) as moment from %3$s where s.stage = 'follow-up' and %4$s group by s.case_id) first_ones
                group by weeks_ago
                union all
                select 'ventureClosed', %7$s as weeks_ago, count(*)
                from (select max(n.closed_at) as moment from %3$s join case_fact n on n.case_id = s.case_id
                      where s.stage = 'follow-up' and n.closed_at is not null and %4$s group by s.case_id) closed_ones
                group by weeks_ago
                """.formatted(
                                view.cases(),
                                view.people(),
                                view.from("stage_fact", "s"),
                                view.people("s"),
                                weeksAgo("c.opened_at"),
                                weeksAgo("c.closed_at"),
                                weeksAgo("moment")))
                .params(view.parameters())
                .query(InWeek.class)
                .list();
        int count =
                happened.stream().mapToInt(week -> week.weeksAgo() + 1).max().orElse(0);
        int[] registered = new int[count];
        int[] through = new int[count];
        int[] opened = new int[count];
        for (InWeek week : happened) {
            int ago = week.weeksAgo();
            switch (week.event()) {
                case "opened" -> opened[ago] += week.cases();
                case "closed" -> through[ago] += week.cases();
                case "registered" -> {
                    registered[ago] += week.cases();
                    through[ago] += week.cases();
                }
                // A venture was through when it was registered. To look for that of each case that has closed takes
                // longer.
                default -> through[ago] -= week.cases();
            }
        }
        int cases = Arrays.stream(opened).sum();
        return new Weeks(
                registered, through, opened, cases - Arrays.stream(through).sum(), cases);
    }

    private static String weeksAgo(String moment) {
        return "greatest(0, cast(extract(day from (cast(:now as timestamp) - %s)) as integer) / 7)".formatted(moment);
    }

    /** Trial forecasts of how many ventures a quarter brings, each from the weeks before it only. */
    static Trials trialsOfNumber(Weeks weeks) {
        int[] right = new int[PROBABILITIES.size()];
        int number = 0;
        for (int ago = QUARTER; ago + ENOUGH <= weeks.count(); ago += STEP) {
            int[] told = new Forecast(weeks.past(weeks.registered(), ago), Forecast.TRIAL_RUNS)
                    .atLeast(QUARTER, PROBABILITIES);
            int actual = 0;
            for (int week = ago - QUARTER; week < ago; week++) {
                actual += weeks.registered()[week];
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
