package org.diadromi.notification;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The mails that exist: whom each goes to, and whether it may go out in quiet hours because its reader has just asked for it.
 * Reminders are what a person may do without.
 */
enum MailTemplate {
    ACKNOWLEDGEMENT(Reader.PERSON, true),
    NOT_NOW(Reader.PERSON, false),
    REFERRAL(Reader.PERSON, false),
    REFERRAL_AFTER_COUNSELLING(Reader.PERSON, false),
    REFERRAL_ACCEPTED(Reader.PERSON, false),
    REFERRAL_STRUCTURE(Reader.STRUCTURE, true),
    INTERVIEW_LATE(Reader.COORDINATOR, true),
    APPOINTMENT(Reader.PERSON, true),
    APPOINTMENT_MOVED(Reader.PERSON, true),
    APPOINTMENT_CANCELLED(Reader.PERSON, true),
    APPOINTMENT_REMINDER(Reader.PERSON, false),
    TRAINING_ENROLMENT(Reader.PERSON, false),
    PLAN_REMINDER(Reader.PERSON, false),
    PLAN_APPROVED(Reader.PERSON, false),
    PLAN_RETURNED(Reader.PERSON, false),
    REGISTERED(Reader.PERSON, false),
    REGISTRY_LATE(Reader.COORDINATOR, true),
    ADDITIONAL_DATA_SOON(Reader.PERSON, false),
    LAST_NOTICE(Reader.PERSON, false),
    ANNUAL_CERTIFICATE(Reader.PERSON, false),
    FOLLOW_UP_SURVEY(Reader.PERSON, false),
    WITHDRAWAL(Reader.PERSON, true),
    ADDRESS_CHANGED(Reader.PERSON, true),
    TARGETS_NEAR(Reader.COORDINATOR, true),
    WEEKLY_DIGEST(Reader.COORDINATOR, true),
    REQUEST_UNIDENTIFIED(Reader.PERSON, false),
    REQUEST_EXTENDED(Reader.PERSON, false),
    REQUEST_REFUSED(Reader.PERSON, false),
    REQUEST_ANSWERED(Reader.PERSON, false),
    REQUEST_ERASURE(Reader.PERSON, true),
    REQUEST_DUE_SOON(Reader.COORDINATOR, true),
    TEAM_CONSENT(Reader.PERSON, false),
    TRANSFERRED(Reader.PERSON, false),
    TRANSFER_OFFERED(Reader.COORDINATOR, true),
    TRANSFER_REMINDER(Reader.COORDINATOR, true),
    TRANSFER_ENDED(Reader.COORDINATOR, true),
    TRANSFER_UNANSWERED(Reader.COORDINATOR, true),
    TRANSFER_ACCEPTED(Reader.COORDINATOR, true),
    TRANSFER_DECLINED(Reader.COORDINATOR, true);

    enum Reader {
        PERSON,
        COORDINATOR,
        /** A local structure, whose address the content of the mail knows. */
        STRUCTURE
    }

    private final Reader reader;
    private final boolean askedFor;

    MailTemplate(Reader reader, boolean askedFor) {
        this.reader = reader;
        this.askedFor = askedFor;
    }

    /** Whether a person may refuse it, because they lose nothing without it; what costs a right or a deadline of the law is none. */
    boolean reminder() {
        return switch (this) {
            case APPOINTMENT_REMINDER, PLAN_REMINDER, ANNUAL_CERTIFICATE, FOLLOW_UP_SURVEY -> true;
            default -> false;
        };
    }

    /**
     * Whether the members of the person's team get it too. What answers a request of the person themselves is theirs alone, one answers
     * the survey for all, and whoever is thanked for writing is alone as yet.
     */
    boolean toTeam() {
        return reader == Reader.PERSON
                && !EnumSet.of(
                                ACKNOWLEDGEMENT,
                                REQUEST_UNIDENTIFIED,
                                REQUEST_EXTENDED,
                                REQUEST_REFUSED,
                                REQUEST_ANSWERED,
                                FOLLOW_UP_SURVEY,
                                TEAM_CONSENT)
                        .contains(this);
    }

    /** The text before the private link, which says what it opens. */
    String ownPage(boolean ofMember) {
        return this == TEAM_CONSENT ? "mail.ownPage.asked" : ofMember ? "mail.ownPage.member" : "mail.ownPage";
    }

    /** What makes it wrong when it comes after it into the outbox: it is then not sent any more. */
    Set<MailTemplate> overtakenBy() {
        return switch (this) {
            case APPOINTMENT, APPOINTMENT_MOVED, APPOINTMENT_REMINDER ->
                EnumSet.of(APPOINTMENT, APPOINTMENT_MOVED, APPOINTMENT_CANCELLED);
            case PLAN_REMINDER -> EnumSet.of(PLAN_RETURNED, PLAN_APPROVED);
            default -> Set.of();
        };
    }

    /** Whether it may lose its point before it goes out: it is then not sent any more. */
    boolean passes() {
        return reminder() || this == REFERRAL_STRUCTURE || !overtakenBy().isEmpty();
    }

    /** The names of the templates that may lose their point. */
    static List<String> passing() {
        return Arrays.stream(values())
                .filter(MailTemplate::passes)
                .map(MailTemplate::fileName)
                .toList();
    }

    /** The name by which models and files call it, e.g. not-now. */
    String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Reader reader() {
        return reader;
    }

    boolean askedFor() {
        return askedFor;
    }

    /** The template of that name; an {@link IllegalArgumentException} when there is none. */
    static MailTemplate named(String fileName) {
        return Arrays.stream(values())
                .filter(template -> template.fileName().equals(fileName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no mail " + fileName));
    }
}
