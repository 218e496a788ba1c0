package org.diadromi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the user guide leads to is there: pages, headings and pictures. */
class GuideTest {

    private static final Path GUIDE = Path.of("docs/guide");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    @Test
    void every_link_and_picture_of_the_guide_is_there() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (link.group(1).startsWith("http")) {
                    continue;
                }
                String[] place = link.group(1).split("#", 2);
                Path target = place[0].isEmpty() ? page : page.resolveSibling(place[0]);
                assertThat(target).as("%s leads to %s", page, link.group(1)).exists();
                if (place.length == 2) {
                    assertThat(headings(target))
                            .as("%s leads to %s", page, link.group(1))
                            .contains(place[1]);
                }
            }
        }
    }

    @Test
    void every_page_and_picture_of_the_guide_is_used() throws IOException {
        String all = "";
        for (Path page : pages()) {
            all += Files.readString(page);
        }
        try (Stream<Path> files = Files.walk(GUIDE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(all).contains("(" + GUIDE.relativize(file).toString().replace('\\', '/'));
            }
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return Stream.concat(
                            files.filter(file -> file.toString().endsWith(".md")),
                            Stream.of(Path.of("docs/legal-rules.md")))
                    .toList();
        }
    }

    /** The names under which GitHub and others lead to the headings of a page. */
    private static Set<String> headings(Path page) throws IOException {
        Set<String> headings = new TreeSet<>();
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("#")) {
                headings.add(line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} -]", "")
                        .replace(' ', '-'));
            }
        }
        return headings;
    }
}
