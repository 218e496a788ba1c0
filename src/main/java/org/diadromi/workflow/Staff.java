package org.diadromi.workflow;

import java.text.Collator;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.diadromi.Texts;
import org.springframework.stereotype.Component;

/** The people who work in the centres, as the engine's identity service knows them. */
@Component
public class Staff {

    private static final Collator GREEK = Collator.getInstance(Texts.GREEK);

    private final IdentityService identity;

    Staff(IdentityService identity) {
        this.identity = identity;
    }

    /** First and last name of a user id; the id itself where there is no such account any more. */
    public String name(String userId) {
        User user = identity.createUserQuery().userId(userId).singleResult();
        return user == null ? userId : user.getFirstName() + " " + user.getLastName();
    }

    /** The same for many at once, by user id; in the order of the names, as a list to choose from shows them. */
    public Map<String, String> names(Collection<String> userIds) {
        Map<String, String> names = new HashMap<>();
        userIds.forEach(userId -> names.put(userId, userId));
        if (!names.isEmpty()) {
            identity.createUserQuery()
                    .userIdIn(names.keySet().toArray(String[]::new))
                    .list()
                    .forEach(user -> names.put(user.getId(), user.getFirstName() + " " + user.getLastName()));
        }
        Map<String, String> inOrder = new LinkedHashMap<>();
        names.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(GREEK))
                .forEach(one -> inOrder.put(one.getKey(), one.getValue()));
        return inOrder;
    }
}
