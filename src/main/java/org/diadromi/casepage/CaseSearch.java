package org.diadromi.casepage;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseWords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.util.UriComponentsBuilder;

/** Finds the cases of one centre. */
@Repository
@Transactional(readOnly = true)
class CaseSearch {

    static final int PAGE = 25;

    /** The stages of the journey, in its order. */
    static final List<String> STAGES =
            List.of("first-contact", "counselling", "business-plan-training", "legal-registration", "follow-up");

    /**
     * What is looked for, as it stands in the address; null or empty where it does not matter.
     *
     * @param q words that the case is found by
     * @param state open, closed or all; open when nothing is said
     * @param late whether only cases with an overdue task
     * @param mine whether only those of which the reader is the counsellor or has a task
     * @param doubles whether only those whose person may have another case
     */
    record Wanted(
            String q, String state, String stage, String counsellor, Boolean late, Boolean mine, Boolean doubles) {

        public String stateOrDefault() {
            return "closed".equals(state) || "all".equals(state) ? state : "open";
        }

        public boolean isLate() {
            return Boolean.TRUE.equals(late);
        }

        public boolean isDoubles() {
            return Boolean.TRUE.equals(doubles);
        }

        public boolean isMine() {
            return Boolean.TRUE.equals(mine);
        }

        /** Whether something was typed. */
        public boolean isTyped() {
            return given(q);
        }

        /** The same search in open and closed cases, as the parameters of a link. */
        public String inAll() {
            return new Wanted(q, "all", stage, counsellor, late, mine, doubles).query(0);
        }

        /** The parameters of the link to a page. */
        public String query(int page) {
            Map<String, Object> given = new LinkedHashMap<>();
            given.put("q", q);
            given.put("state", state);
            given.put("stage", stage);
            given.put("counsellor", counsellor);
            given.put("late", isLate() ? "true" : null);
            given.put("mine", isMine() ? "true" : null);
            given.put("doubles", isDoubles() ? "true" : null);
            given.put("page", page == 0 ? null : page);
            UriComponentsBuilder uri = UriComponentsBuilder.newInstance();
            Map<String, Object> values = new LinkedHashMap<>();
            given.forEach((name, value) -> {
                if (value != null && !value.toString().isBlank()) {
                    uri.queryParam(name, "{" + name + "}");
                    values.put(name, value);
                }
            });
            return uri.encode().buildAndExpand(values).toUriString();
        }
    }

    /**
     * A case as the list shows it.
     *
     * @param stage where it is; null between two stages and when it has ended
     * @param dueAt the nearest due date of its open tasks, or null
     */
    record Found(
            String number,
            String person,
            int groupSize,
            String phone,
            String email,
            String venture,
            String counsellor,
            CaseFile.Status status,
            String stage,
            String outcome,
            LocalDateTime openedAt,
            LocalDateTime dueAt) {

        /** Whether a task should have been done by then; in a pause nothing is late. */
        public boolean isLate(LocalDateTime now) {
            return status == CaseFile.Status.OPEN && dueAt != null && dueAt.isBefore(now);
        }
    }

    private final JdbcClient jdbc;
    private final AppClock clock;

    CaseSearch(JdbcClient jdbc, AppClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The centre's cases, the newest first, one more than a page holds where there are more. */
    List<Found> page(String centreId, Wanted wanted, String reader, int page) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        StringBuilder where = new StringBuilder("c.centre_id = :centre");
        parameters.put("centre", centreId);
        if (wanted.isTyped()) {
            List<CaseWords.Range> words = CaseWords.asked(wanted.q());
            if (words.isEmpty()) {
                return List.of();
            }
            for (int i = 0; i < words.size(); i++) {
                where.append("""
                         and c.id in (select w.case_id from case_word w
                                      where w.centre_id = :centre and w.word >= :from%1$d and w.word < :before%1$d)
                        """.formatted(i));
                parameters.put("from" + i, words.get(i).from());
                parameters.put("before" + i, words.get(i).before());
            }
        }
        where.append(
                switch (wanted.stateOrDefault()) {
                    case "open" -> " and c.status in ('OPEN', 'PAUSED')";
                    case "closed" -> " and c.status = 'CLOSED'";
                    default -> "";
                });
        if (given(wanted.stage())) {
            where.append("""
                     and c.id in (select s.case_id from stage_fact s
                                  where s.centre_id = :centre and s.stage = :stage and s.left_at is null)
                    """);
            parameters.put("stage", wanted.stage());
        }
        if (given(wanted.counsellor())) {
            where.append(" and c.counsellor = :counsellor");
            parameters.put("counsellor", wanted.counsellor());
        }
        if (wanted.isLate()) {
            where.append("""
                     and c.status = 'OPEN'
                     and c.id in (select t.case_id from task_fact t
                                  where t.centre_id = :centre and t.ended_at is null and t.due_at < :now)
                    """);
            parameters.put("now", clock.now());
        }
        if (wanted.isDoubles()) {
            where.append("""
                     and c.id in (select d.case_id from case_double d join case_file o on o.id = d.like_case_id
                                  where d.centre_id = :centre and d.decision is null and o.erased_at is null)
                    """);
        }
        if (wanted.isMine()) {
            // Not as a union of both, which H2 would look through for each case.
            where.append("""
                     and (c.counsellor = :reader
                          or c.id in (select t.case_id from task_fact t where t.assignee = :reader and t.ended_at is null))
                    """);
            parameters.put("reader", reader);
        }
        return jdbc.sql("""
                select c.number, c.first_name || ' ' || c.last_name as person, c.group_size, c.phone, c.email, c.counsellor,
                       c.status, c.outcome, c.opened_at,
                       (select r.venture_name from registration r where r.case_id = c.id) as venture,
                       (select max(s.stage) from stage_fact s where s.case_id = c.id and s.left_at is null) as stage,
                       (select min(t.due_at) from task_fact t where t.case_id = c.id and t.ended_at is null) as due_at
                from (select c.id from case_file c where %s
                      order by c.opened_at desc, c.id desc offset :skip rows fetch first :most rows only) p
                join case_file c on c.id = p.id
                order by c.opened_at desc, c.id desc
                """.formatted(where))
                .params(parameters)
                .param("skip", (long) page * PAGE)
                .param("most", PAGE + 1)
                .query(Found.class)
                .list();
    }

    /** Everybody who is or was the counsellor of one of the centre's cases. */
    List<String> counsellors(String centreId) {
        return jdbc.sql("""
                select distinct counsellor from case_file where centre_id = ? and counsellor is not null order by counsellor
                """).param(centreId).query(String.class).list();
    }

    private static boolean given(String text) {
        return text != null && !text.isBlank();
    }
}
