package org.diadromi.followup;

import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** What the centre did for a venture at risk; contact and preparation time apart, because both are reported. */
@Table("mentoring")
record Mentoring(
        @Id Long id,
        Long followUpId,
        String actions,
        int contactMinutes,
        int preparationMinutes,
        String recordedBy,
        LocalDateTime recordedAt) {}
