package org.diadromi.privacy;

import java.util.Map;
import org.diadromi.casefile.CaseFile;
import org.diadromi.consent.Channel;

/** Gives the scenarios a person who has told the centre of a group they belong to. */
public final class SensitiveSample {

    private SensitiveSample() {}

    /** Keeps that the person has a disability, as they agreed on the telephone. */
    public static void keep(SensitiveData sensitive, CaseFile caseFile) {
        sensitive.keep(
                caseFile,
                Map.of(SensitiveData.Item.DISABILITY, SensitiveData.Answer.YES),
                Channel.PHONE,
                0,
                "kerkyra.counsellor");
    }
}
