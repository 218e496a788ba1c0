package org.diadromi.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.diadromi.supervision.RawHistory.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.springframework.context.ApplicationContext;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Every figure of the pages once more: counted slowly and simply over the plain lists of what happened, and compared. */
final class SlowFigures {

    private static final double SAME = 1e-6;

    private final NowFigures now;
    private final FlowFigures flow;
    private final MapFigures map;
    private final ForecastFigures forecast;
    private final ResultFigures results;
    private final PeopleFigures people;
    private final Targets targets;
    private final EventLog log;

    private final RawHistory raw;
    private final boolean writtenWithSteps;
    private final Map<Long, RawHistory.Case> cases = new HashMap<>();
    private final Map<Long, List<RawHistory.Pause>> pauses;

    /** @param writtenWithSteps whether each length was written with the step that ended it, or all of them afterwards */
    SlowFigures(ApplicationContext application, RawHistory raw, boolean writtenWithSteps) {
        this.writtenWithSteps = writtenWithSteps;
        this.now = application.getBean(NowFigures.class);
        this.flow = application.getBean(FlowFigures.class);
        this.map = application.getBean(MapFigures.class);
        this.forecast = application.getBean(ForecastFigures.class);
        this.results = application.getBean(ResultFigures.class);
        this.people = application.getBean(PeopleFigures.class);
        this.targets = application.getBean(Targets.class);
        this.log = application.getBean(EventLog.class);
        this.raw = raw;
        raw.cases().forEach(found -> cases.put(found.id(), found));
        this.pauses = raw.pauses().stream().collect(Collectors.groupingBy(RawHistory.Pause::caseId));
    }

    /** Compares all that the pages show of the view. */
    void check(View view) {
        Predicate<Long> mine = id -> belongs(cases.get(id), view);
        openCases(view, mine);
        openTasks(view, mine);
        past(view, mine);
        funnel(view, mine);
        course(view, mine);
        cycleTimes(view, mine);
        loops(view, mine);
        outcomes(view, mine);
        for (String process : MapPages.processes()) {
            map(view, process, mine);
        }
        counsellors(view);
        loads(view, mine);
        times(view, mine);
        ventures(view, mine);
        jobs(view, mine);
        survival(view, mine);
        response(view, mine);
        sources(view, mine);
        weeks(view, mine);
        kept(view, mine);
        log(view, mine);
    }

    // The words of the figures ---------------------------------------------------------------------------

    private static boolean belongs(RawHistory.Case found, View view) {
        return view.centres().contains(found.centre())
                && (view.source() == null || view.source().equals(found.source()))
                && (view.counsellor() == null || view.counsellor().equals(found.counsellor()))
                && (view.group() == null || view.group() == found.groupSize() > 1)
                && (view.legalForm() == null || view.legalForm().equals(found.legalForm()));
    }

    private static boolean in(Instant moment, View view) {
        return moment != null && in(local(moment), view);
    }

    private static boolean in(LocalDateTime moment, View view) {
        return !moment.isBefore(view.from()) && moment.isBefore(view.until());
    }

    /** What clocks on the wall say lies between the moment and now, without what lies in pauses; in days, and never less than nothing. */
    private double days(long caseId, Instant from, LocalDateTime now) {
        return days(caseId, from, now, null);
    }

    private double days(long caseId, Instant from, Instant to) {
        return days(caseId, from, to, to);
    }

    /** @param ended when the length was written: with the step that ended it, which knew no pause or end of one that came after it */
    private double days(long caseId, Instant from, Instant to, Instant ended) {
        return days(caseId, from, local(to), writtenWithSteps ? ended : null);
    }

    private double days(long caseId, Instant from, LocalDateTime to, Instant written) {
        LocalDateTime begin = local(from);
        Duration length = Duration.between(begin, to);
        for (RawHistory.Pause pause : pauses.getOrDefault(caseId, List.of())) {
            if (written != null && pause.paused().isAfter(written)) {
                continue;
            }
            boolean lasts = pause.resumed() == null
                    || written != null && pause.resumed().isAfter(written);
            LocalDateTime paused = local(pause.paused());
            LocalDateTime resumed = lasts ? to : local(pause.resumed());
            LocalDateTime first = paused.isAfter(begin) ? paused : begin;
            LocalDateTime last = resumed.isBefore(to) ? resumed : to;
            if (first.isBefore(last)) {
                length = length.minus(Duration.between(first, last));
            }
        }
        return Math.max(0, length.toSeconds() / 86400.0);
    }

    private static double nearestRank(List<Double> values, int percent) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private boolean isPaused(long caseId) {
        return pauses.getOrDefault(caseId, List.of()).stream().anyMatch(pause -> pause.resumed() == null);
    }

    /** Who was registered twice is one person. */
    private boolean isPerson(long caseId) {
        return !Outcomes.DUPLICATE.equals(cases.get(caseId).outcome());
    }

