package org.diadromi.counselling;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ComponentList;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.PropertyList;
import net.fortuna.ical4j.model.TimeZoneRegistryFactory;
import net.fortuna.ical4j.model.component.Observance;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.component.VTimeZone;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Role;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.TzId;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import org.diadromi.calendar.BusinessCalendar;

/** An appointment as calendars read it (iCalendar, RFC 5545 and 5546). */
final class Invitation {

    static final String PRODUCT = "-//Diadromi//Diadromi//EL";

    /** A line holds 75 octets at most, and a Greek letter takes two of them. */
    private static final int LINE = 36;

    static final VTimeZone ATHENS = athens();

    private Invitation() {}

    /** Someone an invitation names. */
    record Party(String name, String mail) {}

    /**
     * The invitation to an appointment, or its withdrawal. Calendars know both by the appointment's name and take the later number of
     * its changes. It says when and where, and nothing of what it is about: calendars are shared.
     *
     * @param cancelled whether the appointment is called off
     * @param writtenAt when the invitation is made
     */
    static String to(
            Appointment appointment,
            boolean cancelled,
            String summary,
            String location,
            Party organizer,
            Party attendee,
            Instant writtenAt) {
        VEvent event = new VEvent(new PropertyList(List.of(
                new Uid(appointment.uid()),
                new DtStamp(writtenAt),
                new Sequence(appointment.revision() + (cancelled ? 1 : 0)),
                cancelled ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED,
                new DtStart<>(inAthens(appointment.startsAt())),
                new DtEnd<>(inAthens(appointment.endsAt())),
                new Summary(summary),
                new Location(location),
                new Organizer(new ParameterList(List.of(new Cn(organizer.name()))), address(organizer)),
                new Attendee(
                        // Nobody reads replies of calendars; who cannot come calls the centre.
                        new ParameterList(List.of(
                                new Cn(attendee.name()), Role.REQ_PARTICIPANT, PartStat.NEEDS_ACTION, Rsvp.FALSE)),
                        address(attendee)))));
        Calendar calendar = new Calendar()
                .withDefaults()
                .withProdId(PRODUCT)
                .withProperty(cancelled ? ImmutableMethod.CANCEL : ImmutableMethod.REQUEST)
                .withComponent(ATHENS)
                .withComponent(event)
                .getFluentTarget();
        return written(calendar);
    }

    /** The calendar as it is sent: CRLF, and folded so that no line is too long for the strict. */
    static String written(Calendar calendar) {
        StringWriter written = new StringWriter();
        try {
            new CalendarOutputter(true, LINE).output(calendar, written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toString();
    }

    static ZonedDateTime inAthens(LocalDateTime moment) {
        return moment.atZone(BusinessCalendar.ATHENS);
    }

    private static URI address(Party party) {
        try {
            return new URI("mailto", party.mail(), null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("No mail address: " + party.mail(), e);
        }
    }

    /** The time zone with the rules in force only: some calendars stumble over the odd offsets of a century ago. */
    private static VTimeZone athens() {
        List<Observance> inForce = TimeZoneRegistryFactory.getInstance()
                .createRegistry()
                .getTimeZone(BusinessCalendar.ATHENS.getId())
                .getVTimeZone()
                .getObservances()
                .stream()
                .filter(observance -> observance
                        .getProperty(Property.RRULE)
                        .filter(rule -> !rule.getValue().contains("UNTIL"))
                        .isPresent())
                .toList();
        return new VTimeZone(
                new PropertyList(List.of(new TzId(BusinessCalendar.ATHENS.getId()))), new ComponentList<>(inForce));
    }
}
