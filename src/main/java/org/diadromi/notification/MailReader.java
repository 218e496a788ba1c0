package org.diadromi.notification;

import java.util.Locale;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;

/**
 * Who reads a mail about their case.
 *
 * @param memberId null for the person of the case, the id of a member of its team else
 * @param email null where there is none
 * @param salutationName the last name in the vocative; null where nobody knows it
 */
public record MailReader(
        Long memberId,
        String name,
        String email,
        Locale language,
        Salutation salutation,
        String salutationName,
        boolean refusesReminders) {

    static MailReader person(CaseFile caseFile, boolean refusesReminders) {
        return new MailReader(
                null,
                caseFile.person(),
                caseFile.email(),
                caseFile.language(),
                caseFile.salutation(),
                caseFile.salutationName(),
                refusesReminders);
    }

    /** Whether it is somebody of the team who does not speak for it. */
    boolean isMember() {
        return memberId != null;
    }
}
