package org.diadromi.supervision;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.diadromi.Texts;
import org.springframework.stereotype.Component;

/** The panels of a page as files that a spreadsheet opens with a double click, in Greek too. */
@Component
class FigureFiles {

    private static final int LONGEST_SHEET_NAME = 31;

    private final Texts texts;

    FigureFiles(Texts texts) {
        this.texts = texts;
    }

    /** UTF-8 with a byte order mark and semicolons, as Excel in Greece expects; the tables follow upon each other. */
    byte[] csv(List<Panel> panels, Locale locale) {
        StringBuilder file = new StringBuilder("\uFEFF");
        for (Panel panel : panels) {
            line(file, List.of(title(panel, locale)));
            line(file, List.of(texts.of(locale, "figures." + panel.key() + ".definition")));
            line(file, panel.headings());
            panel.rows()
                    .forEach(row -> line(
                            file,
                            row.stream()
                                    .map(cell ->
                                            cell.value() == null || cell.text().endsWith("%")
                                                    ? cell.text()
                                                    : plain(cell.value(), locale))
                                    .toList()));
            file.append("\r\n");
        }
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A number as a spreadsheet of that language reads it. */
    private static String plain(double value, Locale locale) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(locale, "%.1f", value);
    }

    private static void line(StringBuilder file, List<String> cells) {
        file.append(cells.stream().map(FigureFiles::quoted).collect(Collectors.joining(";")))
                .append("\r\n");
    }

    /** No cell is a formula, whatever it begins with. */
    private static String quoted(String cell) {
        String safe = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        return safe.matches("(?s).*[;\"\\r\\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    /** A sheet for each table, numbers as numbers. */
    byte[] xlsx(List<Panel> panels, Locale locale) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(file, "Diadromi", "1.0")) {
            for (Panel panel : panels) {
                String title = title(panel, locale);
                Worksheet sheet =
                        workbook.newWorksheet(title.substring(0, Math.min(LONGEST_SHEET_NAME, title.length())));
                sheet.value(0, 0, title);
                sheet.style(0, 0).bold().set();
                sheet.value(1, 0, texts.of(locale, "figures." + panel.key() + ".definition"));
                for (int column = 0; column < panel.headings().size(); column++) {
                    sheet.value(3, column, panel.headings().get(column));
                    sheet.style(3, column).bold().set();
                    for (int row = 0; row < panel.rows().size(); row++) {
                        Panel.Cell cell = panel.rows().get(row).get(column);
                        if (cell.value() == null || cell.text().endsWith("%")) {
                            sheet.value(4 + row, column, cell.text());
                        } else {
                            sheet.value(4 + row, column, cell.value());
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private String title(Panel panel, Locale locale) {
        return texts.of(locale, "figures." + panel.key() + ".title");
    }
}
