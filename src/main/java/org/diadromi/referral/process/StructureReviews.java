package org.diadromi.referral.process;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.calendar.AppClock;
import org.diadromi.referral.Structure;
import org.diadromi.referral.Structures;
import org.diadromi.workflow.Deadlines;
import org.diadromi.workflow.ProcessBean;

/** When a structure of the directory is looked at again. */
@ProcessBean("structureReview")
public class StructureReviews {

    /** What the process has in the place of a case's number. */
    static final String KEY = "structure-";

    private final Structures structures;
    private final Deadlines deadlines;
    private final AppClock clock;

    StructureReviews(Structures structures, Deadlines deadlines, AppClock clock) {
        this.structures = structures;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** The end of the day that lies the time between two looks after the last. */
    public Date dueAt(DelegateExecution execution) {
        return deadlines.endOf(deadlines.after(
                "structure-review",
                execution.getTenantId(),
                structure(execution).checkedOn()));
    }

    /** gone when nobody is sent there any more, checked when somebody has looked at it meanwhile, else due. */
    public String state(DelegateExecution execution) {
        if (!structure(execution).active()) {
            return "gone";
        }
        return dueAt(execution).toInstant().isAfter(clock.instant()) ? "checked" : "due";
    }

    private Structure structure(DelegateExecution execution) {
        return of(structures, execution.getTenantId(), execution.getProcessBusinessKey());
    }

    static Structure of(Structures structures, String centreId, String key) {
        return structures
                .find(centreId, Long.parseLong(key.substring(KEY.length())))
                .orElseThrow(() -> new IllegalStateException("There is no " + key + " in " + centreId));
    }
}
