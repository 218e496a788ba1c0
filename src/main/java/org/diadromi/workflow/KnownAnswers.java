package org.diadromi.workflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceManager;
import org.camunda.bpm.engine.task.Task;

/** Answers the engine's questions to the database where the answer is known here: each step waits for all of them, one by one. */
final class KnownAnswers {

    /** Opens ours for each command of the engine, instead of the engine's own. */
    static final List<SessionFactory> SESSIONS = List.of(
            opening(AuthorizationManager.class, RightsInMemory::new),
            opening(VariableInstanceManager.class, NoneOfNewTask::new),
            opening(TaskManager.class, OneTaskEach::new));

    private KnownAnswers() {}

    private static <S extends Session> SessionFactory opening(Class<S> type, Supplier<? extends S> ours) {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return type;
            }

            @Override
            public Session openSession() {
                return ours.get();
            }
        };
    }

    /** A task that this transaction has made and not yet written has no variables in the database. */
    private static final class NoneOfNewTask extends VariableInstanceManager {
        @Override
        public List<VariableInstanceEntity> findVariableInstancesByTaskIdAndVariableNames(
                String taskId, Collection<String> names) {
            TaskEntity task = getDbEntityManager().getCachedEntity(TaskEntity.class, taskId);
            return task != null && task.getRevision() == 0
                    ? new ArrayList<>()
                    : super.findVariableInstancesByTaskIdAndVariableNames(taskId, names);
        }
    }

    /**
     * An execution waits at one task at a time, also where several run side by side. What has been read and is deleted since is still in the
     * database, and one that is not yet written is not: the answer is the same as if it were asked.
     */
    private static final class OneTaskEach extends TaskManager {
        @Override
        public List<TaskEntity> findTasksByExecutionId(String executionId) {
            List<TaskEntity> read = getDbEntityManager().getCachedEntitiesByType(TaskEntity.class).stream()
                    .filter(task -> task.getRevision() > 0 && executionId.equals(task.getExecutionId()))
                    .collect(Collectors.toCollection(ArrayList::new));
            return read.isEmpty() ? super.findTasksByExecutionId(executionId) : read;
        }

        /** Tasks without a process are switched off ({@link EngineSetup}), and the task of another process does not end with this one. */
        @Override
        public List<Task> findTasksByParentTaskId(String taskId) {
            return new ArrayList<>();
        }
    }
}
