package org.diadromi.contact.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.contact.Suitability;
import org.diadromi.contact.Suitability.Advice;
import org.diadromi.contact.Suitability.Findings;
import org.diadromi.workflow.ProcessBean;

/** Tells the decision on suitability what is known of a person, and keeps what it advises. */
@ProcessBean("suitabilityAdviser")
public class SuitabilityAdviser {

    private final CaseFiles cases;
    private final Suitability suitability;

    SuitabilityAdviser(CaseFiles cases, Suitability suitability) {
        this.cases = cases;
        this.suitability = suitability;
    }

    /** What the decision weighs; it never reaches the engine's tables. */
    public TypedValue facts(DelegateExecution execution) {
        CaseFile caseFile = caseOf(execution);
        Findings found = suitability
                .findings(caseFile)
                .orElseThrow(() -> new IllegalStateException("No interview of " + caseFile.number()));
        Map<String, Object> facts = new HashMap<>();
        facts.put("purpose", found.purpose());
        facts.put("collective", found.collective());
        facts.put("incomeUrgency", found.incomeUrgency());
        facts.put(
                "needs",
                found.needs() == null ? List.of() : List.of(found.needs().split(",")));
        facts.put("bodyExists", found.bodyExists());
        facts.put("aloneOrGroup", caseFile.groupSize() > 1 ? "group" : "alone");
        return Variables.untypedValue(facts, true);
    }

    /** Keeps the advice with its reasons and gives its outcome. */
    public String record(DelegateExecution execution, DmnDecisionResult result) {
        DmnDecisionResultEntries advice = result.getSingleResult();
        suitability.advised(
                caseOf(execution),
                new Advice(advice.getEntry("outcome"), advice.getEntry("reason"), advice.getEntry("whatWouldChange")));
        return advice.getEntry("outcome");
    }

    private CaseFile caseOf(DelegateExecution execution) {
        return cases.get(execution.getTenantId(), execution.getProcessBusinessKey());
    }
}
