package org.diadromi.registration.process;

import java.time.LocalDate;
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

/** Records that the additional data went to the Registry within the first deadline. */
@Component
class AdditionalDataTask implements UserTask {

    private final CaseFiles cases;
    private final RegistrationService registrations;
    private final Texts texts;

    AdditionalDataTask(CaseFiles cases, RegistrationService registrations, Texts texts) {
        this.cases = cases;
        this.registrations = registrations;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_registration_additionalData";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Registration registration = registrations.get(caseFile);
        return Map.of(
                "additionalDataText",
                texts.of(
                        textKey(),
                        registration.ventureName(),
                        registration.registryNumber(),
                        texts.date(registration.answeredOn()),
                        texts.date(deadline(caseFile))));
    }

    /** The text that says until when. */
    String textKey() {
        return "registration.additionalData";
    }

    LocalDate deadline(CaseFile caseFile) {
        return registrations.additionalDataBy(caseFile);
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        registrations.additionalDataSent(
                cases.get(task.centreId(), task.caseNumber()),
                answer.date("submittedOn"),
                answer.text("note"),
                task.userId());
        return Map.of();
    }
}
