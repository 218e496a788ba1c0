package org.diadromi.notification;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.casefile.CaseFile;

/** What the mails of a domain say beyond the greeting, the case's number and the centre. */
public interface MailContent {

    /** The templates it has the values for. */
    Set<String> templates();

    /**
     * The values of one of its templates, formatted in the reader's language; empty when the mail has lost its point and is
     * not to be sent.
     */
    Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale);

    /**
     * Whether one of its mails still has a point when it goes out at last; asked of reminders, of what is told of an appointment and of
     * what a structure is told of the person.
     *
     * @param writtenAt when it was written
     */
    default boolean hasPoint(String template, CaseFile caseFile, LocalDateTime writtenAt) {
        return values(template, caseFile, caseFile.language()).isPresent();
    }

    /** Where one of its templates goes that is neither for the person nor for the coordinators; empty when it goes nowhere. */
    default Optional<String> recipient(String template, CaseFile caseFile) {
        return Optional.empty();
    }

    /** The invitation (iCalendar, RFC 5545) that goes with the mail to that reader, if one does. */
    default Optional<String> invitation(String template, CaseFile caseFile, MailReader to) {
        return Optional.empty();
    }
}
