package org.diadromi.referral;

import org.diadromi.casefile.CaseFile;

/** What a structure says to a referral by its link. */
public interface StructureReply {

    /**
     * Records whether the structure takes the person on, and lets the case go on accordingly.
     *
     * @param note what the structure says to it; null for nothing
     * @throws org.diadromi.RuleViolation when the referral waits for no answer (any more)
     */
    void answer(CaseFile caseFile, Referral referral, boolean accepts, String note);
}
