package org.diadromi.workflow;

import java.util.List;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** A logged-in person: one of the engine's users, with their roles and centres. */
public class EngineUser extends User {

    private final String displayName;
    private final List<String> groups;
    private final List<String> centres;

    EngineUser(String id, String displayName, List<String> groups, List<String> centres) {
        super(
                id,
                "",
                groups.stream()
                        .map(group -> new SimpleGrantedAuthority("ROLE_" + group))
                        .toList());
        this.displayName = displayName;
        this.groups = List.copyOf(groups);
        this.centres = List.copyOf(centres);
    }

    /** First and last name. */
    public String displayName() {
        return displayName;
    }

    /** The ids of the groups: the roles. */
    public List<String> groups() {
        return groups;
    }

    /** The ids of the centres. */
    public List<String> centres() {
        return centres;
    }

    /** Whether the person runs the installation. */
    public boolean isAdmin() {
        return groups.contains(Role.ADMIN.groupId());
    }
}
