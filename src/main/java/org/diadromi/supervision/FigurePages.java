package org.diadromi.supervision;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.diadromi.Texts;
import org.diadromi.centre.Centres;
import org.diadromi.notification.Outbox;
import org.diadromi.supervision.Panel.Cell;
import org.diadromi.workflow.TasksByWaiting;
import org.springframework.stereotype.Component;

/** The pages of supervision as panels, in the reader's language, told with the discretion that the reader is owed. */
@Component
class FigurePages {

    /** The stages in their order. */
    static final List<String> STAGES =
            List.of("first-contact", "counselling", "business-plan-training", "legal-registration", "follow-up");

    private static final List<String> WAITING = List.of("us", "person", "structure", "registry");
    private static final int LISTED = 50;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MM/yyyy");

    private final NowFigures now;
    private final FlowFigures flow;
    private final EngineState engine;
    private final Centres centres;
    private final Outbox outbox;
    private final Texts texts;
    private final Meanwhile meanwhile;

    FigurePages(
            NowFigures now,
            FlowFigures flow,
            EngineState engine,
            Centres centres,
            Outbox outbox,
            Texts texts,
            Meanwhile meanwhile) {
        this.now = now;
        this.flow = flow;
        this.engine = engine;
        this.centres = centres;
        this.outbox = outbox;
        this.texts = texts;
        this.meanwhile = meanwhile;
    }

    // Now ------------------------------------------------------------------------------------------------

    /** What is open now, what is late, and for whom the centres wait. */
    List<Panel> now(View view, Discretion discretion, Locale locale) {
        Teller teller = new Teller(texts, discretion, locale);
        Supplier<Map<String, Double>> limits = meanwhile.find(() -> now.keptLimits(view));
        Map<String, NowFigures.Past> past =
                now.past(view).stream().collect(Collectors.toMap(NowFigures.Past::stage, Function.identity()));
        NowFigures.Open open = now.open(view, limits);
        List<Panel> panels = new ArrayList<>();
        panels.add(openByAge(open.cases(), past, teller));
        if (discretion.names()) {
            panels.add(attention(view, open.cases(), past, teller));
        }
        panels.add(waiting(open.tasks(), teller));
        panels.add(tasks(open.tasks(), teller));
        panels.add(broken(view, teller));
        return panels;
    }

    private Panel openByAge(List<NowFigures.OpenCase> open, Map<String, NowFigures.Past> past, Teller teller) {
        List<List<Cell>> rows = new ArrayList<>();
        for (String stage : STAGES) {
            NowFigures.Past before = past.get(stage);
            Map<Age, Long> ages = open.stream()
                    .filter(found -> found.stage().equals(stage))
                    .collect(Collectors.groupingBy(found -> Age.of(found.days(), before), Collectors.counting()));
            List<Cell> row = new ArrayList<>();
            row.add(teller.stage(stage));
            for (Age age : Age.values()) {
                row.add(teller.count(ages.getOrDefault(age, 0L)));
            }
            row.add(teller.count(
                    ages.values().stream().mapToLong(Long::longValue).sum()));
            row.add(teller.days(before == null ? 0 : before.cases(), before == null ? 0 : before.median()));
            row.add(teller.days(before == null ? 0 : before.cases(), before == null ? 0 : before.p85()));
            rows.add(row);
        }
        return new Panel(
                "open",
                "stack",
                List.of(1, 2, 3, 4),
                teller.headings("stage", "upToMedian", "upToP85", "overP85", "noPast", "openCases", "median", "p85"),
                rows);
    }

    private Panel attention(
            View view, List<NowFigures.OpenCase> open, Map<String, NowFigures.Past> past, Teller teller) {
        List<NowFigures.OpenCase> listed = open.stream()
                .filter(found -> found.overdue() > 0 || Age.of(found.days(), past.get(found.stage())) == Age.OVER_P85)
                .limit(LISTED)
                .toList();
        Map<Long, String> numbers = now.numbers(view, listed);
        List<List<Cell>> rows = listed.stream()
                .filter(found -> numbers.containsKey(found.caseId()))
                .map(found -> List.of(
                        teller.caseNumber(numbers.get(found.caseId())),
                        teller.stage(found.stage()),
                        teller.days(1, found.days()),
                        teller.count(found.overdue())))
                .toList();
        return new Panel("attention", null, List.of(), teller.headings("case", "stage", "days", "overdue"), rows);
    }

    private Panel waiting(List<NowFigures.OpenTasks> tasks, Teller teller) {
        List<List<Cell>> rows = WAITING.stream()
                .map(whom -> {
                    List<NowFigures.OpenTasks> ofWhom = tasks.stream()
                            .filter(task -> task.waitingFor().equals(whom))
                            .toList();
                    return List.of(
                            Cell.text(teller.text("figures.waiting." + whom)),
                            teller.count(sum(ofWhom, NowFigures.OpenTasks::open)),
                            teller.count(sum(ofWhom, NowFigures.OpenTasks::overdue)));
                })
                .toList();
        return new Panel("waiting", "bar", List.of(1, 2), teller.headings("waiting", "open", "overdue"), rows);
    }

