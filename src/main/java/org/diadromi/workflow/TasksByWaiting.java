package org.diadromi.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.springframework.core.io.Resource;

/** For whom each user task waits, as its model says in the property {@code waitingFor}. */
final class TasksByWaiting {

    private TasksByWaiting() {}

    /** The ids of the tasks in which the centre waits for the person, a structure or the Registry. */
    static List<String> others() {
        List<String> ids = new ArrayList<>();
        try {
            for (Resource resource : Models.resources("classpath:bpmn/*.bpmn")) {
                try (InputStream in = resource.getInputStream()) {
                    for (UserTask task : Bpmn.readModelFromStream(in).getModelElementsByType(UserTask.class)) {
                        if (!"us".equals(waitingFor(task))) {
                            ids.add(task.getId());
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
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
