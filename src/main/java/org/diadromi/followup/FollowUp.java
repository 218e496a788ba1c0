package org.diadromi.followup;

import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/**
 * One follow-up of a venture, with what was made of it.
 *
 * @param centreId which centre asked; it stays with that one when the case goes elsewhere
 * @param followUpMonth how many months after the registration it belongs to
 * @param recordedBy who of the staff wrote it down; null where the person did it themselves
 * @param atRisk whether the venture needs mentoring; null before the decision
 * @param riskReason why, as a Greek sentence; null before the decision
 */
@Table("follow_up")
public record FollowUp(
        @Id Long id,
        Long caseId,
        String centreId,
        int followUpMonth,
        @Embedded.Empty Survey survey,
        Boolean atRisk,
        String riskReason,
        String recordedBy,
        LocalDateTime recordedAt) {

    FollowUp judged(boolean newAtRisk, String reason) {
        return new FollowUp(id, caseId, centreId, followUpMonth, survey, newAtRisk, reason, recordedBy, recordedAt);
    }
}
