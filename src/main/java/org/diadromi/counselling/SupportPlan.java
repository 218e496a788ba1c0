package org.diadromi.counselling;

import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A support plan (σχέδιο υποστήριξης): what a person needs and wants to reach by counselling, and how the counselling
 * ended.
 *
 * @param areas the areas of counselling, codes with commas
 * @param callNote what was said in the latest call to a person who had stopped coming; null without one
 * @param conclusion training, registration, referral or stop; null while counselling goes on
 * @param summary null when the person stopped before there was anything to sum up
 * @param referralStructure the structure the person is sent to, where the form of the time made no referral of it; null otherwise
 */
@Table("support_plan")
record SupportPlan(
        @Id Long id,
        Long caseId,
        String needs,
        String goals,
        String areas,
        int plannedSessions,
        String callNote,
        String conclusion,
        String summary,
        String referralStructure,
        LocalDateTime concludedAt,
        String madeBy,
        LocalDateTime madeAt) {

    SupportPlan called(String note) {
        return new SupportPlan(
                id,
                caseId,
                needs,
                goals,
                areas,
                plannedSessions,
                note,
                conclusion,
                summary,
                referralStructure,
                concludedAt,
                madeBy,
                madeAt);
    }

    SupportPlan concluded(String how, String sumUp, String structure, LocalDateTime at) {
        return new SupportPlan(
                id, caseId, needs, goals, areas, plannedSessions, callNote, how, sumUp, structure, at, madeBy, madeAt);
    }
}
