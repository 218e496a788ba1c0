package org.diadromi.privacy.process;

import org.diadromi.Texts;
import org.diadromi.privacy.DataRequests;
import org.springframework.stereotype.Component;

/** Hands over a copy of all that is held; the page of the requests has it. */
@Component
class CopyTask extends RequestTask {

    CopyTask(DataRequests requests, Texts texts) {
        super(requests, texts);
    }

    @Override
    public String id() {
        return "task_dataRequest_copy";
    }
}
