package org.diadromi.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diadromi.Texts;
import org.diadromi.supervision.Panel.Cell;
import org.diadromi.workflow.TasksByWaiting;
import org.springframework.stereotype.Component;

/** The page of a process's diagram: its steps with what they took, one of them more closely, and both against another view. */
@Component
class MapPages {

    /** What the diagram can be coloured by, in the order of the table's columns. */
    static final List<String> MEASURES = List.of("done", "median", "waiting", "working", "late");

    private static final int LISTED = 50;

    private final MapFigures figures;
    private final Texts texts;

    MapPages(MapFigures figures, Texts texts) {
        this.figures = figures;
        this.texts = texts;
    }

    /** The processes that have a diagram, the journey first. */
    static List<String> processes() {
        List<String> processes = new ArrayList<>();
        processes.add(MapFigures.JOURNEY);
        processes.addAll(FigurePages.STAGES);
        return processes;
    }

    /** The keys of a process's steps, in the order of the table's rows. */
    static List<String> nodes(String process) {
        return MapFigures.JOURNEY.equals(process)
                ? FigurePages.STAGES
                : TasksByWaiting.all().stream()
                        .filter(task -> task.process().equals(process))
                        .map(TasksByWaiting.Task::key)
                        .toList();
    }

    /** Which column of the table holds a measure; of the view or of the one it is compared with. */
    static int column(String measure, boolean other) {
        return 1 + MEASURES.indexOf(measure) + (other ? 1 + MEASURES.size() : 0);
    }

    /**
     * @param other what the view is compared with; null for nothing
     * @param otherName how that is called
     * @param node the step that is looked at more closely, or null
     * @param link where a step leads, by its key
     */
    List<Panel> map(
            View view,
            View other,
            String otherName,
            String process,
            String node,
            Discretion discretion,
            Locale locale,
            Function<String, String> link) {
        Teller teller = new Teller(texts, discretion, locale);
        List<Panel> panels = new ArrayList<>();
        panels.add(steps(view, other, otherName, process, teller, link));
        if (node != null) {
            panels.add(lengths(view, other, otherName, process, node, teller));
            if (teller.names()) {
                panels.add(waiting(view, process, node, teller));
            }
        }
        return panels;
    }

    private Panel steps(
            View view, View other, String otherName, String process, Teller teller, Function<String, String> link) {
        Map<String, MapFigures.Step> steps = byKey(view, process);
        Map<String, MapFigures.Step> others = other == null ? Map.of() : byKey(other, process);
        Map<String, Integer> open = figures.open(view, process).stream()
                .collect(Collectors.toMap(MapFigures.Open::key, MapFigures.Open::open));
        List<List<Cell>> rows = new ArrayList<>();
        for (String node : nodes(process)) {
            List<Cell> row = new ArrayList<>();
            row.add(new Cell(name(process, node, teller), null, link.apply(node)));
            row.addAll(cells(steps.get(node), process, teller));
            row.add(teller.count(open.getOrDefault(node, 0)));
            if (other != null) {
                row.addAll(cells(others.get(node), process, teller));
            }
            rows.add(row);
        }
        List<String> headings = new ArrayList<>(teller.headings(
                "node", "nodeDone", "nodeMedian", "nodeWaiting", "nodeWorking", "nodeLate", "nodeOpen"));
        if (other != null) {
            teller.headings("nodeDone", "nodeMedian", "nodeWaiting", "nodeWorking", "nodeLate")
                    .forEach(heading -> headings.add(heading + " · " + otherName));
        }
        return new Panel("map", null, List.of(), headings, rows);
    }

    private Map<String, MapFigures.Step> byKey(View view, String process) {
        return figures.steps(view, process).stream()
                .collect(Collectors.toMap(MapFigures.Step::key, Function.identity()));
    }

    private static List<Cell> cells(MapFigures.Step found, String process, Teller teller) {
        MapFigures.Step step = found == null ? new MapFigures.Step("", 0, 0, 0, 0, 0, 0) : found;
        boolean journey = MapFigures.JOURNEY.equals(process);
        return List.of(
                teller.count(step.done()),
                teller.tenths(step.cases(), step.median()),
                journey ? Cell.none() : teller.tenths(step.cases(), step.waiting()),
                journey ? Cell.none() : teller.tenths(step.cases(), step.working()),
                journey ? Cell.none() : teller.share(step.late(), step.done()));
    }

    private Panel lengths(View view, View other, String otherName, String process, String node, Teller teller) {
        List<Integer> counts = bands(view, process, node);
        List<Integer> others = other == null ? List.of() : bands(other, process, node);
        List<String> names = List.of("upTo1", "upTo3", "upTo7d", "upTo14", "upTo30d", "over30");
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            List<Cell> row = new ArrayList<>();
            row.add(Cell.text(teller.text("figures.band." + names.get(i))));
            row.add(teller.count(counts.get(i)));
            if (other != null) {
                row.add(teller.count(others.get(i)));
            }
            rows.add(row);
        }
        List<String> headings = new ArrayList<>(teller.headings("band", "nodeDone"));
        if (other != null) {
            headings.add(teller.headings("nodeDone").get(0) + " · " + otherName);
        }
        return new Panel("lengths", "bar", other == null ? List.of(1) : List.of(1, 2), headings, rows);
    }

    private List<Integer> bands(View view, String process, String node) {
        MapFigures.Bands bands = figures.bands(view, process, node);
        return List.of(bands.upTo1(), bands.upTo3(), bands.upTo7(), bands.upTo14(), bands.upTo30(), bands.longer());
    }

    private Panel waiting(View view, String process, String node, Teller teller) {
        List<List<Cell>> rows = figures.waiting(view, process, node, LISTED).stream()
                .map(waiting -> List.of(
                        teller.caseNumber(waiting.caseNumber()),
                        teller.tenths(1, waiting.days()),
                        Cell.text(teller.text(waiting.late() ? "figures.yes" : "figures.no"))))
                .toList();
        return new Panel("atNode", null, List.of(), teller.headings("case", "nodeDays", "nodeIsLate"), rows);
    }

    /** The step as the reader knows it. */
    String name(String process, String node, Locale locale) {
        return name(process, node, new Teller(texts, new Discretion(false), locale));
    }

    private static String name(String process, String node, Teller teller) {
        return (MapFigures.JOURNEY.equals(process) ? teller.stage(node) : teller.task(node)).text();
    }
}
