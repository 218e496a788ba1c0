package org.diadromi.process;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageConfigurator;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The application's own engine, watched for coverage, with the driver and the happenings of the scenarios. */
@TestConfiguration(proxyBeanMethods = false)
@Import(CentreAtWork.class)
class EngineForScenarios {

    @Bean
    Happenings happenings() {
        return new Happenings();
    }

    /** Whoever watches the flows asks for the name of each process in the name of whoever completes a task. */
    @Bean
    ApplicationRunner everybodyMayReadTheNamesOfProcesses(AuthorizationService authorizations) {
        return arguments -> {
            Authorization reading = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GLOBAL);
            reading.setResource(Resources.PROCESS_DEFINITION);
            reading.setResourceId(Authorization.ANY);
            reading.addPermission(Permissions.READ);
            authorizations.saveAuthorization(reading);
        };
    }

    @Bean
    ProcessEnginePlugin watchedEngine(Happenings happenings) {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl engine) {
                ProcessCoverageConfigurator.initializeProcessCoverageExtensions(engine);
                List<BpmnParseListener> listeners = new ArrayList<>(engine.getCustomPostBPMNParseListeners());
                listeners.add(happenings);
                engine.setCustomPostBPMNParseListeners(listeners);
            }
        };
    }
}
