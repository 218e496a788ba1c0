package org.diadromi.contact;

import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * One assessment of suitability: what the decision advised and why, and what the counsellor decided and why.
 *
 * @param adviceChange what would change the advice
 * @param outcome null until it is decided
 */
@Table("suitability_assessment")
record SuitabilityAssessment(
        @Id Long id,
        Long caseId,
        String advice,
        String adviceReason,
        String adviceChange,
        LocalDateTime advisedAt,
        String outcome,
        String reason,
        String decidedBy,
        LocalDateTime decidedAt) {

    SuitabilityAssessment decided(String newOutcome, String why, String by, LocalDateTime at) {
        return new SuitabilityAssessment(
                id, caseId, advice, adviceReason, adviceChange, advisedAt, newOutcome, why, by, at);
    }

    /** The same advice once more, when a person who was sent elsewhere comes back. */
    SuitabilityAssessment again(LocalDateTime at) {
        return new SuitabilityAssessment(null, caseId, advice, adviceReason, adviceChange, at, null, null, null, null);
    }
}
