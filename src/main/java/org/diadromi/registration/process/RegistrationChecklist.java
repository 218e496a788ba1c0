package org.diadromi.registration.process;

import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.RegistrationItem;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Deadlines;
import org.diadromi.workflow.ProcessBean;
import org.diadromi.workflow.Routing;

/** Makes the checklist of documents and steps for the legal form chosen, and tells which steps are due and when. */
@ProcessBean("registrationChecklist")
public class RegistrationChecklist {

    private final CaseFiles cases;
    private final RegistrationService registrations;
    private final Deadlines deadlines;

    RegistrationChecklist(CaseFiles cases, RegistrationService registrations, Deadlines deadlines) {
        this.cases = cases;
        this.registrations = registrations;
        this.deadlines = deadlines;
    }

    /** What the decision weighs; it never reaches the engine's tables. */
    public TypedValue facts(DelegateExecution execution) {
        String form = registrations.get(caseOf(execution)).legalForm().code();
        return Variables.untypedValue(Map.of("legalForm", form), true);
    }

    /** Keeps the checklist and gives how many items it has. */
    public Integer record(DelegateExecution execution, DmnDecisionResult result) {
        List<RegistrationItem> items =
                result.getResultList().stream().map(RegistrationChecklist::item).toList();
        registrations.makeChecklist(caseOf(execution), items);
        return items.size();
    }

    /** The keys of the steps that are not done yet, one task each. */
    public List<String> steps(DelegateExecution execution) {
        return registrations.checklist(caseOf(execution), RegistrationItem.Kind.STEP).stream()
                .filter(RegistrationItem::isOpen)
                .map(RegistrationItem::itemKey)
                .toList();
    }

    /** When the step of this task is due, counted from the date of the certificate. */
    public Date stepDue(DelegateExecution execution) {
        String step = (String) execution.getVariable(Routing.registrationStep.name());
        return deadlines.endOf(registrations.stepBy(caseOf(execution), step));
    }

    private static RegistrationItem item(Map<String, Object> row) {
        Number dueDays = (Number) row.get("dueDays");
        return RegistrationItem.open(
                RegistrationItem.Kind.valueOf(((String) row.get("kind")).toUpperCase(Locale.ROOT)),
                (String) row.get("key"),
                (String) row.get("label"),
                dueDays == null ? null : dueDays.intValue(),
                (String) row.get("source"),
                (String) row.get("certainty"));
    }

    private CaseFile caseOf(DelegateExecution execution) {
        return cases.get(execution.getTenantId(), execution.getProcessBusinessKey());
    }
}
