package org.diadromi.registration.process;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Deadlines;
import org.diadromi.workflow.ProcessBean;

/** The Registry's deadlines, each at the end of office hours of its day in Athens. */
@ProcessBean("registryDeadlines")
public class RegistryDeadlines {

    private final CaseFiles cases;
    private final RegistrationService registrations;
    private final Deadlines deadlines;

    RegistryDeadlines(CaseFiles cases, RegistrationService registrations, Deadlines deadlines) {
        this.cases = cases;
        this.registrations = registrations;
        this.deadlines = deadlines;
    }

    /** Until when the Registry is expected to answer the latest submission. */
    public Date answer(DelegateExecution execution) {
        return deadlines.midnightAfter(registrations.answerBy(caseOf(execution)));
    }

    /** When the person is reminded of the additional data. */
    public Date additionalDataReminder(DelegateExecution execution) {
        return deadlines.endOf(registrations.additionalDataReminderOn(caseOf(execution)));
    }

    /** Until when the additional data have to be with the Registry. */
    public Date additionalData(DelegateExecution execution) {
        return deadlines.midnightAfter(registrations.additionalDataBy(caseOf(execution)));
    }

    /** The end of the last notice. */
    public Date lastNotice(DelegateExecution execution) {
        return deadlines.midnightAfter(registrations.lastNoticeBy(caseOf(execution)));
    }

    private CaseFile caseOf(DelegateExecution execution) {
        return cases.get(execution.getTenantId(), execution.getProcessBusinessKey());
    }
}
