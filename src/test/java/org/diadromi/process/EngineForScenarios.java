package org.diadromi.process;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cmd.GetDeployedProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessCoverageConfigurator;
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

    @Bean
    ProcessEnginePlugin watchedEngine(Happenings happenings) {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl engine) {
                ProcessCoverageConfigurator.initializeProcessCoverageExtensions(engine);
                List<BpmnParseListener> listeners = new ArrayList<>(engine.getCustomPostBPMNParseListeners());
                listeners.add(0, happenings);
                engine.setCustomPostBPMNParseListeners(listeners);
                engine.setCustomPreCommandInterceptorsTxRequired(List.of(new NamesOfProcessesForAll()));
            }
        };
    }

    /** Whoever watches the flows asks for the name of each process in the name of whoever completes a task. */
    private static final class NamesOfProcessesForAll extends CommandInterceptor {
        @Override
        public <T> T execute(Command<T> command) {
            CommandContext running = Context.getCommandContext();
            return command instanceof GetDeployedProcessDefinitionCmd && running != null
                    ? running.runWithoutAuthorization(() -> next.execute(command))
                    : next.execute(command);
        }
    }
}
