package org.diadromi.demo.process;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.variable.SpinValues;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.demo.Work;
import org.diadromi.workflow.TasksByWaiting;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** The staff's work as Tasklist does it: claimed, and answered through the forms. */
@Component
@ConditionalOnProperty("diadromi.demo")
class EngineWork implements Work {

    private final IdentityService identity;
    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final FormService forms;
    private final ManagementService management;
    private final Map<String, String> definitions = new HashMap<>();

    EngineWork(
            IdentityService identity,
            RepositoryService repository,
            RuntimeService runtime,
            TaskService tasks,
            FormService forms,
            ManagementService management) {
        this.identity = identity;
        this.repository = repository;
        this.runtime = runtime;
        this.tasks = tasks;
        this.forms = forms;
        this.management = management;
    }

    @Override
    public String register(Person person, Map<String, Object> form) {
        return as(
                person,
                () -> forms.submitStartForm(definition("support-journey"), variables(form))
                        .getBusinessKey());
    }

    @Override
    public void change(Person person, Map<String, Object> form) {
        as(person, () -> forms.submitStartForm(definition("case-change"), variables(form)));
    }

    private String definition(String key) {
        return definitions.computeIfAbsent(
                key,
                unknown -> repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(unknown)
                        .latestVersion()
                        .singleResult()
                        .getId());
    }

    @Override
    public List<OpenTask> openTasks(String caseNumber) {
        return tasks.createTaskQuery().processInstanceBusinessKey(caseNumber).list().stream()
                .map(task -> new OpenTask(
                        task.getId(),
                        task.getTaskDefinitionKey(),
                        caseNumber,
                        task.getTenantId(),
                        Arrays.asList(TasksByWaiting.task(task.getTaskDefinitionKey())
                                .groups()
                                .split("\\s*,\\s*")),
                        task.getAssignee(),
                        inAthens(task.getCreateTime()),
                        inAthens(task.getDueDate())))
                .toList();
    }

    @Override
    public Result claim(Person person, String taskId) {
        return whereOpen(taskId, task -> {
            if (task.getAssignee() == null) {
                as(person, () -> {
                    tasks.claim(taskId, person.id());
                    return null;
                });
            }
        });
    }

    @Override
    public Result submit(Person person, String taskId, Map<String, Object> form, Map<String, String> allOf) {
        return whereOpen(
                taskId,
                task -> as(person, () -> {
                    Map<String, Object> full = new HashMap<>(form);
                    allOf.forEach((key, optionsKey) -> full.put(
                            key,
                            Spin.JSON(String.valueOf(tasks.getVariableLocal(taskId, optionsKey))).elements().stream()
                                    .map(option -> option.prop("value").stringValue())
                                    .toList()));
                    if (task.getAssignee() == null) {
                        tasks.claim(taskId, person.id());
                    }
                    forms.submitTaskForm(taskId, variables(full));
                    return null;
                }));
    }

    private Result whereOpen(String taskId, java.util.function.Consumer<Task> work) {
        Task task = tasks.createTaskQuery().taskId(taskId).singleResult();
        if (task == null) {
            return Result.GONE;
        }
        if (task.isSuspended()) {
            return Result.PAUSED;
        }
        work.accept(task);
        return Result.DONE;
    }

    @Override
    public Optional<Timer> nextTimer(LocalDateTime before) {
        return management
                .createJobQuery()
                .active()
                .withRetriesLeft()
                .timers()
                .duedateLowerThan(
                        Date.from(before.atZone(BusinessCalendar.ATHENS).toInstant()))
                .orderByJobDuedate()
                .asc()
                .listPage(0, 5)
                .stream()
                // The engine's own clean-up comes by every night and is no part of the story.
                .filter(job -> job.getProcessDefinitionId() != null)
                .findFirst()
                .map(job -> new Timer(job.getId(), inAthens(job.getDuedate())));
    }

    @Override
    public Optional<String> fire(String timerId) {
        Job job = management.createJobQuery().jobId(timerId).singleResult();
        if (job == null) {
            return Optional.empty();
        }
        Optional<String> caseNumber = Optional.ofNullable(runtime.createProcessInstanceQuery()
                        .processInstanceId(job.getProcessInstanceId())
                        .singleResult())
                .map(ProcessInstance::getBusinessKey);
        management.executeJob(timerId);
        return caseNumber;
    }

    private <T> T as(Person person, Supplier<T> work) {
        identity.setAuthentication(person.id(), person.groups(), List.of(person.centreId()));
        try {
            return work.get();
        } finally {
            identity.clearAuthentication();
        }
    }

    /** As Tasklist sends them: lists as JSON, everything else as it is. */
    private static VariableMap variables(Map<String, Object> form) {
        VariableMap variables = Variables.createVariables();
        form.forEach((key, value) -> {
            if (value instanceof List<?> list) {
                variables.putValueTyped(
                        key, SpinValues.jsonValue(Spin.JSON(list).toString()).create());
            } else {
                variables.put(key, value);
            }
        });
        return variables;
    }

    private static LocalDateTime inAthens(Date moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment.toInstant(), BusinessCalendar.ATHENS);
    }
}
