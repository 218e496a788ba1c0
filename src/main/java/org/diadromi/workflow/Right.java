package org.diadromi.workflow;

import java.util.List;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.impl.db.PermissionCheck;

/**
 * What a role may do with something of the engine.
 *
 * @param id of the one thing, or {@link Authorization#ANY}
 */
record Right(Resource resource, String id, List<Permission> permissions) {

    Right(Resource resource, String id, Permission... permissions) {
        this(resource, id, List.of(permissions));
    }

    /** Whether this right is enough for what the engine asks. */
    boolean allows(PermissionCheck check) {
        return resource.resourceType() == check.getResourceType()
                && (Authorization.ANY.equals(id) || id.equals(check.getResourceId()))
                && (bits() & check.getPerms()) == check.getPerms();
    }

    private int bits() {
        return permissions.stream().mapToInt(Permission::getValue).reduce(0, (a, b) -> a | b);
    }
}
