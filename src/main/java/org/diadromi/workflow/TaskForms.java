package org.diadromi.workflow;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.task.Task;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Answers the form of a task from a page of the application, under the rules and rights that hold in Tasklist. */
@Service
public class TaskForms {

    /** An answer that its form or a rule refuses; the message is what Tasklist would show, in Greek. */
    public static final class Refused extends RuntimeException {
        private final transient Object why;

        private Refused(FormFieldValidationException refusal) {
            super(refusal.getMessage());
            this.why = refusal.getDetail();
        }

        /** What is wrong by the keys of the form's fields; empty when it is the answer as a whole. */
        public Map<String, RuleViolation> fields() {
            return why instanceof FormChecker.Refused refused ? refused.fields() : Map.of();
        }

        /** The rule that the answer as a whole breaks. */
        public Optional<RuleViolation> rule() {
            return why instanceof RuleViolation violation ? Optional.of(violation) : Optional.empty();
        }
    }

    private final TaskService tasks;
    private final FormService forms;
    private final IdentityService identity;

    TaskForms(TaskService tasks, FormService forms, IdentityService identity) {
        this.tasks = tasks;
        this.forms = forms;
        this.identity = identity;
    }

    /** Whether the centre's case waits for this task. */
    public boolean waits(String centreId, String caseNumber, String taskKey) {
        return task(centreId, caseNumber, taskKey).isPresent();
    }

    private Optional<Task> task(String centreId, String caseNumber, String taskKey) {
        return Optional.ofNullable(tasks.createTaskQuery()
                .processInstanceBusinessKey(caseNumber)
                .tenantIdIn(centreId)
                .taskDefinitionKey(taskKey)
                .active()
                .singleResult());
    }

    /**
     * Answers the task as the user, who takes it on if nobody has.
     *
     * @param answer the values by the form's keys
     * @throws Refused when the form or a rule refuses it; nothing is recorded then
     * @throws RuleViolation when the case does not wait for the task (any more)
     */
    @Transactional
    public void answer(
            String centreId, String caseNumber, String taskKey, Map<String, Object> answer, EngineUser user) {
        Task task = waiting(centreId, caseNumber, taskKey);
        identity.setAuthentication(user.getUsername(), user.groups(), user.centres());
        try {
            if (task.getAssignee() == null) {
                tasks.claim(task.getId(), user.getUsername());
            }
            submit(task, answer);
        } finally {
            identity.clearAuthentication();
        }
    }

    /**
     * Answers the task as the person of the case, who has no account: the page has seen to it that it is theirs to answer, and
     * has locked the case, so that two answers that come at once are taken one after the other.
     *
     * @param answer the values by the form's keys
     * @throws Refused when the form or a rule refuses it; nothing is recorded then
     * @throws RuleViolation when the case does not wait for the task (any more)
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void answerAsPerson(String centreId, String caseNumber, String taskKey, Map<String, Object> answer) {
        Task task = waiting(centreId, caseNumber, taskKey);
        identity.clearAuthentication();
        submit(task, answer);
    }

    private Task waiting(String centreId, String caseNumber, String taskKey) {
        return task(centreId, caseNumber, taskKey).orElseThrow(() -> new RuleViolation(Problem.TASK_DONE_ALREADY));
    }

    private void submit(Task task, Map<String, Object> answer) {
        try {
            forms.submitTaskForm(task.getId(), answer);
        } catch (FormFieldValidationException refusal) {
            throw new Refused(refusal);
        } catch (OptimisticLockingException meanwhile) {
            throw new RuleViolation(Problem.TASK_DONE_ALREADY);
        }
    }
}
