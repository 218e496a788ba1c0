package org.diadromi.counselling.process;

import java.time.LocalDateTime;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.centre.Centres;
import org.diadromi.counselling.Counselling;
import org.diadromi.counselling.Counselling.Session;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** A call to a person who has stopped coming, before counselling is given up. */
@Component
class CallTask implements UserTask {

    private final CaseFiles cases;
    private final Counselling counselling;
    private final Centres centres;
    private final Texts texts;

    CallTask(CaseFiles cases, Counselling counselling, Centres centres, Texts texts) {
        this.cases = cases;
        this.counselling = counselling;
        this.centres = centres;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_counselling_call";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        return Map.of("callReason", reason(cases.get(task.centreId(), task.caseNumber())));
    }

    private String reason(CaseFile caseFile) {
        int noShows = counselling.noShowsInRow(caseFile);
        if (noShows >= centres.get(caseFile.centreId()).noShowLimit()) {
            return texts.of("call.noShows", noShows);
        }
        return counselling.sessions(caseFile).stream()
                .filter(session -> session.outcome().equals(Counselling.ATTENDED))
                .map(Session::startsAt)
                .max(LocalDateTime::compareTo)
                .map(last -> texts.of("call.inactive", texts.date(last.toLocalDate())))
                .orElseGet(() -> texts.of(
                        "call.neverMet",
                        texts.date(counselling.progress(caseFile).begunAt().toLocalDate())));
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        boolean goesOn = counselling.called(
                cases.get(task.centreId(), task.caseNumber()),
                answer.text("callOutcome"),
                answer.text("note"),
                task.userId());
        return goesOn
                ? Map.of(Routing.callOutcome, "continue")
                : Map.of(Routing.callOutcome, "stop", Routing.conclusion, Counselling.STOP);
    }
}
