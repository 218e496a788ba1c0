package org.diadromi.referral;

import java.time.LocalDate;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A local structure (τοπική δομή) to which a centre points people.
 *
 * @param kind one of {@link #KINDS}
 * @param area where it works; null where nobody has said
 * @param email where referrals go; null where it gets none by mail
 * @param services what it can do for people
 * @param contactName whom to ask for
 * @param agreement what the centre has agreed with it
 * @param agreedOn since when; null without an agreement
 * @param active whether people are still sent there
 * @param checkedOn when somebody last said that all this is right
 * @param version grows with each change; null until it is kept
 */
@Table("local_structure")
public record Structure(
        @Id Long id,
        String centreId,
        String kind,
        String name,
        String area,
        String address,
        String phone,
        String email,
        String services,
        String contactName,
        String contactRole,
        String contactPhone,
        String contactEmail,
        Agreement agreement,
        LocalDate agreedOn,
        String note,
        boolean active,
        LocalDate checkedOn,
        String checkedBy,
        @Version Integer version) {

    /** The kinds of structures there are. */
    static final List<String> KINDS = List.of(
            "municipality",
            "employment",
            "rehabilitation",
            "chamber",
            "supportCentre",
            "community",
            "social",
            "training",
            "other");

    /** What a centre has agreed with a structure: nothing, by word of mouth, or a memorandum. */
    public enum Agreement {
        NONE,
        INFORMAL,
        MEMORANDUM
    }

    /** Where a referral to it goes: to whom it names, else to the structure itself; null where it gets none by mail. */
    public String mail() {
        return contactEmail == null ? email : contactEmail;
    }

    /** Whom to ask for and how, in one line; null where nothing is known. */
    public String contact() {
        String phones = contactPhone == null ? phone : contactPhone;
        String line = String.join(
                ", ",
                java.util.stream.Stream.of(contactName, phones, address)
                        .filter(java.util.Objects::nonNull)
                        .toList());
        return line.isEmpty() ? null : line.substring(0, Math.min(200, line.length()));
    }

    /** The same, found right today. */
    Structure checked(LocalDate today, String byUser, boolean stillThere) {
        return new Structure(
                id,
                centreId,
                kind,
                name,
                area,
                address,
                phone,
                email,
                services,
                contactName,
                contactRole,
                contactPhone,
                contactEmail,
                agreement,
                agreedOn,
                note,
                stillThere,
                today,
                byUser,
                version);
    }
}
