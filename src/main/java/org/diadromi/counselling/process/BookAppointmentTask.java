package org.diadromi.counselling.process;

import java.util.List;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.counselling.Counselling;
import org.diadromi.counselling.Counselling.Session;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Fixes the time of the next session, with what was agreed at the last one in view. */
@Component
class BookAppointmentTask implements UserTask {

    private final CaseFiles cases;
    private final Counselling counselling;
    private final Texts texts;

    BookAppointmentTask(CaseFiles cases, Counselling counselling, Texts texts) {
        this.cases = cases;
        this.counselling = counselling;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_counselling_bookAppointment";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        List<Session> sessions = counselling.sessions(cases.get(task.centreId(), task.caseNumber()));
        return sessions.isEmpty() ? Map.of() : Map.of("lastSession", text(sessions.get(sessions.size() - 1)));
    }

    private String text(Session last) {
        StringBuilder text = new StringBuilder(texts.of(
                "session.line",
                texts.date(last.startsAt().toLocalDate()),
                texts.option("area", last.area()),
                texts.option("sessionOutcome", last.outcome())));
        if (last.note() != null) {
            text.append("\n\n").append(last.note());
        }
        if (last.goalsReached() != null) {
            text.append("\n\n").append(texts.of("session.goalsReached", last.goalsReached()));
        }
        if (last.nextStepNote() != null) {
            text.append("\n\n").append(texts.of("session.agreed", last.nextStepNote()));
        }
        if (last.nextStepDue() != null) {
            text.append("\n\n").append(texts.of("session.due", texts.date(last.nextStepDue())));
        }
        return text.toString();
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        counselling.book(
                cases.get(task.centreId(), task.caseNumber()),
                answer.moment("appointmentAt"),
                answer.number("minutes"),
                answer.text("mode"),
                answer.text("place"),
                answer.text("area"),
                task.userId());
        return Map.of();
    }
}
