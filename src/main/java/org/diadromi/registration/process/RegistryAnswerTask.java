package org.diadromi.registration.process;

import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.Registration;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Records what the Registry answered. */
@Component
class RegistryAnswerTask implements UserTask {

    private final CaseFiles cases;
    private final RegistrationService registrations;
    private final Texts texts;

    RegistryAnswerTask(CaseFiles cases, RegistrationService registrations, Texts texts) {
        this.cases = cases;
        this.registrations = registrations;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_registration_registryAnswer";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Registration registration = registrations.get(caseFile);
        return Map.of(
                "submissionText",
                texts.of(
                        "registration.submission",
                        registration.ventureName(),
                        texts.date(registration.submittedOn()),
                        registration.protocolNumber(),
                        registration.applicant(),
                        texts.date(registrations.answerBy(caseFile))));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        String registryAnswer = answer.text("registryAnswer");
        registrations.answered(
                cases.get(task.centreId(), task.caseNumber()),
                Registration.Answer.ofCode(registryAnswer),
                answer.date("answeredOn"),
                answer.text("registryNumber"),
                answer.text("remarks"),
                task.userId());
        return Map.of(Routing.registryAnswer, registryAnswer);
    }
}
