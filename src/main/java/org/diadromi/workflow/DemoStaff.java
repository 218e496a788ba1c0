package org.diadromi.workflow;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The invented staff of the demonstration: every role in five centres, somebody who works in two of them, a supervisor and an administrator. */
final class DemoStaff {

    static final String PASSWORD = "demo";
    static final String SUPERVISOR = "Καλλιόπη Ανδρέου";
    static final String ADMIN = "Ιάσονας Μάρκου";

    /** Works in two centres, with other roles in each. */
    static final String TRAVELLER = "Στέλλα Ραφτοπούλου";

    static final String TRAVELLER_ID = "stella";

    /** Six people a centre, in the order of the roles below. */
    static final Map<String, List<String>> STAFF = Map.of(
            "kerkyra",
            List.of(
                    "Μαρία Βλάχου",
                    "Σπύρος Κουρής",
                    "Αγγελική Τσίρου",
                    "Νίκος Δενδρινός",
                    "Ελένη Μάνεση",
                    "Γιώργος Θεοτόκας"),
            "chania",
            List.of(
                    "Άννα Σταματάκη",
                    "Μανόλης Βαρδάκης",
                    "Χρυσή Λιονάκη",
                    "Στέλιος Κριαράς",
                    "Ρένα Παπαδάκη",
                    "Κώστας Νικολουδάκης"),
            "magnisia",
            List.of(
                    "Ζωή Καλτσά",
                    "Θανάσης Βογιατζής",
                    "Ιωάννα Πηλιώτη",
                    "Δημήτρης Ρήγας",
                    "Φωτεινή Δήμου",
                    "Λία Σκούρα"),
            "karditsa",
            List.of(
                    "Βάσω Ντάλα",
                    "Χρήστος Τσιάρας",
                    "Κατερίνα Αγραφιώτη",
                    "Ηλίας Παλαμάς",
                    "Σοφία Μουζάκη",
                    "Πέτρος Καραγιάννης"),
            "dock",
            List.of("Ειρήνη Λάππα", "Αλέξης Μελάς", "Δανάη Φωκά", "Ορέστης Βέργης", "Μυρτώ Ζάννου", "Θάλεια Ράλλη"));

    static final List<Role> ROLES =
            List.of(Role.INTAKE, Role.COUNSELLOR, Role.TRAINER, Role.LEGAL, Role.ACCOUNTANT, Role.COORDINATOR);

    private final StaffAccounts accounts;

    DemoStaff(StaffAccounts accounts) {
        this.accounts = accounts;
    }

    /** Creates the accounts unless they are there already. */
    void keep() {
        if (accounts.find("supervisor").isEmpty()) {
            STAFF.forEach((centre, names) -> {
                for (int i = 0; i < ROLES.size(); i++) {
                    account(
                            centre + "." + ROLES.get(i).groupId(),
                            names.get(i),
                            Map.of(centre, Set.of(ROLES.get(i))),
                            false);
                }
            });
            account(
                    "supervisor",
                    SUPERVISOR,
                    STAFF.keySet().stream()
                            .collect(Collectors.toMap(centre -> centre, centre -> Set.of(Role.SUPERVISOR))),
                    false);
            account("admin", ADMIN, Map.of(), true);
        }
        if (accounts.find(TRAVELLER_ID).isEmpty()) {
            account(
                    TRAVELLER_ID,
                    TRAVELLER,
                    Map.of(
                            "kerkyra", Set.of(Role.LEGAL, Role.ACCOUNTANT),
                            "magnisia", Set.of(Role.COUNSELLOR, Role.TRAINER)),
                    false);
        }
    }

    private void account(String id, String name, Map<String, Set<Role>> roles, boolean administrator) {
        int space = name.indexOf(' ');
        accounts.create(
                id,
                PASSWORD,
                false,
                new StaffAccounts.Details(
                        name.substring(0, space),
                        name.substring(space + 1),
                        id + "@example.org",
                        "el",
                        administrator,
                        roles));
    }
}
