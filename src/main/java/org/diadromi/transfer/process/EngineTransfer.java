package org.diadromi.transfer.process;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.diadromi.transfer.Transfer;
import org.diadromi.transfer.TransferProcess;
import org.diadromi.workflow.InCentre;
import org.diadromi.workflow.ProcessStart;
import org.diadromi.workflow.Routing;
import org.springframework.stereotype.Component;

/** Runs the process {@code case-transfer} in the centre that answers, whoever of whichever centre is at work. */
@Component
class EngineTransfer implements TransferProcess {

    private static final String ENDED = "TransferEnded";

    private final ProcessStart processes;
    private final InCentre inCentre;
    private final RuntimeService runtime;

    EngineTransfer(ProcessStart processes, InCentre inCentre, RuntimeService runtime) {
        this.processes = processes;
        this.inCentre = inCentre;
        this.runtime = runtime;
    }

    @Override
    public void begin(Transfer transfer) {
        processes.start(
                "case-transfer", transfer.toCentre(), transfer.reference(), Map.of(Routing.transferId, transfer.id()));
    }

    @Override
    public void end(Transfer transfer) {
        inCentre.run(
                transfer.toCentre(),
                () -> runtime.createMessageCorrelation(ENDED)
                        .processInstanceBusinessKey(transfer.reference())
                        .tenantId(transfer.toCentre())
                        .correlate());
    }
}
