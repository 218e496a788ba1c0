package org.diadromi.referral.process;

import java.util.Map;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.contact.Suitability;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.Structure;
import org.diadromi.referral.Structures;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Option;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Sends a person to a better path. */
@Component
class ReferTask implements UserTask {

    private final CaseFiles cases;
    private final Suitability suitability;
    private final Referrals referrals;
    private final Structures structures;
    private final Texts texts;

    ReferTask(CaseFiles cases, Suitability suitability, Referrals referrals, Structures structures, Texts texts) {
        this.cases = cases;
        this.suitability = suitability;
        this.referrals = referrals;
        this.structures = structures;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_firstContact_refer";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        Suitability.Decision decision = suitability.decision(cases.get(task.centreId(), task.caseNumber()));
        return Map.of(
                "suitabilityOutcome", texts.option("suitability", decision.outcome()),
                "suitabilityReason", decision.reason(),
                "structureOptions",
                        structures.of(task.centreId()).stream()
                                .map(structure -> new Option(
                                        structure.area() == null
                                                ? structure.name()
                                                : structure.name() + " · " + structure.area(),
                                        String.valueOf(structure.id())))
                                .toList());
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        boolean shared = answer.yes("dataShared");
        Structure chosen = answer.text("structureId") == null
                ? null
                : structures
                        .find(task.centreId(), Long.parseLong(answer.text("structureId")))
                        .filter(Structure::active)
                        .orElseThrow(() -> new RuleViolation(Problem.STRUCTURE_UNKNOWN));
        referrals.refer(
                caseFile,
                (String) task.value(Routing.suitability),
                chosen == null ? answer.text("structure") : chosen.name(),
                chosen == null ? answer.text("structureContact") : chosen.contact(),
                shared,
                answer.text("message"),
                chosen == null
                        ? null
                        : new Referrals.Asked(chosen.id(), chosen.mail(), answer.text("structureMessage")),
                task.userId());
        return Map.of(Routing.structureTold, shared && chosen != null && chosen.mail() != null);
    }
}
