package org.diadromi.workflow;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.springframework.stereotype.Component;

/** The groups and tenants of a person in the engine: all that their roles need and no more, for its own web applications. */
@Component
class EngineMemberships {

    private final IdentityService identity;

    EngineMemberships(IdentityService identity) {
        this.identity = identity;
    }

    /** Makes the person a member of what these roles need, and of nothing else. */
    void keep(String userId, boolean administrator, Map<String, Set<Role>> roles) {
        Set<String> groups = roles.values().stream()
                .flatMap(Set::stream)
                .map(Role::groupId)
                .collect(Collectors.toCollection(HashSet::new));
        if (administrator) {
            groups.add(Role.ADMIN.groupId());
        }
        Set<String> groupsBefore = groups(userId);
        minus(groups, groupsBefore).forEach(group -> identity.createMembership(userId, group));
        minus(groupsBefore, groups).forEach(group -> identity.deleteMembership(userId, group));
        Set<String> centres = roles.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Set<String> centresBefore = centres(userId);
        minus(centres, centresBefore).forEach(centre -> identity.createTenantUserMembership(centre, userId));
        minus(centresBefore, centres).forEach(centre -> identity.deleteTenantUserMembership(centre, userId));
    }

    /** The ids of the groups of which the person is a member. */
    Set<String> groups(String userId) {
        return identity.createGroupQuery().groupMember(userId).list().stream()
                .map(Group::getId)
                .collect(Collectors.toSet());
    }

    /** The ids of the centres of which the person is a member. */
    Set<String> centres(String userId) {
        return identity.createTenantQuery().userMember(userId).list().stream()
                .map(Tenant::getId)
                .collect(Collectors.toSet());
    }

    private static Set<String> minus(Set<String> all, Set<String> without) {
        return all.stream().filter(id -> !without.contains(id)).collect(Collectors.toSet());
    }
}