    private static Map<String, Integer> byName(List<FlowFigures.Number> numbers) {
        return numbers.stream().collect(Collectors.toMap(FlowFigures.Number::name, FlowFigures.Number::cases));
    }

    private static <T> Map<String, Integer> counted(Stream<T> all, Function<T, String> name) {
        return all.collect(Collectors.groupingBy(name, Collectors.summingInt(one -> 1)));
    }

    private static void assertBands(int[] told, double[] limits, List<Double> days) {
        for (int i = 0; i < told.length; i++) {
            double above = i == 0 ? Double.NEGATIVE_INFINITY : limits[i - 1];
            double upTo = i == limits.length ? Double.POSITIVE_INFINITY : limits[i];
            assertThat(told[i]).isEqualTo((int) days.stream()
                    .filter(value -> value > above && value <= upTo)
                    .count());
        }
    }

    // Now ------------------------------------------------------------------------------------------------

    private void openCases(View view, Predicate<Long> mine) {
        List<NowFigures.OpenCase> listed = now.open(view, Map::of).cases();
        assertThat(listed)
                .isSortedAccordingTo(Comparator.comparingDouble(NowFigures.OpenCase::days)
                        .reversed()
                        .thenComparing(NowFigures.OpenCase::caseId));
        Map<Long, NowFigures.OpenCase> told =
                listed.stream().collect(Collectors.toMap(NowFigures.OpenCase::caseId, Function.identity()));
        Map<Long, String> numbers = now.numbers(view, listed);
        assertThat(now.numbers(view.of("elsewhere"), listed)).isEmpty();
        List<RawHistory.Stage> open = raw.stages().stream()
                .filter(stage -> stage.left() == null && mine.test(stage.caseId()))
                .toList();
        assertThat(told).hasSize(open.size());
        for (RawHistory.Stage stage : open) {
            NowFigures.OpenCase figure = told.get(stage.caseId());
            assertThat(numbers.get(stage.caseId()))
                    .isEqualTo(cases.get(stage.caseId()).number());
            assertThat(figure.stage()).isEqualTo(stage.stage());
            assertThat(figure.days()).isCloseTo(days(stage.caseId(), stage.entered(), view.now()), within(SAME));
            assertThat(figure.overdue())
                    .isEqualTo(
                            isPaused(stage.caseId())
                                    ? 0
                                    : (int) raw.tasks().stream()
                                            .filter(task -> task.caseId() == stage.caseId() && task.ended() == null)
                                            .filter(task -> task.due() != null
                                                    && task.due().isBefore(view.now()))
                                            .count());
        }
    }

    private List<RawHistory.Task> done(View view, Predicate<Long> mine) {
        return raw.tasks().stream()
                .filter(task -> "COMPLETED".equals(task.how()) && in(task.ended(), view) && mine.test(task.caseId()))
                .toList();
    }

    private void openTasks(View view, Predicate<Long> mine) {
        Map<String, List<Double>> past = done(view, mine).stream()
                .collect(Collectors.groupingBy(
                        task -> task.model().key(),
                        Collectors.mapping(
                                task -> days(task.caseId(), task.created(), task.ended()), Collectors.toList())));
        Map<String, List<RawHistory.Task>> open = raw.tasks().stream()
                .filter(task -> task.ended() == null && mine.test(task.caseId()) && !isPaused(task.caseId()))
                .collect(Collectors.groupingBy(task -> task.model().key()));
        List<NowFigures.OpenTasks> told = now.open(view, () -> now.limits(view)).tasks();
        assertThat(told).extracting(NowFigures.OpenTasks::taskKey).containsExactlyInAnyOrderElementsOf(open.keySet());
        for (NowFigures.OpenTasks figure : told) {
            List<RawHistory.Task> all = open.get(figure.taskKey());
            List<Double> before = past.getOrDefault(figure.taskKey(), List.of());
            assertThat(figure.waitingFor()).isEqualTo(all.get(0).model().waitingFor());
            assertThat(figure.open()).isEqualTo(all.size());
            assertThat(figure.overdue()).isEqualTo(due(all, LocalDateTime.MIN, view.now()));
            assertThat(figure.soon()).isEqualTo(due(all, view.now(), view.now().plusDays(7)));
            assertThat(figure.stuck())
                    .isEqualTo(
                            before.size() < NowFigures.ENOUGH_PAST
                                    ? 0
                                    : (int) all.stream()
                                            .filter(task -> days(task.caseId(), task.created(), view.now())
                                                    > nearestRank(before, 95) + 1e-9)
                                            .count());
        }
    }

    private static int due(List<RawHistory.Task> tasks, LocalDateTime from, LocalDateTime before) {
        return (int) tasks.stream()
                .filter(task -> task.due() != null
                        && !task.due().isBefore(from)
                        && task.due().isBefore(before))
                .count();
    }

    private Map<String, List<Double>> passed(View view, Predicate<Long> mine) {
        return raw.stages().stream()
                .filter(stage -> in(stage.left(), view) && stage.outcome() != null && mine.test(stage.caseId()))
                .collect(Collectors.groupingBy(
                        RawHistory.Stage::stage,
                        Collectors.mapping(
                                stage -> days(stage.caseId(), stage.entered(), stage.left()), Collectors.toList())));
    }

