package org.diadromi.transfer;

import java.time.LocalDateTime;

/**
 * An offer of a case to another centre.
 *
 * @param numberBefore the case's number at the centre that offers it
 * @param reason one of {@link Transfers#REASONS}
 * @param note what the offering centre says besides, or null
 * @param answer null while nobody has answered
 */
public record Transfer(
        long id,
        long caseId,
        String fromCentre,
        String toCentre,
        String numberBefore,
        String reason,
        String note,
        String offeredBy,
        LocalDateTime offeredAt,
        Answer answer) {

    /** What became of an offer. */
    public enum Answer {
        ACCEPTED,
        DECLINED,
        TAKEN_BACK,
        /** The case ended, went to the Registry, or its person thought better of it. */
        LAPSED
    }

    /**
     * The name of the offer between the two centres, e.g. MET-00012: the one to which it is made is told no number of another
     * centre's case.
     */
    public String reference() {
        return "MET-%05d".formatted(id);
    }

    /** Under which id the facts of the centre that gave the case away are kept: one that no case file has. */
    long factId() {
        return -id;
    }
}
