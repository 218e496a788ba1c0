package org.diadromi.contact.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.contact.Suitability;
import org.diadromi.contact.Suitability.Advice;
import org.diadromi.contact.Suitability.Findings;
import org.diadromi.counselling.Caseload;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** A counsellor decides whether the social economy is the person's path, with the decision's advice before them. */
@Component
class DecideSuitabilityTask implements UserTask {

    private final CaseFiles cases;
    private final Suitability suitability;
    private final Caseload caseload;
    private final Texts texts;

    DecideSuitabilityTask(CaseFiles cases, Suitability suitability, Caseload caseload, Texts texts) {
        this.cases = cases;
        this.suitability = suitability;
        this.caseload = caseload;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_firstContact_decideSuitability";
    }

    /** The first that counsellors do for a case. */
    @Override
    public Optional<String> assignee(TaskContext task) {
        return caseload.counsellor(task.centreId(), task.caseNumber());
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Advice advice = suitability.advice(caseFile);
        Map<String, Object> shown = new HashMap<>();
        shown.put("adviceOutcome", texts.option("suitability", advice.outcome()));
        shown.put("adviceReason", advice.reason());
        shown.put("adviceChange", advice.change());
        suitability.findings(caseFile).ifPresent(found -> shown.put("interviewSummary", summary(found)));
        return shown;
    }

    private String summary(Findings found) {
        List<String> lines = new ArrayList<>(List.of(
                texts.of("interview.labour", texts.option("labourStatus", found.labourStatus())),
                texts.of("interview.income", texts.option("incomeUrgency", found.incomeUrgency())),
                texts.of("interview.purpose", texts.option("purpose", found.purpose())),
                texts.of("interview.collective", texts.option("collective", found.collective()))));
        if (found.skills() != null) {
            lines.add(texts.of("interview.skills", found.skills()));
        }
        if (found.note() != null) {
            lines.add(found.note());
        }
        return "- " + String.join("\n- ", lines);
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        String outcome = answer.text("suitability");
        suitability.decided(
                cases.get(task.centreId(), task.caseNumber()),
                new Suitability.Decision(outcome, answer.text("reason")),
                task.userId());
        return Map.of(Routing.suitability, outcome);
    }
}
