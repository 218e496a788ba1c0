package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.community.process_test_coverage.core.export.CoverageStateJsonExporter;
import org.camunda.community.process_test_coverage.core.export.CoverageStateResult;
import org.camunda.community.process_test_coverage.core.model.Event;
import org.camunda.community.process_test_coverage.core.model.Model;
import org.camunda.community.process_test_coverage.report.CoverageReportUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * No step and no flow of any model is without a scenario. It runs when all tests are through, and leaves its report in
 * target/process-test-coverage; alone it has nothing to look at.
 */
class ProcessCoverageIT {

    private static CoverageStateResult seen;

    @BeforeAll
    static void together() throws IOException {
        assertThat(CoverageOfScenarios.SEEN)
                .as("no scenario has run before: run ./mvnw verify")
                .isDirectory();
        List<Path> files;
        try (Stream<Path> list = Files.list(CoverageOfScenarios.SEEN)) {
            files = list.toList();
        }
        String together = null;
        for (Path file : files) {
            String one = Files.readString(file);
            together = together == null ? one : CoverageStateJsonExporter.combineCoverageStateResults(together, one);
        }
        seen = CoverageStateJsonExporter.readCoverageStateResult(together);
        CoverageReportUtil.writeReport(
                together,
                true,
                CoverageOfScenarios.SEEN.getParent().toFile(),
                "report.html",
                CoverageReportUtil::generateHtml);
        // What was seen of the models of today says nothing of those of tomorrow.
        for (Path file : files) {
            Files.delete(file);
        }
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
        seen.getEventsDistinct(model.getKey()).stream()
                .map(Event::getDefinitionKey)
                .forEach(missed::remove);

        assertThat(missed).isEmpty();
        assertThat(seen.calculateCoverage(model)).isEqualTo(1.0);
    }

    static Stream<Model> models() {
        return seen.getModels().stream();
    }
}
