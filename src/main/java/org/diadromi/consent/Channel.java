package org.diadromi.consent;

/** The way by which a consent came, or was taken back. */
public enum Channel {
    PUBLIC_FORM,
    PHONE,
    CENTRE,
    EVENT,
    PARTNER,
    LINK,
    /** It is not known, or none of the others. */
    UNKNOWN;

    /** The channel that belongs to how a person came to the centre, as staff registered it. */
    public static Channel ofSource(String source) {
        return switch (source) {
            case "publicForm" -> PUBLIC_FORM;
            case "phone" -> PHONE;
            case "walkIn" -> CENTRE;
            case "event" -> EVENT;
            case "partner" -> PARTNER;
            default -> UNKNOWN;
        };
    }
}
