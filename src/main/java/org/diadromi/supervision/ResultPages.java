package org.diadromi.supervision;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.diadromi.Texts;
import org.diadromi.supervision.Panel.Cell;
import org.diadromi.workflow.Staff;
import org.springframework.stereotype.Component;

/** The pages of results and of the members of staff. */
@Component
class ResultPages {

    /** The list of decisions against the advice, whose reasons are about people. */
    static final String OTHERWISE = "otherwise";

    /** How many of these a page has: the whole list of a large centre is for a spreadsheet. */
    static final int LISTED = 200;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private final ResultFigures results;
    private final PeopleFigures people;
    private final FundingHours funding;
    private final Staff staff;
    private final Texts texts;
    private final Meanwhile meanwhile;

    ResultPages(
            ResultFigures results,
            PeopleFigures people,
            FundingHours funding,
            Staff staff,
            Texts texts,
            Meanwhile meanwhile) {
        this.results = results;
        this.people = people;
        this.funding = funding;
        this.staff = staff;
        this.texts = texts;
        this.meanwhile = meanwhile;
    }

    /**
     * What came of the work in the period.
     *
     * @param most how many decisions against the advice are listed, the latest first
     */
    List<Panel> results(View view, Discretion discretion, Locale locale, int most) {
        Teller teller = new Teller(texts, discretion, locale);
        Supplier<Panel> survival = meanwhile.find(() -> survival(view, teller));
        Supplier<Panel> sources = meanwhile.find(() -> sources(view, teller));
        List<ResultFigures.Advised> advised = results.advised(view);
        List<Panel> panels = new ArrayList<>(List.of(
                ventures(view, teller),
                jobs(view, teller),
                survival.get(),
                response(view, teller),
                sources.get(),
                advised(advised, teller)));
        // Reasons are about a person: they are for whoever may open the case.
        if (discretion.opensCases()) {
            int all =
                    advised.stream().mapToInt(ResultFigures.Advised::otherwise).sum();
            panels.add(otherwise(results.otherwise(view, most), Math.max(0, all - most), teller));
        }
        return panels;
    }

    private Panel advised(List<ResultFigures.Advised> found, Teller teller) {
        List<ResultFigures.Advised> advised = new ArrayList<>(found);
        advised.sort(Comparator.comparingInt(ResultFigures.Advised::decisions)
                .reversed()
                .thenComparing(ResultFigures.Advised::advice));
        List<List<Cell>> rows = new ArrayList<>(advised.stream()
                .map(advice -> advised(path(advice.advice(), teller), advice.decisions(), advice.otherwise(), teller))
                .toList());
        if (!rows.isEmpty()) {
            rows.add(advised(
                    Cell.text(teller.text("figures.all")),
                    advised.stream().mapToInt(ResultFigures.Advised::decisions).sum(),
                    advised.stream().mapToInt(ResultFigures.Advised::otherwise).sum(),
                    teller));
        }
        return new Panel(
                "advised",
                "stack",
                List.of(2, 3),
                teller.headings("advice", "decisions", "asAdvised", "decidedOtherwise", "otherwiseOf"),
                rows);
    }

    private static List<Cell> advised(Cell name, int decisions, int otherwise, Teller teller) {
        return List.of(
                name,
                teller.count(decisions),
                teller.count(decisions - otherwise),
                teller.count(otherwise),
                teller.share(otherwise, decisions));
    }

