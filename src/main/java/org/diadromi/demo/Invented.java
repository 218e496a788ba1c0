package org.diadromi.demo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/** Invented people, ideas and ventures of a demonstration. Nobody of them exists. */
final class Invented {

    private static final List<String> WOMEN = List.of(
            "Αθηνά",
            "Αναστασία",
            "Βασιλική",
            "Γεωργία",
            "Δέσποινα",
            "Ειρήνη",
            "Ελένη",
            "Ζωή",
            "Θεοδώρα",
            "Ιωάννα",
            "Κατερίνα",
            "Κωνσταντίνα",
            "Λαμπρινή",
            "Μαρία",
            "Νίκη",
            "Ξένια",
            "Ουρανία",
            "Παρασκευή",
            "Ράνια",
            "Σοφία",
            "Τασούλα",
            "Φωτεινή",
            "Χριστίνα");
    private static final List<String> MEN = List.of(
            "Αλέξανδρος",
            "Αντώνης",
            "Βαγγέλης",
            "Γιάννης",
            "Δημήτρης",
            "Ευάγγελος",
            "Ηλίας",
            "Θωμάς",
            "Ιάσονας",
            "Κώστας",
            "Λευτέρης",
            "Μιχάλης",
            "Νίκος",
            "Παναγιώτης",
            "Πέτρος",
            "Σπύρος",
            "Στέφανος",
            "Τάσος",
            "Φώτης",
            "Χρήστος");
    /** In the forms for women and for men. */
    private static final List<String[]> SURNAMES = List.of(
            new String[] {"Αγγελοπούλου", "Αγγελόπουλος"},
            new String[] {"Βασιλείου", "Βασιλείου"},
            new String[] {"Γεωργίου", "Γεωργίου"},
            new String[] {"Δημητριάδου", "Δημητριάδης"},
            new String[] {"Ευσταθίου", "Ευσταθίου"},
            new String[] {"Ζαχαριάδου", "Ζαχαριάδης"},
            new String[] {"Θεοδωρίδου", "Θεοδωρίδης"},
            new String[] {"Ιωαννίδου", "Ιωαννίδης"},
            new String[] {"Καραμήτρου", "Καραμήτρος"},
            new String[] {"Λαζαρίδου", "Λαζαρίδης"},
            new String[] {"Μαυρίδου", "Μαυρίδης"},
            new String[] {"Νικολάου", "Νικολάου"},
            new String[] {"Ξενάκη", "Ξενάκης"},
            new String[] {"Οικονόμου", "Οικονόμου"},
            new String[] {"Παππά", "Παππάς"},
            new String[] {"Ρούσσου", "Ρούσσος"},
            new String[] {"Σταυρίδου", "Σταυρίδης"},
            new String[] {"Τριανταφύλλου", "Τριανταφύλλου"},
            new String[] {"Φιλίππου", "Φιλίππου"},
            new String[] {"Χατζηδάκη", "Χατζηδάκης"});

    private static final Map<String, List<String>> MUNICIPALITIES = Map.of(
            "kerkyra",
                    List.of("Κεντρικής Κέρκυρας και Διαποντίων Νήσων", "Βόρειας Κέρκυρας", "Νότιας Κέρκυρας", "Παξών"),
            "chania", List.of("Χανίων", "Πλατανιά", "Αποκορώνου", "Κισσάμου"),
            "magnisia", List.of("Βόλου", "Ρήγα Φεραίου", "Αλμυρού", "Νοτίου Πηλίου"),
            "karditsa", List.of("Καρδίτσας", "Παλαμά", "Μουζακίου", "Σοφάδων"),
            "dock", List.of("Αθηναίων", "Καλλιθέας", "Νέας Ιωνίας", "Περιστερίου"));

