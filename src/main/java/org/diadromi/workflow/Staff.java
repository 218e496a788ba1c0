package org.diadromi.workflow;

import static java.util.Comparator.nullsFirst;

import java.text.Collator;
import java.util.Collection;
import java.util.Comparator;
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

    /** First and last name apart: between words, the order of the language looks at spaces last. */
    private static final Comparator<User> BY_NAME = Comparator.comparing(User::getFirstName, nullsFirst(GREEK))
            .thenComparing(User::getLastName, nullsFirst(GREEK));

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
        Map<String, String> names = new LinkedHashMap<>();
        if (!userIds.isEmpty()) {
            identity.createUserQuery().userIdIn(userIds.toArray(String[]::new)).list().stream()
                    .sorted(BY_NAME)
                    .forEach(user -> names.put(user.getId(), user.getFirstName() + " " + user.getLastName()));
        }
        userIds.forEach(userId -> names.putIfAbsent(userId, userId));
        return names;
    }
}
