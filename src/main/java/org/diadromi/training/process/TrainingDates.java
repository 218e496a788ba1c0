package org.diadromi.training.process;

import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.training.Training;
import org.diadromi.workflow.Deadlines;
import org.diadromi.workflow.ProcessBean;

/** When the steps of a cohort are due. */
@ProcessBean("trainingDates")
public class TrainingDates {

    private final CaseFiles cases;
    private final Training training;
    private final Deadlines deadlines;

    TrainingDates(CaseFiles cases, Training training, Deadlines deadlines) {
        this.cases = cases;
        this.training = training;
        this.deadlines = deadlines;
    }

    /** The end of the day by which attendance is recorded: business days after the cohort's last day. */
    public Date attendanceDue(DelegateExecution execution) {
        String centreId = execution.getTenantId();
        return deadlines.endOf(deadlines.after(
                "training-attendance",
                centreId,
                training.enrolment(cases.get(centreId, execution.getProcessBusinessKey()))
                        .endsOn()));
    }
}
