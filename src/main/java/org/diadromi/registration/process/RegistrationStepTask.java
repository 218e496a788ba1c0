package org.diadromi.registration.process;

import java.util.Map;
import java.util.Optional;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.RegistrationItem;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** One step after the registration, such as the entry in ΓΕΜΗ. */
@Component
class RegistrationStepTask implements UserTask {

    private final CaseFiles cases;
    private final RegistrationService registrations;
    private final Texts texts;

    RegistrationStepTask(CaseFiles cases, RegistrationService registrations, Texts texts) {
        this.cases = cases;
        this.registrations = registrations;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_registration_step";
    }

    @Override
    public Optional<String> name(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        return Optional.of(registrations
                .step(caseFile, (String) task.value(Routing.registrationStep))
                .label());
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        RegistrationItem step = registrations.step(caseFile, (String) task.value(Routing.registrationStep));
        return Map.of(
                "stepText",
                texts.of(
                        "registration.step",
                        step.label(),
                        texts.date(registrations.stepBy(caseFile, step.itemKey())),
                        step.source(),
                        texts.option("certainty", step.certainty())));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        registrations.stepDone(
                cases.get(task.centreId(), task.caseNumber()),
                (String) task.value(Routing.registrationStep),
                answer.date("doneOn"),
                answer.text("reference"),
                task.userId());
        return Map.of();
    }
}
