package org.diadromi.counselling.process;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.centre.ServiceLevels;
import org.diadromi.counselling.Appointment;
import org.diadromi.counselling.Counselling;
import org.diadromi.workflow.Deadlines;
import org.diadromi.workflow.ProcessBean;

/** When the appointment of a case is reminded of, and when it is recorded at the latest. */
@ProcessBean("appointments")
public class Appointments {

    /** After work, and outside the hours in which people get no mail. */
    private static final LocalTime EVENING = LocalTime.of(18, 0);

    private final CaseFiles cases;
    private final Counselling counselling;
    private final Deadlines deadlines;
    private final ServiceLevels levels;
    private final AppClock clock;

    Appointments(CaseFiles cases, Counselling counselling, Deadlines deadlines, ServiceLevels levels, AppClock clock) {
        this.cases = cases;
        this.counselling = counselling;
        this.deadlines = deadlines;
        this.levels = levels;
        this.clock = clock;
    }

    /** The end of the day by which the session is recorded: business days after the appointment's end. */
    public Date recordDue(DelegateExecution execution) {
        return recordDue(execution, appointment(execution));
    }

    /**
     * The evening of an earlier day, the day before unless the settings say otherwise. When that has passed, a moment after the record is due: the mail then finds
     * that the appointment is over and does not go out.
     */
    public Date reminderAt(DelegateExecution execution) {
        Appointment appointment = appointment(execution);
        LocalDateTime evening = appointment
                .startsAt()
                .toLocalDate()
                .minus(levels.span(execution.getTenantId(), "appointment-reminder")
                        .period())
                .atTime(EVENING);
        return evening.isAfter(clock.now())
                ? deadlines.at(evening)
                : Date.from(recordDue(execution, appointment).toInstant().plusSeconds(60));
    }

    private Date recordDue(DelegateExecution execution, Appointment appointment) {
        return deadlines.endOf(deadlines.after(
                "appointment-record",
                execution.getTenantId(),
                appointment.endsAt().toLocalDate()));
    }

    private Appointment appointment(DelegateExecution execution) {
        return counselling.appointment(cases.get(execution.getTenantId(), execution.getProcessBusinessKey()));
    }
}
