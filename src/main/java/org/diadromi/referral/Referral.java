package org.diadromi.referral;

import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A person pointed to a better path: a success of the centre, with what came of it.
 *
 * @param path which better path, as the outcomes of suitability name them
 * @param structure where the person was sent
 * @param contact whom to ask for there; may be null
 * @param dataShared whether the structure was given the person's data, with their consent
 * @param message what the centre writes to the person; may be null
 * @param structureId the structure of the directory; null when it is none of it
 * @param structureMail where the structure was asked; null when it was not asked by mail
 * @param structureMessage what the centre writes to the structure; may be null
 * @param structureAnswer accepted, declined or noAnswer; null until that is known
 * @param helped yes, no or noContact; null until the centre has asked
 */
@Table("referral")
public record Referral(
        @Id Long id,
        Long caseId,
        String path,
        String structure,
        String contact,
        boolean dataShared,
        String message,
        String referredBy,
        LocalDateTime referredAt,
        String helped,
        Boolean comesBack,
        String answerNote,
        LocalDateTime answeredAt,
        Long structureId,
        String structureMail,
        String structureMessage,
        String structureAnswer,
        String structureNote,
        LocalDateTime structureAnsweredAt) {

    Referral answered(String newHelped, boolean newComesBack, String note, LocalDateTime at) {
        return new Referral(
                id,
                caseId,
                path,
                structure,
                contact,
                dataShared,
                message,
                referredBy,
                referredAt,
                newHelped,
                newComesBack,
                note,
                at,
                structureId,
                structureMail,
                structureMessage,
                structureAnswer,
                structureNote,
                structureAnsweredAt);
    }
}
