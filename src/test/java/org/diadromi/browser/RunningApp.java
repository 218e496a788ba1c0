package org.diadromi.browser;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

/** The whole application with the demonstration's staff on a port of its own, one for all tests of this package. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "diadromi.mail.directory=target/browser/outbox")
@ActiveProfiles("demo")
abstract class RunningApp {

    @LocalServerPort
    private int port;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    protected AppClock clock;

    @Autowired
    protected JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.h2(registry, "browser");
    }

    /** The engine's web applications and clock are found through static fields: another test's application may be there. */
    @BeforeEach
    void the_web_applications_find_this_engine() {
        ProcessEngines.registerProcessEngine(engine);
        clock.setOffset(clock.offset());
    }

    /** The address of a page of the running application. */
    String url(String path) {
        return "http://localhost:" + port + path;
    }

    /** Registers a person as a member of staff would, without a browser; gives the number of the case. */
    String openCase(String user, String firstName, String lastName) {
        Map<String, Object> answer = Map.of(
                "source", "phone",
                "firstName", firstName,
                "lastName", lastName,
                "salutation", "unknown",
                "email", "somebody@example.org",
                "municipality", "Κέρκυρα",
                "language", "el",
                "aloneOrGroup", "alone",
                "informed", true);
        Map<String, Object> variables = new HashMap<>();
        answer.forEach((key, value) -> variables.put(key, Map.of("value", value)));
        return (String) RestClient.create(url("/engine-rest"))
                .post()
                .uri("/process-definition/key/support-journey/submit-form")
                .headers(headers -> headers.setBasicAuth(user, "demo"))
                .body(Map.of("variables", variables))
                .retrieve()
                .body(Map.class)
                .get("businessKey");
    }
}
