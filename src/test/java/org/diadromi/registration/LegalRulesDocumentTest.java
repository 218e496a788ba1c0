package org.diadromi.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The page that a lawyer reads says what the tables say. */
class LegalRulesDocumentTest {

    private static final Path PAGE = Path.of("docs/legal-rules.md");
    private static final String TO_BE_CHECKED = "**ΝΑ ΕΛΕΓΧΘΕΙ**";

    @Test
    void every_constant_is_on_the_page_with_value_date_source_and_certainty() throws Exception {
        List<List<String>> rules = rules("bpmn/legal-constants.dmn");

        assertThat(rules).isNotEmpty();
        for (List<String> rule : rules) {
            String validFrom = LocalDate.parse(rule.get(4).replaceAll("[^0-9-]", ""))
                    .format(DateTimeFormatter.ofPattern("dd/MM/yyyy"));
            assertThat(line(rule.get(0), validFrom))
                    .contains("| " + rule.get(2).replace('.', ',') + " ")
                    .contains("| " + rule.get(5) + " |");
            assertCertainty(rule.get(6), line(rule.get(0), validFrom));
        }
    }

    @Test
    void every_document_and_step_is_on_the_page_with_days_source_and_certainty() throws Exception {
        List<List<String>> rules = rules("bpmn/registration-checklist.dmn");

        assertThat(rules).isNotEmpty();
        for (List<String> rule : rules) {
            String line = line(rule.get(2), rule.get(3));
            assertThat(line).contains("| " + rule.get(5) + " |");
            assertThat(line).contains("null".equals(rule.get(4)) ? "| – |" : "| " + rule.get(4) + " ημέρες");
            assertCertainty(rule.get(6), line);
        }
    }

    private static void assertCertainty(String certainty, String line) {
        assertThat(line.contains(TO_BE_CHECKED)).as(line).isEqualTo("check".equals(certainty));
    }

    /** The row of the page for a key; a constant has one for each day from which it has another value. */
    private static String line(String key, String also) throws Exception {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("|") && line.contains("`" + key + "`") && line.contains(also))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " has no row for " + key + " (" + also + ")"));
    }

    /** The entries of each rule, without quotation marks. */
    private static List<List<String>> rules(String table) throws Exception {
        Document model =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new File(table));
        List<List<String>> rules = new ArrayList<>();
        NodeList found = model.getElementsByTagName("rule");
        for (int i = 0; i < found.getLength(); i++) {
            List<String> entries = new ArrayList<>();
            NodeList texts = ((Element) found.item(i)).getElementsByTagName("text");
            for (int j = 0; j < texts.getLength(); j++) {
                entries.add(texts.item(j).getTextContent().trim().replace("\"", ""));
            }
            rules.add(entries);
        }
        return rules;
    }
}
