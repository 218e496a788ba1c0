package org.diadromi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.camunda.bpm.engine.ProcessEngine;
import org.diadromi.BareEngine;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.process.SampleJourneys;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a whole journey asks of the database, all that is ours included, beside the same journey on the bare engine. */
@SpringBootTest(
        properties = {"camunda.bpm.job-execution.enabled=false", "diadromi.mail.directory=target/statements/outbox"})
@ActiveProfiles("demo")
@Import({SampleJourneys.Players.class, CountedDatabase.Counting.class})
class JourneyStatementsTest {

    private static final double ALLOWED = 0.91;
    private static final int JOURNEYS = 3;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.h2(registry, "journeystatements");
    }

    @Autowired
    private SampleJourneys journeys;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private CountedDatabase ours;

    @Autowired
    private AppClock clock;

    @AfterEach
    void back_to_today() {
        clock.setOffset(Duration.ZERO);
    }

    @Test
    void a_journey_costs_few_statements_and_no_commit_more_than_the_engine_alone() throws Exception {
        onMonday();
        JourneyReplay replay = new JourneyReplay(journeys.wholeJourney());
        onMonday();
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:barejourneys;DB_CLOSE_DELAY=-1");
        CountedDatabase theirs = new CountedDatabase(h2);
        ProcessEngine bare = BareEngine.on(theirs, "bare-journeys", replay.stepsAfterRegistration());
        try {
            count(ours, 1, () -> replay.onOurs(engine));
            count(theirs, 1, () -> replay.onBare(bare));
            count(ours, JOURNEYS, () -> replay.onOurs(engine));
            count(theirs, JOURNEYS, () -> replay.onBare(bare));
        } finally {
            bare.close();
        }

        assertThat(ours.statements() / (double) theirs.statements())
                .as("%d statements, %d on the bare engine", ours.statements(), theirs.statements())
                .isBetween(0.85, ALLOWED);
        assertThat(ours.commits()).isBetween(1L, theirs.commits());
    }

    /** The first time on each side reads definitions and forms. */
    private static void count(CountedDatabase database, int number, Runnable journey) {
        database.begin();
        for (int i = 0; i < number; i++) {
            journey.run();
        }
        database.end();
    }

    private void onMonday() {
        clock.setOffset(Duration.between(
                Instant.now(),
                JourneyReplay.MONDAY.atZone(BusinessCalendar.ATHENS).toInstant()));
    }
}