    private Panel tasks(List<NowFigures.OpenTasks> tasks, Teller teller) {
        Map<String, NowFigures.OpenTasks> byKey = tasks.stream()
                .collect(Collectors.toMap(NowFigures.OpenTasks::taskKey, Function.identity(), (a, b) -> a));
        List<List<Cell>> rows = new ArrayList<>();
        for (TasksByWaiting.Task model : TasksByWaiting.all()) {
            NowFigures.OpenTasks task = byKey.get(model.key());
            if (task != null) {
                rows.add(List.of(
                        Cell.text(teller.text("figures.task." + task.taskKey())),
                        Cell.text(teller.text("figures.waiting." + task.waitingFor())),
                        teller.count(task.open()),
                        teller.count(task.overdue()),
                        teller.count(task.soon()),
                        teller.count(task.stuck())));
            }
        }
        return new Panel(
                "tasks",
                "bar",
                List.of(3, 4, 5),
                teller.headings("task", "waiting", "open", "overdue", "soon", "stuck"),
                rows);
    }

    private Panel broken(View view, Teller teller) {
        Map<String, Long> incidents = engine.incidents();
        Map<String, Long> mails = outbox.queues().stream()
                .filter(queue -> queue.failed() > 0)
                .collect(Collectors.toMap(Outbox.Queue::centreId, Outbox.Queue::failed));
        List<List<Cell>> rows = centres.all().stream()
                .filter(centre -> view.centres().contains(centre.id()))
                .filter(centre -> incidents.containsKey(centre.id()) || mails.containsKey(centre.id()))
                .map(centre -> List.of(
                        Cell.text(centre.name(teller.locale())),
                        teller.exact(incidents.getOrDefault(centre.id(), 0L)),
                        teller.exact(mails.getOrDefault(centre.id(), 0L))))
                .toList();
        return new Panel("broken", null, List.of(), teller.headings("centre", "incidents", "failedMails"), rows);
    }

    /** How old an open case is against those that went before it. */
    private enum Age {
        UP_TO_MEDIAN,
        UP_TO_P85,
        OVER_P85,
        NO_PAST;

        static Age of(double days, NowFigures.Past past) {
            if (past == null || past.cases() < 5) {
                return NO_PAST;
            }
            if (days <= past.median()) {
                return UP_TO_MEDIAN;
            }
            return days <= past.p85() ? UP_TO_P85 : OVER_P85;
        }
    }

    // Flow -----------------------------------------------------------------------------------------------

    /** How cases flow through the stages in the period. */
    List<Panel> flow(View view, Discretion discretion, Locale locale) {
        Teller teller = new Teller(texts, discretion, locale);
        Supplier<FlowFigures.Course> foundCourse = meanwhile.find(() -> flow.course(view));
        Supplier<List<FlowFigures.CycleTime>> stages = meanwhile.find(() -> flow.stages(view));
        Panel funnel = funnel(view, teller);
        Panel outcomes = outcomes(view, teller);
        Panel loops = loops(view, teller);
        List<FlowFigures.CycleTime> whole = flow.wholeCases(view);
        List<FlowFigures.CycleTime> times = new ArrayList<>(stages.get());
        times.sort(Comparator.comparingInt(time -> STAGES.indexOf(time.stage())));
        times.addAll(whole);
        FlowFigures.Course course = foundCourse.get();
        return List.of(
                funnel,
                arrivals(course, teller),
                cumulative(course, teller),
                cycleTimes(times, teller),
                distribution(times, teller),
                outcomes,
                loops);
    }

    private Panel funnel(View view, Teller teller) {
        Map<String, Integer> reached = flow.reached(view).stream()
                .collect(Collectors.toMap(FlowFigures.Number::name, FlowFigures.Number::cases));
        int opened = flow.opened(view);
        List<String> steps = List.of("opened", "suitable", "founding", "registered", "active");
        List<Integer> cases = List.of(
                opened,
                reached.getOrDefault("counselling", 0),
                reached.getOrDefault("legal-registration", 0),
                reached.getOrDefault("follow-up", 0),
                flow.activeAfterAYear(view));
        List<List<Cell>> rows = IntStream.range(0, steps.size())
                .mapToObj(i -> List.of(
                        Cell.text(teller.text("figures.step." + steps.get(i))),
                        teller.count(cases.get(i)),
                        i == 0 ? Cell.text("") : teller.share(cases.get(i), cases.get(i - 1)),
                        i == 0 ? Cell.text("") : teller.share(cases.get(i), opened)))
                .toList();
        return new Panel("funnel", "bar", List.of(1), teller.headings("step", "cases", "ofPrevious", "ofOpened"), rows);
    }

