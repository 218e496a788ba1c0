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
 * @param centres the centres, each once, all of which the reader may see; never empty
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

    /** The same question whenever it is asked, for what does not ask for its moment: the end of the period stands for that. */
    View ofPeriod() {
        return new View(centres, from, until, until, source, counsellor, group, legalForm);
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

    /**
     * What to select rows of facts from, under that name, beside {@link #condition(String)}; what is asked of the case is asked of
     * {@code case_fact c}, which comes with them where it is needed. Several centres are rows, not a list: by a list H2 reads the whole
     * table.
     */
    String from(String table, String row) {
        return from(table, row, row + ".case_id");
    }

    private String from(String table, String row, String caseId) {
        String rows = centres.size() == 1
                ? table + " " + row
                : "unnest(cast(:centres as varchar(32) array)) centres (id) cross join %s %s".formatted(table, row);
        return asked().isEmpty() || "c".equals(row)
                ? rows
                : "%s join case_fact c on c.case_id = %s".formatted(rows, caseId);
    }

    /** As {@link #from}, for work that was done: it stays with the facts of the centre that did it. */
    String work(String table, String row) {
        return from(table, row, factsOf(row));
    }

    /** The id of the facts with which a row of {@link #work} is counted. */
    static String factsOf(String row) {
        return "coalesce(%1$s.fact_id, %1$s.case_id)".formatted(row);
    }

    /** Cases to select from, as {@code c}, as {@link #from} gives them. */
    String cases() {
        return from("case_fact", "c");
    }

    /** The condition by which a row that {@link #from} gives belongs to this view; without it the database does not know the centres. */
    String condition(String row) {
        return row + (centres.size() == 1 ? ".centre_id = :centre" : ".centre_id = centres.id") + asked();
    }

    /** The condition by which a {@code case_fact c} belongs to this view, wherever it comes from. */
    String condition() {
        return (centres.size() == 1 ? "c.centre_id = :centre" : "c.centre_id = any(:centres)") + asked();
    }

    private String asked() {
        return (source == null ? "" : " and c.source = :source")
                + (counsellor == null ? "" : " and c.counsellor = :counsellor")
                + (group == null ? "" : group ? " and c.group_size > 1" : " and c.group_size = 1")
                + (legalForm == null ? "" : " and c.legal_form = :legalForm");
    }

    /** The condition on {@link #cases()} where people are counted: one who was registered twice is one. */
    String people() {
        return condition("c") + " and " + once("c");
    }

    /** By which a row of {@code case_fact} is not of somebody who was registered twice. */
    static String once(String row) {
        return "(%1$s.outcome is null or %1$s.outcome <> '%2$s')".formatted(row, Outcomes.DUPLICATE);
    }

    /** As {@link #people()}, for a row that {@link #from} gives; those who were registered twice are found once for all rows. */
    String people(String row) {
        return condition(row)
                + " and %s.case_id not in (select d.case_id from case_fact d where d.outcome = '%s')"
                        .formatted(row, Outcomes.DUPLICATE);
    }

    /** As {@link #condition(String)}, where cases that pause now are left aside. */
    String going(String row) {
        return condition(row) + " and " + goesOn(row);
    }

    /** By which the case of a row of facts does not pause now; those that do are found once for all rows. */
    static String goesOn(String row) {
        return "%s.case_id not in (select q.case_id from pause_fact q where q.resumed_at is null)".formatted(row);
    }

    /**
     * The centres are one parameter: PostgreSQL would put a list of them together anew for each row. One alone is another, because it is
     * compared.
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
