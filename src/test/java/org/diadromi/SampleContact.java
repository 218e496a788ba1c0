package org.diadromi;

import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.FirstContact;

/** First contacts for tests to which it does not matter who comes. */
public final class SampleContact {

    private SampleContact() {}

    /** Somebody alone, who writes to the centre through the public form and is reached by mail. */
    public static FirstContact eleni(String centreId) {
        return new FirstContact(
                centreId,
                "Ελένη",
                "Παππά",
                Salutation.KYRIA,
                null,
                "eleni@example.org",
                "Κέρκυρα",
                "el",
                "publicForm",
                null,
                1,
                null);
    }
}
