package org.diadromi.contact.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.contact.Suitability;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** The initial interview; the second time it begins with what the first one found. */
@Component
class InterviewTask implements UserTask {

    private final CaseFiles cases;
    private final Suitability suitability;

    InterviewTask(CaseFiles cases, Suitability suitability) {
        this.cases = cases;
        this.suitability = suitability;
    }

    @Override
    public String id() {
        return "task_firstContact_initialInterview";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Map<String, Object> shown = new HashMap<>();
        shown.put("salutationName", caseFile.salutationName());
        suitability.findings(caseFile).ifPresent(found -> {
            shown.put("ageBand", found.ageBand());
            shown.put("gender", found.gender());
            shown.put("education", found.education());
            shown.put("labourStatus", found.labourStatus());
            shown.put("monthsUnemployed", found.monthsUnemployed());
            shown.put("incomeUrgency", found.incomeUrgency());
            shown.put("skills", found.skills());
            shown.put("availability", found.availability());
            shown.put("bodyExists", found.bodyExists() ? "yes" : "no");
            shown.put("purpose", found.purpose());
            shown.put("collective", found.collective());
            shown.put(
                    "needs",
                    found.needs() == null ? null : List.of(found.needs().split(",")));
            shown.put("interviewNote", found.note());
        });
        return shown;
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        List<String> needs = answer.choices("needs");
        suitability.interviewed(
                cases.get(task.centreId(), task.caseNumber()),
                new Suitability.Findings(
                        answer.text("ageBand"),
                        answer.text("gender"),
                        answer.text("education"),
                        answer.text("labourStatus"),
                        answer.number("monthsUnemployed"),
                        answer.text("incomeUrgency"),
                        answer.text("skills"),
                        answer.text("availability"),
                        answer.yes("bodyExists"),
                        answer.text("purpose"),
                        answer.text("collective"),
                        needs.isEmpty() ? null : String.join(",", needs),
                        answer.text("interviewNote")),
                answer.text("salutationName"),
                task.userId());
        return Map.of();
    }
}
