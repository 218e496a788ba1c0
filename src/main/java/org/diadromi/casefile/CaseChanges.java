package org.diadromi.casefile;

import java.time.LocalDate;

/**
 * Lets a case pause, go on or end at once, as the form «Παύση, συνέχιση, αποχώρηση ή κλείσιμο υπόθεσης» does. Each is a
 * {@link org.diadromi.RuleViolation} when the case is not in a state for it, or somebody else changes it at the same moment.
 */
public interface CaseChanges {

    /** Lets the case rest until a day after today. */
    void pause(CaseFile caseFile, LocalDate until, String reason, String note, String byUser);

    /** Takes a paused case up again. */
    void resume(CaseFile caseFile, String byUser);

    /** Ends the case because the person wishes it. */
    void withdraw(CaseFile caseFile, String reason, String note, String byUser);

    /** Ends the case by decision of the centre. */
    void close(CaseFile caseFile, String reason, String note, String byUser);
}
