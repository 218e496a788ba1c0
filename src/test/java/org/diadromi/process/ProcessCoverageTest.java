package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.community.process_test_coverage.core.model.Event;
import org.camunda.community.process_test_coverage.core.model.Model;
import org.camunda.community.process_test_coverage.report.CoverageReportUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * No step and no flow of any model is without a scenario. It runs after all other classes (see junit-platform.properties) and
 * leaves its report in target/process-test-coverage; alone it has nothing to look at, so run the package.
 */
@Order(Integer.MAX_VALUE)
class ProcessCoverageTest {

    @BeforeAll
    static void report() {
        assertThat(CoverageOfScenarios.COLLECTOR.getModels())
                .as("no scenario has run before: run all of org.diadromi.process")
                .isNotEmpty();
        CoverageReportUtil.createReport(CoverageOfScenarios.COLLECTOR, null);
        CoverageReportUtil.createJsonReport(CoverageOfScenarios.COLLECTOR, null);
    }

    @Test
    void the_scenarios_go_through_every_model() throws IOException {
        Set<String> files = Arrays.stream(
                        new PathMatchingResourcePatternResolver().getResources("classpath:bpmn/*.bpmn"))
                .map(file -> file.getFilename().replace(".bpmn", ""))
                .collect(Collectors.toSet());

        assertThat(models().map(Model::getKey)).containsExactlyInAnyOrderElementsOf(files);
    }

    @ParameterizedTest
    @MethodSource("models")
    void the_scenarios_go_through_every_step_and_every_flow(Model model) {
        BpmnModelInstance drawn =
                Bpmn.readModelFromStream(new ByteArrayInputStream(model.getXml().getBytes(StandardCharsets.UTF_8)));
        Set<String> missed = Stream.<Class<? extends FlowElement>>of(FlowNode.class, SequenceFlow.class)
                .flatMap(type -> drawn.getModelElementsByType(type).stream())
                .map(FlowElement::getId)
                .collect(Collectors.toCollection(TreeSet::new));
        CoverageOfScenarios.SUITE.getEventsDistinct(model.getKey()).stream()
                .map(Event::getDefinitionKey)
                .forEach(missed::remove);

        assertThat(missed).isEmpty();
        assertThat(CoverageOfScenarios.SUITE.calculateCoverage(model)).isEqualTo(1.0);
    }

    static Stream<Model> models() {
        return CoverageOfScenarios.COLLECTOR.getModels().stream();
    }
}
