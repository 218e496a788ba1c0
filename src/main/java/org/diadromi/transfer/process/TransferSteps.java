package org.diadromi.transfer.process;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.notification.Notifications;
import org.diadromi.transfer.Transfer;
import org.diadromi.transfer.Transfers;
import org.diadromi.workflow.ProcessBean;
import org.diadromi.workflow.Routing;

/** What the process of an offer does itself: tells the two centres, and moves the case. */
@ProcessBean("transferSteps")
public class TransferSteps {

    private final Transfers transfers;
    private final RunningProcesses running;
    private final Notifications notifications;
    private final Centres centres;
    private final Texts texts;

    TransferSteps(
            Transfers transfers, RunningProcesses running, Notifications notifications, Centres centres, Texts texts) {
        this.transfers = transfers;
        this.running = running;
        this.notifications = notifications;
        this.centres = centres;
        this.texts = texts;
    }

    /** Mails the coordinators of the centre that is asked. */
    public void tellAsked(String template, DelegateExecution execution) {
        Transfer transfer = transferOf(execution);
        tell(transfer.toCentre(), template, transfer, execution);
    }

    /** Mails the coordinators of the centre that offers. */
    public void tellOffering(String template, DelegateExecution execution) {
        Transfer transfer = transferOf(execution);
        tell(transfer.fromCentre(), template, transfer, execution);
    }

    /** Ends the case's processes at the one centre and takes them up at the other; from then on this process is of the case. */
    public void move(DelegateExecution execution) {
        Transfer transfer = transferOf(execution);
        RunningProcesses.Left left = running.leave(transfer.fromCentre(), transfer.numberBefore());
        transfers
                .callOffAppointment(transfer)
                .ifPresent(before -> notifications.send(
                        "appointment-cancelled", before, "appointment-cancelled:" + transfer.reference()));
        CaseFile moved = transfers.move(transfer);
        running.goOn(left, moved.centreId(), moved.number());
        execution.setProcessBusinessKey(moved.number());
    }

    /** Each reads of the case only what is theirs to know: the one its number, the other the name of the offer. */
    private void tell(String centreId, String template, Transfer transfer, DelegateExecution execution) {
        Centre to = centres.get(centreId);
        Map<String, Object> values = new HashMap<>();
        values.put(
                "caseNumber", centreId.equals(transfer.fromCentre()) ? transfer.numberBefore() : transfer.reference());
        values.put("fromCentre", centres.get(transfer.fromCentre()).name());
        values.put("toCentre", centres.get(transfer.toCentre()).name());
        values.put("reason", texts.of("transferReason." + transfer.reason()));
        values.put("answerBy", texts.date(transfers.answerBy(transfer)));
        notifications.tellCoordinators(to, template, template + ":" + execution.getActivityInstanceId(), values);
    }

    private Transfer transferOf(DelegateExecution execution) {
        return transfers.get((Long) execution.getVariable(Routing.transferId.name()));
    }
}
