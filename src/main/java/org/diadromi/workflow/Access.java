package org.diadromi.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.task.TaskQuery;
import org.diadromi.centre.Centre;
import org.diadromi.centre.CentreChanged;
import org.diadromi.centre.Centres;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps the engine's groups, tenants, grants and Tasklist filters as this application defines them. Grants are few: by role, on
 * process definitions. What separates the centres is the tenant of each process and task.
 */
@Component
class Access {

    private static final String ALL = Authorization.ANY;

    private final IdentityService identity;
    private final AuthorizationService authorizations;
    private final FilterService filters;
    private final TaskService tasks;
    private final Centres centres;

    Access(
            IdentityService identity,
            AuthorizationService authorizations,
            FilterService filters,
            TaskService tasks,
            Centres centres) {
        this.identity = identity;
        this.authorizations = authorizations;
        this.filters = filters;
        this.tasks = tasks;
        this.centres = centres;
    }

    /** Creates what is missing; what is there already stays. */
    void keep() {
        Set<String> groups =
                identity.createGroupQuery().list().stream().map(Group::getId).collect(Collectors.toSet());
        Set<String> tenants =
                identity.createTenantQuery().list().stream().map(Tenant::getId).collect(Collectors.toSet());
        for (Role role : Role.values()) {
            if (!groups.contains(role.groupId())) {
                Group group = identity.newGroup(role.groupId());
                group.setName(role.title());
                group.setType("DIADROMI");
                identity.saveGroup(group);
            }
        }
        for (Centre centre : centres.all()) {
            if (!tenants.contains(centre.id())) {
                Tenant tenant = identity.newTenant(centre.id());
                tenant.setName(centre.name());
                identity.saveTenant(tenant);
            }
        }
        grants();
        taskFilters();
    }

    /** A new centre is a tenant at once; groups, grants and filters are the same for all. */
    @EventListener
    void on(CentreChanged centre) {
        Tenant tenant = identity.createTenantQuery().tenantId(centre.id()).singleResult();
        if (tenant == null) {
            tenant = identity.newTenant(centre.id());
        }
        if (!centre.name().equals(tenant.getName())) {
            tenant.setName(centre.name());
            identity.saveTenant(tenant);
        }
    }

    private void grants() {
        Map<String, Authorization> known = authorizations.createAuthorizationQuery().list().stream()
                .filter(grant -> grant.getGroupId() != null)
                .collect(Collectors.toMap(
                        grant -> key(grant.getGroupId(), grant.getResourceType(), grant.getResourceId()),
                        Function.identity()));
        for (Role role : Role.values()) {
            rights(role).forEach(right -> grant(known, role.groupId(), right));
        }
    }

    /** What a role may do in the engine; each right is a grant in its database too, by which the engine's queries find. */
    static List<Right> rights(Role role) {
        if (role == Role.ADMIN) {
            return Stream.of(Resources.values())
                    .map(resource -> new Right(resource, ALL, Permissions.ALL))
                    .toList();
        }
        List<Right> rights = new ArrayList<>();
        rights.add(new Right(Resources.APPLICATION, "welcome", Permissions.ACCESS));
        if (role == Role.SUPERVISOR) {
            rights.add(new Right(Resources.APPLICATION, "cockpit", Permissions.ACCESS));
            rights.add(new Right(
                    Resources.PROCESS_DEFINITION, ALL, Permissions.READ, ProcessDefinitionPermissions.READ_INSTANCE));
            rights.add(new Right(Resources.DECISION_DEFINITION, ALL, Permissions.READ));
            return rights;
        }
        rights.add(new Right(Resources.APPLICATION, "tasklist", Permissions.ACCESS));
        rights.add(new Right(Resources.FILTER, ALL, Permissions.READ));
        // Tasklist writes whose turn it is with a group's name, and with its id to whoever may not read that.
        rights.add(new Right(Resources.GROUP, ALL, Permissions.READ));
        for (String process : role.processes()) {
            List<Permission> permissions = new ArrayList<>(List.of(
                    Permissions.READ,
                    ProcessDefinitionPermissions.READ_TASK,
                    ProcessDefinitionPermissions.TASK_WORK,
                    // To give a task back to its group; giving it to somebody is the coordinator's (EngineRequests).
                    ProcessDefinitionPermissions.TASK_ASSIGN,
                    ProcessDefinitionPermissions.READ_TASK_VARIABLE,
                    // The cards' variables are read by a query that knows no permission on tasks' variables.
                    ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE));
            if (Set.of("support-journey", "case-change", "data-subject-request").contains(process)) {
                permissions.add(Permissions.CREATE_INSTANCE);
            }
            rights.add(new Right(Resources.PROCESS_DEFINITION, process, permissions));
        }
        if (role.processes().contains("support-journey")) {
            rights.add(new Right(Resources.PROCESS_INSTANCE, ALL, Permissions.CREATE));
        }
        return rights;
    }

