package org.diadromi.training;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * One version of a business plan (επιχειρηματικό σχέδιο) as it was handed in, and what the trainer decided about it.
 *
 * @param planVersion 1 for the first
 * @param deliverables what came with it, codes with commas
 * @param decision approve or return; null until it is reviewed
 * @param comments what to mend; null unless returned
 */
@Table("business_plan")
public record BusinessPlan(
        @Id Long id,
        Long caseId,
        int planVersion,
        LocalDate handedInOn,
        String deliverables,
        String note,
        String decision,
        String comments,
        String reviewedBy,
        LocalDateTime reviewedAt) {

    BusinessPlan reviewed(String how, String why, String by, LocalDateTime at) {
        return new BusinessPlan(id, caseId, planVersion, handedInOn, deliverables, note, how, why, by, at);
    }

    /** Whether it waits for its review. */
    public boolean unreviewed() {
        return decision == null;
    }

    /** Whether it went back to the team. */
    public boolean returned() {
        return "return".equals(decision);
    }
}
