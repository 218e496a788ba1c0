package org.diadromi.workflow;

import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;

/**
 * A history level that keeps processes, steps, tasks, incidents, job logs and what users did, and of the variables only the routing
 * variables: what a form showed or brought, and what a decision was told of a person, is never written. It keeps who was given a task;
 * which groups may take it on stands in the model.
 */
class RoutingHistory implements HistoryLevel {

    static final String NAME = "routing";

    @Override
    public int getId() {
        return 40;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean isHistoryEventProduced(HistoryEventType type, Object entity) {
        if (type == HistoryEventTypes.VARIABLE_INSTANCE_CREATE
                || type == HistoryEventTypes.VARIABLE_INSTANCE_UPDATE
                || type == HistoryEventTypes.VARIABLE_INSTANCE_MIGRATE
                || type == HistoryEventTypes.VARIABLE_INSTANCE_DELETE) {
            // Asked "in general" with no entity: yes, some are.
            return entity == null
                    || entity instanceof VariableInstanceEntity variable
                            && variable.getTaskId() == null
                            && Routing.allows(variable.getName());
        }
        if (type == HistoryEventTypes.IDENTITY_LINK_ADD || type == HistoryEventTypes.IDENTITY_LINK_DELETE) {
            return entity == null
                    || entity instanceof IdentityLinkEntity link && IdentityLinkType.ASSIGNEE.equals(link.getType());
        }
        return type != HistoryEventTypes.VARIABLE_INSTANCE_UPDATE_DETAIL
                && type != HistoryEventTypes.FORM_PROPERTY_UPDATE
                && type != HistoryEventTypes.DMN_DECISION_EVALUATE;
    }
}
