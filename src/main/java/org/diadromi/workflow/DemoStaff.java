package org.diadromi.workflow;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;

/** The invented staff of the demonstration: every role in five centres, a supervisor and an administrator. */
final class DemoStaff {

    static final String PASSWORD = "demo";
    static final String SUPERVISOR = "Καλλιόπη Ανδρέου";
    static final String ADMIN = "Ιάσονας Μάρκου";

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

    private final IdentityService identity;

    DemoStaff(IdentityService identity) {
        this.identity = identity;
    }

    /** Creates the accounts unless they are there already. */
    void keep() {
        if (identity.createUserQuery().userId("supervisor").count() > 0) {
            return;
        }
        STAFF.forEach((centre, names) -> {
            for (int i = 0; i < ROLES.size(); i++) {
                account(centre + "." + ROLES.get(i).groupId(), names.get(i), ROLES.get(i), List.of(centre));
            }
        });
        account("supervisor", SUPERVISOR, Role.SUPERVISOR, List.copyOf(STAFF.keySet()));
        account("admin", ADMIN, Role.ADMIN, List.of());
    }

    private void account(String id, String name, Role role, List<String> centres) {
        User user = identity.newUser(id);
        user.setFirstName(name.substring(0, name.indexOf(' ')));
        user.setLastName(name.substring(name.indexOf(' ') + 1));
        user.setEmail(id + "@example.org");
        user.setPassword(PASSWORD);
        identity.saveUser(user);
        identity.createMembership(id, role.groupId());
        centres.forEach(centre -> identity.createTenantUserMembership(centre, id));
    }
}
