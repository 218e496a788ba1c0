package org.diadromi.counselling.process;

import java.util.HashMap;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.centre.Centres;
import org.diadromi.counselling.Appointment;
import org.diadromi.counselling.Counselling;
import org.diadromi.counselling.Counselling.Outcome;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Records what became of an appointment: held, missed or moved. */
@Component
class RecordSessionTask implements UserTask {

    private final CaseFiles cases;
    private final Counselling counselling;
    private final Centres centres;
    private final Texts texts;

    RecordSessionTask(CaseFiles cases, Counselling counselling, Centres centres, Texts texts) {
        this.cases = cases;
        this.counselling = counselling;
        this.centres = centres;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_counselling_recordSession";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Appointment appointment = counselling.appointment(caseFile);
        String text = texts.of(
                "appointment.line",
                texts.moment(appointment.startsAt(), Texts.GREEK),
                appointment.minutes(),
                texts.option("mode", appointment.mode()),
                texts.option("area", appointment.area()));
        Map<String, Object> shown = new HashMap<>();
        shown.put("appointmentText", appointment.place() == null ? text : text + " · " + appointment.place());
        counselling.plan(caseFile).ifPresent(plan -> shown.put("planGoals", plan.goals()));
        return shown;
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        // The form hides all but the outcome unless the session was held: what is hidden is 0 or null here.
        Outcome outcome = new Outcome(
                answer.text("sessionOutcome"),
                answer.count("contactMinutes"),
                answer.count("preparationMinutes"),
                answer.text("area"),
                answer.text("fundingLine"),
                answer.text("sessionNote"),
                answer.text("goalsReached"),
                answer.text("nextStep"),
                answer.text("nextStepNote"),
                answer.date("nextStepDue"));
        int noShowsInRow = counselling.record(cases.get(task.centreId(), task.caseNumber()), outcome, task.userId());
        Map<Routing, Object> routing = new HashMap<>();
        routing.put(Routing.sessionOutcome, outcome.outcome());
        routing.put(Routing.noShowsInRow, noShowsInRow);
        routing.put(Routing.noShowLimit, centres.get(task.centreId()).noShowLimit());
        // Null unless the session was held, but always set: the gateway asks for it first, and would otherwise fail
        // on a person who never came, or follow the answer of an earlier session.
        routing.put(Routing.nextStep, outcome.nextStep());
        return routing;
    }
}
