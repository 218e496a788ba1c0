package org.diadromi.privacy.process;

import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.privacy.DataRequests;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.springframework.stereotype.Component;

/** Makes sure that whoever asks is the person of the case. */
@Component
class IdentityTask extends RequestTask {

    private final DataRequests requests;

    IdentityTask(DataRequests requests, Texts texts) {
        super(requests, texts);
        this.requests = requests;
    }

    @Override
    public String id() {
        return "task_dataRequest_identity";
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        long id = requestOf(task).id();
        if (answer.yes("identified")) {
            requests.identified(id, answer.text("how"));
        } else {
            requests.decide(id, "unidentified", answer.text("reason"), null, task.userId());
        }
        return Map.of(Routing.requestIdentified, answer.yes("identified"));
    }
}
