package org.diadromi.privacy.process;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.DiadromiSettings;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.OwnWish;
import org.diadromi.privacy.DataRequest;
import org.diadromi.privacy.DataRequests;
import org.diadromi.privacy.Erasure;
import org.diadromi.workflow.Deadlines;
import org.diadromi.workflow.ProcessBean;
import org.diadromi.workflow.Routing;

/** What the process that answers a person's request does itself. */
@ProcessBean("dataRequestProcess")
public class RequestProcess {

    private final DataRequests requests;
    private final CaseFiles cases;
    private final OwnWish wish;
    private final Erasure erasure;
    private final Deadlines deadlines;
    private final DiadromiSettings settings;

    RequestProcess(
            DataRequests requests,
            CaseFiles cases,
            OwnWish wish,
            Erasure erasure,
            Deadlines deadlines,
            DiadromiSettings settings) {
        this.requests = requests;
        this.cases = cases;
        this.wish = wish;
        this.erasure = erasure;
        this.deadlines = deadlines;
        this.settings = settings;
    }

    /** The end of office hours on the last day that the law leaves for the answer. */
    public Date due(DelegateExecution execution) {
        return deadlines.endOf(requestOf(execution).dueOn());
    }

    /** The morning of the day that lies {@code data-request-warning} before the last one. */
    public Date warnAt(DelegateExecution execution) {
        LocalDate dueOn = requestOf(execution).dueOn();
        return deadlines.at(
                dueOn.minus(settings.deadline("data-request-warning").period()).atTime(LocalTime.of(9, 0)));
    }

    /** Ends what still runs of the case; one that is closed stays as it is. */
    public void endCase(DelegateExecution execution) {
        CaseFile caseFile = caseOf(execution);
        if (caseFile.status() != CaseFile.Status.CLOSED) {
            wish.withdraw(caseFile, "other");
        }
    }

    /** Whether the last mail has gone out. */
    public boolean lastMailIsOut(DelegateExecution execution) {
        return requests.lastMailIsOut(caseOf(execution));
    }

    /** Erases the person of the case. */
    public void erase(DelegateExecution execution) {
        erasure.erase(caseOf(execution));
    }

    private DataRequest requestOf(DelegateExecution execution) {
        long id = (Long) execution.getVariable(Routing.requestId.name());
        return requests.find(id, List.of(execution.getTenantId())).orElseThrow();
    }

    private CaseFile caseOf(DelegateExecution execution) {
        return cases.get(execution.getTenantId(), execution.getProcessBusinessKey());
    }
}
