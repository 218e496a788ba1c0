package org.diadromi.contact;

import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * What an initial interview found; the codes are the values of its form.
 *
 * @param monthsUnemployed null unless unemployed
 * @param purpose what the idea is for: social, livelihood, unsure
 * @param collective whether the person wants to work collectively: yes, no, unsure
 * @param needs what comes first: job, training, socialSupport, with commas; null for none
 */
@Table("interview")
record Interview(
        @Id Long id,
        Long caseId,
        String ageBand,
        String gender,
        String education,
        String labourStatus,
        Integer monthsUnemployed,
        String incomeUrgency,
        String skills,
        String availability,
        boolean bodyExists,
        String purpose,
        String collective,
        String needs,
        String note,
        String heldBy,
        LocalDateTime heldAt) {}
