package org.diadromi.contact;

import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.FirstContact;
import org.diadromi.workflow.JourneyStart;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes in a person whom nobody registers in Tasklist: one who writes to a centre by themselves, or was at an event. */
@Service
public class PublicContact {

    private final Intake intake;
    private final JourneyStart journeys;

    PublicContact(Intake intake, JourneyStart journeys) {
        this.intake = intake;
        this.journeys = journeys;
    }

    /**
     * Opens the person's case file and starts its journey, or does neither.
     *
     * @param informed whether the person has read how their data is used and agrees
     * @return the number of the case
     * @throws org.diadromi.RuleViolation when the person could not be reached, or has not agreed
     */
    @Transactional
    public String receive(FirstContact contact, boolean informed) {
        CaseFile opened = intake.open(contact, informed, null);
        journeys.start(opened.centreId(), opened.number());
        return opened.number();
    }

    /**
     * The same for a person whom a member of staff has met and written down.
     *
     * @param informed whether the person was told how their data is used and agrees
     * @param byUser the member of staff
     * @return the case
     * @throws org.diadromi.RuleViolation when the person could not be reached, or has not agreed
     */
    @Transactional
    public CaseFile register(FirstContact contact, boolean informed, String byUser) {
        CaseFile opened = intake.open(contact, informed, byUser);
        journeys.start(opened.centreId(), opened.number());
        return opened;
    }
}
