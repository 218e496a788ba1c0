package org.diadromi.registration.process;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.LegalConstants;
import org.diadromi.registration.LegalForm;
import org.diadromi.registration.Registration;
import org.diadromi.registration.RegistrationService;
import org.diadromi.registration.Team;
import org.diadromi.workflow.ProcessBean;

/** Tells the decision on the legal form who founds the venture and what the law asks, and keeps what it advises. */
@ProcessBean("legalForms")
public class LegalForms {

    private final CaseFiles cases;
    private final RegistrationService registrations;
    private final LegalConstants constants;
    private final AppClock clock;

    LegalForms(CaseFiles cases, RegistrationService registrations, LegalConstants constants, AppClock clock) {
        this.cases = cases;
        this.registrations = registrations;
        this.constants = constants;
        this.clock = clock;
    }

    /** What the decision weighs, shares in percent; it never reaches the engine's tables. */
    public TypedValue facts(DelegateExecution execution) {
        Team team = registrations.get(caseOf(execution)).team();
        LocalDate today = clock.today();

        Map<String, BigDecimal> min = new HashMap<>();
        for (LegalForm form : LegalForm.values()) {
            min.put(form.code(), constants.value(form.minimumKey(), today));
        }
        min.put("vulnerable", constants.value("koinsep-integration.min-vulnerable-percent", today));
        min.put("special", constants.value("koinsep-integration.min-special-percent", today));
        min.put("psychosocial", constants.value("koispe.min-psychosocial-percent", today));

        Map<String, Object> facts = new HashMap<>();
        facts.put("purpose", team.purpose());
        facts.put("members", team.members());
        facts.put("legalPersons", team.legalPersons());
        facts.put("localAuthority", team.localAuthority());
        facts.put("vulnerablePercent", team.percent(team.vulnerable()));
        facts.put("specialPercent", team.percent(team.special()));
        facts.put("psychosocialPercent", team.percent(team.psychosocial()));
        facts.put("min", min);
        facts.put("max", Map.of("legalPersons", constants.value("koinsep.max-legal-person-percent", today)));
        return Variables.untypedValue(facts, true);
    }

    /** Keeps the forms that fit with their reasons and gives their codes with commas; "none" where no form fits. */
    public String record(DelegateExecution execution, DmnDecisionResult result) {
        List<Registration.Advice> fitting = result.getResultList().stream()
                .map(row -> new Registration.Advice((String) row.get("legalForm"), (String) row.get("reason")))
                .toList();
        registrations.advised(caseOf(execution), fitting);
        return fitting.isEmpty()
                ? "none"
                : fitting.stream().map(Registration.Advice::legalForm).collect(Collectors.joining(","));
    }

    private CaseFile caseOf(DelegateExecution execution) {
        return cases.get(execution.getTenantId(), execution.getProcessBusinessKey());
    }
}
