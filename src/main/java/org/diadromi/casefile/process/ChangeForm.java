package org.diadromi.casefile.process;

import java.util.Map;
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
    private final EngineCaseChanges changes;

    ChangeForm(CaseFiles cases, EngineCaseChanges changes) {
        this.cases = cases;
        this.changes = changes;
    }

    @Override
    public String id() {
        return "start_caseChange_request";
    }

    @Override
    public Started record(String centreId, String userId, Answer answer) {
        CaseFile caseFile = cases.get(centreId, answer.text("caseNumber"));
        Change change = Change.valueOf(answer.text("change"));
        changes.record(caseFile, change, answer.date("until"), answer.text("reason"), answer.text("note"), userId);
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
