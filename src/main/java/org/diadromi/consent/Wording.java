package org.diadromi.consent;

/**
 * The texts that people agree to. A text that changes gets the next version and a new key {@code consent.wording.NAME.VERSION};
 * the old key stays, so that anybody can look up what an earlier version said.
 */
public enum Wording {
    /** On the public form: what the centre does with the data of whoever writes to it. */
    OWN_REQUEST(Purpose.SUPPORT, 1),
    /** On the form for other structures: what they told the person whom they send. */
    TOLD_TO_PARTNER(Purpose.SUPPORT, 1),
    /** On the form of staff: what they told the person, on the telephone or face to face. */
    TOLD_TO_STAFF(Purpose.SUPPORT, 1),
    /** On the form of a referral: that another structure is told who the person is. */
    SHARED_WITH_STRUCTURE(Purpose.SHARING, 1),
    /** On the page of the case: that the whole of it goes to another centre, which is named. */
    HANDED_TO_CENTRE(Purpose.HANDING_OVER, 1),
    /** On the page of the sensitive data: that the centre keeps to which vulnerable or special group one belongs. */
    SPECIAL_GROUPS(Purpose.SENSITIVE, 1),
    /** On the page of a member of a team: that the centre keeps who they are and writes to them. */
    TEAM_MEMBER(Purpose.SUPPORT, 1),
    /** On the page of a case's team: what staff told the member, on the telephone or face to face. */
    TEAM_MEMBER_TOLD(Purpose.SUPPORT, 1);

    /** What the data may be used for. */
    public enum Purpose {
        /** To be reached and supported by the centre; without it there is no case. */
        SUPPORT,
        /** To be made known to the structure to which the centre sends the person. */
        SHARING,
        /** To go to another centre with the whole case. */
        HANDING_OVER,
        /** To claim what the law gives members of vulnerable and special groups. */
        SENSITIVE
    }

    private final Purpose purpose;
    private final int version;

    Wording(Purpose purpose, int version) {
        this.purpose = purpose;
        this.version = version;
    }

    /** What one agrees to with it. */
    public Purpose purpose() {
        return purpose;
    }

    /** The version that is shown today. */
    public int version() {
        return version;
    }
}
