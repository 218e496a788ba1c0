package org.diadromi.workflow;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.diadromi.Problem;
import org.diadromi.Texts;

/**
 * Gives each new process the centre it belongs to: that of the process which called it, or of who starts it. It never leaves a
 * process without one, because such a process would be visible to every centre.
 */
class CentreOfProcess implements TenantIdProvider {

    private final Texts texts;

    CentreOfProcess(Texts texts) {
        this.texts = texts;
    }

    @Override
    public String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext context) {
        DelegateExecution caller = context.getSuperExecution();
        return caller != null ? caller.getTenantId() : ownCentre();
    }

    @Override
    public String provideTenantIdForCaseInstance(TenantIdProviderCaseInstanceContext context) {
        throw new UnsupportedOperationException("CMMN is not used");
    }

    @Override
    public String provideTenantIdForHistoricDecisionInstance(TenantIdProviderHistoricDecisionInstanceContext context) {
        return context.getExecution() == null ? null : context.getExecution().getTenantId();
    }

    private String ownCentre() {
        Authentication authentication = Context.getCommandContext().getAuthentication();
        List<String> centres = authentication == null || authentication.getTenantIds() == null
                ? List.of()
                : authentication.getTenantIds();
        if (centres.size() == 1) {
            return centres.get(0);
        }
        throw TaskContract.refusal(
                texts.of("problem." + (centres.isEmpty() ? Problem.NO_CENTRE : Problem.SEVERAL_CENTRES)));
    }
}
