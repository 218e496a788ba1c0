package org.diadromi.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.community.process_test_coverage.core.engine.ModelProvider;
import org.camunda.community.process_test_coverage.core.export.CoverageStateJsonExporter;
import org.camunda.community.process_test_coverage.core.model.Collector;
import org.camunda.community.process_test_coverage.core.model.DefaultCollector;
import org.camunda.community.process_test_coverage.core.model.Run;
import org.camunda.community.process_test_coverage.core.model.Suite;
import org.camunda.community.process_test_coverage.engine.platform7.ExecutionContextModelProvider;
import org.camunda.community.process_test_coverage.engine.platform7.ProcessEngineAdapter;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Collects what all scenarios of this package together run through. The extension that comes with the library keeps a suite for
 * each class; the models are covered by the package, so here there is one suite with a run for each test. The tests are shared out
 * to several processes: each writes down what it has seen, and {@link ProcessCoverageIT} puts it together.
 */
class CoverageOfScenarios implements BeforeEachCallback, AfterAllCallback {

    /** A file of each process of the tests. */
    static final Path SEEN = Path.of("target/process-test-coverage/seen");

    private static final ModelProvider MODELS = new ExecutionContextModelProvider();

    /** Whoever is the first to come to a process may have no right to read it. */
    private static final DefaultCollector COLLECTOR = new DefaultCollector(
            key -> Context.getCommandContext().runWithoutAuthorization(() -> MODELS.getModel(key)));

    private static final Suite SUITE = COLLECTOR.createSuite(new Suite("org.diadromi.process", "All scenarios"));

    /** Two threads may work at once in a test; the library's collector is made for one. */
    private static final Collector ONE_BY_ONE = event -> {
        synchronized (COLLECTOR) {
            COLLECTOR.addEvent(event);
        }
    };

    private static final AtomicReference<ProcessEngine> WATCHED = new AtomicReference<>();

    static {
        COLLECTOR.activateSuite(SUITE.getId());
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        ProcessEngine engine = SpringExtension.getApplicationContext(test).getBean(ProcessEngine.class);
        if (WATCHED.getAndSet(engine) != engine) {
            new ProcessEngineAdapter(engine, ONE_BY_ONE).initializeListeners();
        }
        Run run =
                new Run(test.getUniqueId(), test.getRequiredTestClass().getSimpleName() + ": " + test.getDisplayName());
        COLLECTOR.createRun(run, SUITE.getId());
        COLLECTOR.activateRun(run.getId());
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        Files.createDirectories(SEEN);
        Files.writeString(
                SEEN.resolve(System.getProperty("test.process", "0") + ".json"),
                CoverageStateJsonExporter.createCoverageStateResult(List.of(SUITE), COLLECTOR.getModels()));
    }
}
