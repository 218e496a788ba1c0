package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.diadromi.BareEngine;
import org.diadromi.TestDatabase;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What the contract costs: completing a task through it takes at most 15 % more statements on the engine's tables than the same
 * completion on a bare engine with the same models, and no statement runs in a loop.
 */
@SpringBootTest(properties = {"diadromi.demo=true", "camunda.bpm.job-execution.enabled=false"})
@Import(StatementCountTest.Counting.class)
class StatementCountTest {

    private static final double ALLOWED = 1.15;

    /** How often one and the same statement of the application may run in a completion. */
    private static final int NO_LOOP = 5;

    private static ProcessEngine bare;
    private static final Recorder BARE = new Recorder();
    private static final Recorder OURS = new Recorder();

    @Autowired
    FormService forms;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    RepositoryService repository;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.h2(registry, "statements");
    }

    @BeforeAll
    static void bareEngine() throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:bare;DB_CLOSE_DELAY=-1");
        bare = BareEngine.on(ProxyDataSourceBuilder.create(h2).listener(BARE).build(), "bare", 1);
    }

    @AfterAll
    static void close() {
        bare.close();
    }

    @Test
    void completing_a_task_costs_hardly_more_than_on_the_bare_engine() {
        // Warm caches on both sides first: definitions and forms are read once.
        walk(new LinkedHashMap<>());
        Map<String, List<Map<String, Long>>> counts = new LinkedHashMap<>();
        walk(counts);

        counts.forEach((task, sides) -> {
            long onBare = engineStatements(sides.get(0));
            long onOurs = engineStatements(sides.get(1));
            assertThat(onOurs)
                    .as("%s; more than on the bare engine:%n%s", task, surplus(sides.get(0), sides.get(1)))
                    .isLessThanOrEqualTo((long) Math.floor(onBare * ALLOWED));
            sides.get(1).forEach((statement, times) -> {
                if (!statement.contains("ACT_")) {
                    assertThat(times)
                            .as("%s runs in a loop: %s", task, statement)
                            .isLessThanOrEqualTo(NO_LOOP);
                }
            });
        });
        assertThat(counts).hasSize(3);
    }

    private void walk(Map<String, List<Map<String, Long>>> counts) {
        bare.getRuntimeService().startProcessInstanceByMessage("CaseOpened", "K-1");
        identity.setAuthentication("kerkyra.counsellor", List.of("counsellor"), List.of("kerkyra"));
        try {
            forms.submitStartForm(
                    repository
                            .createProcessDefinitionQuery()
                            .processDefinitionKey("support-journey")
                            .latestVersion()
                            .singleResult()
                            .getId(),
                    Variables.createVariables()
                            .putValue("source", "phone")
                            .putValue("firstName", "Ελένη")
                            .putValue("lastName", "Παππά")
                            .putValue("salutation", "kyria")
                            .putValue("email", "eleni@example.org")
                            .putValue("municipality", "Κέρκυρα")
                            .putValue("language", "el")
                            .putValue("aloneOrGroup", "alone")
                            .putValue("informed", true));
            complete(
                    counts,
                    "task_firstContact_initialInterview",
                    Map.of(
                            "ageBand", "b30to54",
                            "labourStatus", "employed",
                            "incomeUrgency", "months",
                            "bodyExists", "no",
                            "purpose", "social",
                            "collective", "yes",
                            "skills", "μαγειρική"),
                    Map.of());
            complete(
                    counts,
                    "task_firstContact_decideSuitability",
                    Map.of("suitability", "kalo", "reason", "Ταιριάζει."),
                    Map.of());
            complete(
                    counts,
                    "task_counselling_supportPlan",
                    Map.of("needs", "α", "goals", "β", "plannedSessions", 3),
                    Map.of("areas", List.of("business")));
        } finally {
            identity.clearAuthentication();
        }
    }

    private void complete(
            Map<String, List<Map<String, Long>>> counts,
            String key,
            Map<String, Object> answer,
            Map<String, Object> lists) {
        Map<String, Object> all = new HashMap<>(answer);
        lists.forEach((name, list) -> all.put(name, org.camunda.spin.Spin.JSON(list)));
        String bareTask = newest(bare.getTaskService(), key);
        String ourTask = newest(tasks, key);
        Map<String, Long> onBare = BARE.during(() -> bare.getFormService().submitTaskForm(bareTask, all));
        Map<String, Long> onOurs = OURS.during(() -> forms.submitTaskForm(ourTask, all));
        counts.put(key, List.of(onBare, onOurs));
    }

    private static String newest(TaskService tasks, String key) {
        return tasks.createTaskQuery().taskDefinitionKey(key).list().stream()
                .map(Task::getId)
                .findFirst()
                .orElseThrow();
    }

    private static String surplus(Map<String, Long> onBare, Map<String, Long> onOurs) {
        return onOurs.entrySet().stream()
                .filter(entry -> entry.getKey().contains("ACT_"))
                .filter(entry -> entry.getValue() > onBare.getOrDefault(entry.getKey(), 0L))
                .map(entry -> entry.getValue() + " for " + onBare.getOrDefault(entry.getKey(), 0L) + ": "
                        + entry.getKey()
                                .substring(0, Math.min(120, entry.getKey().length())))
                .collect(Collectors.joining("\n"));
    }

    private static long engineStatements(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().contains("ACT_"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Counts each statement of a batch for itself. */
    static final class Recorder implements QueryExecutionListener {

        private final List<String> statements = new ArrayList<>();

        @Override
        public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            // Counted when it is done.
        }

        @Override
        public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            for (QueryInfo query : queries) {
                int times = execution.isBatch()
                        ? Math.max(1, query.getParametersList().size())
                        : 1;
                for (int i = 0; i < times; i++) {
                    statements.add(query.getQuery().replaceAll("\\s+", " ").strip());
                }
            }
        }

        Map<String, Long> during(Runnable work) {
            statements.clear();
            work.run();
            return statements.stream()
                    .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        }
    }

    @TestConfiguration
    static class Counting {
        @Bean
        static BeanPostProcessor countingDataSource() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source && "dataSource".equals(name)
                            ? ProxyDataSourceBuilder.create(source)
                                    .listener(OURS)
                                    .build()
                            : bean;
                }
            };
        }
    }
}
