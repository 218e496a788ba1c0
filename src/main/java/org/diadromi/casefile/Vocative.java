package org.diadromi.casefile;

import org.diadromi.casefile.CaseFile.Salutation;

/** The vocative of Greek surnames, as a suggestion that staff correct. */
public final class Vocative {

    private Vocative() {}

    /**
     * Men's surnames in -ος take -ε, those in -ς lose it; women's and all others stay as they are. Null where the salutation is
     * unknown, because the form of the name would guess at it.
     */
    public static String suggest(String surname, Salutation salutation) {
        if (salutation == Salutation.UNKNOWN) {
            return null;
        }
        if (salutation == Salutation.KYRIOS) {
            if (surname.endsWith("ος")) {
                return surname.substring(0, surname.length() - 2) + "ε";
            }
            if (surname.endsWith("ός")) {
                return surname.substring(0, surname.length() - 2) + "έ";
            }
            if (surname.endsWith("ς")) {
                return surname.substring(0, surname.length() - 1);
            }
        }
        return surname;
    }
}