    private Panel arrivals(FlowFigures.Course course, Teller teller) {
        List<List<Cell>> rows = course.months().stream()
                .map(month -> List.of(
                        Cell.text(MONTH.format(month)),
                        teller.count(course.came(FlowFigures.ALL, month)),
                        teller.count(course.left(FlowFigures.ALL, month)),
                        teller.count(course.there(FlowFigures.ALL, month))))
                .toList();
        return new Panel(
                "arrivals", "line", List.of(1, 2, 3), teller.headings("month", "opened", "closed", "openAtEnd"), rows);
    }

    private Panel cumulative(FlowFigures.Course course, Teller teller) {
        List<List<Cell>> rows = course.months().stream()
                .map(month -> {
                    List<Cell> row = new ArrayList<>();
                    row.add(Cell.text(MONTH.format(month)));
                    STAGES.forEach(stage -> row.add(teller.count(course.there(stage, month))));
                    row.add(teller.count(course.leftUntil(FlowFigures.ALL, month)));
                    return row;
                })
                .toList();
        List<String> headings = new ArrayList<>(teller.headings("month"));
        STAGES.forEach(stage -> headings.add(teller.stage(stage).text()));
        headings.addAll(teller.headings("closedUntil"));
        return new Panel("cumulative", "area", List.of(6, 5, 4, 3, 2, 1), headings, rows);
    }

    private Panel cycleTimes(List<FlowFigures.CycleTime> times, Teller teller) {
        List<List<Cell>> rows = times.stream()
                .map(time -> List.of(
                        teller.stage(time.stage()),
                        teller.count(time.cases()),
                        teller.days(time.cases(), time.median()),
                        teller.days(time.cases(), time.p85()),
                        teller.days(time.cases(), time.p95())))
                .toList();
        return new Panel(
                "cycle", "bar", List.of(2, 3, 4), teller.headings("stage", "done", "median", "p85", "p95"), rows);
    }

    private Panel distribution(List<FlowFigures.CycleTime> times, Teller teller) {
        List<List<Cell>> rows = times.stream()
                .map(time -> List.of(
                        teller.stage(time.stage()),
                        teller.count(time.upTo7()),
                        teller.count(time.upTo30()),
                        teller.count(time.upTo90()),
                        teller.count(time.upTo180()),
                        teller.count(time.upTo365()),
                        teller.count(time.longer())))
                .toList();
        return new Panel(
                "distribution",
                "stack",
                List.of(1, 2, 3, 4, 5, 6),
                teller.headings("stage", "upTo7", "upTo30", "upTo90", "upTo180", "upTo365", "longer"),
                rows);
    }

    private Panel outcomes(View view, Teller teller) {
        List<FlowFigures.Number> outcomes = flow.outcomes(view);
        long all = outcomes.stream()
                .filter(outcome -> !Outcomes.DUPLICATE.equals(outcome.name()))
                .mapToLong(FlowFigures.Number::cases)
                .sum();
        List<List<Cell>> rows = outcomes.stream()
                .sorted(Comparator.comparingInt(FlowFigures.Number::cases).reversed())
                .map(outcome -> List.of(
                        teller.outcome(outcome.name()),
                        Cell.text(teller.text("figures.kind." + Outcomes.kind(outcome.name()))),
                        teller.count(outcome.cases()),
                        Outcomes.DUPLICATE.equals(outcome.name()) ? Cell.none() : teller.share(outcome.cases(), all)))
                .toList();
        return new Panel("outcomes", "bar", List.of(2), teller.headings("outcome", "kind", "cases", "ofClosed"), rows);
    }

    private Panel loops(View view, Teller teller) {
        Map<String, FlowFigures.Loop> loops =
                flow.loops(view).stream().collect(Collectors.toMap(FlowFigures.Loop::taskKey, Function.identity()));
        List<List<Cell>> rows = List.of(
                        "task_counselling_recordSession",
                        "task_training_review",
                        "task_registration_legalReview",
                        "task_registration_registryAnswer")
                .stream()
                .map(key -> {
                    FlowFigures.Loop loop = loops.getOrDefault(key, new FlowFigures.Loop(key, 0, 0));
                    return List.of(
                            Cell.text(teller.text("figures.loop." + key)),
                            teller.count(loop.times()),
                            teller.count(loop.cases()));
                })
                .toList();
        return new Panel("loops", "bar", List.of(1, 2), teller.headings("loop", "times", "cases"), rows);
    }

    private static long sum(
            List<NowFigures.OpenTasks> tasks, java.util.function.ToIntFunction<NowFigures.OpenTasks> number) {
        return tasks.stream().mapToInt(number).sum();
    }
}
