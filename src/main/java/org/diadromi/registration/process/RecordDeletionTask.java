package org.diadromi.registration.process;

import java.util.Map;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Records whether the Registry has deleted the venture after both deadlines. */
@Component
class RecordDeletionTask implements UserTask {

    private final CaseFiles cases;
    private final RegistrationService registrations;

    RecordDeletionTask(CaseFiles cases, RegistrationService registrations) {
        this.cases = cases;
        this.registrations = registrations;
    }

    @Override
    public String id() {
        return "task_registration_recordDeletion";
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        String registryAnswer = answer.text("registryAnswer");
        registrations.deletionChecked(
                cases.get(task.centreId(), task.caseNumber()),
                "deleted".equals(registryAnswer),
                answer.text("note"),
                task.userId());
        return Map.of(Routing.registryAnswer, registryAnswer);
    }
}
