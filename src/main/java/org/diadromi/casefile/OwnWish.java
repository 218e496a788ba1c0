package org.diadromi.casefile;

/** Ends a case because its person says so themselves. */
public interface OwnWish {

    /**
     * Ends the case's journey as a withdrawal, whatever step it is at; a {@link org.diadromi.RuleViolation} when it has ended
     * already.
     *
     * @param reason a code of the form by which staff record a withdrawal
     */
    void withdraw(CaseFile caseFile, String reason);
}
