package org.diadromi.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.diadromi.DiadromiApplication;
import org.diadromi.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many due timers one node fires per second and how many two do, in turn, on the same PostgreSQL. Both nodes are whole applications
 * with the job execution as shipped; they share this machine's processors. Writes {@code target/bench/timers.md}.
 */
class TimersBench {

    private static final Path REPORT = Path.of("target/bench/timers.md");
    private static final int PAIRS = Integer.getInteger("bench.timer-pairs", 3);
    private static final int TIMERS = Integer.getInteger("bench.timers", 2000);
    private static final String PROCESS = "bench-timers";

    @Test
    void timers_fired_by_one_node_and_by_two() throws IOException, InterruptedException {
        Files.createDirectories(REPORT.getParent());
        String url = TestDatabase.postgres("timers");
        try (ConfigurableApplicationContext first = node(url);
                ConfigurableApplicationContext second = node(url)) {
            List<JobExecutor> both = Stream.of(first, second)
                    .map(node -> ((ProcessEngineConfigurationImpl)
                                    node.getBean(ProcessEngine.class).getProcessEngineConfiguration())
                            .getJobExecutor())
                    .toList();
            both.forEach(JobExecutor::shutdown);
            ProcessEngine engine = first.getBean(ProcessEngine.class);
            engine.getRepositoryService()
                    .createDeployment()
                    .addModelInstance(
                            "bench-timers.bpmn",
                            Bpmn.createExecutableProcess(PROCESS)
                                    .camundaHistoryTimeToLive(1)
                                    .startEvent()
                                    .intermediateCatchEvent("timer_bench_due")
                                    .timerWithDate("${due}")
                                    .endEvent()
                                    .done())
                    .deploy();
            JdbcClient jdbc = first.getBean(JdbcClient.class);
            List<JobExecutor> one = both.subList(0, 1);
            perSecond(engine, jdbc, one);
            perSecond(engine, jdbc, both);
            List<Double> byOne = new ArrayList<>();
            List<Double> byTwo = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int pair = 0; pair < PAIRS; pair++) {
                byOne.add(perSecond(engine, jdbc, one));
                byTwo.add(perSecond(engine, jdbc, both));
                ratios.add(byTwo.get(pair) / byOne.get(pair));
            }
            report(byOne, byTwo, ratios);
        }
    }

    private static ConfigurableApplicationContext node(String url) {
        return new SpringApplicationBuilder(DiadromiApplication.class)
                .web(WebApplicationType.SERVLET)
                .profiles("demo")
                .run(
                        "--server.port=0",
                        "--diadromi.demo-history=0",
                        "--diadromi.mail.directory=target/bench/outbox",
                        "--spring.datasource.url=" + url,
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.password=postgres");
    }

    private static double perSecond(ProcessEngine engine, JdbcClient jdbc, List<JobExecutor> nodes)
            throws InterruptedException {
        engine.getIdentityService().setAuthentication("admin", List.of("camunda-admin"), List.of("kerkyra"));
        try {
            String definition = engine.getRepositoryService()
                    .createProcessDefinitionQuery()
                    .processDefinitionKey(PROCESS)
                    .singleResult()
                    .getId();
            for (int i = 0; i < TIMERS; i++) {
                engine.getRuntimeService().startProcessInstanceById(definition, Map.of("due", new Date()));
            }
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
        long begin = System.nanoTime();
        nodes.forEach(JobExecutor::start);
        try {
            while (waiting(jdbc) > 0) {
                Thread.sleep(100);
            }
            return TIMERS / ((System.nanoTime() - begin) / 1e9);
        } finally {
            nodes.forEach(JobExecutor::shutdown);
        }
    }

    private static long waiting(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from act_ru_job where process_def_key_ = ?")
                .param(PROCESS)
                .query(Long.class)
                .single();
    }

    private static void report(List<Double> byOne, List<Double> byTwo, List<Double> ratios) throws IOException {
        Files.writeString(
                REPORT,
                String.format(
                        Locale.ROOT,
                        """
                        # Timers fired per second

                        %d due timers each time, %d times in turn on PostgreSQL, from the start of the job execution until none was left. All nodes share
                        this machine's %d processors with the database; its load was %.1f.

                        | | timers per second, median | from | to |
                        |---|--:|--:|--:|
                        %s%s
                        Two nodes over one: median %.2f, from %.2f to %.2f.
                        """,
                        TIMERS,
                        PAIRS,
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        row("one node", byOne),
                        row("two nodes", byTwo),
                        median(ratios),
                        ratios.stream().min(Double::compare).orElseThrow(),
                        ratios.stream().max(Double::compare).orElseThrow()));
    }

    private static String row(String name, List<Double> rates) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f |%n",
                name,
                median(rates),
                rates.stream().min(Double::compare).orElseThrow(),
                rates.stream().max(Double::compare).orElseThrow());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
