package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/** What each model must keep to, so that people can read it and nothing is left without an end. */
class ModelRulesTest {

    private static final Pattern ID = Pattern.compile(
            "(start|end|task|send|service|decision|call|gateway|timer|message|sub|flow)_[a-zA-Z]+_[a-zA-Z0-9]+");
    private static final Pattern DEADLINE = Pattern.compile("deadlines\\.(?:in|cycle)\\('([^']+)'");
    private static final Pattern MAIL = Pattern.compile("\\$\\{mail\\.send\\('([^']+)', execution\\)}");
    private static final Pattern LITERAL_TIME = Pattern.compile("\\bP(T?\\d)|\\d{4}-\\d{2}-\\d{2}");

    @TestFactory
    Stream<DynamicTest> every_model() throws IOException {
        return Models.resources("classpath:bpmn/*.bpmn").stream()
                .map(resource -> DynamicTest.dynamicTest(resource.getFilename(), () -> {
                    List<String> broken = broken(resource);
                    assertThat(broken).isEmpty();
                }));
    }

    @Test
    void every_user_task_says_for_whom_it_waits() throws IOException {
        for (Resource resource : Models.resources("classpath:bpmn/*.bpmn")) {
            for (UserTask task : read(resource).getModelElementsByType(UserTask.class)) {
                assertThat(TasksByWaiting.waitingFor(task)).isIn("us", "person", "structure", "registry");
            }
        }
    }

    private static List<String> broken(Resource resource) throws IOException {
        BpmnModelInstance model = read(resource);
        List<String> broken = new ArrayList<>();
        Process process = model.getModelElementsByType(Process.class).iterator().next();
        if (!resource.getFilename().equals(process.getId() + ".bpmn")) {
            broken.add("the file is not named after its process");
        }
        if (!process.isExecutable() || process.getCamundaHistoryTimeToLiveString() == null) {
            broken.add("it is not executable or has no time to live");
        }
        Set<String> roles = new HashSet<>();
        for (Role role : Role.values()) {
            roles.add(role.groupId());
        }
        for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
            if (blank(node.getName())) {
                broken.add(node.getId() + " has no name");
            }
            if (!ID.matcher(node.getId()).matches()) {
                broken.add(node.getId() + " is not kind_phase_action");
            }
            if (!(node instanceof EndEvent)
                    && !isEventSubProcess(node)
                    && node.getOutgoing().isEmpty()) {
                broken.add(node.getId() + " leads nowhere");
            }
            if (!(node instanceof StartEvent)
                    && !(node instanceof BoundaryEvent)
                    && !isEventSubProcess(node)
                    && node.getIncoming().isEmpty()) {
                broken.add(node.getId() + " is never reached");
            }
        }
        for (ExclusiveGateway gateway : model.getModelElementsByType(ExclusiveGateway.class)) {
            if (gateway.getOutgoing().size() > 1) {
                for (SequenceFlow flow : gateway.getOutgoing()) {
                    if (blank(flow.getName())) {
                        broken.add(flow.getId() + " has no name");
                    }
                    if ((flow.getConditionExpression() == null) == !flow.equals(gateway.getDefault())) {
                        broken.add(flow.getId() + " has neither a condition nor is it the default, or both");
                    }
                }
                if (gateway.getDefault() == null) {
                    broken.add(gateway.getId() + " has no default");
                }
            }
        }
        for (UserTask task : model.getModelElementsByType(UserTask.class)) {
            if (task.getCamundaCandidateGroupsList().isEmpty()
                    || !roles.containsAll(task.getCamundaCandidateGroupsList())) {
                broken.add(task.getId() + " is for no known role");
            }
            if (blank(task.getCamundaDueDate()) || !task.getCamundaDueDate().startsWith("${")) {
                broken.add(task.getId() + " has no due date from a setting");
            }
            if (!"deployment".equals(task.getCamundaFormRefBinding())) {
                broken.add(task.getId() + " takes another deployment's form");
            }
        }
        for (TimerEventDefinition timer : model.getModelElementsByType(TimerEventDefinition.class)) {
            String text = timer.getRawTextContent().strip();
            if (!text.startsWith("${") || LITERAL_TIME.matcher(text).find()) {
                broken.add(timer.getId() + " has a literal time: " + text);
            }
        }
        for (SendTask mail : model.getModelElementsByType(SendTask.class)) {
            Matcher matcher = MAIL.matcher(String.valueOf(mail.getCamundaExpression()));
            if (!matcher.matches()) {
                broken.add(mail.getId() + " sends no mail");
            } else {
                for (String language : List.of("el", "en")) {
                    if (!new ClassPathResource("mail/" + language + "/" + matcher.group(1) + ".txt").exists()) {
                        broken.add(mail.getId() + " has no template in " + language);
                    }
                }
            }
        }
        for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
            if (!new ClassPathResource("bpmn/" + call.getCalledElement() + ".bpmn").exists()) {
                broken.add(call.getId() + " calls no process of ours");
            }
        }
        for (BusinessRuleTask decision : model.getModelElementsByType(BusinessRuleTask.class)) {
            if (!new ClassPathResource("bpmn/" + decision.getCamundaDecisionRef() + ".dmn").exists()) {
                broken.add(decision.getId() + " asks no decision of ours");
            }
        }
        Set<String> settings = settings();
        Matcher deadlines = DEADLINE.matcher(Bpmn.convertToString(model));
        while (deadlines.find()) {
            if (!settings.contains(deadlines.group(1))) {
                broken.add("there is no setting diadromi.deadlines." + deadlines.group(1));
            }
        }
        return broken;
    }

    private static Set<String> settings() throws IOException {
        Set<String> names = new HashSet<>();
        for (PropertySource<?> source :
                new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))) {
            for (String name : ((org.springframework.core.env.EnumerablePropertySource<?>) source).getPropertyNames()) {
                if (name.startsWith("diadromi.deadlines.")) {
                    names.add(name.substring("diadromi.deadlines.".length()));
                }
            }
        }
        return names;
    }

    private static boolean isEventSubProcess(FlowNode node) {
        return node instanceof SubProcess sub && sub.triggeredByEvent();
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static BpmnModelInstance read(Resource resource) throws IOException {
        try (InputStream in = resource.getInputStream()) {
            return Bpmn.readModelFromStream(in);
        }
    }
}
