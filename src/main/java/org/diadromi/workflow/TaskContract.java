package org.diadromi.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.task.DelegationState;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.plugin.variable.SpinValues;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.privacy.Audit;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The contract between a model's user task, its form and its class: shows the values when the task is created, checks the
 * answer and hands it over when the form is submitted, in the transaction that completes the task. What a form brought never
 * becomes a variable of the engine.
 */
@Component
class TaskContract {

    /** Where a refusal waits for the filter that puts it into the response, in the request's attributes. */
    static final String REFUSAL = TaskContract.class.getName() + ".refusal";

    private static final String ANSWERED = "answeredByForm";
    private static final String DECIDED = "decidedByAnswer";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, UserTask> userTasks;
    private final Map<String, StartForm> startForms;
    private final CommonValues common;
    private final FormChecker checker;
    private final Audit audit;
    private final Texts texts;
    private final MeterRegistry meters;
    private final Supplier<RepositoryService> repository;
    private final Map<String, Form> forms = new ConcurrentHashMap<>();

    TaskContract(
            List<UserTask> userTasks,
            List<StartForm> startForms,
            CommonValues common,
            FormChecker checker,
            Audit audit,
            Texts texts,
            MeterRegistry meters,
            @Lazy RepositoryService repository) {
        this.userTasks = userTasks.stream().collect(Collectors.toUnmodifiableMap(UserTask::id, Function.identity()));
        this.startForms = startForms.stream().collect(Collectors.toUnmodifiableMap(StartForm::id, Function.identity()));
        this.common = common;
        this.checker = checker;
        this.audit = audit;
        this.texts = texts;
        this.meters = meters;
        this.repository = () -> repository;
    }

    /** The ids of the user tasks that have a class. */
    Set<String> userTaskIds() {
        return userTasks.keySet();
    }

    /** The ids of the start events with a form that have a class. */
    Set<String> startFormIds() {
        return startForms.keySet();
    }

    /**
     * Gives a new task to whom it belongs, and puts what the form shows on it, as its own variables: they go when the task goes. A text that fills
     * no field is read as Markdown by the form; links are those of the form itself.
     */
    void show(String deploymentId, DelegateTask task) {
        TaskContext context = context(task, null);
        UserTask userTask = userTask(task.getTaskDefinitionKey());
        userTask.assignee(context).ifPresent(task::setAssignee);
        Map<String, Object> values = new HashMap<>(userTask.isOfOwnCase() ? common.of(context) : Map.of());
        values.putAll(userTask.show(context));
        userTask.name(context).ifPresent(task::setName);
        Set<String> fields = form(deploymentId, task.getTaskDefinitionKey()).fields().stream()
                .map(Form.Field::key)
                .collect(Collectors.toSet());
        VariableMap variables = Variables.createVariables();
        values.forEach((key, value) -> {
            if (value != null) {
                boolean isRead = value instanceof String && !fields.contains(key);
                putShown(variables, key, isRead ? Markdown.withoutLinks((String) value) : value);
            }
        });
        task.setVariablesLocal(variables);
    }

    /** Checks and records a submitted form and sets the routing variables; the engine completes the task right after. */
    void submit(String deploymentId, DelegateTask task, Map<String, Object> submitted) {
        if (((org.camunda.bpm.engine.task.Task) task).getDelegationState() == DelegationState.PENDING) {
            throw refusal(texts.of("problem." + Problem.TASK_IS_DELEGATED));
        }
        DelegateExecution instance = task.getExecution().getProcessInstance();
        Map<Routing, Object> routing = refusing(task.getTaskDefinitionKey(), () -> {
            Answer answer =
                    checker.check(form(deploymentId, task.getTaskDefinitionKey()), submitted, task.getVariablesLocal());
            return userTask(task.getTaskDefinitionKey()).record(context(task, userId()), answer);
        });
        audit.record(Audit.Action.CHANGED, task.getTenantId(), instance.getProcessBusinessKey(), task.getName());
        routing.forEach((variable, value) -> instance.setVariable(variable.name(), value));
        task.setVariableLocal(ANSWERED, Variables.booleanValue(true, true));
        Arrays.stream(Routing.values())
                .map(routing::get)
                .filter(String.class::isInstance)
                .findFirst()
                .ifPresent(decided -> task.setVariableLocal(DECIDED, Variables.stringValue((String) decided, true)));
    }

