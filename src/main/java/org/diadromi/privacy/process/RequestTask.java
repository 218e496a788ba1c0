package org.diadromi.privacy.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.privacy.DataRequest;
import org.diadromi.privacy.DataRequests;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Markdown;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;

/** What the tasks on a person's request have in common: what was asked for and until when, and how one is answered. */
abstract class RequestTask implements UserTask {

    private final DataRequests requests;
    private final Texts texts;

    RequestTask(DataRequests requests, Texts texts) {
        this.requests = requests;
        this.texts = texts;
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        DataRequest request = requestOf(task);
        String summary = texts.of(
                "requests.summary",
                texts.of("requests.kind." + request.kind()),
                texts.date(request.receivedOn()),
                texts.date(request.dueOn()));
        if (request.extendedAt() != null) {
            summary += " " + texts.of("requests.summary.extended");
        }
        if (request.details() != null) {
            summary += "\n\n" + Markdown.plain(request.details());
        }
        Map<String, Object> shown = new HashMap<>();
        shown.put("requestSummary", summary);
        return shown;
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        DataRequest request = requestOf(task);
        String decision = answer.text("decision");
        if (decision.equals("extend")) {
            requests.extend(request, answer.text("reason"));
            return Map.of(Routing.requestDecision, "extend");
        }
        if (decision.equals("grant")) {
            grant(task, answer);
        }
        requests.decide(request.id(), decision, answer.text("reason"), answer.text("handedOver"), task.userId());
        return Map.of(
                Routing.requestDecision,
                decision.equals("grant") && request.kind().equals("erasure") ? "erase" : decision);
    }

    /** Does what the person asked for, where the answer itself does it. */
    void grant(TaskContext task, Answer answer) {}

    final DataRequest requestOf(TaskContext task) {
        return requests.find((Long) task.value(Routing.requestId), List.of(task.centreId()))
                .orElseThrow();
    }
}
