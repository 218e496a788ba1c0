package org.diadromi.staff;

import jakarta.validation.constraints.NotBlank;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** What is typed into the form of an absence, as typed. */
class AbsenceForm {

    /** Who is away; counts for a coordinator only. */
    String person;

    @NotBlank(message = "{absences.date.missing}")
    String from;

    @NotBlank(message = "{absences.date.missing}")
    String to;

    @NotBlank(message = "{absences.standIn.missing}")
    String standIn;

    /** The day; null when it is none. */
    static LocalDate day(String typed) {
        try {
            LocalDate day = typed == null || typed.isBlank() ? null : LocalDate.parse(typed.strip());
            return day == null || day.getYear() > 2200 ? null : day;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    // What the page reads other than as fields.

    public String getPerson() {
        return person;
    }

    public String getStandIn() {
        return standIn;
    }
}
