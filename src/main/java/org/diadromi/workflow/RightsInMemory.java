package org.diadromi.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.db.CompositePermissionCheck;
import org.camunda.bpm.engine.impl.db.PermissionCheck;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;

/**
 * Knows the rights of the roles without asking the database, which takes the engine two statements for each check and one more for each
 * task that ends. What no role allows is looked for in the database as ever: somebody may have been granted more. Nothing is
 * ever revoked there ({@code authorization-check-revokes: never}), so what a role allows is allowed. A role's own grants
 * cannot be taken away in the database: the lists would get shorter, the steps stay allowed.
 */
class RightsInMemory extends AuthorizationManager {

    private static final Map<String, List<Right>> BY_GROUP =
            Arrays.stream(Role.values()).collect(Collectors.toUnmodifiableMap(Role::groupId, Access::rights));

    @Override
    public boolean isAuthorized(String userId, List<String> groupIds, CompositePermissionCheck check) {
        return roleAllows(groupIds, check) || super.isAuthorized(userId, groupIds, check);
    }

    @Override
    public boolean isAuthorized(String userId, List<String> groupIds, PermissionCheck check) {
        return roleAllows(groupIds, check) || super.isAuthorized(userId, groupIds, check);
    }

    private boolean roleAllows(List<String> groupIds, CompositePermissionCheck check) {
        if (!check.getCompositeChecks().isEmpty() || check.getAtomicChecks().isEmpty()) {
            return false;
        }
        Predicate<PermissionCheck> allowed = atomic -> roleAllows(groupIds, atomic);
        return check.isDisjunctive()
                ? check.getAtomicChecks().stream().anyMatch(allowed)
                : check.getAtomicChecks().stream().allMatch(allowed);
    }

    private boolean roleAllows(List<String> groupIds, PermissionCheck check) {
        return groupIds != null
                && isResourceValidForPermission(check)
                && groupIds.stream()
                        .filter(Objects::nonNull)
                        .flatMap(group -> BY_GROUP.getOrDefault(group, List.of()).stream())
                        .anyMatch(right -> right.allows(check));
    }

    /** The engine would look which of the groups have any right at all. */
    @Override
    public List<String> filterAuthenticatedGroupIds(List<String> groupIds) {
        return groupIds == null ? EMPTY_LIST : new ArrayList<>(groupIds);
    }

    /**
     * None are written for a task or a process that runs ({@link NoRowsPerTask}). One that an administrator has granted by hand stays
     * behind, and gives nothing: no key comes twice.
     */
    @Override
    public void deleteAuthorizationsByResourceId(Resource resource, String resourceId) {
        if (resource != Resources.TASK
                && resource != Resources.HISTORIC_TASK
                && resource != Resources.PROCESS_INSTANCE) {
            super.deleteAuthorizationsByResourceId(resource, resourceId);
        }
    }
}
