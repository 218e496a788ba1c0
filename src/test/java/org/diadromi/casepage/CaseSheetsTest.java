package org.diadromi.casepage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.counselling.Counselling;
import org.diadromi.counselling.Counselling.Outcome;
import org.diadromi.workflow.StaffAccounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** What counsellor and person sign, read back from the PDF; on both databases. */
class CaseSheetsTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "casesheets");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "casesheets");
        }
    }

    @SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
    @AutoConfigureMockMvc
    abstract static class Promises {

        private static final String COUNSELLOR = "magnisia.counsellor";

        @Autowired
        private MockMvc pages;

        @Autowired
        private StaffAccounts accounts;

        @Autowired
        private CaseFiles cases;

        @Autowired
        private Counselling counselling;

        @Autowired
        private AppClock clock;

        @Autowired
        private JdbcClient jdbc;

        private CaseFile person;

        @BeforeEach
        void a_person_of_magnesia() {
            jdbc.sql("update centre set address = ?, phone = ?, email = ?, sender_name = ?, signature = ? where id = ?")
                    .params(
                            "Δημητριάδος 1, 383 33 Βόλος",
                            "24210 12345",
                            "kentro@example.org",
                            "Ομάδα Στήριξης Βόλου",
                            "Με χρηματοδότηση του Υπουργείου Εργασίας",
                            "magnisia")
                    .update();
            person = open("Βολιώτη", 1);
        }

        private CaseFile open(String lastName, int people) {
            return cases.open(
                    new FirstContact(
                            "magnisia",
                            "Αντιγόνη",
                            lastName,
                            Salutation.KYRIA,
                            "+306912345678",
                            null,
                            "Βόλος",
                            "el",
                            "phone",
                            null,
                            people,
                            null),
                    "magnisia.intake");
        }

        private void plan(CaseFile caseFile, String goals) {
            counselling.plan(
                    caseFile,
                    "Χρειάζεται ομάδα και κεφάλαιο εκκίνησης.",
                    goals,
                    List.of("socialEconomy", "legal"),
                    4,
                    COUNSELLOR);
        }

        private void book(int inDays, String place) {
            counselling.book(
                    cases.get("magnisia", person.number()),
                    clock.today().plusDays(inDays).atTime(10, 30).plusMinutes(90L * (person.id() % 6)),
                    60,
                    "place",
                    place,
                    "legal",
                    COUNSELLOR);
        }

        /** The id of the session just recorded. */
        private long record(String outcome) {
            boolean held = outcome.equals(Counselling.ATTENDED);
            counselling.record(
                    person,
                    held
                            ? new Outcome(
                                    outcome,
                                    75,
                                    30,
                                    "legal",
                                    "packageB",
                                    "Είδαμε τις <νομικές> μορφές & το κόστος.\u0007",
                                    "Βρέθηκαν ακόμη δύο μέλη.",
                                    "another",
                                    "Να φέρει κατάλογο μελών",
                                    clock.today().plusDays(10))
                            : new Outcome(outcome, 0, 0, null, null, null, null, null),
                    COUNSELLOR);
            return counselling.sessions(person).stream()
                    .mapToLong(Counselling.Session::id)
                    .max()
                    .orElseThrow();
        }

        private ResultActions as(String account, String file) throws Exception {
            return pages.perform(get("/cases/" + person.number() + (file.isEmpty() ? "" : "/" + file))
                    .with(user(accounts.login(account).orElseThrow())));
        }

        private byte[] pdf(String account, String file) throws Exception {
            return as(account, file)
                    .andExpect(status().isOk())
                    .andExpect(content().contentType("application/pdf"))
                    .andExpect(header().string("Content-Disposition", containsString("attachment")))
                    .andExpect(header().string("Cache-Control", "no-store"))
                    .andReturn()
                    .getResponse()
                    .getContentAsByteArray();
        }

        private int exported() {
            return jdbc.sql(
                            "select count(*) from audit_entry where action = 'EXPORTED' and subject = ? and by_user = ?")
                    .params(person.number(), "magnisia.trainer")
                    .query(Integer.class)
                    .single();
        }

        @Test
        void the_plan_is_a_greek_form_with_what_was_agreed_and_lines_to_sign() throws Exception {
            as("magnisia.trainer", "support-plan.pdf").andExpect(status().isNotFound());
            assertThat(exported()).isZero();
            plan(person, "Να γραφτεί το καταστατικό.\nΝα βρεθούν ακόμη δύο μέλη – ως τον Μάιο.");
            byte[] before = pdf("magnisia.trainer", "support-plan.pdf");
            assertThat(text(before)).contains("Το επόμενο ραντεβού ορίζεται σε συνεννόηση με το κέντρο.");
            book(3, "Αίθουσα 2");
            byte[] pdf = pdf("magnisia.trainer", "support-plan.pdf");
            picture(pdf, "support-plan");
            assertThat(text(pdf))
                    .contains("Κέντρο Στήριξης Κ.ΑΛ.Ο. Μαγνησίας")
                    .contains("Ομάδα Στήριξης Βόλου")
                    .contains("Δημητριάδος 1, 383 33 Βόλος")
                    .contains("Με χρηματοδότηση του Υπουργείου Εργασίας")
                    .contains("Σχέδιο υποστήριξης")
                    .contains(person.number())
                    .contains("Ωφελούμενη Αντιγόνη Βολιώτη")
                    .contains("Προβλεπόμενες συνεδρίες 4")
                    .contains("Χρειάζεται ομάδα και κεφάλαιο εκκίνησης.")
                    .contains("Να γραφτεί το καταστατικό. Να βρεθούν ακόμη δύο μέλη – ως τον Μάιο.")
                    .contains("Κοινωνική οικονομία, Νομικά")
                    .contains("Διάρκεια 60 λεπτά. Στο κέντρο, Αίθουσα 2. Τομέας: Νομικά.")
                    .contains("Η ωφελούμενη")
                    .contains("Υπογραφή")
                    .contains("1 / 1");
            assertThat(exported()).isEqualTo(2);
        }

        @Test
        void the_sheet_of_a_session_says_how_long_and_what_was_agreed() throws Exception {
            plan(person, "Να γραφτεί το καταστατικό.");
            book(3, "Αίθουσα 2");
            long session = record(Counselling.ATTENDED);
            byte[] pdf = pdf("magnisia.trainer", "sessions/" + session + ".pdf");
            picture(pdf, "session-sheet");
            assertThat(text(pdf))
                    .contains("Φύλλο συνεδρίας")
                    .contains("Ωφελούμενη Αντιγόνη Βολιώτη")
                    .contains("Τρόπος Στο κέντρο, Αίθουσα 2")
                    .contains("Χρόνος με το πρόσωπο 75 λεπτά")
                    .contains("Χρόνος προετοιμασίας 30 λεπτά")
                    .contains("Πακέτο Β – στήριξη και συμβουλευτική")
                    .contains("Να γραφτεί το καταστατικό.")
                    .contains("Είδαμε τις <νομικές> μορφές & το κόστος.")
                    .contains("Στόχοι που επιτεύχθηκαν Βρέθηκαν ακόμη δύο μέλη.")
                    .contains("Άλλη συνεδρία Να φέρει κατάλογο μελών (έως "
                            + java.time.format.DateTimeFormatter.ofPattern("dd/MM/yyyy")
                                    .format(clock.today().plusDays(10))
                            + ")")
                    .contains("1 / 1")
                    .contains("Βεβαιώνουμε ότι η συνεδρία έγινε");
            assertThat(exported()).isEqualTo(1);
            as("magnisia.intake", "")
                    .andExpect(content()
                            .string(allOf(
                                    containsString("/cases/" + person.number() + "/support-plan.pdf"),
                                    containsString("/cases/" + person.number() + "/sessions/" + session + ".pdf"))));
        }

        @Test
        void nobody_signs_for_a_session_that_was_missed() throws Exception {
            plan(person, "Να γραφτεί το καταστατικό.");
            book(3, null);
            long missed = record(Counselling.NO_SHOW);
            as("magnisia.counsellor", "sessions/" + missed + ".pdf").andExpect(status().isNotFound());
            as("magnisia.counsellor", "")
                    .andExpect(status().isOk())
                    .andExpect(content().string(not(containsString("/sessions/" + missed + ".pdf"))));
        }

        @Test
        void neither_another_case_nor_another_centre_has_it() throws Exception {
            plan(person, "Να γραφτεί το καταστατικό.");
            book(3, null);
            long session = record(Counselling.ATTENDED);
            for (String file : List.of("support-plan.pdf", "sessions/" + session + ".pdf")) {
                as("kerkyra.coordinator", file).andExpect(status().isNotFound());
                as("supervisor", file).andExpect(status().isForbidden());
                as("admin", file).andExpect(status().isForbidden());
                pages.perform(get("/cases/" + person.number() + "/" + file)).andExpect(status().is3xxRedirection());
            }
            as("magnisia.counsellor", "sessions/" + (session + 1) + ".pdf").andExpect(status().isNotFound());
            as("magnisia.counsellor", "sessions/x.pdf").andExpect(status().isBadRequest());
            person = open("Άλλη", 1);
            as("magnisia.counsellor", "sessions/" + session + ".pdf").andExpect(status().isNotFound());
        }

        @Test
        void it_can_be_read_out_and_long_texts_go_on_overleaf() throws Exception {
            person = open("Παπαδημητρίου", 5);
            plan(person, "Βήμα προς βήμα, με υπομονή.\n".repeat(70) + "Τελευταίος στόχος.");
            byte[] pdf = pdf("magnisia.counsellor", "support-plan.pdf");
            picture(pdf, "support-plan-long");
            assertThat(text(pdf))
                    .contains("Ομάδα 5 άτομα")
                    .contains("Για την ομάδα")
                    .contains("Τελευταίος στόχος.");
            try (PDDocument document = Loader.loadPDF(pdf)) {
                assertThat(document.getNumberOfPages()).isGreaterThan(1);
                assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Σχέδιο υποστήριξης");
                assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("el");
                assertThat(document.getDocumentCatalog().getMarkInfo().isMarked())
                        .isTrue();
                assertThat(document.getDocumentCatalog().getViewerPreferences().displayDocTitle())
                        .isTrue();
                assertThat(document.getDocumentCatalog().getStructureTreeRoot().getKids())
                        .isNotEmpty();
                assertThat(new String(
                                document.getDocumentCatalog().getMetadata().toByteArray()))
                        .contains("pdfuaid");
            }
        }

        private static String text(byte[] pdf) throws IOException {
            try (PDDocument document = Loader.loadPDF(pdf)) {
                return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
            }
        }

        /** For whoever wants to see it as it is printed. */
        private static void picture(byte[] pdf, String name) throws IOException {
            Path directory = Files.createDirectories(Path.of("target", "screenshots"));
            try (PDDocument document = Loader.loadPDF(pdf)) {
                for (int page = 0; page < document.getNumberOfPages(); page++) {
                    ImageIO.write(
                            new PDFRenderer(document).renderImageWithDPI(page, 90),
                            "png",
                            directory.resolve(name + "-" + (page + 1) + ".png").toFile());
                }
            }
        }
    }
}
