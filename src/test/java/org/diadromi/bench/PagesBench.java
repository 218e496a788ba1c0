package org.diadromi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.camunda.bpm.engine.FilterService;
import org.diadromi.TestDatabase;
import org.diadromi.casefile.CaseWords;
import org.diadromi.demo.DemoHistory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * How long people wait for a page, and how that grows with the cases: asked over HTTP of the running application, on both
 * databases, at each number of cases of the system property {@code bench.cases}. Writes {@code target/bench/pages.md}; it judges
 * nothing, because the machine's mood is in every time.
 */
class PagesBench {

    private static final Path REPORT = Path.of("target/bench/pages.md");
    private static final int[] SIZES = Arrays.stream(
                    System.getProperty("bench.cases", "1000,10000").split(","))
            .mapToInt(size -> Integer.parseInt(size.strip()))
            .toArray();
    private static final int WARM_UP = 30;
    private static final int ASKED = 100;

    /** The 95th percentile in milliseconds, by database and page, then by size. */
    private static final Map<String, Map<Integer, Double>> TIMES = new LinkedHashMap<>();

    private static final List<String> FILLED = new ArrayList<>();

    @Nested
    class OnH2 extends Pages {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            registry.add("spring.datasource.url", () -> TestDatabase.h2File("./target/bench/h2-" + System.nanoTime()));
        }

