package org.diadromi.counselling;

import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * An appointment (ραντεβού) for a counselling session; times are those of Athens.
 *
 * @param uid its name in calendars, the same in every message about it
 * @param mode place, online or phone
 * @param place the room or the link; null where none was given
 * @param area what it is about, a code
 * @param counsellor the user id of who counsels
 * @param confirmedAt when the person said that they will come; null until then
 * @param revision how often its time has changed
 */
@Table("appointment")
public record Appointment(
        @Id Long id,
        Long caseId,
        String uid,
        LocalDateTime startsAt,
        int minutes,
        String mode,
        String place,
        String area,
        String counsellor,
        LocalDateTime bookedAt,
        LocalDateTime confirmedAt,
        int revision) {

    /** The same, confirmed by the person; the first time counts. */
    Appointment confirmed(LocalDateTime now) {
        return new Appointment(
                id,
                caseId,
                uid,
                startsAt,
                minutes,
                mode,
                place,
                area,
                counsellor,
                bookedAt,
                confirmedAt == null ? now : confirmedAt,
                revision);
    }

    /** The same at another time, which the person has chosen and so confirmed. */
    Appointment moved(LocalDateTime newStart, LocalDateTime now) {
        return new Appointment(
                id, caseId, uid, newStart, minutes, mode, place, area, counsellor, bookedAt, now, revision + 1);
    }

    /** When it ends. */
    public LocalDateTime endsAt() {
        return startsAt.plusMinutes(minutes);
    }
}
