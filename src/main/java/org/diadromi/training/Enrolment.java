package org.diadromi.training;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A place in a training cohort (κύκλος εκπαίδευσης).
 *
 * @param centreId the centre that gave the place, also after the case has gone to another one
 * @param teamName null while there is no team
 * @param outcome passed or dropped; null while it goes on
 */
@Table("enrolment")
public record Enrolment(
        @Id Long id,
        Long caseId,
        String centreId,
        String cohort,
        LocalDate startsOn,
        LocalDate endsOn,
        String teamName,
        String outcome,
        String enrolledBy,
        LocalDateTime enrolledAt) {

    Enrolment ended(String how) {
        return new Enrolment(id, caseId, centreId, cohort, startsOn, endsOn, teamName, how, enrolledBy, enrolledAt);
    }
}
