package org.diadromi.transfer.process;

import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.centre.Centres;
import org.diadromi.transfer.Transfer;
import org.diadromi.transfer.Transfers;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.CommonValues;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.Staff;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Accepts or declines a case that another centre offers; before that the person has no name here. */
@Component
class TransferTask implements UserTask {

    private final Transfers transfers;
    private final Centres centres;
    private final Staff staff;
    private final Texts texts;

    TransferTask(Transfers transfers, Centres centres, Staff staff, Texts texts) {
        this.transfers = transfers;
        this.centres = centres;
        this.staff = staff;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_transfer_answer";
    }

    @Override
    public boolean isOfOwnCase() {
        return false;
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        Transfer transfer = transferOf(task);
        Transfers.Sketch sketch = transfers.sketch(transfer);
        String from = centres.get(transfer.fromCentre()).name();
        String offer = texts.of(
                "transfer.sketch",
                from,
                staff.name(transfer.offeredBy()),
                texts.of("transferReason." + transfer.reason()),
                sketch.stage() == null ? "–" : texts.of("figures.stage." + sketch.stage()),
                sketch.groupSize() > 1 ? texts.of("case.group", sketch.groupSize()) : texts.of("transfer.alone"),
                sketch.area() == null ? texts.of("transfer.nowhere") : sketch.area(),
                texts.date(sketch.openedOn()),
                sketch.sessions(),
                transfer.note() == null ? "" : texts.of("transfer.sketch.note", transfer.note()));
        return Map.of(
                CommonValues.CASE_NUMBER,
                transfer.reference(),
                CommonValues.PERSON,
                texts.of("transfer.from", from),
                "offer",
                offer);
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        Transfer transfer = transferOf(task);
        String given = answer.text("answer");
        if (given.equals("accept")) {
            transfers.accept(transfer, task.userId());
        } else {
            transfers.decline(transfer, answer.text("reason"), task.userId());
        }
        return Map.of(Routing.transferAnswer, given);
    }

    private Transfer transferOf(TaskContext task) {
        return transfers.get((Long) task.value(Routing.transferId));
    }
}