    private void grant(Map<String, Authorization> known, String group, Right right) {
        Authorization grant = known.get(key(group, right.resource().resourceType(), right.id()));
        if (grant == null) {
            grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            grant.setGroupId(group);
            grant.setResource(right.resource());
            grant.setResourceId(right.id());
        } else if (right.permissions().stream().allMatch(grant::isPermissionGranted)) {
            return;
        }
        right.permissions().forEach(grant::addPermission);
        authorizations.saveAuthorization(grant);
    }

    private static String key(String group, int resource, String id) {
        return group + "/" + resource + "/" + id;
    }

    private void taskFilters() {
        Set<String> known =
                filters.createFilterQuery().list().stream().map(Filter::getName).collect(Collectors.toSet());
        filter(known, "Της ομάδας μου", -40, "Όσα μπορώ να αναλάβω", ownGroups());
        filter(known, "Οι εργασίες μου", -30, "Όσα έχω αναλάβει", active().taskAssigneeExpression("${currentUser()}"));
        filter(
                known,
                "Λήγουν σήμερα",
                -20,
                "Η προθεσμία τους λήγει σήμερα",
                active().dueAfterExpression("${dateTime().withTimeAtStartOfDay()}")
                        .dueBeforeExpression("${dateTime().withTimeAtStartOfDay().plusDays(1)}"));
        filter(known, "Εκπρόθεσμες", -10, "Η προθεσμία τους πέρασε", active().dueBeforeExpression("${now()}"));
        filter(
                known,
                "Περιμένουμε άλλους",
                0,
                "Περιμένουμε το πρόσωπο, μια δομή ή το Μητρώο",
                active().taskDefinitionKeyIn(waitingForOthers()));
        filter(known, "Όλο το κέντρο", 10, "Όλες οι ανοιχτές εργασίες του κέντρου", active());
    }

    private TaskQuery ownGroups() {
        return active().taskUnassigned().taskCandidateGroupInExpression("${currentUserGroups()}");
    }

    /** Tasks of a paused case are suspended: they come back when the pause ends. */
    private TaskQuery active() {
        return tasks.createTaskQuery().active().orderByDueDate().asc();
    }

    private static String[] waitingForOthers() {
        return TasksByWaiting.others().toArray(String[]::new);
    }

    private void filter(Set<String> known, String name, int priority, String description, TaskQuery query) {
        if (known.contains(name)) {
            return;
        }
        Filter filter = filters.newTaskFilter(name);
        filter.setQuery(query);
        filter.setProperties(Map.of(
                "description",
                description,
                "priority",
                priority,
                "color",
                "#1f5f5b",
                "refresh",
                true,
                "showUndefinedVariable",
                false,
                "variables",
                List.of(
                        Map.of("name", CommonValues.CASE_NUMBER, "label", "Υπόθεση"),
                        Map.of("name", CommonValues.PERSON, "label", "Πρόσωπο"))));
        filters.saveFilter(filter);
    }
}
