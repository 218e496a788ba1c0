package org.diadromi.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import org.diadromi.workflow.DemoClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A centre's staff carry one case through Tasklist's own forms, from first contact to the last follow-up. */
class JourneyInTasklistTest extends BrowserTest {

    private static final String INTAKE = "kerkyra.intake";
    private static final String COUNSELLOR = "kerkyra.counsellor";
    private static final String TRAINER = "kerkyra.trainer";
    private static final String LEGAL = "kerkyra.legal";
    private static final String COORDINATOR = "kerkyra.coordinator";
    private static final String ACCOUNTANT = "kerkyra.accountant";

    @Autowired
    private DemoClock demo;

    private String caseNumber;

    @Test
    void a_case_goes_from_first_contact_to_the_last_follow_up_through_the_forms_on_the_screen() {
        firstContact();
        counselling();
        training();
        registration();
        followUps();

        assertThat(caseStatus()).isEqualTo("CLOSED");
        assertThat(tasklist(COORDINATOR).filter("Όλο το κέντρο").card("", caseNumber))
                .hasCount(0);
    }

    private void firstContact() {
        Tasklist intake = tasklist(INTAKE);
        CamundaForm form = intake.begin("Νέα πρώτη επαφή");
        form.pick("Τρόπος επαφής", "Τηλέφωνο")
                .type("Όνομα", "Ελένη")
                .type("Επώνυμο", "Παππά")
                .pick("Προσφώνηση", "Κυρία")
                .type("Δήμος κατοικίας", "Κέρκυρα")
                .pick("Ενδιαφέρεται ατομικά ή με ομάδα;", "Με ομάδα")
                .type("Πόσα άτομα είναι στην ομάδα;", 5)
                .type("Η ιδέα ή το αίτημα", "Ένα κοινωνικό καφενείο στο λιμάνι")
                .tick("Ενημερώθηκε και συμφώνησε");
        intake.picture("start_journey_firstContact");
        Response refused = intake.send("Έναρξη");
        assertThat(refused.status()).isEqualTo(400);
        intake.picture("start_journey_firstContact-refused");
        assertThat(intake.refusal().first()).containsText("Συμπληρώστε τηλέφωνο ή ηλεκτρονική διεύθυνση");
        assertThat(intake.refusal().first()).isInViewport();
        assertThat(form.input("Όνομα")).hasValue("Ελένη");
        form.type("Τηλέφωνο", "26610 12345");
        Response started = intake.send("Έναρξη");
        assertThat(started.status()).isEqualTo(200);
        caseNumber = started.text().replaceAll(".*\"businessKey\":\"([^\"]+)\".*", "$1");

        form = work(INTAKE, "Αρχική συνέντευξη");
        form.pick("Ηλικία", "30 έως 54")
                .pick("Σχέση με την εργασία", "Σε ανεργία")
                .type("Μήνες ανεργίας", 14)
                .pick("Πόσο επείγει το εισόδημα;", "Μπορεί να περιμένει μερικούς μήνες")
                .pick("Τι θέλει κυρίως να πετύχει;", "Να καλύψει κοινωνική ή τοπική ανάγκη")
                .pick("Θέλει να εργαστεί συλλογικά;", "Ναι")
                .pick("Υπάρχει ήδη φορέας;", "Όχι")
                .pick("Χρειάζεται και κάτι από τα παρακάτω;", "Κατάρτιση")
                .type("Σημείωση συνέντευξης", "Έχει πείρα στην εστίαση.");
        done(INTAKE, "task_firstContact_initialInterview");

        form = work(COUNSELLOR, "Απόφαση καταλληλότητας");
        form.pick("Δρόμος που ταιριάζει", "Κ.ΑΛ.Ο.").type("Αιτιολογία", "Ομάδα με κοινωνικό σκοπό.");
        done(COUNSELLOR, "task_firstContact_decideSuitability");
    }

