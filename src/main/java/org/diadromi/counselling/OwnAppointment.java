package org.diadromi.counselling;

import java.time.LocalDateTime;
import org.diadromi.casefile.CaseFile;

/** What a person may do about their appointment themselves. */
public interface OwnAppointment {

    /** Records that the person will come; saying so again changes nothing. */
    void confirm(CaseFile caseFile);

    /**
     * Moves the appointment to another time that is free; a {@link org.diadromi.RuleViolation} when there is none ahead or the
     * time has been given to somebody else.
     */
    void move(CaseFile caseFile, LocalDateTime startsAt);

    /**
     * Takes the appointment back, so that staff arrange another; a {@link org.diadromi.RuleViolation} when there is none ahead.
     *
     * @param words what the person says to it; null for nothing
     */
    void cancel(CaseFile caseFile, String words);
}
