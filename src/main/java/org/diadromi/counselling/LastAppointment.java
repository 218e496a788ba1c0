package org.diadromi.counselling;

import org.diadromi.casefile.CaseClosed;
import org.diadromi.notification.Notifications;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Calls off the appointment that a case still has when it ends, so that it does not stay in the person's calendar. */
@Component
class LastAppointment {

    private final Counselling counselling;
    private final Notifications notifications;

    LastAppointment(Counselling counselling, Notifications notifications) {
        this.counselling = counselling;
        this.notifications = notifications;
    }

    @EventListener
    void callOff(CaseClosed end) {
        counselling
                .calledOff(end.caseFile())
                .ifPresent(appointment -> notifications.send(
                        CounsellingMail.CANCELLED,
                        end.caseFile(),
                        CounsellingMail.CANCELLED + ":" + appointment.uid()));
    }
}
