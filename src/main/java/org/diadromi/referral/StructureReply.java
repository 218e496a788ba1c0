package org.diadromi.referral;

import org.diadromi.casefile.CaseFile;

/** What a structure and a person say by their links to a referral that waits for an answer. */
public interface StructureReply {

    /**
     * Records whether the structure takes the person on, and lets the case go on accordingly.
     *
     * @param note what the structure says to it; null for nothing
     * @throws org.diadromi.RuleViolation when the referral waits for no answer (any more)
     */
    void answer(CaseFile caseFile, Referral referral, boolean accepts, String note);

    /** Lets whoever has to call the structure read that the person does not want any more that it is told of them. */
    void takenBack(CaseFile caseFile);
}
