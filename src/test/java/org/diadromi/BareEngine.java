package org.diadromi;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.auth.ResourceAuthorizationProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProvider;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderCaseInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderHistoricDecisionInstanceContext;
import org.camunda.bpm.engine.impl.cfg.multitenancy.TenantIdProviderProcessInstanceContext;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.diadromi.workflow.Role;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * An engine that runs the application's models with none of its code: what the models call answers with as little as lets a case go
 * on. Fields of a form become variables, as the engine does it by itself.
 */
public final class BareEngine {

    /** The centre of the one who goes through the journey. */
    public static final String CENTRE = "kerkyra";

    private BareEngine() {}

    /**
     * On an empty database, with all models deployed; whoever asks for it closes it.
     *
     * @param steps how many steps follow a registration
     */
    public static ProcessEngine on(DataSource database, String name, int steps) throws IOException {
        return build(new StandaloneInMemProcessEngineConfiguration(), database, name, steps);
    }

    /**
     * The same engine, but it checks who may do what in which centre: rights by role on process definitions, all that runs in one
     * centre. It asks the database for them. It keeps the history that Camunda's starter keeps when nobody tells it otherwise; the engine
     * alone would keep less.
     */
    public static ProcessEngine guardedOn(DataSource database, String name, int steps) throws IOException {
        ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
        configuration.setAuthorizationEnabled(true);
        configuration.setAuthorizationCheckRevokes(ProcessEngineConfiguration.AUTHORIZATION_CHECK_REVOKE_NEVER);
        configuration.setTenantIdProvider(new OneCentre());
        // No right of its own for each task: the rows would grow with the work.
        configuration.setResourceAuthorizationProvider((ResourceAuthorizationProvider) Proxy.newProxyInstance(
                BareEngine.class.getClassLoader(),
                new Class<?>[] {ResourceAuthorizationProvider.class},
                (proxy, method, arguments) -> null));
        ProcessEngine engine = build(configuration, database, name, steps);
        for (Role role : Role.values()) {
            for (String process : role.processes()) {
                grant(
                        engine,
                        role,
                        Resources.PROCESS_DEFINITION,
                        process,
                        Permissions.READ,
                        ProcessDefinitionPermissions.READ_TASK,
                        ProcessDefinitionPermissions.TASK_WORK,
                        Permissions.CREATE_INSTANCE);
            }
            grant(engine, role, Resources.PROCESS_INSTANCE, Authorization.ANY, Permissions.CREATE);
        }
        return engine;
    }

    private static void grant(
            ProcessEngine engine, Role role, Resource resource, String id, Permission... permissions) {
        Authorization grant = engine.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        grant.setGroupId(role.groupId());
        grant.setResource(resource);
        grant.setResourceId(id);
        grant.setPermissions(permissions);
        engine.getAuthorizationService().saveAuthorization(grant);
    }

    private static ProcessEngine build(
            ProcessEngineConfigurationImpl configuration, DataSource database, String name, int steps)
            throws IOException {
        configuration.setDataSource(database);
        configuration.setProcessEngineName(name);
        configuration.setDatabaseSchemaUpdate(ProcessEngineConfigurationImpl.DB_SCHEMA_UPDATE_TRUE);
        configuration.setJobExecutorActivate(false);
        Map<Object, Object> beans = new HashMap<>(Map.of(
                "deadlines", new Dates(),
                "appointments", new Dates(),
                "trainingDates", new Dates(),
                "registryDeadlines", new Dates(),
                "mail", new Mail(),
                "suitabilityAdviser", new Adviser(),
                "legalForms", new LegalForms(),
                "registrationChecklist", new Checklist(steps),
                "followUps", new FollowUps(),
                "ventureHealth", new Health()));
        beans.put("journey", new Journey());
        configuration.setBeans(beans);
        configuration.getProcessEnginePlugins().add(new org.camunda.spin.plugin.impl.SpinProcessEnginePlugin());
        ProcessEngine engine = configuration.buildProcessEngine();
        DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
        PathMatchingResourcePatternResolver models = new PathMatchingResourcePatternResolver();
        for (String pattern : List.of("classpath:bpmn/*.bpmn", "classpath:bpmn/*.dmn", "classpath:forms/*.form")) {
            for (org.springframework.core.io.Resource resource : models.getResources(pattern)) {
                deployment.addInputStream(resource.getFilename(), resource.getInputStream());
            }
        }
        deployment.deploy();
        return engine;
    }

    /** Everything runs in it. */
    private static final class OneCentre implements TenantIdProvider {
        @Override
        public String provideTenantIdForProcessInstance(TenantIdProviderProcessInstanceContext context) {
            return CENTRE;
        }

