package org.diadromi.counselling;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.DiadromiSettings;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.notification.MailContent;
import org.diadromi.notification.MailReader;
import org.springframework.stereotype.Component;

/** What the mails of counselling say: an appointment made, moved or called off with its calendar entry, and the reminder of it. */
@Component
class CounsellingMail implements MailContent {

    private static final String APPOINTMENT = "appointment";
    private static final String MOVED = "appointment-moved";
    static final String CANCELLED = "appointment-cancelled";
    private static final String REMINDER = "appointment-reminder";

    private final Counselling counselling;
    private final Centres centres;
    private final DiadromiSettings settings;
    private final Texts texts;
    private final AppClock clock;

    CounsellingMail(Counselling counselling, Centres centres, DiadromiSettings settings, Texts texts, AppClock clock) {
        this.counselling = counselling;
        this.centres = centres;
        this.settings = settings;
        this.texts = texts;
        this.clock = clock;
    }

    @Override
    public Set<String> templates() {
        return Set.of(APPOINTMENT, MOVED, CANCELLED, REMINDER);
    }

    /** Empty when the appointment is over, or has not been called off where the mail says so: the mail would tell nothing new. */
    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        return appointment(template, caseFile)
                .map(appointment -> Map.of(
                        "appointmentText", texts.moment(appointment.startsAt(), locale),
                        "minutes", appointment.minutes(),
                        "modeText", texts.of(locale, "mode." + appointment.mode()),
                        "place", place(appointment, caseFile),
                        "goesOn", caseFile.status() == CaseFile.Status.OPEN));
    }

    private Optional<Appointment> appointment(String template, CaseFile caseFile) {
        return template.equals(CANCELLED) ? counselling.calledOff(caseFile) : counselling.appointmentAhead(caseFile);
    }

    /** Where to come, or the link; at the centre its address, where nothing else is said. Empty when nothing is known. */
    private String place(Appointment appointment, CaseFile caseFile) {
        if (appointment.place() != null) {
            return appointment.place();
        }
        String address = centres.get(caseFile.centreId()).address();
        return "place".equals(appointment.mode()) && address != null ? address : "";
    }

    @Override
    public Optional<String> invitation(String template, CaseFile caseFile, MailReader to) {
        if (template.equals(REMINDER)) {
            return Optional.empty();
        }
        return appointment(template, caseFile)
                .map(appointment -> invitation(appointment, template.equals(CANCELLED), caseFile, to));
    }

    private String invitation(Appointment appointment, boolean cancelled, CaseFile caseFile, MailReader to) {
        Centre centre = centres.get(caseFile.centreId());
        Locale locale = to.language();
        Invitation.Party organizer = new Invitation.Party(
                centre.name(locale), centre.email() == null ? settings.mail().from() : centre.email());
        Invitation.Party attendee = new Invitation.Party(to.name(), to.email());
        return Invitation.to(
                appointment,
                cancelled,
                texts.of(locale, "appointment.summary", centre.name(locale)),
                place(appointment, caseFile).isEmpty()
                        ? texts.of(locale, "mode." + appointment.mode())
                        : place(appointment, caseFile),
                organizer,
                attendee,
                clock.instant());
    }
}
