package org.diadromi.followup.process;

import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.followup.FollowUpService;
import org.diadromi.workflow.Deadlines;
import org.diadromi.workflow.ProcessBean;
import org.diadromi.workflow.Routing;

/** When a venture is followed up and reminded. */
@ProcessBean("followUps")
public class FollowUpDates {

    private final CaseFiles cases;
    private final FollowUpService followUps;
    private final Deadlines deadlines;

    FollowUpDates(CaseFiles cases, FollowUpService followUps, Deadlines deadlines) {
        this.cases = cases;
        this.followUps = followUps;
        this.deadlines = deadlines;
    }

    /** The months after the registration in which ventures are followed up, in their order. */
    public List<Integer> months(DelegateExecution execution) {
        return followUps.months(caseOf(execution));
    }

    /** When the follow-up of the process's month comes up. */
    public Date dueAt(DelegateExecution execution) {
        int month = (Integer) execution.getVariable(Routing.followUpMonth.name());
        return deadlines.at(followUps.dueAt(caseOf(execution), month));
    }

    /**
     * The first reminder of the annual certificate and then one each year: {@code R/<start>/P1Y}. The start carries its
     * offset, because the engine reads a time without one in the machine's zone; a start in the past moves on by whole
     * years.
     */
    public String certificateCycle(DelegateExecution execution) {
        return "R/"
                + DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        followUps.certificateReminderAt(caseOf(execution)).atZone(BusinessCalendar.ATHENS))
                + "/P1Y";
    }

    private CaseFile caseOf(DelegateExecution execution) {
        return cases.get(execution.getTenantId(), execution.getProcessBusinessKey());
    }
}
