package org.diadromi.workflow;

import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;

/**
 * A history level that keeps processes, steps, tasks, incidents, job logs and what users did, and of the variables only the routing
 * variables: what a form showed or brought, and what a decision was told of a person, is never written. Who was given a task stands in
 * what users did, and whose turn it was in the model.
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
        return type != HistoryEventTypes.IDENTITY_LINK_ADD
                && type != HistoryEventTypes.IDENTITY_LINK_DELETE
                && type != HistoryEventTypes.VARIABLE_INSTANCE_UPDATE_DETAIL
                && type != HistoryEventTypes.FORM_PROPERTY_UPDATE
                && type != HistoryEventTypes.DMN_DECISION_EVALUATE;
    }
}
