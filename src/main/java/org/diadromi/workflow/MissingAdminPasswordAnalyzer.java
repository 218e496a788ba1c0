package org.diadromi.workflow;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in the log how to start for the first time, instead of a stack trace. */
class MissingAdminPasswordAnalyzer extends AbstractFailureAnalyzer<Startup.MissingAdminPassword> {

    @Override
    protected FailureAnalysis analyze(Throwable root, Startup.MissingAdminPassword cause) {
        return new FailureAnalysis(
                "Nobody could log in: this database has no administrator yet. "
                        + "Δεν υπάρχει ακόμη λογαριασμός διαχείρισης, οπότε κανείς δεν θα μπορούσε να συνδεθεί.",
                "Set the environment variable DIADROMI_ADMIN_PASSWORD to the first administrator's password and start again "
                        + "(the account is \"admin\"), or start with --spring.profiles.active=demo to try the application out. "
                        + "Ορίστε τη μεταβλητή περιβάλλοντος DIADROMI_ADMIN_PASSWORD και ξεκινήστε πάλι.",
                cause);
    }
}
