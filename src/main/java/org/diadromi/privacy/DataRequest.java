package org.diadromi.privacy;

import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * What a person asks of their data.
 *
 * @param kind access, correction or erasure
 * @param receivedOn the day from which the month of the law runs
 * @param dueOn the last day for the answer
 * @param extendedAt when it was extended; null where it was not
 * @param decision grant, refuse or unidentified; null while it is open
 * @param erased whether the person of its case is erased by now
 */
public record DataRequest(
        long id,
        String centreId,
        String caseNumber,
        String kind,
        LocalDate receivedOn,
        String channel,
        String details,
        LocalDate dueOn,
        LocalDateTime extendedAt,
        String extensionReason,
        String identifiedHow,
        String decision,
        String decisionReason,
        String handedOver,
        LocalDateTime decidedAt,
        boolean erased) {

    /** Whether it waits for its answer. */
    public boolean isOpen() {
        return decision == null;
    }
}
