package org.diadromi.counselling;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * What became of an appointment, as it is kept; {@link Counselling.Outcome} says what the values mean.
 *
 * @param centreId the centre whose hours these are, also after the case has gone to another one
 * @param heldOn the day of the appointment
 */
@Table("counselling_session")
record CounsellingSession(
        @Id Long id,
        Long caseId,
        String centreId,
        Long appointmentId,
        LocalDate heldOn,
        String outcome,
        int contactMinutes,
        int preparationMinutes,
        String area,
        String fundingLine,
        String note,
        String goalsReached,
        String nextStep,
        String nextStepNote,
        LocalDate nextStepDue,
        String recordedBy,
        LocalDateTime recordedAt) {}
