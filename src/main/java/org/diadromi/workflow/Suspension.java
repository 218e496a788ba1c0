package org.diadromi.workflow;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Lets the processes that another one has called rest, and takes them up again. */
@Component
public class Suspension {

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final IdentityService identity;

    Suspension(RuntimeService runtime, TaskService tasks, ManagementService management, IdentityService identity) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.identity = identity;
    }

    /** Suspends what the process has called: its tasks leave the lists and its timers rest. */
    public void suspend(String processInstanceId) {
        called(processInstanceId).forEach(runtime::suspendProcessInstanceById);
    }

    /**
     * Takes up what the process has called; what was due in the meantime is due later by the length of the pause.
     *
     * @param fixed the ids of the tasks and timers that are due when they are due, pause or not
     */
    public void resume(String processInstanceId, Duration pause, Set<String> fixed) {
        List<String> called = called(processInstanceId);
        called.forEach(runtime::activateProcessInstanceById);
        // The engine writes the activation when its work is done, over the heads of jobs and tasks read before: so
        // these
        // are read and written after it, in the same transaction, and without asking for the rights of who resumes.
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                Authentication before = identity.getCurrentAuthentication();
                identity.clearAuthentication();
                try {
                    called.forEach(id -> putOff(id, pause, fixed));
                } finally {
                    if (before != null) {
                        identity.setAuthentication(before);
                    }
                }
            }
        });
    }

    private List<String> called(String processInstanceId) {
        return runtime.createProcessInstanceQuery().superProcessInstanceId(processInstanceId).list().stream()
                .map(ProcessInstance::getId)
                .toList();
    }

    private void putOff(String processInstanceId, Duration by, Set<String> fixed) {
        Set<String> fixedTimers =
                management.createJobDefinitionQuery().activityIdIn(fixed.toArray(String[]::new)).list().stream()
                        .map(JobDefinition::getId)
                        .collect(Collectors.toSet());
        for (Job job :
                management.createJobQuery().processInstanceId(processInstanceId).list()) {
            if (job.getDuedate() != null && !fixedTimers.contains(job.getJobDefinitionId())) {
                management.setJobDuedate(job.getId(), later(job.getDuedate(), by));
            }
        }
        for (Task task :
                tasks.createTaskQuery().processInstanceId(processInstanceId).list()) {
            if (task.getDueDate() != null && !fixed.contains(task.getTaskDefinitionKey())) {
                task.setDueDate(later(task.getDueDate(), by));
                tasks.saveTask(task);
            }
        }
    }

    private static Date later(Date date, Duration by) {
        return Date.from(date.toInstant().plus(by));
    }
}
