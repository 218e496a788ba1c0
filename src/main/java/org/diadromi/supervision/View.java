package org.diadromi.supervision;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cases that a reader asks about: whose, from when, of which kind. All of it comes from the page's address.
 *
 * @param centres the centres, all of which the reader may see; never empty
 * @param from the beginning of the period
 * @param until its end, which is not part of it
 * @param now the moment for which things are open or late
 * @param source how people came; null for any
 * @param counsellor a user id; null for any
 * @param group true for groups, false for people alone, null for both
 * @param legalForm null for any
 */
record View(
        List<String> centres,
        LocalDateTime from,
        LocalDateTime until,
        LocalDateTime now,
        String source,
        String counsellor,
        Boolean group,
        String legalForm) {

    /** Periods begin with a month: what is counted for a month less does not tell about a single day. */
    static final List<String> PERIODS = List.of("12m", "3m", "6m", "24m", "all");

    private static final LocalDate BEFORE_ALL = LocalDate.of(2000, 1, 1);

    /** The first day of a period such as 12m, the twelve months up to this one; null when there is no such period. */
    static LocalDate begin(String period, LocalDate today) {
        if (!PERIODS.contains(period)) {
            return null;
        }
        return "all".equals(period)
                ? BEFORE_ALL
                : YearMonth.from(today)
                        .minusMonths(Integer.parseInt(period.substring(0, period.length() - 1)) - 1L)
                        .atDay(1);
    }

    /** The same question about another centre. */
    View of(String centreId) {
        return new View(List.of(centreId), from, until, now, source, counsellor, group, legalForm);
    }

    /** The same question about as many months before; null for a period without a beginning. */
    View before(String period) {
        return "all".equals(period)
                ? null
                : new View(
                        centres,
                        from.minusMonths(Integer.parseInt(period.substring(0, period.length() - 1))),
                        from,
                        now,
                        source,
                        counsellor,
                        group,
                        legalForm);
    }

    /** The condition on {@code case_fact c} by which a case belongs to this view. */
    String condition() {
        return condition("c");
    }

    /**
     * The condition by which a row of facts belongs to this view; what it says of the case is said of {@code case_fact c}, which
     * {@link #join} adds where it is needed.
     */
    String condition(String row) {
        return row
                + (centres.size() == 1 ? ".centre_id = :centre" : ".centre_id = any(:centres)")
                + (source == null ? "" : " and c.source = :source")
                + (counsellor == null ? "" : " and c.counsellor = :counsellor")
                + (group == null ? "" : group ? " and c.group_size > 1" : " and c.group_size = 1")
                + (legalForm == null ? "" : " and c.legal_form = :legalForm");
    }

    /** The join of a row of facts with {@code case_fact c}; empty where nothing but the centre is asked for: each row has that. */
    String join(String row) {
        return source == null && counsellor == null && group == null && legalForm == null
                ? ""
                : " join case_fact c on c.case_id = %s.case_id".formatted(row);
    }

    /** The condition on {@code case_fact c} where people are counted: one who was registered twice is one. */
    String people() {
        return condition() + " and (c.outcome is null or c.outcome <> '" + Outcomes.DUPLICATE + "')";
    }

    /** As {@link #people()}, by which a row of facts belongs to this view. */
    String people(String row) {
        return condition(row)
                + " and not exists (select 1 from case_fact d where d.case_id = %s.case_id and d.outcome = '%s')"
                        .formatted(row, Outcomes.DUPLICATE);
    }

    /** As {@link #condition(String)}, where cases that pause now are left aside. */
    String going(String row) {
        return condition(row) + " and " + goesOn(row);
    }

    /** By which the case of a row of facts does not pause now. */
    static String goesOn(String row) {
        return "not exists (select 1 from pause_fact q where q.case_id = %s.case_id and q.resumed_at is null)"
                .formatted(row);
    }

    /**
     * The centres are one parameter: PostgreSQL would put a list of them together anew for each row. One alone is another: by an array
     * H2 finds a centre in an index, but not its period.
     */
    Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("centres", centres.toArray(String[]::new));
        parameters.put("centre", centres.get(0));
        parameters.put("from", from);
        parameters.put("until", until);
        parameters.put("now", now);
        parameters.put("source", source);
        parameters.put("counsellor", counsellor);
        parameters.put("legalForm", legalForm);
        return parameters;
    }
}
