package org.diadromi.casepage.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casepage.CaseProcess;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.TasksInHand;
import org.springframework.stereotype.Component;

/** Asks the engine where a case stands, within the case's centre whoever looks. */
@Component
class EngineCaseProcess implements CaseProcess {

    private final RuntimeService runtime;
    private final TasksInHand tasks;
    private final RepositoryService repository;

    EngineCaseProcess(RuntimeService runtime, TasksInHand tasks, RepositoryService repository) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.repository = repository;
    }

    @Override
    public List<Place> places(CaseFile caseFile) {
        return running(caseFile).stream()
                .map(instance ->
                        new Place(instance.getProcessDefinitionKey(), runtime.getActiveActivityIds(instance.getId())))
                .toList();
    }

    @Override
    public void handOver(CaseFile caseFile, String fromUser, String toUser) {
        tasks.handOver(caseFile.centreId(), caseFile.number(), fromUser, toUser);
    }

    @Override
    public void takeOn(CaseFile caseFile, Role role, String user) {
        tasks.takeOn(caseFile.centreId(), caseFile.number(), role, user);
    }

    @Override
    public Optional<byte[]> diagram(CaseFile caseFile, String process) {
        return running(caseFile).stream()
                .filter(instance -> instance.getProcessDefinitionKey().equals(process))
                .map(ProcessInstance::getProcessDefinitionId)
                .findFirst()
                .or(() -> Optional.ofNullable(repository
                                .createProcessDefinitionQuery()
                                .processDefinitionKey(process)
                                .withoutTenantId()
                                .latestVersion()
                                .singleResult())
                        .map(ProcessDefinition::getId))
                .map(this::model);
    }

    private List<ProcessInstance> running(CaseFile caseFile) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(caseFile.number())
                .tenantIdIn(caseFile.centreId())
                .list();
    }

    private byte[] model(String definitionId) {
        try (InputStream in = repository.getProcessModel(definitionId)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