    /** Refuses a completion that brought no form: nothing has been recorded for it. */
    void requireAnswered(DelegateTask task) {
        if (!Boolean.TRUE.equals(task.getVariableLocal(ANSWERED))) {
            throw refusal(texts.of("problem." + Problem.TASK_NEEDS_ITS_FORM));
        }
    }

    /** What the submitted form decided: the first of its routing variables that is a word; null when it decided nothing. */
    String decided(DelegateTask task) {
        return (String) task.getVariableLocal(DECIDED);
    }

    /** Checks and records a submitted start form; the process starts right after, with the case's number as business key. */
    void submitStart(
            String deploymentId, String startEventId, DelegateExecution execution, Map<String, Object> submitted) {
        StartForm startForm = Optional.ofNullable(startForms.get(startEventId))
                .orElseThrow(() -> new IllegalStateException("No class for the start form " + startEventId));
        StartForm.Started started = refusing(
                startEventId,
                () -> startForm.record(
                        execution.getTenantId(),
                        userId(),
                        checker.check(form(deploymentId, startEventId), submitted, Map.of())));
        execution.setProcessBusinessKey(started.caseNumber());
        audit.record(
                Audit.Action.CHANGED,
                execution.getTenantId(),
                started.caseNumber(),
                execution.getCurrentActivityName());
        started.routing().forEach((variable, value) -> execution.setVariable(variable.name(), value));
    }

    static FormFieldValidationException refusal(String message) {
        return refusal(message, message);
    }

    /**
     * The refusal as the engine's REST resources turn it into a response with status 400.
     *
     * @param why what was refused, for pages of the application that say it in other words
     */
    private static FormFieldValidationException refusal(String message, Object why) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(REFUSAL, message, RequestAttributes.SCOPE_REQUEST);
        }
        return new FormFieldValidationException(why, message);
    }

    private <T> T refusing(String form, Supplier<T> work) {
        try {
            return work.get();
        } catch (FormChecker.Refused e) {
            meters.counter("diadromi.form.rejects", "form", form).increment();
            throw refusal(e.getMessage(), e);
        } catch (RuleViolation e) {
            meters.counter("diadromi.form.rejects", "form", form).increment();
            throw refusal(texts.of(Texts.GREEK, e), e);
        }
    }

    private UserTask userTask(String id) {
        UserTask userTask = userTasks.get(id);
        if (userTask == null) {
            throw new IllegalStateException("No class for the user task " + id);
        }
        return userTask;
    }

    /** The form as it was deployed with the task's process: an old process is held against its own form. */
    private Form form(String deploymentId, String id) {
        return forms.computeIfAbsent(deploymentId + "/" + id, key -> {
            try (InputStream in = repository.get().getResourceAsStream(deploymentId, id + ".form")) {
                return Form.read(in.readAllBytes());
            } catch (IOException e) {
                throw new IllegalStateException("The form " + id + " cannot be read", e);
            }
        });
    }

    private static TaskContext context(DelegateTask task, String userId) {
        DelegateExecution execution = task.getExecution();
        return new TaskContext(
                execution.getProcessBusinessKey(),
                task.getTenantId(),
                userId,
                variable -> execution.getVariable(variable.name()));
    }

    private static String userId() {
        Authentication authentication =
                org.camunda.bpm.engine.impl.context.Context.getCommandContext().getAuthentication();
        return authentication == null ? null : authentication.getUserId();
    }

    private static void putShown(VariableMap variables, String key, Object value) {
        if (value instanceof Collection<?>) {
            try {
                variables.putValueTyped(
                        key,
                        SpinValues.jsonValue(JSON.writeValueAsString(value)).create());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        } else if (value instanceof Temporal) {
            variables.putValue(key, value.toString());
        } else {
            variables.putValue(key, value);
        }
    }
}
