package org.diadromi.casefile.process;

import org.camunda.bpm.engine.RuntimeService;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.OwnWish;
import org.diadromi.casefile.process.ChangeForm.Change;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Brings a person's own wish to the journey by the message that the form of staff brings too. */
@Component
class EngineOwnWish implements OwnWish {

    private final CaseFiles cases;
    private final RuntimeService runtime;

    EngineOwnWish(CaseFiles cases, RuntimeService runtime) {
        this.cases = cases;
        this.runtime = runtime;
    }

    @Override
    @Transactional
    public void withdraw(CaseFile caseFile, String reason) {
        cases.explainEnd(caseFile, reason, null, null);
        runtime.createMessageCorrelation(Change.withdrawal.message())
                .processInstanceBusinessKey(caseFile.number())
                .tenantId(caseFile.centreId())
                .correlateWithResult();
    }
}
