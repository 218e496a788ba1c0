package org.diadromi.centre;

import java.util.Locale;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A support centre (κέντρο στήριξης); its id is the tenant's id in the engine.
 *
 * @param code the three letters that begin its case numbers
 * @param kind formal (funded by the Ministry of Labour) or informal
 * @param attendanceLimit the percentage of training hours that passes
 * @param noShowLimit how many no-shows in a row lead to a call
 */
@Table("centre")
public record Centre(
        @Id String id,
        String code,
        String name,
        String nameEn,
        String region,
        Kind kind,
        String email,
        String phone,
        int attendanceLimit,
        int noShowLimit) {

    /** Whether the Ministry of Labour funds it. */
    public enum Kind {
        FORMAL,
        INFORMAL
    }

    /** The name in the reader's language. */
    public String name(Locale locale) {
        return "en".equals(locale.getLanguage()) ? nameEn : name;
    }
}