        @Override
        String database() {
            return "H2";
        }
    }

    @Nested
    class OnPostgres extends Pages {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "bench");
            // To fill it: one statement for many rows.
            registry.add("spring.datasource.hikari.data-source-properties.reWriteBatchedInserts", () -> "true");
        }

        @Override
        String database() {
            return "PostgreSQL";
        }
    }

    /** A question that a person's screen asks; {@code body} is null for a page. */
    private record Question(String name, String user, String path, String body) {}

    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "camunda.bpm.job-execution.enabled=false",
                "diadromi.mail.directory=target/bench/outbox",
                "diadromi.demo-history=400"
            })
    @ActiveProfiles("demo")
    abstract static class Pages {

        @LocalServerPort
        private int port;

        @Autowired
        private DemoHistory history;

        @Autowired
        private DataSource source;

        @Autowired
        private JdbcClient jdbc;

        @Autowired
        private FilterService filters;

        @Autowired
        private CaseWords words;

        private ManyCases cases;
        private final Map<String, HttpClient> browsers = new LinkedHashMap<>();

        abstract String database();

        @Test
        void pages_at_each_size() throws Exception {
            while (history.percent() != null) {
                Thread.sleep(1000);
            }
            cases = new ManyCases(source);
            for (int size : SIZES) {
                long begin = System.nanoTime();
                long rows = cases.fill(size);
                words.writeMissing();
                FILLED.add("%s: %,d cases with %,d rows in %.0f s"
                        .formatted(database(), size, rows, (System.nanoTime() - begin) / 1e9));
                if (size == SIZES[0]) {
                    // Before the code is compiled, the smallest size would be the slowest.
                    for (Question question : questions()) {
                        ask(question);
                        ask(question);
                    }
                }
                for (Question question : questions()) {
                    TIMES.computeIfAbsent(database() + " | " + question.name(), name -> new LinkedHashMap<>())
                            .put(size, ask(question));
                }
                // The largest sizes take their time, and whoever stops them wants what was found until then.
                report();
            }
        }

        private List<Question> questions() {
            List<Question> questions = new ArrayList<>();
            for (String filter : List.of("Της ομάδας μου", "Εκπρόθεσμες", "Όλο το κέντρο")) {
                String path = "/camunda/api/engine/engine/default/filter/"
                        + filters.createFilterQuery()
                                .filterName(filter)
                                .singleResult()
                                .getId();
                questions.add(new Question(
                        "Tasklist «" + filter + "», first page",
                        "kerkyra.coordinator",
                        path + "/list?firstResult=0&maxResults=15",
                        "{}"));
                questions.add(
                        new Question("Tasklist «" + filter + "», count", "kerkyra.coordinator", path + "/count", "{}"));
            }
            questions.add(new Question("Mails of the centre", "kerkyra.coordinator", "/mail", null));
            questions.add(new Question("Supervision: now", "supervisor", "/supervision", null));
            questions.add(new Question("Supervision: flow", "supervisor", "/supervision/flow", null));
            questions.add(new Question("Supervision: map", "supervisor", "/supervision/map?process=counselling", null));
            questions.add(new Question("Supervision: results", "supervisor", "/supervision/results", null));
            questions.add(new Question("Supervision: forecast", "supervisor", "/supervision/forecast", null));
            questions.add(new Question("Supervision: targets", "supervisor", "/supervision/targets", null));
            questions.add(new Question("Supervision, all centres: now", "admin", "/supervision", null));
            questions.add(new Question("Supervision, all centres: flow", "admin", "/supervision/flow", null));
            questions.add(new Question(
                    "Supervision, all centres: map", "admin", "/supervision/map?process=counselling", null));
            questions.add(new Question("Supervision, all centres: results", "admin", "/supervision/results", null));
            questions.add(new Question("Supervision, all centres: forecast", "admin", "/supervision/forecast", null));
            questions.add(
                    new Question("Supervision, one centre: flow", "kerkyra.coordinator", "/supervision/flow", null));
            questions.add(new Question(
                    "Supervision, one centre: people", "kerkyra.coordinator", "/supervision/people", null));
            questions.add(new Question("Cases, first page", "kerkyra.counsellor", "/cases", null));
            questions.add(
                    new Question("Cases, all, tenth page", "kerkyra.counsellor", "/cases?state=all&page=9", null));
            questions.add(
                    new Question("Cases, mine and late", "kerkyra.counsellor", "/cases?mine=true&late=true", null));
            questions.add(
                    new Question("Cases, of a stage", "kerkyra.counsellor", "/cases?stage=legal-registration", null));
            questions.add(new Question("Cases, one letter typed", "kerkyra.counsellor", search("κ"), null));
            questions.add(new Question("Cases, two names typed", "kerkyra.counsellor", search("ΜΑΡΙΑ καλο"), null));
            String task = jdbc.sql(
                            "select max(task_id) from task_fact where centre_id = 'kerkyra' and ended_at is null")
                    .query(String.class)
                    .single();
            String number = jdbc.sql("""
                    select c.case_number from case_fact c join task_fact t on t.case_id = c.case_id where t.task_id = ?
                    """).param(task).query(String.class).single();
            questions.add(new Question("A case", "kerkyra.counsellor", "/cases/" + number, null));
            questions.add(new Question("A case beside its task", "kerkyra.counsellor", "/cases/beside/" + task, null));
            questions.add(new Question("Cases, a phone typed", "kerkyra.counsellor", search("26610 12345"), null));
            return questions;
        }

        private static String search(String typed) {
            return "/cases?state=all&q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8);
        }

        private double ask(Question question) throws Exception {
            HttpClient browser = browsers.computeIfAbsent(question.user(), this::loggedIn);
            double[] times = new double[ASKED];
            for (int i = -WARM_UP; i < ASKED; i++) {
                HttpRequest request = request(browser, question);
                cases.touch();
                long begin = System.nanoTime();
                HttpResponse<String> response = browser.send(request, BodyHandlers.ofString());
                if (i >= 0) {
                    times[i] = (System.nanoTime() - begin) / 1e6;
                }
                assertThat(response.statusCode())
                        .as("%s: %s", question.name(), response.body())
                        .isEqualTo(200);
            }
            Arrays.sort(times);
            return times[(int) Math.ceil(0.95 * ASKED) - 1];
        }

        private HttpRequest request(HttpClient browser, Question question) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(question.path()));
            if (question.body() == null) {
                return request.header("Accept", "text/html").build();
            }
            return request.header("Accept", "application/hal+json, application/json; q=0.5")
                    .header("Content-Type", "application/json")
                    .header("X-XSRF-TOKEN", cookie(browser, "XSRF-TOKEN"))
                    .POST(BodyPublishers.ofString(question.body()))
                    .build();
        }

        private HttpClient loggedIn(String user) {
            try {
                HttpClient browser = HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .build();
                String page = browser.send(HttpRequest.newBuilder(uri("/login")).build(), BodyHandlers.ofString())
                        .body();
                Matcher token =
                        Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
                assertThat(token.find()).isTrue();
                browser.send(
                        HttpRequest.newBuilder(uri("/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("username=" + user + "&password=demo&_csrf="
                                        + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)))
                                .build(),
                        BodyHandlers.discarding());
                browser.send(
                        HttpRequest.newBuilder(uri("/camunda/app/tasklist/default/"))
                                .build(),
                        BodyHandlers.discarding());
                return browser;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static String cookie(HttpClient browser, String name) {
            return ((CookieManager) browser.cookieHandler().orElseThrow())
                    .getCookieStore().getCookies().stream()
                            .filter(cookie -> cookie.getName().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .getValue();
        }

        private URI uri(String path) {
            return URI.create("http://localhost:" + port + path);
        }
    }

    private static void report() throws IOException {
        StringBuilder report = new StringBuilder("# How long people wait\n\n");
        report.append("The 95th percentile of ")
                .append(ASKED)
                .append(" requests in milliseconds, one after the other.\n\n");
        FILLED.forEach(line -> report.append("- ").append(line).append('\n'));
        report.append("\n| database | page |");
        for (int size : SIZES) {
            report.append(String.format(Locale.ROOT, " %,d |", size));
        }
        report.append(" slope |\n|---|---|")
                .append("--:|".repeat(SIZES.length + 1))
                .append('\n');
        TIMES.forEach((name, times) -> {
            report.append("| ").append(name).append(" |");
            for (int size : SIZES) {
                Double time = times.get(size);
                report.append(time == null ? " – |" : String.format(Locale.ROOT, " %.1f |", time));
            }
            report.append(slope(times)).append('\n');
        });
        report.append(
                "\nThe slope is that of the logarithms from the first to the last size: 0 does not grow, 1 grows as the cases.\n");
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, report.toString());
    }

    private static String slope(Map<Integer, Double> times) {
        int first = SIZES[0];
        int last = SIZES[SIZES.length - 1];
        return first == last || !times.containsKey(last)
                ? " – |"
                : String.format(
                        Locale.ROOT,
                        " %.2f |",
                        Math.log(times.get(last) / times.get(first)) / Math.log((double) last / first));
    }
}
