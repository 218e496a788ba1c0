package org.diadromi.referral.process;

import java.util.Map;
import org.diadromi.referral.Structure;
import org.diadromi.referral.StructureReview;
import org.diadromi.workflow.ProcessStart;
import org.springframework.stereotype.Component;

/** Begins the process of a structure, in the transaction that enters it. */
@Component
class EngineStructureReview implements StructureReview {

    private final ProcessStart processes;

    EngineStructureReview(ProcessStart processes) {
        this.processes = processes;
    }

    @Override
    public void begin(Structure structure) {
        processes.start("structure-review", structure.centreId(), StructureReviews.KEY + structure.id(), Map.of());
    }
}
