package org.diadromi.registration.process;

import java.util.HashMap;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.Registration;
import org.diadromi.registration.RegistrationItem;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Option;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Gathers the supporting documents of the dossier. */
@Component
class DossierTask implements UserTask {

    private final CaseFiles cases;
    private final RegistrationService registrations;
    private final Texts texts;

    DossierTask(CaseFiles cases, RegistrationService registrations, Texts texts) {
        this.cases = cases;
        this.registrations = registrations;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_registration_dossier";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Registration registration = registrations.get(caseFile);
        Map<String, Object> values = new HashMap<>();
        values.put(
                "legalFormText",
                texts.of(
                        "registration.formAndSeat",
                        texts.option("legalForm", registration.legalForm().code()),
                        registration.seat()));
        values.put("remarks", registration.remarks());
        values.put(
                "documentOptions",
                registrations.checklist(caseFile, RegistrationItem.Kind.DOCUMENT).stream()
                        .map(document -> new Option(document.label(), document.itemKey()))
                        .toList());
        return values;
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        registrations.prepareDossier(
                cases.get(task.centreId(), task.caseNumber()),
                answer.choices("documents"),
                answer.text("note"),
                task.userId());
        return Map.of();
    }
}
