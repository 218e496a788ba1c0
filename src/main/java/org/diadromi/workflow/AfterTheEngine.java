package org.diadromi.workflow;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Puts work after the engine's own. The engine writes to the database when its work is done; what would change the same rows
 * has to wait for that, or the engine takes it for somebody else's.
 */
@Component
public class AfterTheEngine {

    private final IdentityService identity;

    AfterTheEngine(IdentityService identity) {
        this.identity = identity;
    }

    /** Does it once the engine has written, in the same transaction; the rights of who works now are not asked for. */
    public void then(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                Authentication before = identity.getCurrentAuthentication();
                identity.clearAuthentication();
                try {
                    work.run();
                } finally {
                    if (before != null) {
                        identity.setAuthentication(before);
                    }
                }
            }
        });
    }
}
