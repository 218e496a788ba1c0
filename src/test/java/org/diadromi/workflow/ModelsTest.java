package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/** An unfinished pair of task, form and class is named, so that the application does not start with it. */
class ModelsTest {

    @Test
    void a_finished_pair_is_fine() throws IOException {
        assertThat(unfinished(
                        task("task_a_b", "task_a_b", "intake", "${due}"),
                        List.of(form("task_a_b")),
                        Set.of("task_a_b")))
                .isEmpty();
    }

    @Test
    void a_task_without_form_group_due_date_or_class_is_named() throws IOException {
        assertThat(unfinished(task("task_a_b", null, null, null), List.of(), Set.of()))
                .containsExactlyInAnyOrder(
                        "task_a_b does not refer to its form",
                        "task_a_b has no group",
                        "task_a_b has no due date",
                        "task_a_b has no form",
                        "task_a_b has no class");
    }

    @Test
    void a_class_or_form_without_a_task_is_named() throws IOException {
        assertThat(unfinished(
                        task("task_a_b", "task_a_b", "intake", "${due}"),
                        List.of(form("task_a_b"), form("task_a_c")),
                        Set.of("task_a_b", "task_a_d")))
                .containsExactlyInAnyOrder("form task_a_c has no task", "class of task_a_d has no task");
    }

    private static List<String> unfinished(Resource model, List<Resource> forms, Set<String> classes)
            throws IOException {
        return Models.unfinished(List.of(model), forms, classes, Set.of());
    }

    private static Resource task(String id, String formRef, String groups, String due) {
        return file("m.bpmn", """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t" id="d">
                  <process id="m" isExecutable="true"><userTask id="%s" %s %s %s/></process>
                </definitions>""".formatted(
                id, attribute("formRef", formRef), attribute("candidateGroups", groups), attribute("dueDate", due)));
    }

    private static String attribute(String name, String value) {
        return value == null ? "" : "camunda:" + name + "=\"" + value + "\"";
    }

    private static Resource form(String id) {
        return file(id + ".form", "{\"id\":\"" + id + "\",\"components\":[]}");
    }

    private static Resource file(String name, String content) {
        return new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public String getFilename() {
                return name;
            }
        };
    }
}
