package org.diadromi.counselling.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.counselling.Counselling;
import org.diadromi.counselling.Counselling.Progress;
import org.diadromi.counselling.Counselling.Session;
import org.diadromi.referral.Referral;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.Structures;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Markdown;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.TaskContext;
import org.diadromi.workflow.UserTask;
import org.springframework.stereotype.Component;

/** Sums the counselling up and says how the person goes on. */
@Component
class ConcludeTask implements UserTask {

    /** So many sessions are listed one by one, the latest: a form's text has its limits. */
    private static final int LISTED = 20;

    private final CaseFiles cases;
    private final Counselling counselling;
    private final Referrals referrals;
    private final Structures structures;
    private final Texts texts;

    ConcludeTask(CaseFiles cases, Counselling counselling, Referrals referrals, Structures structures, Texts texts) {
        this.cases = cases;
        this.counselling = counselling;
        this.referrals = referrals;
        this.structures = structures;
        this.texts = texts;
    }

    @Override
    public String id() {
        return "task_counselling_conclude";
    }

    @Override
    public Map<String, Object> show(TaskContext task) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        Progress progress = counselling.progress(caseFile);
        Map<String, Object> shown = new HashMap<>();
        shown.put("sessionsSummary", summary(counselling.sessions(caseFile), progress));
        shown.put("structureOptions", structures.offered(task.centreId()));
        if (progress.summary() != null) {
            Referral tried = referrals.latest(caseFile);
            shown.put("referralAnswer", answer(tried));
            shown.put("path", tried.path());
            shown.put("summary", progress.summary());
        }
        return shown;
    }

    private String answer(Referral tried) {
        String text = texts.of(
                "conclusion.tried",
                Markdown.plain(tried.structure()),
                texts.option("structureAnswer", tried.structureAnswer()),
                texts.date(tried.structureAnsweredAt().toLocalDate()));
        return tried.structureNote() == null ? text : text + "\n\n" + Markdown.plain(tried.structureNote());
    }

    private String summary(List<Session> sessions, Progress progress) {
        List<String> lines = new ArrayList<>();
        lines.add(texts.of(
                "sessions.summary",
                count(sessions, Counselling.ATTENDED),
                progress.plannedSessions(),
                count(sessions, Counselling.NO_SHOW),
                sessions.stream().mapToInt(Session::contactMinutes).sum(),
                sessions.stream().mapToInt(Session::preparationMinutes).sum()));
        lines.add("");
        sessions.stream()
                .skip(Math.max(0, sessions.size() - LISTED))
                .map(session -> "- "
                        + texts.of(
                                "session.line",
                                texts.date(session.startsAt().toLocalDate()),
                                texts.option("area", session.area()),
                                texts.option("sessionOutcome", session.outcome())))
                .forEach(lines::add);
        if (progress.callNote() != null) {
            lines.add("");
            lines.add(texts.of("sessions.callNote", progress.callNote()));
        }
        return String.join("\n", lines);
    }

    private static long count(List<Session> sessions, String outcome) {
        return sessions.stream()
                .filter(session -> session.outcome().equals(outcome))
                .count();
    }

    @Override
    public Map<Routing, Object> record(TaskContext task, Answer answer) {
        CaseFile caseFile = cases.get(task.centreId(), task.caseNumber());
        String conclusion = answer.text("conclusion");
        String path = answer.text("path");
        // Cases under a model of before have a form without a path: it names a structure, and nobody is asked.
        counselling.conclude(
                caseFile, conclusion, answer.text("summary"), answer.text("referralStructure"), task.userId());
        boolean asked =
                path != null && referrals.refer(caseFile, path, Referrals.Destination.of(answer), task.userId());
        return Map.of(Routing.conclusion, conclusion, Routing.structureTold, asked);
    }
}
