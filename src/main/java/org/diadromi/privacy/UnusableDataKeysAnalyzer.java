package org.diadromi.privacy;

import org.diadromi.privacy.DataKeys.UnusableDataKeys;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in the log which key is missing or wrong and how to make one, instead of a stack trace. */
class UnusableDataKeysAnalyzer extends AbstractFailureAnalyzer<UnusableDataKeys> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnusableDataKeys cause) {
        return new FailureAnalysis(
                cause.getMessage() + ": people's sensitive data could not be kept or read. "
                        + "Τα ευαίσθητα στοιχεία των προσώπων δεν θα μπορούσαν να τηρηθούν ή να διαβαστούν.",
                "Set the environment variable DIADROMI_DATA_KEYS to id:key, e.g. k1:$(openssl rand -base64 32), and keep a copy "
                        + "of it apart from the database; older keys follow after a comma. "
                        + "Ορίστε τη μεταβλητή περιβάλλοντος DIADROMI_DATA_KEYS και ξεκινήστε πάλι.",
                cause);
    }
}
