package org.diadromi.registration.process;

import java.util.Map;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Records that the application went to the Registry. */
@Component
class RegistrySubmissionTask implements UserTask {

    private final CaseFiles cases;
    private final RegistrationService registrations;

    RegistrySubmissionTask(CaseFiles cases, RegistrationService registrations) {
        this.cases = cases;
        this.registrations = registrations;
    }

    @Override
    public String id() {
        return "task_registration_submit";
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        registrations.submitted(
                cases.get(task.centreId(), task.caseNumber()),
                answer.date("submittedOn"),
                answer.text("protocolNumber"),
                answer.text("applicant"),
                task.userId());
        return Map.of();
    }
}