    private void past(View view, Predicate<Long> mine) {
        Map<String, List<Double>> passed = passed(view, mine);
        List<NowFigures.Past> told = now.past(view);
        assertThat(told).extracting(NowFigures.Past::stage).containsExactlyInAnyOrderElementsOf(passed.keySet());
        for (NowFigures.Past figure : told) {
            List<Double> lengths = passed.get(figure.stage());
            assertThat(figure.cases()).isEqualTo(lengths.size());
            assertThat(figure.median()).isCloseTo(nearestRank(lengths, 50), within(SAME));
            assertThat(figure.p85()).isCloseTo(nearestRank(lengths, 85), within(SAME));
            assertThat(figure.p95()).isCloseTo(nearestRank(lengths, 95), within(SAME));
        }
    }

    // Flow -----------------------------------------------------------------------------------------------

    private List<RawHistory.Case> opened(View view, Predicate<Long> mine) {
        return raw.cases().stream()
                .filter(found -> in(found.opened(), view) && mine.test(found.id()) && isPerson(found.id()))
                .toList();
    }

    private Set<Long> reached(String stage) {
        return raw.stages().stream()
                .filter(passed -> passed.stage().equals(stage))
                .map(RawHistory.Stage::caseId)
                .collect(Collectors.toSet());
    }

    private void funnel(View view, Predicate<Long> mine) {
        List<RawHistory.Case> opened = opened(view, mine);
        assertThat(flow.opened(view)).isEqualTo(opened.size());
        Map<String, Integer> expected = new TreeMap<>();
        for (String stage : FigurePages.STAGES) {
            Set<Long> reached = reached(stage);
            int cases = (int) opened.stream()
                    .filter(found -> reached.contains(found.id()))
                    .count();
            if (cases > 0) {
                expected.put(stage, cases);
            }
        }
        assertThat(byName(flow.reached(view))).isEqualTo(expected);
        assertThat(flow.activeAfterAYear(view)).isEqualTo((int) opened.stream()
                .filter(found -> raw.followUps().stream()
                        .anyMatch(asked -> asked.caseId() == found.id()
                                && asked.month() == 12
                                && asked.status().equals("active")))
                .count());
    }

    /** From when to when a case was somewhere; null while it is. */
    private record Stay(LocalDateTime from, LocalDateTime until) {

        static Stay of(Instant from, Instant until) {
            return new Stay(local(from), until == null ? null : local(until));
        }

        boolean lastedUntil(LocalDateTime moment) {
            return until == null || !until.isBefore(moment);
        }
    }

