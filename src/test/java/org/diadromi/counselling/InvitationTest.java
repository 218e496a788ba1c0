package org.diadromi.counselling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Organizer;
import org.diadromi.counselling.Invitation.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvitationTest {

    private static final String SUMMARY = "Ραντεβού: Κέντρο Στήριξης Κ.ΑΛ.Ο. Κέρκυρας, «Διαδρομή»";
    private static final String LOCATION = "Πλατεία 3, 2ος όροφος; https://example.org/a?b=c,d";

    @Test
    void sendsARequestThatReadsBack() throws Exception {
        String written = invitation(LocalDateTime.of(2026, 12, 1, 10, 0));
        Calendar calendar = read(written);
        VEvent event = event(calendar);

        assertThat(calendar.validate().hasErrors()).isFalse();
        assertThat(calendar.getMethod().getValue()).isEqualTo("REQUEST");
        assertThat(event.getRequiredProperty("UID").getValue()).isEqualTo("5f3c@diadromi");
        assertThat(event.getRequiredProperty("SEQUENCE").getValue()).isEqualTo("0");
        assertThat(event.getRequiredProperty("DTSTAMP").getValue()).isEqualTo("20261120T083000Z");
        assertThat(event.getSummary().getValue()).isEqualTo(SUMMARY);
        assertThat(event.getLocation().getValue()).isEqualTo(LOCATION);
        assertThat(event.<Organizer>getRequiredProperty("ORGANIZER").getCalAddress())
                .isEqualTo(URI.create("mailto:kerkyra@example.org"));
        Attendee attendee = event.getRequiredProperty("ATTENDEE");
        assertThat(attendee.getCalAddress()).isEqualTo(URI.create("mailto:eleni@example.org"));
        assertThat(attendee.getRequiredParameter("CN").getValue()).isEqualTo("Ελένη Παπαδοπούλου");
        assertThat(written).doesNotContain("legal");
    }

    @Test
    void takesTheAppointmentOutOfTheCalendarUnderTheSameNameAndALaterNumber() throws Exception {
        Appointment booked = appointment(LocalDateTime.of(2026, 12, 1, 10, 0));
        Appointment moved = booked.moved(LocalDateTime.of(2026, 12, 2, 9, 0), booked.bookedAt());
        VEvent first = event(read(invitation(booked, false)));
        VEvent second = event(read(invitation(moved, false)));
        Calendar last = read(invitation(moved, true));

        assertThat(last.validate().hasErrors()).isFalse();
        assertThat(last.getMethod().getValue()).isEqualTo("CANCEL");
        assertThat(event(last).getRequiredProperty("STATUS").getValue()).isEqualTo("CANCELLED");
        assertThat(List.of(first, second, event(last)))
                .extracting(event -> event.getRequiredProperty("UID").getValue())
                .containsOnly("5f3c@diadromi");
        assertThat(List.of(first, second, event(last)))
                .extracting(event -> event.getRequiredProperty("SEQUENCE").getValue())
                .containsExactly("0", "1", "2");
        assertThat(Instant.from(
                        second.<DtStart<?>>getRequiredProperty("DTSTART").getDate()))
                .isEqualTo("2026-12-02T07:00:00Z");
    }

    /** The clocks go back on 25 October 2026 and forward on 28 March 2027. */
    @ParameterizedTest
    @CsvSource({
        "2026-10-23T10:00, 2026-10-23T07:00:00Z",
        "2026-10-26T10:00, 2026-10-26T08:00:00Z",
        "2027-03-26T10:00, 2027-03-26T08:00:00Z",
        "2027-03-29T10:00, 2027-03-29T07:00:00Z"
    })
    void keepsAthensTimeOnBothSidesOfAClockChange(LocalDateTime startsAt, Instant instant) throws Exception {
        String written = invitation(startsAt);
        VEvent event = event(read(written));

        assertThat(unfolded(written))
                .contains("DTSTART;TZID=Europe/Athens:" + startsAt.toString().replaceAll("[-:]", "") + "00")
                .contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Athens");
        assertThat(Instant.from(event.<DtStart<?>>getRequiredProperty("DTSTART").getDate()))
                .isEqualTo(instant);
        assertThat(Instant.from(event.<DtEnd<?>>getRequiredProperty("DTEND").getDate()))
                .isEqualTo(instant.plusSeconds(45 * 60));
    }

    @Test
    void foldsLinesAtSeventyFiveOctets() {
        assertThat(invitation(LocalDateTime.of(2026, 12, 1, 10, 0)).split("\r\n"))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
    }

    private static Appointment appointment(LocalDateTime startsAt) {
        return new Appointment(
                1L,
                1L,
                "5f3c@diadromi",
                startsAt,
                45,
                "place",
                LOCATION,
                "legal",
                "maria",
                startsAt.minusDays(9),
                null,
                0);
    }

    private static String invitation(LocalDateTime startsAt) {
        return invitation(appointment(startsAt), false);
    }

    private static String invitation(Appointment appointment, boolean cancelled) {
        return Invitation.to(
                appointment,
                cancelled,
                SUMMARY,
                LOCATION,
                new Party("Κέντρο Στήριξης Κ.ΑΛ.Ο. Κέρκυρας", "kerkyra@example.org"),
                new Party("Ελένη Παπαδοπούλου", "eleni@example.org"),
                Instant.parse("2026-11-20T08:30:00Z"));
    }

    private static Calendar read(String written) throws IOException, ParserException {
        return new CalendarBuilder().build(new StringReader(written));
    }

    private static VEvent event(Calendar calendar) {
        return calendar.<VEvent>getComponent("VEVENT").orElseThrow();
    }

    private static String unfolded(String written) {
        return written.replace("\r\n ", "");
    }
}
