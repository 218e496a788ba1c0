package org.diadromi.contact;

import org.diadromi.MailAddress;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.notification.Notifications;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes a person in: checks what was written of them and opens their case file. */
@Service
@Transactional
public class Intake {

    private final CaseFiles cases;
    private final Consents consents;
    private final Notifications notifications;

    Intake(CaseFiles cases, Consents consents, Notifications notifications) {
        this.cases = cases;
        this.consents = consents;
        this.notifications = notifications;
    }

    /**
     * Opens the case file of a first contact, with phone and e-mail in their standard forms, and keeps what the person agreed to.
     *
     * @param informed whether the person knows what happens with their data and agrees to be served
     * @param byUser the member of staff, or null when it came by a public form
     * @throws RuleViolation when the person could not be reached, or has not agreed
     */
    public CaseFile open(FirstContact contact, boolean informed, String byUser) {
        if (!informed) {
            throw new RuleViolation(Problem.NOT_INFORMED);
        }
        if (contact.phone() == null && contact.email() == null) {
            throw new RuleViolation(Problem.CONTACT_NEEDS_PHONE_OR_MAIL);
        }
        CaseFile opened = cases.open(
                new FirstContact(
                        contact.centreId(),
                        contact.firstName(),
                        contact.lastName(),
                        contact.salutation(),
                        contact.phone() == null ? null : Phones.normalize(contact.phone()),
                        contact.email() == null ? null : MailAddress.checked(contact.email()),
                        contact.municipality(),
                        contact.language(),
                        contact.source(),
                        contact.sourceDetail(),
                        contact.groupSize(),
                        contact.idea()),
                byUser);
        if (byUser == null) {
            Channel channel = Channel.ofSource(contact.source());
            Wording shown = channel == Channel.PARTNER ? Wording.TOLD_TO_PARTNER : Wording.OWN_REQUEST;
            consents.give(opened, shown, opened.language(), channel, null);
        } else {
            consents.give(opened, Wording.TOLD_TO_STAFF, Texts.GREEK, Channel.ofSource(contact.source()), byUser);
        }
        return opened;
    }

    /**
     * Corrects who the person is and how they are reached, with phone and e-mail in their standard forms. An e-mail address that is
     * theirs no more is told of it.
     *
     * @throws RuleViolation when the person could not be reached
     */
    public void correct(CaseFile caseFile, CaseFile.Identity right) {
        if (right.phone() == null && right.email() == null) {
            throw new RuleViolation(Problem.CONTACT_NEEDS_PHONE_OR_MAIL);
        }
        String former = caseFile.email();
        String email = right.email() == null ? null : MailAddress.checked(right.email());
        cases.correct(
                caseFile,
                new CaseFile.Identity(
                        right.firstName(),
                        right.lastName(),
                        right.phone() == null ? null : Phones.normalize(right.phone()),
                        email,
                        right.municipality()));
        if (former != null && !former.equalsIgnoreCase(email)) {
            notifications.addressChanged(caseFile, former, email);
        }
    }
}
