package org.diadromi.workflow;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/** Lets the application do something in the engine by itself: with nobody's rights, but within one centre. */
@Component
public class InCentre {

    private final IdentityService identity;

    InCentre(IdentityService identity) {
        this.identity = identity;
    }

    /** Does it in that centre, whoever is at work; what begins there belongs to the centre. */
    public void run(String centreId, Runnable work) {
        Authentication before = identity.getCurrentAuthentication();
        identity.setAuthentication(new Authentication(null, List.of(), List.of(centreId)));
        try {
            work.run();
        } finally {
            if (before == null) {
                identity.clearAuthentication();
            } else {
                identity.setAuthentication(before);
            }
        }
    }
}
