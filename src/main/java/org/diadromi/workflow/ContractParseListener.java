package org.diadromi.workflow;

import java.time.LocalDateTime;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.form.StartFormData;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.form.handler.DelegateStartFormHandler;
import org.camunda.bpm.engine.impl.form.handler.DelegateTaskFormHandler;
import org.camunda.bpm.engine.impl.form.handler.FormHandler;
import org.camunda.bpm.engine.impl.form.handler.StartFormHandler;
import org.camunda.bpm.engine.impl.form.handler.TaskFormHandler;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.variable.VariableMap;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.supervision.Facts;

/**
 * Attaches the application to the models when the engine reads them, so that nobody draws a listener by hand: the task
 * contract to every user task and start form, and the facts of supervision to every user task and to the journey's phases.
 */
class ContractParseListener extends AbstractBpmnParseListener {

    private final TaskContract contract;
    private final Facts facts;
    private final Absences absences;

    ContractParseListener(TaskContract contract, Facts facts, Absences absences) {
        this.contract = contract;
        this.facts = facts;
        this.absences = absences;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        ProcessDefinitionEntity process = (ProcessDefinitionEntity) activity.getProcessDefinition();
        TaskFormHandler original =
                (TaskFormHandler) ((DelegateTaskFormHandler) definition.getTaskFormHandler()).getFormHandler();
        definition.setTaskFormHandler(
                new DelegateTaskFormHandler(new ContractTaskForm(original, process), deployment(process)));
        definition.addBuiltInTaskListener(
                TaskListener.EVENTNAME_CREATE, task -> contract.show(process.getDeploymentId(), task));
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, contract::requireAnswered);
        TasksByWaiting.Task model = TasksByWaiting.task(activity.getId());
        definition.addBuiltInTaskListener(
                TaskListener.EVENTNAME_CREATE, task -> facts.taskBegun(begun(task, process.getKey(), model)));
        definition.addBuiltInTaskListener(
                TaskListener.EVENTNAME_UPDATE,
                task -> facts.taskChanged(task.getId(), task.getAssignee(), inAthens(task.getDueDate())));
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, absences::redirect);
        definition.addBuiltInTaskListener(
                TaskListener.EVENTNAME_COMPLETE, task -> facts.taskDone(task.getId(), contract.decided(task)));
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, task -> facts.taskGone(task.getId()));
        // The documentation of the models is for those who change them; staff read the form.
        definition.setDescriptionExpression(null);
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        if (process.getInitial() != null && process.getStartFormHandler() instanceof DelegateStartFormHandler handler) {
            process.setStartFormHandler(new DelegateStartFormHandler(
                    new ContractStartForm(handler.getFormHandler(), process), deployment(process)));
        }
    }

    @Override
    public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
        String stage = element.attribute("calledElement");
        String outcome = element.element("extensionElements").elements().stream()
                .filter(extension -> "out".equals(extension.getTagName()))
                .map(extension -> extension.attribute("target"))
                .findFirst()
                .orElse(null);
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                execution -> facts.stageEntered(execution.getTenantId(), execution.getProcessBusinessKey(), stage));
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) execution -> facts.stageLeft(
                execution.getTenantId(),
                execution.getProcessBusinessKey(),
                stage,
                execution.isCanceled() || outcome == null ? null : (String) execution.getVariable(outcome)));
    }

    private static Facts.NewTask begun(DelegateTask task, String process, TasksByWaiting.Task model) {
        return new Facts.NewTask(
                task.getId(),
                task.getTenantId(),
                task.getExecution().getProcessBusinessKey(),
                process,
                task.getTaskDefinitionKey(),
                model.groups(),
                model.waitingFor(),
                task.getAssignee(),
                inAthens(task.getCreateTime()),
                inAthens(task.getDueDate()));
    }

    static LocalDateTime inAthens(Date moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment.toInstant(), BusinessCalendar.ATHENS);
    }

    private static DeploymentEntity deployment(ProcessDefinitionEntity process) {
        DeploymentEntity deployment = new DeploymentEntity();
        deployment.setId(process.getDeploymentId());
        return deployment;
    }

    /** Hands what a task's form brought to the contract instead of making variables of it. */
    private final class ContractTaskForm implements TaskFormHandler {

        private final TaskFormHandler original;
        private final ProcessDefinitionEntity process;

        ContractTaskForm(TaskFormHandler original, ProcessDefinitionEntity process) {
            this.original = original;
            this.process = process;
        }

        @Override
        public TaskFormData createTaskForm(TaskEntity task) {
            return original.createTaskForm(task);
        }

        @Override
        public void submitFormVariables(VariableMap submitted, VariableScope task) {
            contract.submit(process.getDeploymentId(), (DelegateTask) task, submitted);
        }

        @Override
        public void parseConfiguration(Element e, DeploymentEntity d, ProcessDefinitionEntity p, BpmnParse parse) {
            // The original has been configured already.
        }
    }

    /** Hands what a start form brought to the contract instead of making variables of it. */
    private final class ContractStartForm implements StartFormHandler {

        private final FormHandler original;
        private final ProcessDefinitionEntity process;

        ContractStartForm(FormHandler original, ProcessDefinitionEntity process) {
            this.original = original;
            this.process = process;
        }

        @Override
        public StartFormData createStartFormData(ProcessDefinitionEntity definition) {
            return ((StartFormHandler) original).createStartFormData(definition);
        }

        @Override
        public void submitFormVariables(VariableMap submitted, VariableScope execution) {
            contract.submitStart(
                    process.getDeploymentId(), process.getInitial().getId(), (DelegateExecution) execution, submitted);
        }

        @Override
        public void parseConfiguration(Element e, DeploymentEntity d, ProcessDefinitionEntity p, BpmnParse parse) {
            // The original has been configured already.
        }
    }
}
