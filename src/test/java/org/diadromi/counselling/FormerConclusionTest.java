package org.diadromi.counselling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.variable.Variables;
import org.diadromi.SampleContact;
import org.diadromi.TestDatabase;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.workflow.ProcessStart;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** A case whose counselling began under the model in which a referral was a typed name. */
@SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
class FormerConclusionTest {

    private static final String MODEL = """
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="former" targetNamespace="http://bpmn.io/schema/bpmn">
              <bpmn:process id="counselling" isExecutable="true" camunda:historyTimeToLive="P1825D">
                <bpmn:startEvent id="start" />
                <bpmn:sequenceFlow id="begin" sourceRef="start" targetRef="task_counselling_conclude" />
                <bpmn:userTask id="task_counselling_conclude" name="Ολοκλήρωση συμβουλευτικής" camunda:candidateGroups="counsellor"
                    camunda:formRef="task_counselling_conclude" camunda:formRefBinding="deployment" />
                <bpmn:sequenceFlow id="finish" sourceRef="task_counselling_conclude" targetRef="end" />
                <bpmn:endEvent id="end" />
              </bpmn:process>
            </bpmn:definitions>
            """;

    private static final String FORM = """
            {"schemaVersion": 16, "id": "task_counselling_conclude", "type": "default", "components": [
              {"id": "A", "type": "radio", "key": "conclusion", "label": "Πώς συνεχίζει;", "validate": {"required": true},
               "values": [{"label": "Παραπομπή", "value": "referral"}, {"label": "Δεν συνεχίζει", "value": "stop"}]},
              {"id": "B", "type": "textfield", "key": "referralStructure", "label": "Σε ποια δομή παραπέμπεται;",
               "validate": {"required": true, "maxLength": 200}, "conditional": {"hide": "=conclusion != \\"referral\\""}},
              {"id": "C", "type": "textarea", "key": "summary", "label": "Σύνοψη", "validate": {"required": true, "maxLength": 2000}}]}
            """;

    @Autowired
    private CaseFiles cases;

    @Autowired
    private Counselling counselling;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private ProcessStart processes;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FormService forms;

    @Autowired
    private IdentityService identity;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.h2(registry, "formerconclusion");
    }

    @Test
    void its_form_is_answered_as_before_and_the_case_ends_in_the_same_step() {
        CaseFile caseFile = cases.open(SampleContact.eleni("kerkyra"), null);
        counselling.plan(caseFile, "Ανάγκες", "Στόχοι", List.of("business"), 2, "kerkyra.counsellor");
        Deployment former = repository
                .createDeployment()
                .name("former")
                .addString("counselling.bpmn", MODEL)
                .addString("task_counselling_conclude.form", FORM)
                .deploy();
        transaction.executeWithoutResult(
                begun -> processes.start("counselling", "kerkyra", caseFile.number(), Map.of()));
        identity.setAuthentication("kerkyra.counsellor", List.of("counsellor"), List.of("kerkyra"));
        try {
            String task = tasks.createTaskQuery()
                    .processInstanceBusinessKey(caseFile.number())
                    .singleResult()
                    .getId();
            forms.submitTaskForm(
                    task,
                    Variables.createVariables()
                            .putValue("conclusion", "referral")
                            .putValue("referralStructure", "Κέντρο Κοινότητας")
                            .putValue("summary", "Χρειάζεται πρώτα στήριξη."));
        } finally {
            identity.clearAuthentication();
        }

        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(caseFile.number())
                        .count())
                .isZero();
        assertThat(jdbc.sql("select referral_structure from support_plan where case_id = ? and conclusion = 'referral'")
                        .param(caseFile.id())
                        .query(String.class)
                        .single())
                .isEqualTo("Κέντρο Κοινότητας");
        assertThat(jdbc.sql("select count(*) from referral where case_id = ?")
                        .param(caseFile.id())
                        .query(Integer.class)
                        .single())
                .isZero();
        repository.deleteDeployment(former.getId(), true);
    }
}