    private void course(View view, Predicate<Long> mine) {
        Map<String, List<Stay>> stays = new TreeMap<>();
        stays.put(
                FlowFigures.ALL,
                raw.cases().stream()
                        .filter(found -> mine.test(found.id()) && isPerson(found.id()))
                        .map(found -> Stay.of(found.opened(), found.closed()))
                        .toList());
        FigurePages.STAGES.forEach(stage -> stays.put(
                stage,
                raw.stages().stream()
                        .filter(found ->
                                found.stage().equals(stage) && mine.test(found.caseId()) && isPerson(found.caseId()))
                        .map(found -> Stay.of(found.entered(), found.left()))
                        .toList()));
        FlowFigures.Course course = flow.course(view);
        YearMonth last = YearMonth.from(view.until().minusNanos(1));
        YearMonth first = stays.values().stream()
                .flatMap(List::stream)
                .filter(stay -> stay.from().isBefore(view.until()) && stay.lastedUntil(view.from()))
                .map(stay -> YearMonth.from(stay.from().isBefore(view.from()) ? view.from() : stay.from()))
                .min(Comparator.naturalOrder())
                .orElse(last);
        List<YearMonth> months = new ArrayList<>();
        for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
            months.add(month);
        }
        assertThat(course.months()).isEqualTo(months);
        stays.forEach((stage, all) -> {
            for (YearMonth month : months) {
                LocalDateTime begin = latest(month.atDay(1).atStartOfDay(), view.from());
                LocalDateTime end = earliest(month.plusMonths(1).atDay(1).atStartOfDay(), view.until());
                assertThat(List.of(
                                course.came(stage, month),
                                course.left(stage, month),
                                course.leftUntil(stage, month),
                                course.there(stage, month)))
                        .as("%s in %s", stage, month)
                        .isEqualTo(List.of(
                                number(
                                        all,
                                        stay -> !stay.from().isBefore(begin)
                                                && stay.from().isBefore(end)),
                                number(all, stay -> stay.lastedUntil(begin) && !stay.lastedUntil(end)),
                                number(all, stay -> stay.lastedUntil(view.from()) && !stay.lastedUntil(end)),
                                number(all, stay -> stay.from().isBefore(end) && stay.lastedUntil(end))));
            }
        });
    }

    private static int number(List<Stay> stays, Predicate<Stay> which) {
        return (int) stays.stream().filter(which).count();
    }

    private static LocalDateTime latest(LocalDateTime one, LocalDateTime other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDateTime earliest(LocalDateTime one, LocalDateTime other) {
        return one.isBefore(other) ? one : other;
    }

    private void cycleTimes(View view, Predicate<Long> mine) {
        Map<String, List<Double>> passed = passed(view, mine);
        List<Double> whole = raw.cases().stream()
                .filter(found -> in(found.closed(), view) && mine.test(found.id()) && isPerson(found.id()))
                .map(found -> days(found.id(), found.opened(), found.closed()))
                .toList();
        List<FlowFigures.CycleTime> stages = flow.stages(view);
        assertThat(stages)
                .extracting(FlowFigures.CycleTime::stage)
                .containsExactlyInAnyOrderElementsOf(passed.keySet());
        stages.forEach(time -> cycleTime(time, passed.get(time.stage())));
        List<FlowFigures.CycleTime> all = flow.wholeCases(view);
        assertThat(all).hasSize(whole.isEmpty() ? 0 : 1);
        all.forEach(time -> cycleTime(time, whole));
    }

    private static void cycleTime(FlowFigures.CycleTime time, List<Double> days) {
        assertThat(time.cases()).isEqualTo(days.size());
        assertThat(time.median()).isCloseTo(nearestRank(days, 50), within(SAME));
        assertThat(time.p85()).isCloseTo(nearestRank(days, 85), within(SAME));
        assertThat(time.p95()).isCloseTo(nearestRank(days, 95), within(SAME));
        assertBands(
                new int[] {time.upTo7(), time.upTo30(), time.upTo90(), time.upTo180(), time.upTo365(), time.longer()},
                new double[] {7, 30, 90, 180, 365},
                days);
    }

    private void loops(View view, Predicate<Long> mine) {
        Map<String, List<RawHistory.Task>> again = done(view, mine).stream()
                .filter(task -> List.of("return", "returned", "noShow").contains(task.outcome()))
                .collect(Collectors.groupingBy(task -> task.model().key()));
        assertThat(flow.loops(view))
                .containsExactlyInAnyOrderElementsOf(again.entrySet().stream()
                        .map(step -> new FlowFigures.Loop(
                                step.getKey(), step.getValue().size(), (int) step.getValue().stream()
                                        .map(RawHistory.Task::caseId)
                                        .distinct()
                                        .count()))
                        .toList());
    }

    private void outcomes(View view, Predicate<Long> mine) {
        assertThat(byName(flow.outcomes(view)))
                .isEqualTo(counted(
                        raw.cases().stream().filter(found -> in(found.closed(), view) && mine.test(found.id())),
                        RawHistory.Case::outcome));
    }

    // The map --------------------------------------------------------------------------------------------

    /** One passage of a step, whichever kind it is. */
    private record Passage(
            String key, long caseId, Instant begun, Instant claimed, LocalDateTime due, Instant ended, boolean done) {

        boolean isLate() {
            return due != null && local(ended).isAfter(due);
        }
    }

    private List<Passage> passages(String process) {
        return MapFigures.JOURNEY.equals(process)
                ? raw.stages().stream()
                        .map(stage -> new Passage(
                                stage.stage(),
                                stage.caseId(),
                                stage.entered(),
                                null,
                                null,
                                stage.left(),
                                stage.outcome() != null))
                        .toList()
                : raw.tasks().stream()
                        .filter(task -> task.model().process().equals(process))
                        .map(task -> new Passage(
                                task.model().key(),
                                task.caseId(),
                                task.created(),
                                task.claimed(),
                                task.due(),
                                task.ended(),
                                "COMPLETED".equals(task.how())))
                        .toList();
    }

    private void map(View view, String process, Predicate<Long> mine) {
        List<Passage> all = passages(process).stream()
                .filter(passage -> mine.test(passage.caseId()))
                .toList();
        Map<String, List<Passage>> done = all.stream()
                .filter(passage -> passage.done() && in(passage.ended(), view))
                .collect(Collectors.groupingBy(Passage::key));
        List<MapFigures.Step> steps = map.steps(view, process);
        assertThat(steps).extracting(MapFigures.Step::key).containsExactlyInAnyOrderElementsOf(done.keySet());
        for (MapFigures.Step step : steps) {
            List<Passage> passages = done.get(step.key());
            List<Double> lengths = passages.stream()
                    .map(passage -> days(passage.caseId(), passage.begun(), passage.ended()))
                    .toList();
            List<Passage> claimed = passages.stream()
                    .filter(passage -> passage.claimed() != null)
                    .toList();
            assertThat(step.done()).isEqualTo(passages.size());
            assertThat(step.cases()).isEqualTo((int)
                    passages.stream().map(Passage::caseId).distinct().count());
            assertThat(step.late())
                    .isEqualTo((int) passages.stream().filter(Passage::isLate).count());
            assertThat(step.median()).isCloseTo(nearestRank(lengths, 50), within(SAME));
            assertThat(step.waiting())
                    .isCloseTo(
                            claimed.isEmpty()
                                    ? 0
                                    : nearestRank(
                                            claimed.stream().map(this::waiting).toList(), 50),
                            within(SAME));
            assertThat(step.working())
                    .isCloseTo(
                            claimed.isEmpty()
                                    ? 0
                                    : nearestRank(
                                            claimed.stream().map(this::working).toList(), 50),
                            within(SAME));
            MapFigures.Bands bands = map.bands(view, process, step.key());
            assertBands(
                    new int[] {
                        bands.upTo1(), bands.upTo3(), bands.upTo7(), bands.upTo14(), bands.upTo30(), bands.longer()
                    },
                    new double[] {1, 3, 7, 14, 30},
                    lengths);
        }
        Map<String, List<Passage>> waiting = all.stream()
                .filter(passage -> passage.ended() == null && !isPaused(passage.caseId()))
                .collect(Collectors.groupingBy(Passage::key));
        assertThat(map.open(view, process))
                .containsExactlyInAnyOrderElementsOf(waiting.entrySet().stream()
                        .map(step -> new MapFigures.Open(
                                step.getKey(), step.getValue().size()))
                        .toList());
        waiting.forEach((key, passages) -> assertThat(map.waiting(view, process, key, 10_000).stream()
                        .map(told -> told.caseNumber() + " " + Math.round(told.days() * 86400) + " " + told.late()))
                .containsExactlyInAnyOrderElementsOf(passages.stream()
                        .map(passage -> cases.get(passage.caseId()).number()
                                + " " + Math.round(days(passage.caseId(), passage.begun(), view.now()) * 86400) + " "
                                + (passage.due() != null && passage.due().isBefore(view.now())))
                        .toList()));
    }

    private double working(Passage passage) {
        return Math.max(0, days(passage.caseId(), passage.begun(), passage.ended()) - waiting(passage));
    }

    private double waiting(Passage passage) {
        return days(passage.caseId(), passage.begun(), passage.claimed(), passage.ended());
    }

    // People ---------------------------------------------------------------------------------------------

    private void counsellors(View view) {
        assertThat(people.counsellors(view.centres()))
                .isEqualTo(raw.cases().stream()
                        .filter(found -> view.centres().contains(found.centre()) && found.counsellor() != null)
                        .map(RawHistory.Case::counsellor)
                        .distinct()
                        .sorted()
                        .toList());
    }

    private void loads(View view, Predicate<Long> mine) {
        Map<String, int[]> expected = new TreeMap<>();
        raw.tasks().stream()
                .filter(task -> task.assignee() != null && mine.test(task.caseId()))
                .forEach(task -> {
                    if (task.ended() == null && !isPaused(task.caseId())) {
                        add(expected, task.assignee(), 0, 1);
                        add(expected, task.assignee(), 1, due(List.of(task), LocalDateTime.MIN, view.now()));
                    }
                    if ("COMPLETED".equals(task.how()) && in(task.ended(), view)) {
                        add(expected, task.assignee(), 3, 1);
                    }
                });
        raw.cases().stream()
                .filter(found -> found.closed() == null && found.counsellor() != null && mine.test(found.id()))
                .forEach(found -> add(expected, found.counsellor(), 2, 1));
        assertThat(people.loads(view))
                .isEqualTo(expected.entrySet().stream()
                        .map(load -> new PeopleFigures.Load(
                                load.getKey(),
                                load.getValue()[0],
                                load.getValue()[1],
                                load.getValue()[2],
                                load.getValue()[3]))
                        .toList());
    }

    private static void add(Map<String, int[]> sums, String name, int place, int number) {
        sums.computeIfAbsent(name, unknown -> new int[4])[place] += number;
    }

    private static final Map<String, Integer> HOURS = Map.of("kalo", 4, "finance", 6, "legal", 4);

    private void times(View view, Predicate<Long> mine) {
        Map<String, int[]> expected = new TreeMap<>();
        raw.sessions().stream()
                .filter(session -> session.attended() && session.by() != null)
                .filter(session -> mine.test(session.caseId()) && in(session.at(), view))
                .forEach(session -> {
                    add(expected, session.by() + " " + session.line(), 0, session.contact());
                    add(expected, session.by() + " " + session.line(), 1, session.preparation());
                });
        raw.mentorings().stream()
                .filter(given -> mine.test(given.caseId()) && in(given.at(), view))
                .forEach(given -> {
                    add(expected, given.by() + " mentoring", 0, given.contact());
                    add(expected, given.by() + " mentoring", 1, given.preparation());
                });
        Set<String> cohorts = new HashSet<>();
        for (RawHistory.Enrolment place : raw.enrolments()) {
            if (mine.test(place.caseId()) && in(place.ends().atStartOfDay(), view)) {
                for (String module : place.modules()) {
                    String cohort = cases.get(place.caseId()).centre() + place.starts() + module;
                    if (!place.caughtUp().contains(module) && cohorts.add(cohort)) {
                        add(expected, place.by() + " training", 2, 60 * HOURS.get(module));
                    }
                }
            }
        }
        assertThat(people.times(view).stream()
                        .collect(Collectors.toMap(
                                time -> time.person() + " " + time.fundingLine(),
                                time -> List.of(time.contact(), time.preparation(), time.training()))))
                .isEqualTo(expected.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                time -> List.of(time.getValue()[0], time.getValue()[1], time.getValue()[2]))));
    }

    // Results --------------------------------------------------------------------------------------------

    private List<RawHistory.Stage> registered(Predicate<Long> mine) {
        return raw.stages().stream()
                .filter(stage -> stage.stage().equals("follow-up") && mine.test(stage.caseId()))
                .toList();
    }

    private void ventures(View view, Predicate<Long> mine) {
        Map<String, List<RawHistory.Case>> expected = registered(mine).stream()
                .filter(stage -> in(stage.entered(), view))
                .map(stage -> cases.get(stage.caseId()))
                .collect(Collectors.groupingBy(found -> String.valueOf(found.legalForm())));
        List<ResultFigures.Ventures> told = results.ventures(view);
        assertThat(told)
                .extracting(form -> String.valueOf(form.legalForm()))
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
        for (ResultFigures.Ventures form : told) {
            List<RawHistory.Case> all = expected.get(String.valueOf(form.legalForm()));
            assertThat(form.ventures()).isEqualTo(all.size());
            assertThat(form.groups()).isEqualTo((int)
                    all.stream().filter(found -> found.groupSize() > 1).count());
        }
    }

    private void jobs(View view, Predicate<Long> mine) {
        Map<Long, RawHistory.FollowUp> latest = new HashMap<>();
        raw.followUps().stream()
                .filter(asked -> asked.full() != null && in(asked.at(), view) && mine.test(asked.caseId()))
                .forEach(asked -> latest.merge(asked.caseId(), asked, (a, b) -> a.month() > b.month() ? a : b));
        Map<String, int[]> expected = new TreeMap<>();
        latest.values().forEach(asked -> {
            String form = String.valueOf(cases.get(asked.caseId()).legalForm());
            int[] sums = expected.computeIfAbsent(form, unknown -> new int[5]);
            int[] told = {1, asked.full(), asked.part(), asked.women(), asked.target()};
            Arrays.setAll(sums, i -> sums[i] + told[i]);
        });
        assertThat(results.jobs(view).stream()
                        .collect(Collectors.toMap(
                                form -> String.valueOf(form.legalForm()),
                                form -> List.of(
                                        form.ventures(), form.full(), form.part(), form.women(), form.target()))))
                .isEqualTo(expected.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                form -> Arrays.stream(form.getValue()).boxed().toList())));
    }

    private record Life(int months, boolean closed, boolean lost) {}

    /** Until when a venture is known to have lived, and what ended that. */
    private Life life(RawHistory.Stage registered, View view) {
        int known = 0;
        int asked = 0;
        for (RawHistory.FollowUp found : raw.followUps()) {
            if (found.caseId() == registered.caseId() && local(found.at()).isBefore(view.until())) {
                if (found.status().equals("closed")) {
                    return new Life(found.month(), true, false);
                }
                asked = found.month();
                known = found.status().equals("noContact") ? known : found.month();
            }
        }
        return new Life(known, false, asked > known);
    }

    /** The product-limit estimate by its definition: month by month over a list of lives. */
    private void survival(View view, Predicate<Long> mine) {
        List<Life> lives = registered(mine).stream()
                .filter(stage -> local(stage.entered()).isBefore(view.until()))
                .map(stage -> life(stage, view))
                .toList();
        List<ResultFigures.Survival> told = results.survival(view);
        assertThat(told)
                .extracting(ResultFigures.Survival::month)
                .containsExactlyElementsOf(
                        new TreeSet<>(lives.stream().map(Life::months).toList()));
        double survival = 1;
        for (ResultFigures.Survival step : told) {
            int atRisk = (int)
                    lives.stream().filter(life -> life.months() >= step.month()).count();
            List<Life> here =
                    lives.stream().filter(life -> life.months() == step.month()).toList();
            int closed = (int) here.stream().filter(Life::closed).count();
            int lost = (int) here.stream().filter(Life::lost).count();
            survival *= (atRisk - closed) / (double) atRisk;
            assertThat(step.atRisk()).isEqualTo(atRisk);
            assertThat(step.closed()).isEqualTo(closed);
            assertThat(step.lost()).isEqualTo(lost);
            assertThat(step.followed()).isEqualTo(here.size() - closed - lost);
            assertThat(step.survival()).isCloseTo(survival, within(1e-9));
        }
    }

    private void response(View view, Predicate<Long> mine) {
        Map<Integer, List<RawHistory.FollowUp>> months = raw.followUps().stream()
                .filter(asked -> mine.test(asked.caseId()) && in(asked.at(), view))
                .collect(Collectors.groupingBy(RawHistory.FollowUp::month, TreeMap::new, Collectors.toList()));
        assertThat(results.response(view))
                .isEqualTo(months.entrySet().stream()
                        .map(month -> new ResultFigures.Response(
                                month.getKey(), month.getValue().size(), (int) month.getValue().stream()
                                        .filter(asked -> !asked.status().equals("noContact"))
                                        .count()))
                        .toList());
    }

    private void sources(View view, Predicate<Long> mine) {
        Map<String, List<RawHistory.Case>> bySource =
                opened(view, mine).stream().collect(Collectors.groupingBy(RawHistory.Case::source));
        assertThat(results.sources(view))
                .containsExactlyInAnyOrderElementsOf(bySource.entrySet().stream()
                        .map(source -> new ResultFigures.Source(
                                source.getKey(),
                                source.getValue().size(),
                                reached(source.getValue(), "counselling"),
                                reached(source.getValue(), "business-plan-training"),
                                reached(source.getValue(), "follow-up"),
                                (int) source.getValue().stream()
                                        .filter(found -> found.outcome() != null
                                                && Outcomes.kind(found.outcome())
                                                        .equals("referral"))
                                        .count()))
                        .toList());
    }

    private int reached(List<RawHistory.Case> all, String stage) {
        Set<Long> reached = reached(stage);
        return (int) all.stream().filter(found -> reached.contains(found.id())).count();
    }

    /** The decisions on suitability; a reason is there for as long as the case is that centre's and the person is not erased. */
    void decisions(View view, Set<Long> erased) {
        List<RawHistory.Decision> decided = raw.decisions().stream()
                .filter(found -> belongs(cases.get(found.caseId()), view) && in(found.at(), view))
                .toList();
        Map<String, List<RawHistory.Decision>> byAdvice =
                decided.stream().collect(Collectors.groupingBy(RawHistory.Decision::advice));
        assertThat(results.advised(view))
                .containsExactlyInAnyOrderElementsOf(byAdvice.entrySet().stream()
                        .map(advice -> new ResultFigures.Advised(
                                advice.getKey(), advice.getValue().size(), (int) advice.getValue().stream()
                                        .filter(SlowFigures::isOtherwise)
                                        .count()))
                        .toList());
        List<ResultFigures.Otherwise> told = results.otherwise(view, Integer.MAX_VALUE);
        assertThat(told)
                .isSortedAccordingTo(
                        Comparator.comparing(ResultFigures.Otherwise::decidedAt).reversed());
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(decided.stream()
                        .filter(SlowFigures::isOtherwise)
                        .map(decision -> new ResultFigures.Otherwise(
                                cases.get(decision.caseId()).number(),
                                decision.advice(),
                                decision.decision(),
                                decision.caseId() < 0 || erased.contains(decision.caseId())
                                        ? null
                                        : "reason " + decision.id(),
                                decision.by(),
                                local(decision.at())))
                        .toList());
        assertThat(results.otherwise(view, 2)).isEqualTo(told.stream().limit(2).toList());
    }

    private static boolean isOtherwise(RawHistory.Decision decision) {
        return !decision.advice().equals(decision.decision());
    }

    // Forecast, targets, event log -----------------------------------------------------------------------

    private void weeks(View view, Predicate<Long> mine) {
        ForecastFigures.Weeks weeks = forecast.weeks(view);
        int[] registered = new int[weeks.count()];
        int[] onNextThreeDays = new int[weeks.count()];
        DayOfWeek today = view.now().getDayOfWeek();
        List<DayOfWeek> nextThreeDays = List.of(today.plus(1), today.plus(2), today.plus(3));
        int[] through = new int[weeks.count()];
        int[] opened = new int[weeks.count()];
        int open = 0;
        Map<Long, Instant> ventures = registered(mine).stream()
                .collect(Collectors.toMap(RawHistory.Stage::caseId, RawHistory.Stage::entered));
        for (RawHistory.Case found : raw.cases()) {
            if (!mine.test(found.id()) || !isPerson(found.id())) {
                continue;
            }
            opened[weeksAgo(found.opened(), view)]++;
            Instant venture = ventures.get(found.id());
            if (venture != null) {
                registered[weeksAgo(venture, view)]++;
                onNextThreeDays[weeksAgo(venture, view)] +=
                        nextThreeDays.contains(local(venture).getDayOfWeek()) ? 1 : 0;
                through[weeksAgo(venture, view)]++;
            } else if (found.closed() != null) {
                through[weeksAgo(found.closed(), view)]++;
            } else {
                open++;
            }
        }
        assertThat(weeks.registered()).isEqualTo(registered);
        assertThat(weeks.registeredInFirst(3)).isEqualTo(onNextThreeDays);
        assertThat(weeks.through()).isEqualTo(through);
        assertThat(weeks.opened()).isEqualTo(opened);
        assertThat(weeks.open()).isEqualTo(open);
        assertThat(weeks.cases()).isEqualTo(Arrays.stream(opened).sum());
    }

    private static int weeksAgo(Instant moment, View view) {
        return (int) ChronoUnit.DAYS.between(
                        local(moment).toLocalDate(), view.now().toLocalDate())
                / 7;
    }

    /** With the targets that {@link RandomJourneysTest} sets. */
    private void kept(View view, Predicate<Long> mine) {
        List<Targets.Kept> expected = new ArrayList<>();
        for (String centre : view.centres()) {
            for (Map.Entry<String, Integer> target : RandomJourneysTest.TARGETS.entrySet()) {
                int[] counts = new int[4];
                raw.stages().stream()
                        .filter(stage -> stage.stage().equals(target.getKey()) && mine.test(stage.caseId()))
                        .filter(stage -> cases.get(stage.caseId()).centre().equals(centre))
                        .forEach(stage -> {
                            double days = days(
                                    stage.caseId(),
                                    stage.entered(),
                                    stage.left() == null ? view.now() : local(stage.left()));
                            if (in(stage.left(), view) && stage.outcome() != null) {
                                counts[0]++;
                                counts[1] += days <= target.getValue() ? 1 : 0;
                            } else if (stage.left() == null && !isPaused(stage.caseId())) {
                                counts[2] +=
                                        days >= target.getValue() * Targets.NEAR && days <= target.getValue() ? 1 : 0;
                                counts[3] += days > target.getValue() ? 1 : 0;
                            }
                        });
                expected.add(new Targets.Kept(
                        centre, target.getKey(), target.getValue(), 85, counts[0], counts[1], counts[2], counts[3]));
            }
        }
        assertThat(targets.kept(view)).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Each case is one trace of all that was done in it, under a name that says nothing, in the order of the clock on the wall. */
    private void log(View view, Predicate<Long> mine) {
        Map<Long, List<LocalDateTime>> traces = new LinkedHashMap<>();
        raw.cases().stream()
                .filter(found -> in(found.opened(), view) && mine.test(found.id()))
                .forEach(found -> {
                    traces.put(found.id(), new ArrayList<>(List.of(local(found.opened()))));
                    if (found.closed() != null) {
                        traces.get(found.id()).add(local(found.closed()));
                    }
                });
        raw.tasks().stream()
                .filter(task -> "COMPLETED".equals(task.how()) && traces.containsKey(task.caseId()))
                .forEach(task -> traces.get(task.caseId()).add(local(task.ended())));
        List<List<String>> expected = traces.values().stream()
                .map(trace -> trace.stream()
                        .sorted()
                        .map(moment -> moment.toString().substring(0, 16))
                        .toList())
                .toList();
        assertThat(log.cases(view)).isEqualTo(expected.size());
        Map<String, List<String>> exact = traces(written(out -> log.csv(view, true, java.util.Locale.ENGLISH, out)));
        assertThat(exact.values()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(exact.keySet())
                .noneMatch(name ->
                        cases.values().stream().anyMatch(found -> found.number().equals(name)));
        String days = written(out -> log.csv(view, false, java.util.Locale.ENGLISH, out));
        assertThat(days).doesNotContain("staff-");
        assertThat(traces(days).values())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(trace -> trace.stream()
                                .map(moment -> moment.substring(0, 10) + "T00:00")
                                .toList())
                        .toList());
        xes(written(out -> log.xes(view, true, java.util.Locale.ENGLISH, out)), expected);
    }

    /** The moments of each case's events in the order of the file. */
    private static Map<String, List<String>> traces(String csv) {
        return csv.lines()
                .skip(1)
                .map(line -> line.split(","))
                .collect(Collectors.groupingBy(
                        cells -> cells[0],
                        Collectors.mapping(cells -> cells[3].substring(0, 16), Collectors.toList())));
    }

    private static void xes(String text, List<List<String>> expected) {
        try {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)))
                    .getDocumentElement();
            assertThat(root.getAttribute("xes.version"))
                    .as("a decimal number, as the schema wants it")
                    .isEqualTo("1849.2016");
            Set<String> declared = new HashSet<>();
            NodeList extensions = root.getElementsByTagName("extension");
            for (int i = 0; i < extensions.getLength(); i++) {
                declared.add(((Element) extensions.item(i)).getAttribute("prefix"));
            }
            NodeList all = root.getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                String key = ((Element) all.item(i)).getAttribute("key");
                if (key.contains(":")) {
                    assertThat(declared).as(key).contains(key.substring(0, key.indexOf(':')));
                }
            }
            assertThat(root.getElementsByTagName("trace").getLength()).isEqualTo(expected.size());
            assertThat(root.getElementsByTagName("event").getLength())
                    .isEqualTo(expected.stream().mapToInt(List::size).sum());
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(e);
        }
        assertThat(text).doesNotContainPattern("R\\d{7}-").doesNotContain(".counsellor");
    }

    private interface Writing {
        void to(OutputStream out) throws Exception;
    }

    private static String written(Writing file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            file.to(out);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
