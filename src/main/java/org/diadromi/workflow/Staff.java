package org.diadromi.workflow;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

    /** The same for many at once, by user id. */
    public Map<String, String> names(Collection<String> userIds) {
        Map<String, String> names = new HashMap<>();
        userIds.forEach(userId -> names.put(userId, userId));
        if (!names.isEmpty()) {
            identity.createUserQuery()
                    .userIdIn(names.keySet().toArray(String[]::new))
                    .list()
                    .forEach(user -> names.put(user.getId(), user.getFirstName() + " " + user.getLastName()));
        }
        return names;
    }
}
