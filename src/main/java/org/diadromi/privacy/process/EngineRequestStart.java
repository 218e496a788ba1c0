package org.diadromi.privacy.process;

import org.diadromi.privacy.RequestStart;
import org.diadromi.workflow.ProcessStart;
import org.springframework.stereotype.Component;

/** Starts the process without its start form: the page has registered the request already. */
@Component
class EngineRequestStart implements RequestStart {

    private final ProcessStart processes;

    EngineRequestStart(ProcessStart processes) {
        this.processes = processes;
    }

    @Override
    public void start(String centreId, String caseNumber, long requestId, String kind) {
        processes.start("data-subject-request", centreId, caseNumber, ReceivedForm.routing(requestId, kind));
    }
}
