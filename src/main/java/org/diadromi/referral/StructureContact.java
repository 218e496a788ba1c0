package org.diadromi.referral;

/**
 * Somebody to ask for at a local structure. What is not known is null, but for the name.
 *
 * @param contactRole what they do there
 */
public record StructureContact(String contactName, String contactRole, String contactPhone, String contactEmail) {

    /** Name, role and how to reach them, in one line. */
    public String line() {
        return String.join(
                ", ",
                java.util.stream.Stream.of(contactName, contactRole, contactPhone, contactEmail)
                        .filter(java.util.Objects::nonNull)
                        .toList());
    }
}
