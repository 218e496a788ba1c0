package org.diadromi.supervision;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.diadromi.Texts;
import org.diadromi.supervision.Panel.Cell;
import org.springframework.stereotype.Component;

/** The page of the forecasts: what they say, how likely each number is, and how often they were right before. */
@Component
class ForecastPages {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final int MOST_ROWS = 16;

    private final ForecastFigures figures;
    private final Texts texts;

    ForecastPages(ForecastFigures figures, Texts texts) {
        this.figures = figures;
        this.texts = texts;
    }

    List<Panel> forecast(View view, Discretion discretion, Locale locale) {
        Teller teller = new Teller(texts, discretion, locale);
        ForecastFigures.Weeks weeks = figures.weeks(view);
        LocalDate today = view.now().toLocalDate();
        boolean enough = weeks.count() >= ForecastFigures.ENOUGH && discretion.measure(weeks.cases());
        return List.of(
                answers(weeks, enough, today, teller), chances(weeks, enough, teller), trials(weeks, enough, teller));
    }

    /** The last day of the day's quarter. */
    static LocalDate endOfQuarter(LocalDate day) {
        return day.with(IsoFields.DAY_OF_QUARTER, 1).plusMonths(3).minusDays(1);
    }

    /** How many ventures are registered after the day until its quarter ends, from the fewest to the most. */
    static int[] untilEndOfQuarter(ForecastFigures.Weeks weeks, LocalDate today) {
        int left = (int) ChronoUnit.DAYS.between(today, endOfQuarter(today));
        return new Forecast(weeks.past(weeks.registered(), 0))
                .sums(left / ForecastFigures.WEEK, weeks.past(weeks.registeredInFirst(left % ForecastFigures.WEEK), 0));
    }

    private static int[] inQuarter(ForecastFigures.Weeks weeks) {
        return new Forecast(weeks.past(weeks.registered(), 0)).sums(ForecastFigures.QUARTER);
    }

    private Panel answers(ForecastFigures.Weeks weeks, boolean enough, LocalDate today, Teller teller) {
        List<List<Cell>> rows = new ArrayList<>();
        if (enough) {
            rows.add(numbers(
                    teller.text("figures.forecast.untilQuarter", DAY.format(endOfQuarter(today))),
                    untilEndOfQuarter(weeks, today),
                    teller));
            rows.add(numbers(
                    teller.text("figures.forecast.inQuarter", DAY.format(today.plusWeeks(ForecastFigures.QUARTER))),
                    inQuarter(weeks),
                    teller));
            int[] told = new Forecast(weeks.past(weeks.through(), 0))
                    .weeksFor(weeks.open(), ForecastFigures.PROBABILITIES, ForecastFigures.LIMIT);
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(teller.text(
                    "figures.forecast.through", teller.count(weeks.open()).text())));
            for (int answer : told) {
                row.add(Cell.text(
                        answer < 0
                                ? teller.text("figures.forecast.beyond")
                                : teller.text("figures.forecast.until", DAY.format(today.plusWeeks(answer)))));
            }
            rows.add(row);
        }
        return new Panel("forecast", null, List.of(), teller.headings("question", "with50", "with85", "with95"), rows);
    }

    private static List<Cell> numbers(String question, int[] sums, Teller teller) {
        List<Cell> row = new ArrayList<>();
        row.add(Cell.text(question));
        for (int number : Forecast.atLeast(sums, ForecastFigures.PROBABILITIES)) {
            Cell told = teller.count(number);
            row.add(told.value() == null ? told : Cell.text(teller.text("figures.forecast.atLeast", told.text())));
        }
        return row;
    }

    /** How likely it is that the next 13 weeks bring at least so many; the rest of a quarter is now and then too short to tell. */
    private Panel chances(ForecastFigures.Weeks weeks, boolean enough, Teller teller) {
        List<List<Cell>> rows = new ArrayList<>();
        if (enough) {
            int[] sums = inQuarter(weeks);
            int most = sums[sums.length - 1];
            int step = teller.names()
                    ? Math.max(1, (int) Math.ceil(most / (double) MOST_ROWS))
                    : Math.max(5, 5 * (most / 80 + 1));
            for (int number = step; number <= most; number += step) {
                int least = number;
                long runs = Arrays.stream(sums).filter(sum -> sum >= least).count();
                rows.add(List.of(
                        Cell.text(teller.text("figures.forecast.atLeast", String.valueOf(number))),
                        teller.percent(Forecast.RUNS, runs / (double) Forecast.RUNS)));
            }
        }
        return new Panel("chances", "bar", List.of(1), teller.headings("newVentures", "chance"), rows);
    }

    private Panel trials(ForecastFigures.Weeks weeks, boolean enough, Teller teller) {
        List<List<Cell>> rows = new ArrayList<>();
        if (enough) {
            rows.add(trials("figures.forecast.trialsOfNumber", ForecastFigures.trialsOfNumber(weeks), teller));
            rows.add(trials("figures.forecast.trialsOfTime", ForecastFigures.trialsOfTime(weeks), teller));
        }
        return new Panel(
                "trials",
                null,
                List.of(),
                teller.headings("question", "trials", "right50", "right85", "right95"),
                rows);
    }

    private static List<Cell> trials(String question, ForecastFigures.Trials trials, Teller teller) {
        List<Cell> row = new ArrayList<>();
        row.add(Cell.text(teller.text(question)));
        row.add(teller.exact(trials.number()));
        trials.right()
                .forEach(right -> row.add(
                        trials.number() == 0
                                ? Cell.none()
                                : teller.percent(Forecast.RUNS, right / (double) trials.number())));
        return row;
    }
}