    /** What somebody wants to do, and the name a venture of that kind may have. */
    private static final List<String[]> IDEAS = List.of(
            new String[] {"Συλλογική κουζίνα με τοπικά προϊόντα", "Κοινό Τραπέζι"},
            new String[] {"Επισκευή και επανάχρηση συσκευών", "Ξανά στη Χρήση"},
            new String[] {"Φροντίδα ηλικιωμένων στο σπίτι", "Δίπλα σου"},
            new String[] {"Αγροδιατροφικά προϊόντα μικρών παραγωγών", "Της Γης Μας"},
            new String[] {"Εναλλακτικός τουρισμός και περιπατητικές διαδρομές", "Μονοπάτια"},
            new String[] {"Εργαστήρι κεραμικής και χειροτεχνίας", "Πηλός και Χέρια"},
            new String[] {"Δημιουργική απασχόληση παιδιών", "Μικρά Βήματα"},
            new String[] {"Συντήρηση πράσινων χώρων", "Πράσινη Γωνιά"},
            new String[] {"Μαθήματα και μεταφράσεις για πρόσφυγες", "Κοινή Γλώσσα"},
            new String[] {"Βιβλιοπωλείο και χώρος πολιτισμού", "Ανοιχτή Σελίδα"},
            new String[] {"Ενεργειακή αναβάθμιση κατοικιών", "Ζεστό Σπίτι"},
            new String[] {"Συλλογή και ανακύκλωση υφασμάτων", "Δεύτερη Ραφή"},
            new String[] {"Παραδοσιακά ζυμαρικά και γλυκά", "Γυναικεία Χέρια"},
            new String[] {"Υποστήριξη ατόμων με αναπηρία", "Ίσα Μαζί"},
            new String[] {"Ψηφιακές υπηρεσίες για συλλόγους", "Ψηφιακός Συνεταιρισμός"},
            new String[] {"Μελισσοκομία και προϊόντα μελιού", "Κυψέλη"});

    private static final List<String> STRUCTURES = List.of(
            "Κέντρο Προώθησης Απασχόλησης της ΔΥΠΑ",
            "Κέντρο Κοινότητας του Δήμου",
            "Κέντρο Διά Βίου Μάθησης",
            "Επιμελητήριο",
            "Κοινωνική Υπηρεσία του Δήμου");

    /** What the directories of the demonstration have of them: kind, name, what it offers, where it is asked (by nothing: it is not). */
    static final List<List<String>> DIRECTORY = List.of(
            List.of(
                    "employment",
                    "Κέντρο Προώθησης Απασχόλησης της ΔΥΠΑ",
                    "Κάρτα ανεργίας, επιδόματα, θέσεις εργασίας.",
                    "demo.kpa@example.org"),
            List.of(
                    "community",
                    "Κέντρο Κοινότητας του Δήμου",
                    "Ενημέρωση για επιδόματα, ψυχοκοινωνική στήριξη.",
                    "demo.kentro@example.org"),
            List.of(
                    "training",
                    "Κέντρο Διά Βίου Μάθησης",
                    "Δωρεάν προγράμματα για ενηλίκους.",
                    "demo.kdvm@example.org"),
            List.of("chamber", "Επιμελητήριο", "Έναρξη επιχείρησης, Υπηρεσία μιας Στάσης.", ""),
            List.of(
                    "social",
                    "Κοινωνική Υπηρεσία του Δήμου",
                    "Κοινωνικό παντοπωλείο, βοήθεια στο σπίτι.",
                    "demo.koinoniki@example.org"));

    private Invented() {}

    /**
     * The same draws whenever it is asked for the same. Of what lies close together, such as the numbers of cases, they have nothing in
     * common: seeds of {@link Random} that do have almost the same first draw.
     */
    static Random random(Object... of) {
        return new Random(new SplittableRandom(Arrays.hashCode(of)).nextLong());
    }

    /** First name and surname. */
    static String[] person(Random random, boolean woman) {
        String[] surname = any(random, SURNAMES);
        return woman ? new String[] {any(random, WOMEN), surname[0]} : new String[] {any(random, MEN), surname[1]};
    }

    static String municipality(Random random, String centreId) {
        return any(random, MUNICIPALITIES.get(centreId));
    }

    static String[] idea(Random random) {
        return any(random, IDEAS);
    }

    static String structure(Random random) {
        return any(random, STRUCTURES);
    }

    static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** One of the values, each as often as its weight says: {@code "a", 3, "b", 1}. */
    static String weighted(Random random, Object... valuesAndWeights) {
        double all = 0;
        for (int i = 1; i < valuesAndWeights.length; i += 2) {
            all += ((Number) valuesAndWeights[i]).doubleValue();
        }
        double point = random.nextDouble() * all;
        for (int i = 0; i < valuesAndWeights.length - 2; i += 2) {
            point -= ((Number) valuesAndWeights[i + 1]).doubleValue();
            if (point < 0) {
                return (String) valuesAndWeights[i];
            }
        }
        return (String) valuesAndWeights[valuesAndWeights.length - 2];
    }
}
