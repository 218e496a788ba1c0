package org.diadromi.registration.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.registration.LegalForm;
import org.diadromi.registration.Registration;
import org.diadromi.registration.RegistrationService;
import org.diadromi.registration.Team;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Chooses the legal form, with what the decision advises at hand. */
@Component
class ChooseFormTask implements UserTask {

    private final CaseFiles cases;
    private final RegistrationService registrations;
    private final Texts texts;

    ChooseFormTask(CaseFiles cases, RegistrationService registrations, Texts texts) {
        this.cases = cases;
        this.registrations = registrations;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_registration_chooseForm";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        Registration registration = registrations.get(cases.get(task.centreId(), task.caseNumber()));
        return Map.of("teamText", teamText(registration.team()), "formAdviceText", adviceText(registration.advice()));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        registrations.chooseForm(
                cases.get(task.centreId(), task.caseNumber()),
                LegalForm.ofCode(answer.text("legalForm")),
                answer.text("reason"),
                answer.text("seat"),
                task.userId());
        return Map.of();
    }

    private String teamText(Team team) {
        List<String> parts = new ArrayList<>(List.of(texts.of(
                "registration.team",
                team.ventureName(),
                texts.option("registrationPurpose", team.purpose()),
                team.members(),
                team.legalPersons())));
        if (team.localAuthority()) {
            parts.add(texts.of("registration.team.localAuthority"));
        }
        if ("integration".equals(team.purpose())) {
            parts.add(texts.of("registration.team.integration", team.vulnerable(), team.special()));
        }
        if ("psychosocial".equals(team.purpose())) {
            parts.add(texts.of("registration.team.psychosocial", team.psychosocial(), team.professionals()));
        }
        return String.join(" · ", parts);
    }

    private String adviceText(List<Registration.Advice> advice) {
        if (advice.isEmpty()) {
            return texts.of("registration.noAdvice");
        }
        return advice.stream()
                .map(each -> "- **" + texts.option("legalForm", each.legalForm()) + "**: " + each.reason())
                .collect(Collectors.joining("\n"));
    }
}
