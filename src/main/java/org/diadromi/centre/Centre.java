package org.diadromi.centre;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A support centre (κέντρο στήριξης) and what it settles for itself; its id is the tenant's id in the engine.
 *
 * @param code the three letters that begin its case numbers
 * @param kind formal (funded by the Ministry of Labour) or informal
 * @param email where people's answers to its mails go; null for none
 * @param attendanceLimit the percentage of training hours that passes
 * @param noShowLimit how many no-shows in a row lead to a call
 * @param senderName whom its mails name as sender; null for the centre's name
 * @param senderAddress the address its mails come from; null for that of the installation
 * @param openingDays the days of the week with commas: MO,TU,WE,TH,FR
 * @param followUpMonths the months after the registration with commas; null for those of the installation
 * @param cohortMax how many people a cohort of the training is to have at most; staff read it when they give places
 * @param teamsMax how many teams a cohort is to have at most
 * @param trainingHours the hours that attendance is measured against; null for those of all modules
 * @param assigning who says which counsellor has a new case
 * @param version grows with each change of the settings
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
        String address,
        String senderName,
        String senderAddress,
        String signature,
        String signatureEn,
        String openingDays,
        String followUpMonths,
        int attendanceLimit,
        int noShowLimit,
        int cohortMin,
        int cohortMax,
        int teamsMin,
        int teamsMax,
        Integer trainingHours,
        Assigning assigning,
        int version) {

    /** Whether the Ministry of Labour funds it. */
    public enum Kind {
        FORMAL,
        INFORMAL
    }

    /** Who says which counsellor has a new case. */
    public enum Assigning {
        /** The counsellors among themselves, or the coordinator. */
        STAFF,
        /** Nobody: it goes to the one with the fewest open cases in its area. */
        SELF
    }

    /** The name in the reader's language. */
    public String name(Locale locale) {
        return "en".equals(locale.getLanguage()) ? nameEn : name;
    }

    /** What its mails in that language end with; null for nothing. */
    public String signature(Locale locale) {
        return "en".equals(locale.getLanguage()) ? signatureEn : signature;
    }

    /** The days of the week on which it is open. */
    public Set<DayOfWeek> weekdays() {
        return Arrays.stream(openingDays.split(","))
                .map(day -> Arrays.stream(DayOfWeek.values())
                        .filter(known -> known.name().startsWith(day))
                        .findFirst()
                        .orElseThrow())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
    }

    /** The months after the registration in which its ventures are followed up; empty where it has set none. */
    public Optional<List<Integer>> months() {
        return Optional.ofNullable(followUpMonths)
                .map(months ->
                        Arrays.stream(months.split(",")).map(Integer::valueOf).toList());
    }
}
