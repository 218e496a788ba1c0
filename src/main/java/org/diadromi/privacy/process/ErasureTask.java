package org.diadromi.privacy.process;

import org.diadromi.Texts;
import org.diadromi.privacy.DataRequests;
import org.springframework.stereotype.Component;

/** Decides whether the person is erased; the process does it once the last mail is out. */
@Component
class ErasureTask extends RequestTask {

    ErasureTask(DataRequests requests, Texts texts) {
        super(requests, texts);
    }

    @Override
    public String id() {
        return "task_dataRequest_erasure";
    }
}