    private void counselling() {
        work(COUNSELLOR, "Σχέδιο υποστήριξης")
                .type("Ανάγκες", "Νομική μορφή, κοστολόγηση")
                .type("Στόχοι", "Βιώσιμο σχέδιο σε έξι μήνες")
                .pick("Τομείς συμβουλευτικής", "Κοινωνική οικονομία", "Επιχειρηματικότητα")
                .type("Πόσες συνεδρίες προβλέπονται;", 3);
        done(COUNSELLOR, "task_counselling_supportPlan");

        work(COUNSELLOR, "Ορισμός ραντεβού")
                .day("Ημερομηνία", clock.today().plusDays(3))
                .time("Ώρα", LocalTime.of(10, 0))
                .type("Διάρκεια", 60)
                .pick("Τομέας", "Επιχειρηματικότητα")
                .pick("Πώς θα γίνει;", "Στο κέντρο")
                .type("Χώρος ή σύνδεσμος", "Γραφείο 2");
        done(COUNSELLOR, "task_counselling_bookAppointment");
        demo.advance(Period.ofDays(4));

        work(COUNSELLOR, "Καταγραφή συνεδρίας")
                .pick("Τι έγινε με το ραντεβού;", "Η συνεδρία έγινε")
                .type("Χρόνος επαφής", 60)
                .type("Χρόνος προετοιμασίας", 20)
                .pick("Τομέας", "Επιχειρηματικότητα")
                .pick("Πού καταλογίζονται οι ώρες;", "ΕΚΤ+")
                .type("Τι συζητήθηκε", "Πελάτες, τιμές, χώρος")
                .type("Στόχοι που επιτεύχθηκαν", "Βρέθηκε χώρος")
                .pick("Τι ακολουθεί;", "Ολοκλήρωση συμβουλευτικής")
                .day("Έως πότε", clock.today().plusDays(8));
        done(COUNSELLOR, "task_counselling_recordSession");

        work(COUNSELLOR, "Ολοκλήρωση συμβουλευτικής")
                .pick("Πώς συνεχίζει;", "Εκπαίδευση στο επιχειρηματικό σχέδιο")
                .type("Σύνοψη της συμβουλευτικής", "Η ομάδα είναι έτοιμη για επιχειρηματικό σχέδιο.");
        done(COUNSELLOR, "task_counselling_conclude");
    }

    private void training() {
        work(TRAINER, "Εγγραφή σε κύκλο εκπαίδευσης")
                .type("Κύκλος", "Α΄ κύκλος")
                .day("Έναρξη", clock.today().plusDays(1))
                .day("Λήξη", clock.today().plusDays(30))
                .type("Όνομα ομάδας", "Το Στέκι");
        done(TRAINER, "task_training_enrol");

        work(TRAINER, "Καταγραφή παρουσιών")
                .pick("Ποιες ενότητες παρακολούθησε;", "Κ.ΑΛ.Ο. και συνεργατισμός (4)", "Ομάδα και διακυβέρνηση (4)");
        done(TRAINER, "task_training_attendance");

        work(TRAINER, "Αναπλήρωση ενοτήτων")
                .pick(
                        "Ποιες ενότητες αναπλήρωσε;",
                        "Πρόβλημα και ωφελούμενοι (4)",
                        "Κοινωνικός καμβάς (4)",
                        "Αγορά και τιμολόγηση (6)",
                        "Λειτουργία και στελέχωση (4)",
                        "Οικονομικά και τριετείς ταμειακές ροές (6)",
                        "Νομικές μορφές, φορολογία και εργασία (4)")
                .pick("Συνεχίζει την εκπαίδευση;", "Ναι");
        done(TRAINER, "task_training_catchUp");

        work(TRAINER, "Κατάθεση επιχειρηματικού σχεδίου")
                .day("Ημερομηνία κατάθεσης", clock.today())
                .pick("Παραδοτέα", "Κοινωνικός καμβάς", "Επιχειρηματικό σχέδιο, 1η έκδοση");
        done(TRAINER, "task_training_handIn");

        work(TRAINER, "Αξιολόγηση σχεδίου").pick("Εγκρίνεται το σχέδιο;", "Ναι, εγκρίνεται");
        done(TRAINER, "task_training_review");
    }

