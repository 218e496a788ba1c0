package org.diadromi.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.RuleViolation;
import org.diadromi.outreach.EventImports.Judged;
import org.diadromi.outreach.EventImports.State;
import org.diadromi.outreach.Sheet.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sheets as people really make them, each with what is to be read from it beside it. */
class UglyFilesTest {

    private static final Path FILES = Path.of("src/test/resources/import");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.filter(file -> !file.toString().endsWith(".expected"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void there_are_enough_of_them() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(25);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void a_file_is_read_as_expected(Path file) throws IOException {
        Path expected = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.\\w+$", ".expected"));
        assertThat(read(Files.readAllBytes(file)))
                .isEqualTo(Files.readString(expected, StandardCharsets.UTF_8).strip());
    }

    private static String read(byte[] file) {
        try {
            List<Line> lines = Sheet.read(file);
            Columns.Found found = Columns.find(lines);
            String read = EventImports.judge(found.below(lines), found.fields(), person -> Optional.empty()).stream()
                    .filter(row -> row.state() != State.NONE)
                    .map(row -> described(row, found))
                    .collect(Collectors.joining("\n"));
            return read.isEmpty() ? "none" : read;
        } catch (RuleViolation violation) {
            return "refused " + violation.problem();
        }
    }

    private static String described(Judged row, Columns.Found found) {
        if (row.state() != State.GOOD) {
            Attendee.Trouble first = row.troubles().get(0);
            return "%d %s %s %s"
                    .formatted(
                            row.line(),
                            row.state(),
                            first.field() == null ? "-" : first.field().name(),
                            first.problem());
        }
        Attendee person = Attendee.of(row.cells(), found.fields());
        return "%d GOOD %s %s | %s | %s"
                .formatted(
                        row.line(),
                        person.firstName(),
                        person.lastName(),
                        person.phone() == null ? "-" : person.phone(),
                        person.email() == null ? "-" : person.email());
    }
}
