package org.diadromi.supervision;

import java.util.List;
import java.util.Set;

/**
 * One figure of a page: a table, and where it helps a chart that the page draws from the table's numbers. Its title and definition
 * are the texts {@code figures.<key>.title} and {@code figures.<key>.definition}.
 *
 * @param chart bar, stack, line, area, step; null where the table says it best
 * @param drawn which columns the chart shows
 * @param headings the first is that of the rows' names
 * @param left how many rows more there are, which are in the files only
 */
record Panel(String key, String chart, List<Integer> drawn, List<String> headings, List<List<Cell>> rows, int left) {

    /** The lists of single cases, which are as long as there are cases. */
    private static final Set<String> LISTS = Set.of("attention", "nearTargets", "atNode", ResultPages.OTHERWISE);

    /** How many rows of such a list are there to see; the others are folded away under them. */
    private static final int UNFOLDED = 10;

    /** How many rows the table under a chart has at most, unless it is folded away: a year of months. */
    private static final int TABLE = 12;

    /** A panel of all rows that there are. */
    Panel(String key, String chart, List<Integer> drawn, List<String> headings, List<List<Cell>> rows) {
        this(key, chart, drawn, headings, rows, 0);
    }

    /** What is read where a number would be. */
    static final String NONE = "–";

    /**
     * A cell as it is read and, if it is a number, as it is counted; a number that is kept back has none.
     *
     * @param href where the cell leads, or null
     */
    record Cell(String text, Double value, String href) {

        static Cell text(String text) {
            return new Cell(text, null, null);
        }

        static Cell none() {
            return text(NONE);
        }
    }

    /** Whether the column holds numbers, or would if there were any. */
    public boolean isNumber(int column) {
        return column > 0
                && (rows.stream().anyMatch(row -> row.get(column).value() != null)
                        || rows.stream()
                                .allMatch(row -> NONE.equals(row.get(column).text())));
    }

    /** The rows that are seen at once: all of a figure, the first ones of a long list. */
    public List<List<Cell>> unfolded() {
        return isLong() ? rows.subList(0, UNFOLDED) : rows;
    }

    /** The rows of a long list that are folded away. */
    public List<List<Cell>> folded() {
        return isLong() ? rows.subList(UNFOLDED, rows.size()) : List.of();
    }

    /** Whether the table is so long that the chart before it says it better, and it is opened by whoever wants it. */
    public boolean isBehindItsChart() {
        return chart != null && rows.size() > TABLE;
    }

    private boolean isLong() {
        return LISTS.contains(key) && rows.size() > UNFOLDED;
    }

    /** Which columns the chart shows, with commas. */
    public String drawnColumns() {
        return String.join(",", drawn.stream().map(String::valueOf).toList());
    }
}
