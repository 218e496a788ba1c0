package org.diadromi.contact;

import java.time.LocalDateTime;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/** An initial interview: what it found, and who held it when. */
@Table("interview")
record Interview(
        @Id Long id, Long caseId, @Embedded.Nullable Suitability.Findings found, String heldBy, LocalDateTime heldAt) {}
