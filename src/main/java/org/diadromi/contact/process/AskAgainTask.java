package org.diadromi.contact.process;

import java.util.Map;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.contact.Suitability;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Asks a person who was not ready whether they are now. */
@Component
class AskAgainTask implements UserTask {

    private final CaseFiles cases;
    private final Suitability suitability;

    AskAgainTask(CaseFiles cases, Suitability suitability) {
        this.cases = cases;
        this.suitability = suitability;
    }

    @Override
    public String id() {
        return "task_firstContact_askAgain";
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        String stillInterested = answer.text("stillInterested");
        suitability.askedAgain(
                cases.get(task.centreId(), task.caseNumber()), stillInterested, answer.text("note"), task.userId());
        return Map.of(Routing.stillInterested, stillInterested);
    }
}
