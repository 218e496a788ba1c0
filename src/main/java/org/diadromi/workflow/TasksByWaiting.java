package org.diadromi.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.springframework.core.io.Resource;

/** The user tasks of the models in the jar, and for whom each waits, as its model says in the property {@code waitingFor}. */
public final class TasksByWaiting {

    /**
     * @param groups the candidate groups, with commas
     * @param waitingFor us, person, structure or registry
     */
    public record Task(String key, String process, String groups, String waitingFor) {}

    private static final Map<String, Task> TASKS = read();

    private TasksByWaiting() {}

    /** All user tasks, process by process in the order of the models. */
    public static List<Task> all() {
        return List.copyOf(TASKS.values());
    }

    /** The user task of that key; one that no model in the jar has any more waits for us, and for no group. */
    public static Task task(String key) {
        return TASKS.getOrDefault(key, new Task(key, "", "", "us"));
    }

    /** The ids of the tasks in which the centre waits for the person, a structure or the Registry. */
    static List<String> others() {
        return TASKS.values().stream()
                .filter(task -> !"us".equals(task.waitingFor()))
                .map(Task::key)
                .toList();
    }

    private static Map<String, Task> read() {
        Map<String, Task> tasks = new LinkedHashMap<>();
        try {
            for (Resource resource : Models.resources("classpath:bpmn/*.bpmn")) {
                try (InputStream in = resource.getInputStream()) {
                    for (Process process : Bpmn.readModelFromStream(in).getModelElementsByType(Process.class)) {
                        for (UserTask task : process.getModelInstance().getModelElementsByType(UserTask.class)) {
                            tasks.put(
                                    task.getId(),
                                    new Task(
                                            task.getId(),
                                            process.getId(),
                                            task.getCamundaCandidateGroups(),
                                            waitingFor(task)));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tasks;
    }

    /** us, person, structure or registry; an {@link IllegalStateException} when the model does not say. */
    static String waitingFor(UserTask task) {
        return task.getExtensionElements().getElementsQuery().list().stream()
                .flatMap(element -> element.getChildElementsByType(CamundaProperty.class).stream())
                .filter(property -> "waitingFor".equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(task.getId() + " does not say for whom it waits"));
    }
}
