package org.diadromi.privacy.process;

import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.diadromi.casefile.CaseFile;
import org.diadromi.privacy.KeptOutside;
import org.springframework.stereotype.Component;

/**
 * The engine's history of a case: it should know nothing but the path, yet an administrator may have left a comment and a failed job
 * its message. The facts stay, and their check takes a history that is gone for none.
 */
@Component
class EngineHistory implements KeptOutside {

    private final HistoryService history;

    EngineHistory(HistoryService history) {
        this.history = history;
    }

    @Override
    public Runnable erase(CaseFile caseFile) {
        history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(caseFile.number())
                .tenantIdIn(caseFile.centreId())
                .finished()
                .list()
                .stream()
                .map(HistoricProcessInstance::getId)
                .forEach(history::deleteHistoricProcessInstanceIfExists);
        return () -> {};
    }
}
