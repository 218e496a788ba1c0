package org.diadromi.outreach;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;

/** The cells of a file as people really make them: CSV in any of the usual encodings and with any of the usual signs, or XLSX. */
final class Sheet {

    static final int MOST_BYTES = 5 * 1024 * 1024;
    static final int MOST_ROWS = 2000;

    private static final int MOST_COLUMNS = 60;
    private static final int LONGEST_CELL = 1000;

    /** What a file of five megabytes may grow to when it is unpacked, and of how many parts it may be. */
    private static final long MOST_UNPACKED = 60L * 1024 * 1024;

    private static final int MOST_PARTS = 1000;

    private static final Charset GREEK_WINDOWS = Charset.forName("windows-1253");
    private static final byte[] UTF_8 = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16_LE = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] UTF_16_BE = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final byte[] PDF = {'%', 'P', 'D', 'F'};

    /** A row with its number in the file, from 1; the cells stripped, those without content empty. */
    record Line(int number, List<String> cells) {

        boolean isBlank() {
            return cells.stream().allMatch(String::isEmpty);
        }

        String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }
    }

    private Sheet() {}

    /**
     * The rows with something in them.
     *
     * @throws RuleViolation when the file is empty, too large or no table
     */
    static List<Line> read(byte[] file) {
        if (file.length == 0) {
            throw new RuleViolation(Problem.IMPORT_EMPTY);
        }
        if (file.length > MOST_BYTES) {
            throw new RuleViolation(Problem.IMPORT_TOO_LARGE, MOST_BYTES / 1024 / 1024);
        }
        if (begins(file, OLE) || begins(file, PDF)) {
            throw new RuleViolation(Problem.IMPORT_TYPE);
        }
        List<Line> lines = begins(file, ZIP) ? workbook(file) : text(file);
        if (lines.isEmpty()) {
            throw new RuleViolation(Problem.IMPORT_EMPTY);
        }
        if (lines.size() > MOST_ROWS) {
            throw new RuleViolation(Problem.IMPORT_TOO_MANY_ROWS, MOST_ROWS);
        }
        return lines;
    }

    // XLSX -----------------------------------------------------------------------------------------------

    private static List<Line> workbook(byte[] file) {
        checkSize(file);
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
            for (var sheet : workbook.getSheets().toList()) {
                try (Stream<Row> rows = sheet.openStream()) {
                    List<Line> lines = new ArrayList<>();
                    for (Iterator<Row> each = rows.iterator(); each.hasNext() && lines.size() <= MOST_ROWS; ) {
                        Row row = each.next();
                        add(lines, row.getRowNum(), cells(row));
                    }
                    if (!lines.isEmpty()) {
                        return lines;
                    }
                }
            }
            return List.of();
        } catch (IOException | RuntimeException e) {
            throw new RuleViolation(Problem.IMPORT_TYPE);
        }
    }

    /** Before anything is parsed: a small file may unpack to gigabytes. */
    private static void checkSize(byte[] file) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            byte[] buffer = new byte[64 * 1024];
            long unpacked = 0;
            int parts = 0;
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                for (int read = zip.read(buffer); read > 0; read = zip.read(buffer)) {
                    unpacked += read;
                    if (unpacked > MOST_UNPACKED) {
                        throw new RuleViolation(Problem.IMPORT_TOO_LARGE, MOST_BYTES / 1024 / 1024);
                    }
                }
                if (++parts > MOST_PARTS) {
                    throw new RuleViolation(Problem.IMPORT_TOO_LARGE, MOST_BYTES / 1024 / 1024);
                }
            }
        } catch (IOException e) {
            throw new RuleViolation(Problem.IMPORT_TYPE);
        }
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < Math.min(row.getCellCount(), MOST_COLUMNS); i++) {
            cells.add(row.getOptionalCell(i).map(Sheet::content).orElse(""));
        }
        return cells;
    }

    /** Of a formula what it came to; of a number all of its digits: a phone that was typed as a number is 6,912E+9 otherwise. */
    private static String content(Cell cell) {
        if (cell.getType() == CellType.ERROR) {
            return "";
        }
        String raw = cell.getType() == CellType.STRING ? cell.getText() : cell.getRawValue();
        if (raw == null) {
            return "";
        }
        if (cell.getType() == CellType.NUMBER || cell.getType() == CellType.FORMULA) {
            try {
                return new BigDecimal(raw.strip()).stripTrailingZeros().toPlainString();
            } catch (NumberFormatException e) {
                return raw;
            }
        }
        return raw;
    }

    // CSV ------------------------------------------------------------------------------------------------

    private static List<Line> text(byte[] file) {
        String text = decoded(file);
        if (text.indexOf('\0') >= 0) {
            throw new RuleViolation(Problem.IMPORT_TYPE);
        }
        int skipped = 0;
        // What Excel writes for itself.
        if (text.regionMatches(true, 0, "sep=", 0, 4)) {
            int end = text.indexOf('\n');
            text = end < 0 ? "" : text.substring(end + 1);
            skipped = 1;
        }
        char separator = separator(text);
        try {
            return parsed(text, separator, true, skipped);
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            // A quotation mark within a name: then none of them quotes.
            try {
                return parsed(text, separator, false, skipped);
            } catch (IOException | UncheckedIOException | IllegalStateException again) {
                throw new RuleViolation(Problem.IMPORT_TYPE);
            }
        }
    }

    /** What is no UTF-8 is what Greek Windows writes. */
    private static String decoded(byte[] file) {
        if (begins(file, UTF_8)) {
            return new String(file, UTF_8.length, file.length - UTF_8.length, StandardCharsets.UTF_8);
        }
        if (begins(file, UTF_16_LE)) {
            return new String(file, 2, file.length - 2, StandardCharsets.UTF_16LE);
        }
        if (begins(file, UTF_16_BE)) {
            return new String(file, 2, file.length - 2, StandardCharsets.UTF_16BE);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(file, GREEK_WINDOWS);
        }
    }

    /** The sign that stands most often outside of quotation marks, counted in each line by itself: a title may be full of commas. */
    private static char separator(String text) {
        char[] signs = {';', '\t', ',', '|'};
        int[] lines = new int[signs.length];
        int[] inLine = new int[signs.length];
        boolean quoted = false;
        int seen = 0;
        for (int i = 0; i < text.length() && seen < 50; i++) {
            char letter = text.charAt(i);
            if (letter == '"') {
                quoted = !quoted;
            } else if (!quoted && (letter == '\n' || letter == '\r' || i == text.length() - 1)) {
                count(signs, letter, inLine);
                score(lines, inLine);
                Arrays.fill(inLine, 0);
                seen++;
            } else if (!quoted) {
                count(signs, letter, inLine);
            }
        }
        int best = 0;
        for (int i = 1; i < signs.length; i++) {
            if (lines[i] > lines[best]) {
                best = i;
            }
        }
        return signs[best];
    }

    private static void count(char[] signs, char letter, int[] inLine) {
        for (int i = 0; i < signs.length; i++) {
            inLine[i] += letter == signs[i] ? 1 : 0;
        }
    }

    private static void score(int[] lines, int[] inLine) {
        int most = Arrays.stream(inLine).max().orElse(0);
        for (int i = 0; i < lines.length; i++) {
            lines[i] += most > 0 && inLine[i] == most ? 1 : 0;
        }
    }

    private static List<Line> parsed(String text, char separator, boolean quotes, int skipped) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setQuote(quotes ? '"' : null)
                .setIgnoreEmptyLines(false)
                .setTrailingData(true)
                .get();
        List<Line> lines = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            long before = 0;
            for (CSVRecord record : parser) {
                // A quoted break makes one row of two lines; it is found under the first of them.
                int number = (int) before + 1 + skipped;
                before = parser.getCurrentLineNumber();
                List<String> cells = new ArrayList<>();
                for (int i = 0; i < Math.min(record.size(), MOST_COLUMNS); i++) {
                    cells.add(record.get(i));
                }
                add(lines, number, cells);
                if (lines.size() > MOST_ROWS) {
                    break;
                }
            }
        }
        return lines;
    }

    private static void add(List<Line> lines, int number, List<String> cells) {
        Line line = new Line(number, cells.stream().map(Sheet::clean).toList());
        if (!line.isBlank()) {
            lines.add(line);
        }
    }

    /** Without the blanks that nobody sees, and without the sign by which a spreadsheet is told that a number is a text. */
    private static String clean(String cell) {
        String clean = cell.replace("\uFEFF", "")
                .replaceAll("[\\u200B-\\u200D\\u2060]", "")
                .replaceAll("[\\s\\u00A0\\u202F]+", " ")
                .strip();
        clean = clean.startsWith("'") ? clean.substring(1).strip() : clean;
        return clean.length() <= LONGEST_CELL ? clean : clean.substring(0, LONGEST_CELL);
    }

    private static boolean begins(byte[] file, byte[] with) {
        return file.length >= with.length && Arrays.equals(file, 0, with.length, with, 0, with.length);
    }

    /** The width of the widest row. */
    static int columns(List<Line> lines) {
        return lines.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
    }
}
