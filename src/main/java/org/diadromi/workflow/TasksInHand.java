package org.diadromi.workflow;

import java.util.ArrayList;
import java.util.List;
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
public class TasksInHand {

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

    /**
     * Gives the tasks that somebody has taken on at a centre to another, as far as the other's roles go, and the rest of them
     * back to their groups; what has been lent to them stays.
     *
     * @return the ids of the tasks that the other has now
     */
    List<String> move(String from, String to, String centreId, Map<String, Set<Role>> roles) {
        List<String> moved = new ArrayList<>();
        for (Task task :
                tasks.createTaskQuery().taskAssignee(from).tenantIdIn(centreId).list()) {
            if (borrowed(task)) {
                continue;
            }
            if (mayWorkOn(task, roles)) {
                moved.add(task.getId());
                assign(task, to);
            } else {
                assign(task, null);
            }
        }
        return moved;
    }

    /** Gives what somebody still has of these tasks back to whom they were taken from, or to their groups. */
    void moveBack(List<String> taskIds, String from, String to, Map<String, Set<Role>> roles) {
        for (String id : taskIds) {
            Task task = tasks.createTaskQuery().taskId(id).taskAssignee(from).singleResult();
            if (task != null) {
                assign(task, mayWorkOn(task, roles) ? to : null);
            }
        }
    }

    /** Gives the tasks of one case that somebody has taken on to another. */
    public void handOver(String centreId, String caseNumber, String from, String to) {
        tasks.createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .tenantIdIn(centreId)
                .taskAssignee(from)
                .list()
                .forEach(task -> change(task, found -> found.setAssignee(to)));
    }

    /** Gives the tasks of one case that wait for a role, and that nobody has taken on, to one who has the role. */
    public void takeOn(String centreId, String caseNumber, Role role, String userId) {
        tasks.createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .tenantIdIn(centreId)
                .taskCandidateGroup(role.groupId())
                .taskUnassigned()
                .list()
                .forEach(task -> assign(task, userId));
    }

    private static boolean borrowed(Task task) {
        return task.getDelegationState() == DelegationState.PENDING;
    }

    private static boolean mayWorkOn(Task task, Map<String, Set<Role>> roles) {
        return mayWorkOn(task.getTaskDefinitionKey(), task.getTenantId(), roles);
    }

    /** Whether the roles allow to work on a task of that key at the centre. */
    static boolean mayWorkOn(String taskKey, String centreId, Map<String, Set<Role>> roles) {
        String process = TasksByWaiting.task(taskKey).process();
        return roles.getOrDefault(centreId, Set.of()).stream()
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