    private void registration() {
        work(COUNSELLOR, "Στοιχεία της ομάδας")
                .type("Επωνυμία ή προσωρινό όνομα", "Το Στέκι")
                .pick("Κύριος σκοπός", "Κοινωνική και συλλογική ωφέλεια")
                .type("Πόσα μέλη συνολικά;", 5)
                .type("Από αυτά, νομικά πρόσωπα", 0)
                .pick("Μετέχει φορέας τοπικής αυτοδιοίκησης;", "Όχι");
        done(COUNSELLOR, "task_registration_profile");

        CamundaForm form = work(LEGAL, "Επιλογή νομικής μορφής")
                .pick("Νομική μορφή", "Σωματείο")
                .type("Γιατί αυτή η μορφή;", "Το ζητά η ομάδα")
                .type("Έδρα (δήμος)", "Κέρκυρα");
        Tasklist legal = tasklist(LEGAL);
        assertThat(legal.send("Ολοκλήρωση").status()).isEqualTo(400);
        legal.picture("task_registration_chooseForm-refused");
        assertThat(legal.refusal().first()).containsText("χρειάζεται τουλάχιστον 20 μέλη");
        assertThat(legal.refusal().first()).isInViewport();
        assertThat(form.input("Γιατί αυτή η μορφή;")).hasValue("Το ζητά η ομάδα");
        form.pick("Νομική μορφή", "Κοιν.Σ.Επ. Συλλογικής και Κοινωνικής Ωφέλειας");
        done(LEGAL, "task_registration_chooseForm");

        form = work(LEGAL, "Φάκελος δικαιολογητικών");
        for (Locator document : form.shown().locator("input[type=checkbox]").all()) {
            form.check(document);
        }
        done(LEGAL, "task_registration_dossier");

        work(COORDINATOR, "Νομικός έλεγχος").pick("Εγκρίνεται ο φάκελος;", "Ναι, να υποβληθεί");
        done(COORDINATOR, "task_registration_legalReview");

        work(LEGAL, "Υποβολή στο Μητρώο")
                .day("Ημερομηνία υποβολής", clock.today())
                .type("Αριθμός πρωτοκόλλου", "123/2026")
                .type("Ποιος υπέβαλε με κωδικούς TAXISnet;", "Ελένη Παππά");
        done(LEGAL, "task_registration_submit");

        work(LEGAL, "Απάντηση του Μητρώου")
                .pick("Τι απάντησε το Μητρώο;", "Ο φορέας εγγράφηκε")
                .day("Ημερομηνία απάντησης", clock.today())
                .type("Αριθμός μητρώου", "ΚΣΕ-1");
        done(LEGAL, "task_registration_registryAnswer");

        work(LEGAL, "Πρόσθετα στοιχεία στο Μητρώο").day("Ημερομηνία υποβολής", clock.today());
        done(LEGAL, "task_registration_additionalData");

        Tasklist accountant = tasklist(ACCOUNTANT).filter("Της ομάδας μου");
        // Each step is called by its own name: the tax office, ΓΕΜΗ, the bank …
        assertThat(accountant.card("ΓΕΜΗ", caseNumber).first()).isVisible();
        int steps = accountant.card("", caseNumber).count();
        for (int step = 0; step < steps; step++) {
            work(ACCOUNTANT, "").day("Ημερομηνία ολοκλήρωσης", clock.today());
            done(ACCOUNTANT, "task_registration_step");
        }
    }

    private void followUps() {
        LocalDate registered = clock.today();
        for (int months : new int[] {1, 3, 6, 12, 24}) {
            assertThat(caseStatus()).isEqualTo("OPEN");
            // A follow-up comes up in the morning, whatever the time is now.
            demo.advance(
                    Period.between(clock.today(), registered.plusMonths(months).plusDays(1)));
            work(COUNSELLOR, "Πώς πάει το εγχείρημα;")
                    .pick("Πώς βρίσκεται το εγχείρημα;", "Ενεργό")
                    .type("Μέλη", 5)
                    .type("Θέσεις πλήρους απασχόλησης", 2)
                    .type("Θέσεις μερικής απασχόλησης", 1)
                    .type("Θέσεις γυναικών", 2)
                    .type("Θέσεις ομάδων-στόχου", 0)
                    .pick("Ζητά βοήθεια από το κέντρο;", "Όχι")
                    .pick("Συμφωνεί να δημοσιεύσουμε τα στοιχεία;", "Ναι");
            done(COUNSELLOR, "task_followUp_survey");
        }
    }

    private String caseStatus() {
        return jdbc.sql("select status from case_file where number = ?")
                .param(caseNumber)
                .query(String.class)
                .single();
    }

    private CamundaForm work(String user, String task) {
        return tasklist(user).filter("Της ομάδας μου").claim(task, caseNumber);
    }

    private void done(String user, String form) {
        Tasklist tasklist = tasklist(user);
        tasklist.picture(form);
        tasklist.complete();
    }
}