    private Panel otherwise(List<ResultFigures.Otherwise> decisions, int left, Teller teller) {
        Map<String, String> names = staff.names(decisions.stream()
                .map(ResultFigures.Otherwise::decidedBy)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new)));
        List<List<Cell>> rows = decisions.stream()
                .map(decision -> List.of(
                        teller.caseNumber(decision.caseNumber()),
                        path(decision.advice(), teller),
                        path(decision.decision(), teller),
                        Cell.text(Objects.requireNonNullElse(decision.reason(), "–")),
                        Cell.text(decision.decidedBy() == null ? "–" : names.get(decision.decidedBy())),
                        Cell.text(DAY.format(decision.decidedAt()))))
                .toList();
        return new Panel(
                OTHERWISE,
                null,
                List.of(),
                teller.headings("case", "advice", "decision", "reason", "decidedBy", "decidedOn"),
                rows,
                left);
    }

    private static Cell path(String path, Teller teller) {
        return Cell.text(teller.text("suitability." + path));
    }

    private Panel ventures(View view, Teller teller) {
        List<ResultFigures.Ventures> ventures = new ArrayList<>(results.ventures(view));
        ventures.sort(Comparator.comparingInt(ResultFigures.Ventures::ventures).reversed());
        List<List<Cell>> rows = new ArrayList<>(ventures.stream()
                .map(form -> List.of(
                        form(form.legalForm(), teller), teller.count(form.ventures()), teller.count(form.groups())))
                .toList());
        if (!rows.isEmpty()) {
            rows.add(List.of(
                    Cell.text(teller.text("figures.all")),
                    teller.count(ventures.stream()
                            .mapToInt(ResultFigures.Ventures::ventures)
                            .sum()),
                    teller.count(ventures.stream()
                            .mapToInt(ResultFigures.Ventures::groups)
                            .sum())));
        }
        return new Panel("ventures", "bar", List.of(1), teller.headings("form", "ventures", "ofGroups"), rows);
    }

    private Panel jobs(View view, Teller teller) {
        List<ResultFigures.Jobs> jobs = results.jobs(view);
        List<List<Cell>> rows = new ArrayList<>(jobs.stream()
                .sorted(Comparator.comparingInt(ResultFigures.Jobs::full).reversed())
                .map(form -> jobs(form(form.legalForm(), teller), form, teller))
                .toList());
        if (!rows.isEmpty()) {
            rows.add(jobs(
                    Cell.text(teller.text("figures.all")),
                    jobs.stream()
                            .reduce((a, b) -> new ResultFigures.Jobs(
                                    null,
                                    a.ventures() + b.ventures(),
                                    a.full() + b.full(),
                                    a.part() + b.part(),
                                    a.women() + b.women(),
                                    a.target() + b.target()))
                            .orElseThrow(),
                    teller));
        }
        return new Panel(
                "jobs",
                "bar",
                List.of(2, 3),
                teller.headings("form", "ventures", "jobsFull", "jobsPart", "jobsWomen", "jobsTarget"),
                rows);
    }

    private static List<Cell> jobs(Cell name, ResultFigures.Jobs jobs, Teller teller) {
        return List.of(
                name,
                teller.count(jobs.ventures()),
                teller.count(jobs.full()),
                teller.count(jobs.part()),
                teller.count(jobs.women()),
                teller.count(jobs.target()));
    }

    private Panel survival(View view, Teller teller) {
        List<List<Cell>> rows = results.survival(view).stream()
                .map(month -> List.of(
                        Cell.text(String.valueOf(month.month())),
                        teller.count(month.atRisk()),
                        teller.count(month.closed()),
                        teller.count(month.lost()),
                        teller.count(month.followed()),
                        teller.percent(month.atRisk(), month.survival())))
                .toList();
        return new Panel(
                "survival",
                "step",
                List.of(5),
                teller.headings("monthAfter", "atRisk", "closedThen", "lostThen", "notAskedYet", "survival"),
                rows);
    }

    private Panel response(View view, Teller teller) {
        List<List<Cell>> rows = results.response(view).stream()
                .map(month -> List.of(
                        Cell.text(teller.text("figures.followUpMonth", month.month())),
                        teller.count(month.recorded()),
                        teller.count(month.answered()),
                        teller.share(month.answered(), month.recorded())))
                .toList();
        return new Panel(
                "response",
                "bar",
                List.of(1, 2),
                teller.headings("followUp", "recorded", "answered", "ofRecorded"),
                rows);
    }

    private Panel sources(View view, Teller teller) {
        List<List<Cell>> rows = results.sources(view).stream()
                .sorted(Comparator.comparingInt(ResultFigures.Source::opened).reversed())
                .map(source -> List.of(
                        Cell.text(teller.text("figures.source." + source.source())),
                        teller.count(source.opened()),
                        teller.count(source.suitable()),
                        teller.count(source.trained()),
                        teller.count(source.registered()),
                        teller.count(source.referred()),
                        teller.share(source.registered(), source.opened())))
                .toList();
        return new Panel(
                "sources",
                "bar",
                List.of(1, 2, 4, 5),
                teller.headings("source", "opened", "suitable", "trained", "registered", "referred", "registeredOf"),
                rows);
    }

    private static Cell form(String legalForm, Teller teller) {
        return Cell.text(teller.text("figures.form." + (legalForm == null ? "unknown" : legalForm)));
    }

    /** What the members of staff of a centre do; for their own coordinator alone. */
    List<Panel> people(View view, Locale locale) {
        Teller teller = new Teller(texts, new Discretion(true), locale);
        Supplier<List<PeopleFigures.Time>> worked = meanwhile.find(() -> people.times(view));
        List<PeopleFigures.Load> loads = people.loads(view);
        Panel budgets = budgets(view, teller);
        List<PeopleFigures.Time> times = worked.get();
        TreeSet<String> ids = new TreeSet<>();
        loads.forEach(load -> ids.add(load.person()));
        times.forEach(time -> ids.add(time.person()));
        Map<String, String> names = staff.names(ids);
        return List.of(loads(loads, names, teller), hours(times, names, teller), lines(times, teller), budgets);
    }

    private static Panel loads(List<PeopleFigures.Load> loads, Map<String, String> names, Teller teller) {
        long tasks = loads.stream().mapToLong(PeopleFigures.Load::tasks).sum();
        List<List<Cell>> rows = loads.stream()
                .map(load -> List.of(
                        Cell.text(names.get(load.person())),
                        teller.count(load.tasks()),
                        teller.count(load.overdue()),
                        teller.share(load.tasks(), tasks),
                        teller.count(load.cases()),
                        teller.count(load.done())))
                .toList();
        return new Panel(
                "loads",
                "bar",
                List.of(1, 2, 4),
                teller.headings("person", "openTasks", "overdue", "ofTasks", "asCounsellor", "tasksDone"),
                rows);
    }

    private static Panel hours(List<PeopleFigures.Time> times, Map<String, String> names, Teller teller) {
        Map<String, List<PeopleFigures.Time>> byPerson =
                times.stream().collect(Collectors.groupingBy(PeopleFigures.Time::person));
        List<List<Cell>> rows = byPerson.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> hours(Cell.text(names.get(entry.getKey())), entry.getValue(), teller))
                .toList();
        return new Panel(
                "hours",
                "stack",
                List.of(1, 2, 3),
                teller.headings("person", "contact", "preparation", "training", "allHours"),
                rows);
    }

    private static Panel lines(List<PeopleFigures.Time> times, Teller teller) {
        Map<String, List<PeopleFigures.Time>> byLine = times.stream()
                .collect(Collectors.groupingBy(time -> time.fundingLine() == null ? "unfunded" : time.fundingLine()));
        List<List<Cell>> rows = byLine.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> hours(Cell.text(teller.text("figures.line." + entry.getKey())), entry.getValue(), teller))
                .toList();
        return new Panel(
                "lines",
                "stack",
                List.of(1, 2, 3),
                teller.headings("fundingLine", "contact", "preparation", "training", "allHours"),
                rows);
    }

    /** Whole years, and all cases: what a line pays is not settled for a part of either. */
    private Panel budgets(View view, Teller teller) {
        List<List<Cell>> rows =
                funding
                        .of(
                                view.centres(),
                                view.from().getYear(),
                                view.until().minusDays(1).getYear())
                        .stream()
                        .map(line -> budget(line, teller))
                        .toList();
        return new Panel(
                "budgets",
                "bar",
                List.of(1, 2),
                teller.headings("fundingLine", "budget", "used", "remaining", "ofBudget"),
                rows);
    }

    private static List<Cell> budget(FundingHours.Line line, Teller teller) {
        double used = line.minutes() / 60.0;
        Cell none = Cell.none();
        boolean settled = line.hours() > 0;
        return List.of(
                Cell.text(line.year() + " · " + teller.text("figures.line." + line.line())),
                settled ? teller.exact(line.hours()) : none,
                teller.decimal(used),
                settled ? teller.decimal(Math.max(0, line.hours() - used)) : none,
                settled ? teller.partOf(used, line.hours()) : none);
    }

    private static List<Cell> hours(Cell name, List<PeopleFigures.Time> times, Teller teller) {
        List<Function<PeopleFigures.Time, Integer>> kinds =
                List.of(PeopleFigures.Time::contact, PeopleFigures.Time::preparation, PeopleFigures.Time::training);
        List<Cell> row = new ArrayList<>();
        row.add(name);
        double all = 0;
        for (Function<PeopleFigures.Time, Integer> kind : kinds) {
            double hours = times.stream().mapToInt(kind::apply).sum() / 60.0;
            all += hours;
            row.add(teller.decimal(hours));
        }
        row.add(teller.decimal(all));
        return row;
    }
}
