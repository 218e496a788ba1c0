package org.diadromi.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.diadromi.TestDatabase;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.casefile.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.MessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The copy of what is held of a person, as they read it; on both databases. */
class CaseCopyTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "casecopy");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "casecopy");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    abstract static class Promises {

        @Autowired
        private CaseCopy copy;

        @Autowired
        private CaseTables tables;

        @Autowired
        private CaseFiles cases;

        @Autowired
        private SensitiveData sensitive;

        @Autowired
        private Timeline timeline;

        @Autowired
        private MessageSource messages;

        private CaseFile person;

        @BeforeEach
        void a_person() {
            person = open("el");
            SensitiveSample.keep(sensitive, person);
        }

        private CaseFile open(String language) {
            return cases.open(
                    new FirstContact(
                            "kerkyra",
                            "Ελένη",
                            "Μάνεση",
                            CaseFile.Salutation.KYRIA,
                            "+302661012345",
                            "eleni@example.org",
                            "Κέρκυρα",
                            language,
                            "phone",
                            null,
                            1,
                            "Ένα <b>στέκι</b> & \u0007 \"κάτι\" 😀"),
                    "kerkyra.intake");
        }

        @Test
        void the_pdf_is_greek_that_can_be_read_and_says_what_is_kept() throws IOException {
            String text = text(copy.pdf(person));
            assertThat(text)
                    .contains("Αντίγραφο προσωπικών δεδομένων")
                    .contains(person.number())
                    .contains("Ελένη Μάνεση")
                    .contains("Δήμος Κέρκυρα")
                    .contains("Ένα <b>στέκι</b> &")
                    .contains("Προσφώνηση Κυρία")
                    .contains("Κατάσταση Ανοιχτή")
                    .contains("Λεπτομέρεια Άνοιξε ο φάκελος: Τηλέφωνο")
                    .contains("Αναπηρία Ναι")
                    .contains("Προσφυγιά ή αίτηση ασύλου Δεν ρωτήθηκε")
                    .contains("Συγκαταθέσεις")
                    .doesNotContain("token");
            assertThat(text(copy.pdf(open("en"))))
                    .contains("Copy of personal data")
                    .contains("Last name Μάνεση")
                    .contains("Salutation Ms");
        }

        /** A form with a new option wants a word for it here. */
        @Test
        void every_option_of_a_form_that_a_column_keeps_has_its_word() throws IOException {
            Set<String> unnamed = new TreeSet<>();
            for (Resource form : new PathMatchingResourcePatternResolver().getResources("classpath*:forms/*.form")) {
                for (JsonNode field :
                        new ObjectMapper().readTree(form.getInputStream()).findParents("values")) {
                    String column = field.path("key")
                            .asText()
                            .replaceAll("([A-Z])", "_$1")
                            .toLowerCase(Locale.ROOT);
                    List<String> lists = CopyWords.LISTS.entrySet().stream()
                            .filter(list -> list.getKey().equals(column)
                                    || list.getKey().endsWith("." + column))
                            .map(Map.Entry::getValue)
                            .toList();
                    for (JsonNode option : field.path("values")) {
                        String code = option.path("value").asText();
                        if (!lists.isEmpty() && lists.stream().noneMatch(list -> hasWord(list, code))) {
                            unnamed.add(column + "." + code);
                        }
                    }
                }
            }
            // An offer's answer and an extension are kept in other words than the form's.
            unnamed.removeAll(Set.of("answer.accept", "answer.decline", "decision.extend"));
            assertThat(unnamed).as("options without a word").isEmpty();
        }

        @Test
        void a_long_copy_goes_on_for_pages_and_can_be_read_out() throws IOException {
            for (int i = 0; i < 60; i++) {
                timeline.add(person, Timeline.Kind.SESSION_RECORDED, "attended", "kerkyra.counsellor");
            }
            byte[] pdf = copy.pdf(person);
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(document.getNumberOfPages()).isGreaterThan(2);
                assertThat(document.getDocumentCatalog().getMarkInfo().isMarked())
                        .isTrue();
                assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("el");
            }
        }

        @Test
        void the_json_has_every_column_and_the_answers_decrypted() throws IOException {
            JsonNode json = new ObjectMapper().readTree(copy.json(person));
            assertThat(json.at("/case").asText()).isEqualTo(person.number());
            assertThat(json.at("/case_file/0/email").asText()).isEqualTo("eleni@example.org");
            assertThat(json.at("/case_file/0/opened_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*");
            assertThat(json.at("/case_file/0").size())
                    .isEqualTo(tables.all().get(0).columns().size());
            assertThat(json.at("/sensitive_data/0/disability").asText()).isEqualTo("YES");
            assertThat(json.at("/case_fact/0/case_number").asText()).isEqualTo(person.number());
            assertThat(json.at("/audit_entry/0/detail").asText()).isEqualTo("Ευαίσθητα στοιχεία");
            assertThat(json.at("/audit_entry/0/by_user").isMissingNode()).isTrue();
            assertThat(json.toString()).doesNotContain("token_hash");
        }

        @Test
        void every_table_and_column_has_a_name_that_people_know() {
            Set<String> unnamed = new TreeSet<>();
            for (CaseTables.Table table : tables.all()) {
                name("copy.table." + table.name(), unnamed);
                if (!CopyWords.FOR_MACHINES.contains(table.name())) {
                    table.columns().stream()
                            .map(CaseTables.Column::name)
                            .filter(column -> !CopyWords.KEY.matcher(column).matches())
                            .forEach(column -> name("copy.column." + column, unnamed));
                }
            }
            assertThat(unnamed).as("texts that the copy is missing").isEmpty();
        }

        private boolean hasWord(String list, String code) {
            return Stream.of(code, code.toUpperCase(Locale.ROOT))
                    .anyMatch(each -> messages.getMessage(list + "." + each, null, null, Texts.GREEK) != null);
        }

        private void name(String key, Set<String> unnamed) {
            if (messages.getMessage(key, null, null, Locale.forLanguageTag("el")) == null) {
                unnamed.add(key);
            }
        }

        private static String text(byte[] pdf) throws IOException {
            try (PDDocument document = Loader.loadPDF(pdf)) {
                return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
            }
        }
    }
}
