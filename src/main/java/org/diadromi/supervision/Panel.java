package org.diadromi.supervision;

import java.util.List;

/**
 * One figure of a page: a table, and where it helps a chart that the page draws from the table's numbers. Its title and definition
 * are the texts {@code figures.<key>.title} and {@code figures.<key>.definition}.
 *
 * @param chart bar, stack, line, step; null where the table says it best
 * @param drawn which columns the chart shows
 * @param headings the first is that of the rows' names
 */
record Panel(String key, String chart, List<Integer> drawn, List<String> headings, List<List<Cell>> rows) {

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

    /** Which columns the chart shows, with commas. */
    public String drawnColumns() {
        return String.join(",", drawn.stream().map(String::valueOf).toList());
    }
}
