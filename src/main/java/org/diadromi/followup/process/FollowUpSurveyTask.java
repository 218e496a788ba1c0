package org.diadromi.followup.process;

import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.followup.FollowUpService;
import org.diadromi.followup.Survey;
import org.diadromi.registration.Registration;
import org.diadromi.registration.RegistrationService;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Asks a venture how it is doing. */
@Component
class FollowUpSurveyTask implements UserTask {

    private final CaseFiles cases;
    private final FollowUpService followUps;
    private final RegistrationService registrations;
    private final Texts texts;

    FollowUpSurveyTask(CaseFiles cases, FollowUpService followUps, RegistrationService registrations, Texts texts) {
        this.cases = cases;
        this.followUps = followUps;
        this.registrations = registrations;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_followUp_survey";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        int month = (Integer) task.value(Routing.followUpMonth);
        Registration registration = registrations.get(caseFile);
        String now = texts.of(
                "followUp.survey",
                month,
                registration.ventureName(),
                texts.option("legalForm", registration.legalForm().code()),
                texts.date(registration.answeredOn()));
        String before = followUps
                .previousWithJobs(caseFile, month)
                .map(previous -> "\n\n"
                        + texts.of(
                                "followUp.previous",
                                previous.followUpMonth(),
                                texts.option("ventureStatus", previous.survey().status()),
                                previous.survey().members(),
                                previous.survey().jobs()))
                .orElse("");
        return Map.of("surveyText", now + before);
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        String status = answer.text("ventureStatus");
        followUps.surveyed(
                cases.get(task.centreId(), task.caseNumber()),
                (Integer) task.value(Routing.followUpMonth),
                new Survey(
                        status,
                        answer.text("closedReason"),
                        answer.number("members"),
                        answer.number("jobsFull"),
                        answer.number("jobsPart"),
                        answer.number("jobsWomen"),
                        answer.number("jobsTarget"),
                        answer.decimal("turnover"),
                        answer.decimal("publicShare"),
                        answer.decimal("payroll"),
                        answer.number("nonMemberStaff"),
                        answer.decimal("fundingReceived"),
                        answer.number("peopleServed"),
                        answer.text("partners"),
                        answer.yesOrNo("needsHelp"),
                        answer.text("needs"),
                        answer.yesOrNo("publishConsent")),
                task.userId());
        return Map.of(Routing.ventureStatus, status);
    }
}
