package org.diadromi.registration;

import java.util.Arrays;

/** The legal forms that a body of the social and solidarity economy may take. */
public enum LegalForm {
    /** Κοιν.Σ.Επ. Συλλογικής και Κοινωνικής Ωφέλειας (law 4430/2016). */
    KOINSEP("koinsep", "koinsep", false),
    /** Κοιν.Σ.Επ. Ένταξης (law 4430/2016). */
    KOINSEP_INTEGRATION("koinsepIntegration", "koinsep-integration", false),
    /** Συνεταιρισμός Εργαζομένων (law 4430/2016). */
    WORKER_COOP("workerCoop", "worker-coop", false),
    /** Κοι.Σ.Π.Ε. (law 2716/1999). */
    KOISPE("koispe", "koispe", false),
    /** Αστικός συνεταιρισμός (law 1667/1986). */
    URBAN_COOP("urbanCoop", "urban-coop", true),
    /** ΑΜΚΕ (Civil Code 741). */
    AMKE("amke", "amke", true),
    /** Σωματείο (Civil Code 78). */
    ASSOCIATION("association", "association", true);

    private final String code;
    private final String constants;
    private final boolean optionalStatus;

    LegalForm(String code, String constants, boolean optionalStatus) {
        this.code = code;
        this.constants = constants;
        this.optionalStatus = optionalStatus;
    }

    /** The form of a code; an {@link IllegalArgumentException} when there is none. */
    public static LegalForm ofCode(String code) {
        return Arrays.stream(values())
                .filter(form -> form.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No legal form " + code));
    }

    /** How forms, decisions, tables and message files ({@code legalForm.<code>}) name it. */
    public String code() {
        return code;
    }

    /** The key of the legal constant that says how many members it needs at least. */
    public String minimumKey() {
        return constants + ".min-members";
    }

    /** The key of the legal constant that says how many days its register takes to answer. */
    public String answerDaysKey() {
        return optionalStatus ? "special-registry.answer-days" : "registry.answer-days";
    }
}
