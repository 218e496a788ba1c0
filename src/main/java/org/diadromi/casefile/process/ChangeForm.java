package org.diadromi.casefile.process;

import java.util.Map;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.StartForm;
import org.springframework.stereotype.Component;

/** Asks that a case pauses, goes on, or ends. */
@Component
class ChangeForm implements StartForm {

    private final CaseFiles cases;

    ChangeForm(CaseFiles cases) {
        this.cases = cases;
    }

    @Override
    public String id() {
        return "start_caseChange_request";
    }

    @Override
    public Started record(String centreId, String userId, Answer answer) {
        CaseFile caseFile = cases.get(centreId, answer.text("caseNumber"));
        Change change = Change.valueOf(answer.text("change"));
        switch (change) {
            case pause ->
                cases.pause(caseFile, answer.date("until"), answer.text("reason"), answer.text("note"), userId);
            case resume -> {
                if (caseFile.status() != CaseFile.Status.PAUSED) {
                    throw new RuleViolation(Problem.CASE_NOT_PAUSED, caseFile.number());
                }
            }
            case withdrawal, closing -> cases.explainEnd(caseFile, answer.text("reason"), answer.text("note"), userId);
        }
        return new Started(caseFile.number(), Map.of(Routing.change, change.name()));
    }

    /** What can be asked for, with the message that brings it to the case's journey. */
    enum Change {
        pause("CasePaused"),
        resume("CaseResumed"),
        withdrawal("CaseWithdrawn"),
        closing("CaseClosed");

        private final String message;

        Change(String message) {
            this.message = message;
        }

        String message() {
            return message;
        }
    }
}
