package org.diadromi.registration;

import java.time.LocalDate;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A document of the dossier or a step after the registration, as the checklist of the legal form lists it.
 *
 * @param itemKey its name in the decision, unique among the documents or the steps of one registration
 * @param label what it is, in Greek
 * @param dueDays how many days after the certificate a step is due; null for documents
 * @param source where the duty or the length comes from
 * @param certainty page (read on a published page), check (to be confirmed by a lawyer), plan (the centre's own planning)
 * @param doneOn null while it is open
 * @param reference a number that proves it; may be null
 * @param doneBy the user id of who ticked it; null while it is open
 */
@Table("registration_item")
public record RegistrationItem(
        @Id Long id,
        Long registrationId,
        Kind kind,
        String itemKey,
        String label,
        Integer dueDays,
        String source,
        String certainty,
        LocalDate doneOn,
        String reference,
        String doneBy) {

    /** What it is. */
    public enum Kind {
        DOCUMENT,
        STEP
    }

    /** An open item that belongs to no registration yet. */
    public static RegistrationItem open(
            Kind kind, String itemKey, String label, Integer dueDays, String source, String certainty) {
        return new RegistrationItem(null, null, kind, itemKey, label, dueDays, source, certainty, null, null, null);
    }

    /** Whether nobody has ticked it yet. */
    public boolean isOpen() {
        return doneOn == null;
    }

    boolean isSameAs(RegistrationItem other) {
        return kind == other.kind && itemKey.equals(other.itemKey);
    }

    RegistrationItem of(Long newRegistrationId) {
        return new RegistrationItem(
                id, newRegistrationId, kind, itemKey, label, dueDays, source, certainty, doneOn, reference, doneBy);
    }

    RegistrationItem done(LocalDate on, String newReference, String byUser) {
        return new RegistrationItem(
                id, registrationId, kind, itemKey, label, dueDays, source, certainty, on, newReference, byUser);
    }
}
