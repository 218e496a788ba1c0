package org.diadromi.casefile;

import org.diadromi.casefile.CaseFile.Salutation;

/**
 * What is known of a person when they first come: enough to reach them, and no more.
 *
 * @param phone in international form, or null
 * @param email or null; one of phone and e-mail is there
 * @param source how they came (phone, walkIn, event, partner, publicForm, other)
 * @param groupSize how many they are, themselves included
 */
public record FirstContact(
        String centreId,
        String firstName,
        String lastName,
        Salutation salutation,
        String phone,
        String email,
        String municipality,
        String language,
        String source,
        String sourceDetail,
        int groupSize,
        String idea) {

    /** The same person, come by another way. */
    public FirstContact from(String otherSource, String detail) {
        return new FirstContact(
                centreId,
                firstName,
                lastName,
                salutation,
                phone,
                email,
                municipality,
                language,
                otherSource,
                detail,
                groupSize,
                idea);
    }
}
