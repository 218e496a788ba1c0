package org.diadromi.workflow;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.DelegationState;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The open tasks that members of the staff have taken on, those of paused cases too. */
@Component
class TasksInHand {

    private final TaskService tasks;
    private final ProcessEngine engine;

    TasksInHand(TaskService tasks, @Lazy ProcessEngine engine) {
        this.tasks = tasks;
        this.engine = engine;
    }

    /**
     * Gives the tasks that the person may not work on with these roles back to their groups, and to whoever had only lent
     * them; what the person has lent to others goes to the group when they are done.
     *
     * @param roles the roles that are left, by centre; empty for somebody who leaves
     */
    void giveBack(String userId, Map<String, Set<Role>> roles) {
        tasks.createTaskQuery().taskAssignee(userId).list().stream()
                .filter(task -> !mayWorkOn(task, roles))
                .forEach(task -> assign(task, borrowed(task) ? task.getOwner() : null));
        tasks.createTaskQuery().taskOwner(userId).list().stream()
                .filter(task -> !mayWorkOn(task, roles))
                .forEach(task -> change(task, found -> found.setOwner(null)));
    }

    private static boolean borrowed(Task task) {
        return task.getDelegationState() == DelegationState.PENDING;
    }

    private static boolean mayWorkOn(Task task, Map<String, Set<Role>> roles) {
        String process = TasksByWaiting.task(task.getTaskDefinitionKey()).process();
        return roles.getOrDefault(task.getTenantId(), Set.of()).stream()
                .anyMatch(role -> role.processes().contains(process));
    }

    private void assign(Task task, String userId) {
        change(task, found -> {
            found.setDelegationState(null);
            found.setAssignee(userId);
        });
    }

    /** The engine leaves the tasks of a paused case alone; who has them changes all the same. */
    private void change(Task task, Consumer<TaskEntity> work) {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getCommandExecutorTxRequired()
                .execute((Command<Void>) context -> {
                    TaskEntity found = context.getTaskManager().findTaskById(task.getId());
                    boolean paused = found.isSuspended();
                    if (paused) {
                        found.setSuspensionState(SuspensionState.ACTIVE.getStateCode());
                    }
                    work.accept(found);
                    found.triggerUpdateEvent();
                    if (paused) {
                        found.setSuspensionState(SuspensionState.SUSPENDED.getStateCode());
                    }
                    return null;
                });
    }
}
