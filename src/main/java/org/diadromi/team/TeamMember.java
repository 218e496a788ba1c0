package org.diadromi.team;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import org.diadromi.casefile.CaseFile.Salutation;

/**
 * Somebody of a case's team beside the person whose file it is, who speaks for the team.
 *
 * @param phone in international form, or null
 * @param email or null
 * @param askedAt when a mail last asked them whether they agree; null where nobody had to
 * @param agreedAt null as long as they have not agreed
 * @param leftOn the day on which they left the team; null while they are of it
 * @param remindersOffAt since when they want no mails that are not necessary; null while they want them
 */
public record TeamMember(
        long id,
        String firstName,
        String lastName,
        Salutation salutation,
        String phone,
        String email,
        String language,
        String addedBy,
        LocalDateTime addedAt,
        LocalDateTime askedAt,
        LocalDateTime agreedAt,
        LocalDate leftOn,
        LocalDateTime remindersOffAt) {

    /** How it stands with them. */
    public enum State {
        /** They have been asked and have not answered: no mail goes to them but the one that asks. */
        ASKED,
        AGREED,
        LEFT
    }

    /** How it stands with them. */
    public State state() {
        return leftOn != null ? State.LEFT : agreedAt == null ? State.ASKED : State.AGREED;
    }

    /** First and last name. */
    public String person() {
        return firstName + " " + lastName;
    }

    /** The language of their messages. */
    public Locale locale() {
        return Locale.forLanguageTag(language);
    }

    /** Whether they get necessary mails only. */
    public boolean refusesReminders() {
        return remindersOffAt != null;
    }
}
