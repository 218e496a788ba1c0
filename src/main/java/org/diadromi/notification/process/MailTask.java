package org.diadromi.notification.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.notification.Notifications;
import org.diadromi.workflow.ProcessBean;

/** Sends the mails that the models draw. */
@ProcessBean("mail")
public class MailTask {

    private final Notifications notifications;
    private final CaseFiles cases;

    MailTask(Notifications notifications, CaseFiles cases) {
        this.notifications = notifications;
        this.cases = cases;
    }

    /** Puts the named mail about the execution's case into the outbox; once for each time the process comes by. */
    public void send(String template, DelegateExecution execution) {
        notifications.send(
                template,
                cases.get(execution.getTenantId(), execution.getProcessBusinessKey()),
                template + ":" + execution.getActivityInstanceId());
    }
}
