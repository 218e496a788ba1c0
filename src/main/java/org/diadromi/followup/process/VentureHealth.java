package org.diadromi.followup.process;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.followup.FollowUp;
import org.diadromi.followup.FollowUpService;
import org.diadromi.followup.Survey;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.ProcessBean;
import org.diadromi.workflow.Routing;

/** Tells the decision on a venture's health what its follow-up says, and keeps whether it is at risk. */
@ProcessBean("ventureHealth")
public class VentureHealth {

    private final CaseFiles cases;
    private final FollowUpService followUps;
    private final RegistrationService registrations;

    VentureHealth(CaseFiles cases, FollowUpService followUps, RegistrationService registrations) {
        this.cases = cases;
        this.followUps = followUps;
        this.registrations = registrations;
    }

    /** What the decision weighs; it never reaches the engine's tables. */
    public TypedValue facts(DelegateExecution execution) {
        CaseFile caseFile = caseOf(execution);
        int month = month(execution);
        Survey survey = followUps.get(caseFile, month).survey();
        Map<String, Object> facts = new HashMap<>();
        facts.put("status", survey.status());
        facts.put("month", month);
        facts.put("members", survey.members());
        facts.put("minMembers", registrations.minimumMembers(caseFile));
        facts.put("jobs", survey.jobs());
        facts.put(
                "previousJobs",
                followUps
                        .previousWithJobs(caseFile, month)
                        .map(FollowUp::survey)
                        .map(Survey::jobs)
                        .orElse(null));
        facts.put("needs", Boolean.TRUE.equals(survey.needsHelp()));
        return Variables.untypedValue(facts, true);
    }

    /** Keeps the judgement with its reason and gives whether the venture is at risk. */
    public Boolean record(DelegateExecution execution, DmnDecisionResult result) {
        DmnDecisionResultEntries health = result.getSingleResult();
        boolean atRisk = health.getEntry("atRisk");
        followUps.judged(caseOf(execution), month(execution), atRisk, health.getEntry("reason"));
        return atRisk;
    }

    private static int month(DelegateExecution execution) {
        return (Integer) execution.getVariable(Routing.followUpMonth.name());
    }

    private CaseFile caseOf(DelegateExecution execution) {
        return cases.get(execution.getTenantId(), execution.getProcessBusinessKey());
    }
}