        @Override
        public String provideTenantIdForCaseInstance(TenantIdProviderCaseInstanceContext context) {
            return CENTRE;
        }

        @Override
        public String provideTenantIdForHistoricDecisionInstance(
                TenantIdProviderHistoricDecisionInstanceContext context) {
            return CENTRE;
        }
    }

    private static TypedValue passing(Map<String, Object> facts) {
        return Variables.untypedValue(facts, true);
    }

    /** Deadlines far ahead. */
    public static final class Dates {
        private static final Date FAR = new Date(4_000_000_000_000L);

        public Date in(String deadline, DelegateExecution execution) {
            return FAR;
        }

        public String cycle(String deadline, DelegateExecution execution) {
            return "R/P14D";
        }

        public Date reminderAt(DelegateExecution execution) {
            return FAR;
        }

        public Date recordDue(DelegateExecution execution) {
            return FAR;
        }

        public Date attendanceDue(DelegateExecution execution) {
            return FAR;
        }

        public Date answer(DelegateExecution execution) {
            return FAR;
        }

        public Date additionalDataReminder(DelegateExecution execution) {
            return FAR;
        }

        public Date additionalData(DelegateExecution execution) {
            return FAR;
        }

        public Date lastNotice(DelegateExecution execution) {
            return FAR;
        }
    }

    /** Sends nothing. */
    public static final class Mail {
        public void send(String template, DelegateExecution execution) {
            // A bare engine has no outbox.
        }
    }

    public static final class Adviser {
        public TypedValue facts(DelegateExecution execution) {
            return passing(
                    Map.of("purpose", "social", "collective", "yes", "incomeUrgency", "months", "needs", List.of()));
        }

        public String record(DelegateExecution execution, DmnDecisionResult result) {
            return result.getSingleResult().getEntry("outcome");
        }
    }

    public static final class LegalForms {
        public TypedValue facts(DelegateExecution execution) {
            Map<String, Object> minimum = new HashMap<>();
            for (String form : List.of(
                    "koinsep", "koinsepIntegration", "koispe", "workerCoop", "urbanCoop", "amke", "association")) {
                minimum.put(form, 5);
            }
            minimum.put("vulnerable", 30);
            minimum.put("special", 50);
            minimum.put("psychosocial", 35);
            Map<String, Object> facts = new HashMap<>();
            facts.put("purpose", "social");
            facts.put("members", 5);
            facts.put("legalPersons", 0);
            facts.put("localAuthority", false);
            facts.put("vulnerablePercent", 0);
            facts.put("specialPercent", 0);
            facts.put("psychosocialPercent", 0);
            facts.put("min", minimum);
            facts.put("max", Map.of("legalPersons", 33));
            return passing(facts);
        }

        public String record(DelegateExecution execution, DmnDecisionResult result) {
            return "koinsep";
        }
    }

    public static final class Checklist {
        private final int steps;

        Checklist(int steps) {
            this.steps = steps;
        }

        public TypedValue facts(DelegateExecution execution) {
            return passing(Map.of("legalForm", "koinsep"));
        }

        public Integer record(DelegateExecution execution, DmnDecisionResult result) {
            return result.size();
        }

        public List<String> steps(DelegateExecution execution) {
            return IntStream.range(0, steps).mapToObj(step -> "step" + step).toList();
        }

        public Date stepDue(DelegateExecution execution) {
            return Dates.FAR;
        }
    }

    public static final class FollowUps {
        public List<Integer> months(DelegateExecution execution) {
            return List.of(1, 3, 6, 12, 24);
        }

        public Date dueAt(DelegateExecution execution) {
            return Dates.FAR;
        }

        public String certificateCycle(DelegateExecution execution) {
            return "R/2090-01-01T00:00:00Z/P1Y";
        }
    }

    public static final class Health {
        public TypedValue facts(DelegateExecution execution) {
            Map<String, Object> facts = new HashMap<>();
            facts.put("status", execution.getVariable("ventureStatus"));
            facts.put("month", execution.getVariable("followUpMonth"));
            facts.put("members", 5);
            facts.put("minMembers", 5);
            facts.put("jobs", 3);
            facts.put("previousJobs", null);
            facts.put("needs", false);
            return passing(facts);
        }

        public Boolean record(DelegateExecution execution, DmnDecisionResult result) {
            return result.getSingleResult().getEntry("atRisk");
        }
    }

    public static final class Journey {
        public void close(DelegateExecution execution) {
            // There is no case file to close.
        }
    }
}
