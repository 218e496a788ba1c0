package org.diadromi.registration.process;

import java.util.Map;
import java.util.stream.Collectors;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.Registration;
import org.diadromi.registration.RegistrationItem;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.Staff;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Has somebody else than who prepared it review the dossier. */
@Component
class LegalReviewTask implements UserTask {

    private final CaseFiles cases;
    private final RegistrationService registrations;
    private final Staff staff;
    private final Texts texts;

    LegalReviewTask(CaseFiles cases, RegistrationService registrations, Staff staff, Texts texts) {
        this.cases = cases;
        this.registrations = registrations;
        this.staff = staff;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_registration_legalReview";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Registration registration = registrations.get(caseFile);
        return Map.of(
                "dossierText",
                dossierText(caseFile, registration),
                "preparedBy",
                staff.name(registration.preparedBy()));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        String decision = answer.text("reviewDecision");
        registrations.review(
                cases.get(task.centreId(), task.caseNumber()),
                "approve".equals(decision),
                answer.text("remarks"),
                task.userId());
        return Map.of(Routing.reviewDecision, decision);
    }

    private String dossierText(CaseFile caseFile, Registration registration) {
        String form = texts.of(
                "registration.formAndSeat",
                texts.option("legalForm", registration.legalForm().code()),
                registration.seat());
        String documents = registrations.checklist(caseFile, RegistrationItem.Kind.DOCUMENT).stream()
                .map(document -> "- " + document.label())
                .collect(Collectors.joining("\n"));
        String note = registration.dossierNote() == null
                ? ""
                : "\n\n" + texts.of("registration.dossierNote", registration.dossierNote());
        return "**" + registration.ventureName() + "** · " + form + "\n\n" + documents + note;
    }
}
