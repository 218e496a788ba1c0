package org.diadromi.privacy.process;

import java.util.Map;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.privacy.DataRequests;
import org.diadromi.workflow.Answer;
import org.diadromi.workflow.Routing;
import org.diadromi.workflow.StartForm;
import org.springframework.stereotype.Component;

/** A member of staff registers what a person asks of their data. */
@Component
class ReceivedForm implements StartForm {

    private final CaseFiles cases;
    private final DataRequests requests;

    ReceivedForm(CaseFiles cases, DataRequests requests) {
        this.cases = cases;
        this.requests = requests;
    }

    @Override
    public String id() {
        return "start_dataRequest_received";
    }

    @Override
    public Started record(String centreId, String userId, Answer answer) {
        CaseFile caseFile = cases.get(centreId, answer.text("caseNumber"));
        String kind = answer.text("kind");
        long id = requests.receive(
                caseFile, kind, answer.date("receivedOn"), answer.text("channel"), answer.text("details"), userId);
        return new Started(caseFile.number(), routing(id, kind));
    }

    /** What the process has to know from its beginning. */
    static Map<Routing, Object> routing(long requestId, String kind) {
        return Map.of(Routing.requestId, requestId, Routing.requestKind, kind);
    }
}
