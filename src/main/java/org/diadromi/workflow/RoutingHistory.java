package org.diadromi.workflow;

import java.util.Optional;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.HistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricScopeInstanceEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricTaskInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;
import org.camunda.bpm.engine.impl.persistence.entity.IdentityLinkEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.task.IdentityLinkType;

/**
 * A history level that keeps processes, steps, tasks, incidents, the failures of jobs and what users did, and of the variables only the
 * routing variables: what a form showed or brought, and what a decision was told of a person, is never written. It keeps who was given a
 * task; which groups may take it on stands in the model. That a job was made and done is what its step says.
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
                && type != HistoryEventTypes.JOB_CREATE
                && type != HistoryEventTypes.JOB_SUCCESS
                && type != HistoryEventTypes.JOB_DELETE
                && type != HistoryEventTypes.DMN_DECISION_EVALUATE;
    }

    /** Writes it, with what the engine would write or read besides left out. */
    static final class Writer extends DbHistoryEventHandler {

        /** That a task was completed and by whom stands in the audit with the answer, so it is no operation besides. */
        @Override
        public void handleEvent(HistoryEvent event) {
            if (!(event instanceof UserOperationLogEntryEventEntity operation)
                    || !UserOperationLogEntry.OPERATION_TYPE_COMPLETE.equals(operation.getOperationType())) {
                super.handleEvent(event);
            }
        }

        /**
         * The engine reads the beginning of whatever changes, to know how long it took. A task knows its own, and the history of a task and of
         * its step begins when the task does.
         */
        @Override
        protected void insertOrUpdate(HistoryEvent event) {
            if (event instanceof HistoricScopeInstanceEvent change) {
                Optional<TaskEntity> task = taskOf(change);
                task.ifPresent(known -> change.setStartTime(known.getCreateTime()));
                if (task.isPresent()
                        && !isInitialEvent(change)
                        && getDbEntityManager().getCachedEntity(change.getClass(), change.getId()) == null) {
                    getDbEntityManager().merge(change);
                    return;
                }
            }
            super.insertOrUpdate(event);
        }

        private Optional<TaskEntity> taskOf(HistoricScopeInstanceEvent change) {
            if (change instanceof HistoricTaskInstanceEventEntity ofTask) {
                return task(ofTask.getTaskId());
            }
            if (!(change instanceof HistoricActivityInstanceEventEntity step) || isInitialEvent(change)) {
                return Optional.empty();
            }
            return step.getTaskId() != null
                    ? task(step.getTaskId())
                    : getDbEntityManager().getCachedEntitiesByType(TaskEntity.class).stream()
                            .filter(task -> step.getExecutionId().equals(task.getExecutionId())
                                    && step.getActivityId().equals(task.getTaskDefinitionKey()))
                            .findFirst();
        }

        private static Optional<TaskEntity> task(String id) {
            return Optional.ofNullable(
                    Context.getCommandContext().getTaskManager().findTaskById(id));
        }
    }
}
