package org.diadromi.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/**
 * A logged-in person: one of the engine's users, with their roles in the centre they work in now. Whoever has roles in several
 * centres works in one of them at a time; whoever only supervises looks over all of theirs at once.
 */
public class EngineUser extends User {

    private final String displayName;
    private final String language;
    private final boolean admin;
    private final LinkedHashMap<String, List<String>> roles;
    private final String centre;
    private final StaffAccounts.State state;
    private final boolean proven;
    private final List<String> groups;

    /**
     * @param language el or en
     * @param roles the ids of the groups by centre, the centres in the order in which the person is asked
     * @param centre where the person works now; null for the first centre, and for whoever only supervises
     * @param state of the account when the person logged in, or since its last change
     * @param proven whether the person has given the second step of this login
     */
    EngineUser(
            String id,
            String displayName,
            String language,
            boolean admin,
            Map<String, List<String>> roles,
            String centre,
            StaffAccounts.State state,
            boolean proven) {
        super(
                id,
                "",
                groups(admin, roles, active(roles, centre)).stream()
                        .map(group -> new SimpleGrantedAuthority("ROLE_" + group))
                        .toList());
        this.displayName = displayName;
        this.language = language;
        this.admin = admin;
        this.roles = new LinkedHashMap<>(roles);
        this.centre = active(roles, centre);
        this.state = state;
        this.proven = proven;
        this.groups = groups(admin, roles, this.centre);
    }

    private static String active(Map<String, List<String>> roles, String centre) {
        if (roles.values().stream().flatMap(List::stream).noneMatch(EngineUser::isStaff)) {
            return null;
        }
        return centre != null && roles.containsKey(centre)
                ? centre
                : roles.keySet().iterator().next();
    }

    private static List<String> groups(boolean admin, Map<String, List<String>> roles, String centre) {
        List<String> groups = new ArrayList<>();
        if (admin) {
            groups.add(Role.ADMIN.groupId());
        }
        groups.addAll(
                centre == null
                        ? roles.values().stream()
                                .flatMap(List::stream)
                                .distinct()
                                .toList()
                        : roles.get(centre));
        return List.copyOf(groups);
    }

    private static boolean isStaff(String group) {
        return Role.of(group).isStaff();
    }

    /** First and last name. */
    public String displayName() {
        return displayName;
    }

    /** What the person reads pages in until they choose: el or en. */
    public String language() {
        return language;
    }

    /** The ids of the groups: the roles in the centre the person works in now. */
    public List<String> groups() {
        return groups;
    }

    /** The id of the centre the person works in now; for whoever only supervises, all of theirs. */
    public List<String> centres() {
        return centre == null ? List.copyOf(roles.keySet()) : List.of(centre);
    }

    /** The centres the person may work in, one at a time; empty for whoever only supervises. */
    public List<String> workplaces() {
        return centre == null ? List.of() : List.copyOf(roles.keySet());
    }

    /** Whether the person runs the installation. */
    public boolean isAdmin() {
        return admin;
    }

    /** The same person, who has given the second step of the login or not. */
    EngineUser proven(boolean given) {
        return new EngineUser(getUsername(), displayName, language, admin, roles, centre, state, given);
    }

    boolean isProven() {
        return proven;
    }

    /** Whether the login is complete: with the second step where the account has one. */
    public boolean isWhole() {
        return proven || !state.secondFactor();
    }

    /** Whether the person has one of these roles in any centre. */
    boolean mustHaveSecondFactor(Set<Role> demanding) {
        return admin && demanding.contains(Role.ADMIN)
                || roles.values().stream().flatMap(List::stream).map(Role::of).anyMatch(demanding::contains);
    }

    /** Whether the person may do nothing but choose a password of their own. */
    public boolean mustChangePassword() {
        return state.mustChangePassword();
    }

    StaffAccounts.State state() {
        return state;
    }

    /** The same person at work in another of their centres. */
    EngineUser in(String centreId) {
        return new EngineUser(getUsername(), displayName, language, admin, roles, centreId, state, proven);
    }

    String centre() {
        return centre;
    }
}
