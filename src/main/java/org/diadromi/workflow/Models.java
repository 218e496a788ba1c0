package org.diadromi.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The models and forms in the jar: holds each user task against its form, group, due date and class, and deploys them all
 * together under their file names, whether they come from a jar or from an IDE.
 */
@Component
class Models {

    private static final String DEPLOYMENT = "diadromi";

    private final RepositoryService repository;
    private final TaskContract contract;

    Models(RepositoryService repository, TaskContract contract) {
        this.repository = repository;
        this.contract = contract;
    }

    /** Deploys what is in the jar, once; an {@link IllegalStateException} lists every pair that is unfinished. */
    void deploy() throws IOException {
        List<Resource> models = resources("classpath:bpmn/*.bpmn");
        List<Resource> decisions = resources("classpath:bpmn/*.dmn");
        List<Resource> forms = resources("classpath:forms/*.form");
        List<String> unfinished = unfinished(models, forms, contract.userTaskIds(), contract.startFormIds());
        if (!unfinished.isEmpty()) {
            throw new IllegalStateException("The models are unfinished: " + String.join("; ", unfinished));
        }
        // All or nothing: a process finds its forms and its phases in its own deployment.
        DeploymentBuilder deployment = repository
                .createDeployment()
                .name(DEPLOYMENT)
                .source(DEPLOYMENT)
                .enableDuplicateFiltering(false);
        for (List<Resource> group : List.of(models, decisions, forms)) {
            for (Resource resource : group) {
                try (InputStream in = resource.getInputStream()) {
                    deployment.addInputStream(resource.getFilename(), in);
                }
            }
        }
        deployment.deploy();
    }

    /** What is missing: user tasks without a form, class, group or due date, and classes and forms without a task. */
    static List<String> unfinished(
            List<Resource> models, List<Resource> forms, Set<String> userTaskClasses, Set<String> startFormClasses)
            throws IOException {
        List<String> missing = new ArrayList<>();
        Set<String> formIds = new TreeSet<>();
        for (Resource form : forms) {
            formIds.add(form.getFilename().replace(".form", ""));
            try (InputStream in = form.getInputStream()) {
                String id = Form.read(in.readAllBytes()).id();
                if (!form.getFilename().equals(id + ".form")) {
                    missing.add("form " + form.getFilename() + " has the id " + id);
                }
            }
        }
        Set<String> needed = new HashSet<>();
        Set<String> userTasks = new TreeSet<>();
        Set<String> startForms = new TreeSet<>();
        for (Resource resource : models) {
            BpmnModelInstance model;
            try (InputStream in = resource.getInputStream()) {
                model = Bpmn.readModelFromStream(in);
            }
            for (UserTask task : model.getModelElementsByType(UserTask.class)) {
                userTasks.add(task.getId());
                needed.add(task.getId());
                if (!task.getId().equals(task.getCamundaFormRef())) {
                    missing.add(task.getId() + " does not refer to its form");
                }
                if (task.getCamundaCandidateGroups() == null) {
                    missing.add(task.getId() + " has no group");
                }
                if (task.getCamundaDueDate() == null) {
                    missing.add(task.getId() + " has no due date");
                }
            }
            for (StartEvent start : model.getModelElementsByType(StartEvent.class)) {
                if (start.getCamundaFormRef() != null) {
                    startForms.add(start.getId());
                    needed.add(start.getId());
                    if (!start.getId().equals(start.getCamundaFormRef())) {
                        missing.add(start.getId() + " does not refer to its form");
                    }
                }
            }
        }
        difference(needed, formIds).forEach(id -> missing.add(id + " has no form"));
        difference(formIds, needed).forEach(id -> missing.add("form " + id + " has no task"));
        difference(userTasks, userTaskClasses).forEach(id -> missing.add(id + " has no class"));
        difference(userTaskClasses, userTasks).forEach(id -> missing.add("class of " + id + " has no task"));
        difference(startForms, startFormClasses).forEach(id -> missing.add(id + " has no class"));
        difference(startFormClasses, startForms).forEach(id -> missing.add("class of " + id + " has no start event"));
        return missing;
    }

    static List<Resource> resources(String pattern) throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(pattern))
                .sorted(Comparator.comparing(Resource::getFilename))
                .toList();
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }
}
