package org.diadromi.registration.process;

import java.util.Map;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.RegistrationService;
import org.diadromi.registration.Team;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Asks who founds the venture and for what. */
@Component
class RegistrationProfileTask implements UserTask {

    private final CaseFiles cases;
    private final RegistrationService registrations;

    RegistrationProfileTask(CaseFiles cases, RegistrationService registrations) {
        this.cases = cases;
        this.registrations = registrations;
    }

    @Override
    public String id() {
        return "task_registration_profile";
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        registrations.describeTeam(
                cases.get(task.centreId(), task.caseNumber()),
                new Team(
                        answer.text("ventureName"),
                        answer.text("purpose"),
                        answer.count("members"),
                        answer.count("legalPersons"),
                        answer.yes("localAuthority"),
                        answer.count("vulnerable"),
                        answer.count("special"),
                        answer.count("psychosocial"),
                        answer.count("professionals")),
                task.userId());
        return Map.of();
    }
}
