package org.diadromi.counselling;

import org.diadromi.casefile.CaseFile;

/** What a person may do about their appointment themselves. */
public interface OwnAppointment {

    /** Records that the person will come; saying so again changes nothing. */
    void confirm(CaseFile caseFile);

    /**
     * Takes the appointment back, so that staff arrange another; a {@link org.diadromi.RuleViolation} when there is none ahead.
     *
     * @param words what the person says to it; null for nothing
     */
    void cancel(CaseFile caseFile, String words);
}
