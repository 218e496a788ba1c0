package org.diadromi.workflow;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.stereotype.Component;

/** The people who work in the centres, as the engine's identity service knows them. */
@Component
public class Staff {

    private final IdentityService identity;

    Staff(IdentityService identity) {
        this.identity = identity;
    }

    /** First and last name of a user id; the id itself where there is no such account any more. */
    public String name(String userId) {
        User user = identity.createUserQuery().userId(userId).singleResult();
        return user == null ? userId : user.getFirstName() + " " + user.getLastName();
    }
}
