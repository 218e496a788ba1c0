package org.diadromi.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.supervision.Facts;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Fits the engine to this application, before it starts. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class EngineSetup extends AbstractProcessEnginePlugin {

    private final ApplicationContext context;
    private final TaskContract contract;
    private final Facts facts;
    private final Absences absences;
    private final Texts texts;
    private final AppClock clock;
    private final PasswordRules passwordRules;

    EngineSetup(
            ApplicationContext context,
            @Lazy TaskContract contract,
            Facts facts,
            @Lazy Absences absences,
            Texts texts,
            AppClock clock,
            PasswordRules passwordRules) {
        this.context = context;
        this.contract = contract;
        this.facts = facts;
        this.absences = absences;
        this.texts = texts;
        this.clock = clock;
        this.passwordRules = passwordRules;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        engine.setCustomHistoryLevels(new ArrayList<>(List.of(new RoutingHistory())));
        engine.setHistory(RoutingHistory.NAME);
        engine.setEnableDefaultDbHistoryEventHandler(false);
        engine.getCustomHistoryEventHandlers().add(new RoutingHistory.Writer());
        engine.setResourceAuthorizationProvider(new NoRowsPerTask());
        engine.setCustomSessionFactories(KnownAnswers.SESSIONS);
        engine.setTenantIdProvider(new CentreOfProcess(texts));
        engine.setAdminGroups(new ArrayList<>(List.of(Role.ADMIN.groupId())));
        engine.setCmmnEnabled(false);
        engine.setStandaloneTasksEnabled(false);
        // Accounts such as kerkyra.counsellor.
        engine.setUserResourceWhitelistPattern("[a-zA-Z0-9]+([._-][a-zA-Z0-9]+)*");
        engine.setJobExecutorPreferTimerJobs(true);
        List<org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener> listeners =
                engine.getCustomPostBPMNParseListeners();
        listeners = listeners == null ? new ArrayList<>() : listeners;
        listeners.add(new ForbiddenInModels(texts));
        listeners.add(new ContractParseListener(contract, facts, absences));
        engine.setCustomPostBPMNParseListeners(listeners);
        // Set here, because the one that is there already resolves every bean of the application.
        engine.setExpressionManager(new JuelExpressionManager(processBeans()));
        engine.setScriptEngineResolver(new NoScripts());
        // What a person types into a query or a form is a value, never an expression.
        engine.setEnableExpressionsInAdhocQueries(false);
        engine.setEnableXxeProcessing(false);
        engine.setDeserializationTypeValidationEnabled(true);
        engine.setEnablePasswordPolicy(true);
        engine.setPasswordPolicy(passwordRules);
        // LoginThrottle counts failures; the engine's own lock would shut an account for good after ten of anybody's
        // guesses.
        engine.setLoginMaxAttempts(Integer.MAX_VALUE);
        engine.setLoginDelayBase(0);
        clock.follow(offset -> ClockUtil.offset(offset.toMillis()));
    }

    /** Of the statements' sources, read by now, MyBatis would keep the XML for good: a sixth of the heap in use after the start. */
    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                .getSqlSessionFactory()
                .getConfiguration()
                .getSqlFragments()
                .clear();
    }

    /** Looked up when a model first asks for one, because some of them need the engine themselves. */
    private Map<Object, Object> processBeans() {
        return new ProcessBeans(context, List.of(context.getBeanNamesForAnnotation(ProcessBean.class)));
    }

    private static final class ProcessBeans extends HashMap<Object, Object> {
        private final transient ApplicationContext context;
        private final List<String> names;

        ProcessBeans(ApplicationContext context, List<String> names) {
            this.context = context;
            this.names = names;
        }

        @Override
        public boolean containsKey(Object key) {
            return key instanceof String name && names.contains(name);
        }

        @Override
        public Object get(Object key) {
            return containsKey(key) ? context.getBean((String) key) : null;
        }
    }
}
