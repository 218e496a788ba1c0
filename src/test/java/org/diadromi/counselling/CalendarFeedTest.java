package org.diadromi.counselling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtStart;
import org.diadromi.SampleContact;
import org.diadromi.TestDatabase;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.workflow.Absences;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a calendar program reads by a private address, for how long and what not, and the week of a centre; on both databases. */
class CalendarFeedTest {

    @Nested
    class OnH2 extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.h2(registry, "feed");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            TestDatabase.postgres(registry, "feed");
        }
    }

    @SpringBootTest(
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "diadromi.demo=true",
                "diadromi.public-url=https://kentro.example.org/",
                "camunda.bpm.job-execution.enabled=false"
            })
    abstract static class Promises {

        private static final String STELLA = "stella";

        @LocalServerPort
        int port;

        @Autowired
        CalendarFeed feed;

        @Autowired
        Agenda agenda;

        @Autowired
        Counselling counselling;

        @Autowired
        Absences absences;

        @Autowired
        CaseFiles cases;

        @Autowired
        AppClock clock;

        @Autowired
        JdbcClient jdbc;

        @BeforeEach
        void it_is_before_the_clocks_go_back() {
            clock.setOffset(Duration.between(
                    Instant.now(), LocalDateTime.of(2027, 10, 25, 9, 0).atZone(BusinessCalendar.ATHENS)));
            jdbc.sql("update appointment set counsellor = null").update();
            jdbc.sql("delete from staff_absence").update();
        }

        @AfterEach
        void back_to_today() {
            clock.setOffset(Duration.ZERO);
        }

        @Test
        void the_feed_has_ones_own_appointments_with_number_and_initials_only() throws Exception {
            CaseFile before = open("magnisia");
            counselling.book(
                    before,
                    LocalDateTime.of(2027, 10, 29, 10, 0),
                    60,
                    "online",
                    "https://meet.example.org/x",
                    "legal",
                    STELLA);
            CaseFile after = open("magnisia");
            counselling.book(after, LocalDateTime.of(2027, 11, 2, 10, 0), 45, "phone", null, "legal", STELLA);
            CaseFile others = open("magnisia");
            counselling.book(
                    others, LocalDateTime.of(2027, 11, 2, 10, 0), 45, "phone", null, "legal", "magnisia.counsellor");
            CaseFile calledOff = open("magnisia");
            counselling.book(calledOff, LocalDateTime.of(2027, 11, 3, 10, 0), 45, "phone", null, "legal", STELLA);
            counselling.cancel(calledOff, null);
            absences.enter(
                    "kerkyra", STELLA, clock.today().plusDays(20), clock.today().plusDays(21), "kerkyra.legal", STELLA);

            HttpResponse<String> answer = get(feed.renew(STELLA));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow().toLowerCase())
                    .isEqualTo("text/calendar;charset=utf-8");
            assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("no-store");
            Calendar calendar = new CalendarBuilder().build(new StringReader(answer.body()));
            assertThat(calendar.validate().hasErrors())
                    .as("%s in %s", calendar.validate().getEntries(), calendar)
                    .isFalse();
            assertThat(calendar.getProperty("METHOD")).isEmpty();
            assertThat(calendar.getComponent("VTIMEZONE")).isPresent();
            List<VEvent> events = calendar.getComponents("VEVENT");
            assertThat(events)
                    .extracting(event -> event.getSummary().getValue())
                    .containsExactly(
                            before.number() + " · Ε.Π. · Διαδικτυακά",
                            after.number() + " · Ε.Π. · Τηλεφωνικά",
                            "Απουσία");
            assertThat(events.subList(0, 2))
                    .as("in summer time, and in winter time")
                    .extracting(event -> Instant.from(
                            event.<DtStart<?>>getRequiredProperty("DTSTART").getDate()))
                    .containsExactly(Instant.parse("2027-10-29T07:00:00Z"), Instant.parse("2027-11-02T08:00:00Z"));
            assertThat(events.get(0).getRequiredProperty("URL").getValue())
                    .isEqualTo("https://kentro.example.org/cases/" + before.number());
            assertThat(answer.body()).doesNotContain("Παππά", "Ελένη", "eleni", "legal", "Νομικά", "2661");
        }

        @Test
        void an_address_ends_when_it_is_renewed_or_taken_back_and_with_its_owners_work() throws Exception {
            String first = feed.renew("chania.counsellor");
            assertThat(first).matches("https://kentro\\.example\\.org/calendar/feed/[\\w-]{43}\\.ics");
            assertThat(jdbc.sql("select token_hash from calendar_feed where user_id = 'chania.counsellor'")
                            .query(String.class)
                            .single())
                    .matches("[0-9a-f]{64}")
                    .isNotEqualTo(first.replaceAll(".*/|\\.ics", ""));
            String second = feed.renew("chania.counsellor");
            assertThat(get(first).statusCode()).isEqualTo(404);
            assertThat(get(second).statusCode()).isEqualTo(200);

            jdbc.sql("update staff_account set active = false where user_id = 'chania.counsellor'")
                    .update();
            assertThat(get(second).statusCode()).isEqualTo(404);
            jdbc.sql("update staff_account set active = true where user_id = 'chania.counsellor'")
                    .update();

            feed.revoke("chania.counsellor");
            feed.revoke("chania.counsellor");
            assertThat(get(second).statusCode()).isEqualTo(404);
            assertThat(feed.madeAt("chania.counsellor")).isEmpty();
        }

        @Test
        void the_week_shows_what_stands_and_what_became_of_it() {
            CaseFile one = open("kerkyra");
            counselling.book(
                    one,
                    LocalDateTime.of(2027, 10, 26, 12, 0),
                    60,
                    "place",
                    "Αίθουσα 2",
                    "legal",
                    "kerkyra.counsellor");
            counselling.record(
                    one, new Counselling.Outcome("noShow", 0, 0, null, null, null, null, null), "kerkyra.counsellor");
            counselling.book(
                    one, LocalDateTime.of(2027, 10, 27, 12, 0), 60, "place", null, "legal", "kerkyra.counsellor");
            jdbc.sql("""
                    insert into enrolment (case_id, centre_id, cohort, starts_on, ends_on, enrolled_at)
                    select id, centre_id, 'Κύκλος Α', date '2027-10-25', date '2027-11-20', opened_at from case_file where number = ?
                    """).param(one.number()).update();
            absences.enter(
                    "kerkyra", "kerkyra.legal", clock.today(), clock.today(), "kerkyra.coordinator", "kerkyra.legal");

            List<Agenda.Day> week = week("kerkyra", null);
            assertThat(week.get(0).cohorts()).containsExactly(new Agenda.CohortDay("Κύκλος Α", true));
            assertThat(week.get(0).away()).containsExactly("kerkyra.legal");
            assertThat(week.get(1).appointments())
                    .extracting(Agenda.Entry::outcome)
                    .containsExactly("noShow");
            assertThat(week.get(2).appointments())
                    .extracting(Agenda.Entry::caseNumber)
                    .containsExactly(one.number());
            assertThat(week.get(3).closed()).as("28 October").isNotBlank();
            assertThat(week.get(5).closed()).isEmpty();
            assertThat(week("kerkyra", "kerkyra.legal"))
                    .allSatisfy(day -> assertThat(day.appointments()).isEmpty());
            assertThat(week("chania", null)).allSatisfy(day -> {
                assertThat(day.appointments()).isEmpty();
                assertThat(day.cohorts()).isEmpty();
                assertThat(day.away()).isEmpty();
            });

            cases.close(cases.get("kerkyra", one.number()), "closedByCentre");
            assertThat(week("kerkyra", null).get(2).appointments()).isEmpty();
            assertThat(week("kerkyra", null).get(1).appointments()).hasSize(1);
        }

        private List<Agenda.Day> week(String centre, String person) {
            return agenda.days(centre, person, clock.today(), clock.today().plusDays(6), org.diadromi.Texts.GREEK);
        }

        private HttpResponse<String> get(String address) throws Exception {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port
                                            + URI.create(address).getPath()))
                                    .build(),
                            BodyHandlers.ofString());
        }

        private CaseFile open(String centre) {
            return cases.open(SampleContact.eleni(centre), null);
        }
    }
}
