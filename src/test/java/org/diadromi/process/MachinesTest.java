package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diadromi.process.SampleForms.firstContact;
import static org.diadromi.process.SampleForms.interview;
import static org.diadromi.process.SampleForms.pause;
import static org.diadromi.process.SampleForms.suitability;
import static org.diadromi.process.SampleForms.supportPlan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the application tells Prometheus and whoever asks for its health: true, on both databases, and to nobody else. */
class MachinesTest {

    private static final Path MONITORING = Path.of("monitoring");

    @Nested
    class OnH2 extends Machines {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "machines");
        }
    }

    @Nested
    class OnPostgres extends Machines {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "machines");
        }
    }

    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "camunda.bpm.job-execution.enabled=false",
                "diadromi.metrics-password=seen-by-machines",
                "diadromi.mail.directory=target/machines/outbox"
            })
    @ActiveProfiles("demo")
    @Import(CentreAtWork.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Machines {

        @LocalServerPort
        private int port;

        @Autowired
        private CentreAtWork centre;

        @Autowired
        private TaskService tasks;

        @Autowired
        private RuntimeService runtime;

        @Autowired
        private ManagementService management;

        @Autowired
        private JdbcClient jdbc;

        @Autowired
        private AppClock clock;

        private Map<String, Double> figures;

        /** Cases that are in time, late and paused, in two stages; a step that has failed, a mail that was given up, a form refused. */
        @BeforeAll
        void a_centre_with_troubles() throws Exception {
            centre.isAt(CentreAtWork.MONDAY);
            centre.registers(firstContact());
            centre.registers(firstContact());
            centre.does(interview());
            centre.does(suitability("kalo"));
            centre.does(supportPlan());
            centre.registers(firstContact());
            centre.asksFor(pause(centre.today().plusDays(200)));
            centre.isAt(CentreAtWork.MONDAY.plusDays(40));
            centre.registers(firstContact());
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> centre.does(interview().with("monthsUnemployed", -1))))
                    .isNotNull();
            management.setJobRetries(
                    management
                            .createJobQuery()
                            .active()
                            .activityId("timer_counselling_inactive")
                            .singleResult()
                            .getId(),
                    0);
            jdbc.sql("update outbox_mail set status = 'FAILED' where id = (select min(id) from outbox_mail)")
                    .update();
            get("/login", null);
            figures = new TreeMap<>();
            get("/actuator/prometheus", "metrics:seen-by-machines")
                    .body()
                    .lines()
                    .forEach(line -> {
                        if (!line.startsWith("#")) {
                            figures.put(
                                    line.substring(0, line.lastIndexOf(' ')),
                                    Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)));
                        }
                    });
        }

        @AfterAll
        void back_to_today() {
            clock.setOffset(Duration.ZERO);
        }

        @Test
        void open_and_late_is_what_the_engine_knows() {
            Date now = Date.from(clock.instant());
            assertThat(figures("diadromi_tasks_open")).isEqualTo(byStage(task -> true));
            assertThat(figures("diadromi_tasks_overdue"))
                    .isEqualTo(byStage(task -> task.getDueDate().before(now)))
                    .containsValue(1.0);
            assertThat(figures("diadromi_cases_open"))
                    .isEqualTo(Map.of(
                            "centre=\"kerkyra\",stage=\"counselling\"",
                            1.0,
                            "centre=\"kerkyra\",stage=\"first-contact\"",
                            3.0));
            assertThat(figures("diadromi_cases_overdue"))
                    .isEqualTo(Map.of(
                            "centre=\"kerkyra\",stage=\"counselling\"",
                            1.0,
                            "centre=\"kerkyra\",stage=\"first-contact\"",
                            1.0));
        }

        private Map<String, Double> byStage(Predicate<Task> counted) {
            return tasks.createTaskQuery().active().list().stream()
                    .collect(Collectors.groupingBy(
                            task -> "centre=\"%s\",stage=\"%s\""
                                    .formatted(
                                            task.getTenantId(),
                                            task.getProcessDefinitionId().split(":")[0]),
                            TreeMap::new,
                            Collectors.summingDouble(task -> counted.test(task) ? 1 : 0)));
        }

        @Test
        void what_is_broken_is_counted() {
            assertThat(figures("diadromi_figures_counted")).containsEntry("", 1.0);
            assertThat(figures("diadromi_jobs").get("state=\"failed\"")).isEqualTo(1);
            long waiting = management.createJobQuery().active().withRetriesLeft().list().stream()
                    .filter(job -> job.getDuedate() == null || !job.getDuedate().after(Date.from(clock.instant())))
                    .count();
            assertThat(figures("diadromi_jobs").get("state=\"due\"")).isEqualTo(waiting);
            assertThat(figures("diadromi_incidents")).isEqualTo(Map.of("centre=\"kerkyra\"", 1.0));
            assertThat(figures("diadromi_mails").get("centre=\"kerkyra\",state=\"failed\""))
                    .isEqualTo(1);
            assertThat(figures("diadromi_form_rejects_total"))
                    .isEqualTo(Map.of("form=\"task_firstContact_initialInterview\"", 1.0));
        }

        private Map<String, Double> figures(String name) {
            Map<String, Double> found = new TreeMap<>();
            figures.forEach((key, value) -> {
                if (key.equals(name)) {
                    found.put("", value);
                } else if (key.startsWith(name + "{")) {
                    found.put(key.substring(name.length() + 1, key.length() - 1), value);
                }
            });
            return found;
        }

        @Test
        void whoever_may_not_read_them_does_not() throws Exception {
            assertThat(get("/actuator/prometheus", null).statusCode()).isEqualTo(401);
            assertThat(get("/actuator/prometheus", "metrics:").statusCode()).isEqualTo(401);
            assertThat(get("/actuator/prometheus", "metrics:wrong").statusCode())
                    .isEqualTo(401);
            assertThat(get("/actuator/prometheus", "kerkyra.coordinator:demo").statusCode())
                    .isEqualTo(403);
            assertThat(get("/actuator/prometheus", "supervisor:demo").statusCode())
                    .isEqualTo(403);
            assertThat(get("/actuator/prometheus", "admin:demo").statusCode()).isEqualTo(200);
            // Elsewhere nobody knows the account: each try is a guess, and guessing is slowed down.
            for (String elsewhere : List.of("/engine-rest/task", "/actuator/info", "/demo/clock")) {
                assertThat(get(elsewhere, "metrics:seen-by-machines").statusCode())
                        .as(elsewhere)
                        .isIn(401, 429);
            }
        }

        @Test
        void health_says_what_is_wrong_to_administrators_only() throws Exception {
            HttpResponse<String> anybody = get("/actuator/health", null);
            assertThat(anybody.statusCode()).isEqualTo(200);
            assertThat(new ObjectMapper()
                            .readTree(anybody.body())
                            .path("status")
                            .asText())
                    .isEqualTo("WARNING");
            assertThat(anybody.body()).doesNotContain("components");
            assertThat(get("/actuator/health", "kerkyra.coordinator:demo").body())
                    .doesNotContain("components");

            JsonNode parts = new ObjectMapper()
                    .readTree(get("/actuator/health", "admin:demo").body())
                    .path("components");
            assertThat(parts.path("db").path("status").asText()).isEqualTo("UP");
            assertThat(parts.path("outbox").path("status").asText()).isEqualTo("WARNING");
            assertThat(parts.path("outbox").path("details").path("failed").asInt())
                    .isEqualTo(1);
            JsonNode jobs = parts.path("failedJobs");
            assertThat(jobs.path("status").asText()).isEqualTo("WARNING");
            assertThat(jobs.path("details")
                            .path("steps")
                            .path("timer_counselling_inactive")
                            .asInt())
                    .isEqualTo(1);
            assertThat(get("/actuator/health/readiness", null).body()).contains("UP");
        }

        @Test
        void dashboard_and_alerts_name_what_there_is() throws Exception {
            Set<String> known = figures.keySet().stream()
                    .map(key -> key.contains("{") ? key.substring(0, key.indexOf('{')) : key)
                    .collect(Collectors.toCollection(TreeSet::new));
            // Prometheus adds it to each target by itself.
            known.add("up");
            List<String> questions = new ArrayList<>();
            JsonNode dashboard = new ObjectMapper()
                    .readTree(Files.readString(MONITORING.resolve("grafana/dashboards/diadromi.json")));
            dashboard
                    .path("panels")
                    .forEach(panel -> panel.path("targets")
                            .forEach(target -> questions.add(target.path("expr").asText())));
            assertThat(questions).hasSizeGreaterThan(10);
            dashboard
                    .path("templating")
                    .path("list")
                    .forEach(variable ->
                            questions.add(variable.path("query").path("query").asText()));
            yaml("alerts.yml").findValues("expr").forEach(question -> questions.add(question.asText()));
            assertThat(questions).allSatisfy(question -> {
                Matcher names = Pattern.compile("\\b(diadromi_|http_|jvm_|hikaricp_)\\w+|\\bup\\b")
                        .matcher(question);
                assertThat(names.find()).as(question).isTrue();
                do {
                    assertThat(known).as(question).contains(names.group());
                } while (names.find());
            });
            assertThat(yaml("prometheus.yml")
                            .at("/scrape_configs/0/metrics_path")
                            .asText())
                    .isEqualTo("/actuator/prometheus");
            assertThat(yaml("prometheus.yml")
                            .at("/scrape_configs/0/basic_auth/username")
                            .asText())
                    .isEqualTo("metrics");
        }

        private static JsonNode yaml(String file) throws IOException {
            return new ObjectMapper()
                    .valueToTree(new org.yaml.snakeyaml.Yaml().load(Files.readString(MONITORING.resolve(file))));
        }

        private HttpResponse<String> get(String path, String login) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
            if (login != null) {
                request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes()));
            }
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        }
    }
}
