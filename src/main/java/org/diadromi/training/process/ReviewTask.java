package org.diadromi.training.process;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.training.BusinessPlan;
import org.diadromi.training.Training;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Markdown;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** A trainer judges the plan that was handed in. */
@Component
class ReviewTask implements UserTask {

    private final CaseFiles cases;
    private final Training training;
    private final Texts texts;

    ReviewTask(CaseFiles cases, Training training, Texts texts) {
        this.cases = cases;
        this.training = training;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_training_review";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        return training.plan(caseFile)
                .map(plan -> Map.<String, Object>of("planText", text(plan) + files(caseFile, plan)))
                .orElse(Map.of());
    }

    /** What the person sent with it; they lie on the page of the case. */
    private String files(CaseFile caseFile, BusinessPlan plan) {
        List<String> files = training.files(caseFile, plan.planVersion());
        return files.isEmpty() ? "" : "\n\n" + texts.of("plan.files", Markdown.plain(String.join(" · ", files)));
    }

    private String text(BusinessPlan plan) {
        String text = texts.of(
                "plan.text",
                plan.planVersion(),
                texts.date(plan.handedInOn()),
                Arrays.stream(plan.deliverables().split(","))
                        .map(deliverable -> texts.option("deliverable", deliverable))
                        .collect(Collectors.joining(" · ")));
        return plan.note() == null ? text : text + "\n\n" + texts.of("plan.note", Markdown.plain(plan.note()));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        String decision = answer.text("planDecision");
        training.reviewed(
                cases.get(task.centreId(), task.caseNumber()), decision, answer.text("comments"), task.userId());
        return Map.of(Routing.planDecision, decision);
    }
}
