package org.diadromi.supervision;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What came of the work: ventures, jobs, how long ventures live, and which way of coming led to what. */
@Repository
class ResultFigures {

    /** Ventures that were registered in the period, by legal form; the form is null where it is not known. */
    record Ventures(String legalForm, int ventures, int groups) {}

    /** The jobs of ventures as each told them last in the period. */
    record Jobs(String legalForm, int ventures, int full, int part, int women, int target) {}

    /**
     * A step of the survival curve (Kaplan–Meier).
     *
     * @param month after the registration
     * @param atRisk ventures of which it is known that they lived up to here
     * @param closed of them, closed as the follow-up of this month found
     * @param lost not reached after this month any more
     * @param followed not asked after this month yet
     * @param survival the part of all ventures that lives on after this month, from 0 to 1
     */
    record Survival(int month, int atRisk, int closed, int lost, int followed, double survival) {}

    /** The follow-ups of a month that were recorded in the period. */
    record Response(int month, int recorded, int answered) {}

    /** What became of the cases that came in this way in the period. */
    record Source(String source, int opened, int suitable, int trained, int registered, int referred) {}

    /** The decisions on suitability of the period where this was advised, and how many of them were for something else. */
    record Advised(String advice, int decisions, int otherwise) {}

    /**
     * A decision against the advice.
     *
     * @param reason null where the person has been erased, or the case has gone to another centre
     */
    record Otherwise(
            String caseNumber,
            String advice,
            String decision,
            String reason,
            String decidedBy,
            LocalDateTime decidedAt) {}

    /**
     * What the follow-ups say of a venture, in months after its registration.
     *
     * @param closed when it was found closed for the first time; null for never
     * @param known when it was known to live for the last time
     * @param asked when it was asked for the last time
     */
    private record Life(Integer closed, int known, int asked) {

        Life asked(int month, String status) {
            return new Life(
                    "closed".equals(status) && (closed == null || month < closed) ? Integer.valueOf(month) : closed,
                    "active".equals(status) || "dormant".equals(status) ? Math.max(known, month) : known,
                    Math.max(asked, month));
        }

        int until() {
            return closed != null ? closed : known;
        }

        String how() {
            return closed != null ? "closed" : asked > known ? "lost" : "followed";
        }
    }

    private final JdbcClient jdbc;

    ResultFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Ventures> ventures(View view) {
        return jdbc.sql("""
                select n.legal_form, count(*) as ventures, count(*) filter (where n.group_size > 1) as "groups"
                from %s join case_fact n on n.case_id = s.case_id
                where s.stage = 'follow-up' and s.entered_at >= :from and s.entered_at < :until and %s
                group by n.legal_form
                """.formatted(view.from("stage_fact", "s"), view.condition("s")))
                .params(view.parameters())
                .query(Ventures.class)
                .list();
    }

    List<Jobs> jobs(View view) {
        return jdbc.sql("""
                select n.legal_form, count(*) as ventures, sum(f.jobs_full) as "full", sum(f.jobs_part) as part,
                       sum(f.jobs_women) as women, sum(f.jobs_target) as target
                from (select %s as fact_id, f.jobs_full, f.jobs_part, f.jobs_women, f.jobs_target,
                             row_number() over (partition by f.case_id order by f.follow_up_month desc) as place
                      from %s
                      where f.jobs_full is not null and f.recorded_at >= :from and f.recorded_at < :until and %s) f
                join case_fact n on n.case_id = f.fact_id
                where f.place = 1
                group by n.legal_form
                """.formatted(View.factsOf("f"), view.work("follow_up", "f"), view.condition("f")))
                .params(view.parameters())
                .query(Jobs.class)
                .list();
    }

    /** The survival of all ventures that were registered before the end of the period, month by month; it begins with 0. */
    List<Survival> survival(View view) {
        Map<Long, Life> lives = new HashMap<>();
        jdbc.sql("select s.case_id from %s where s.stage = 'follow-up' and s.entered_at < :until and %s"
                        .formatted(view.from("stage_fact", "s"), view.condition("s")))
                .params(view.parameters())
                .query(row -> {
                    lives.put(row.getLong("case_id"), new Life(null, 0, 0));
                });
        jdbc.sql("select %s as fact_id, f.follow_up_month, f.status from %s where f.recorded_at < :until and %s"
                        .formatted(View.factsOf("f"), view.work("follow_up", "f"), view.condition("f")))
                .params(view.parameters())
                .query(row -> {
                    int month = row.getInt("follow_up_month");
                    String status = row.getString("status");
                    lives.computeIfPresent(row.getLong("fact_id"), (venture, life) -> life.asked(month, status));
                });
        return curve(lives.values());
    }

    private static List<Survival> curve(Collection<Life> lives) {
        Map<Integer, Map<String, Integer>> byMonth = new TreeMap<>();
        lives.forEach(life ->
                byMonth.computeIfAbsent(life.until(), month -> new HashMap<>()).merge(life.how(), 1, Integer::sum));
        int atRisk = lives.size();
        double survival = 1;
        List<Survival> curve = new ArrayList<>();
        for (int month : byMonth.keySet()) {
            Map<String, Integer> here = byMonth.get(month);
            int closed = here.getOrDefault("closed", 0);
            int lost = here.getOrDefault("lost", 0);
            int followed = here.getOrDefault("followed", 0);
            survival *= 1 - (double) closed / atRisk;
            curve.add(new Survival(month, atRisk, closed, lost, followed, survival));
            atRisk -= closed + lost + followed;
        }
        return curve;
    }

    List<Response> response(View view) {
        return jdbc.sql("""
                select f.follow_up_month as "month", count(*) as recorded,
                       count(*) filter (where f.status <> 'noContact') as answered
                from %s
                where f.recorded_at >= :from and f.recorded_at < :until and %s
                group by f.follow_up_month order by f.follow_up_month
                """.formatted(view.work("follow_up", "f"), view.condition("f")))
                .params(view.parameters())
                .query(Response.class)
                .list();
    }

    List<Advised> advised(View view) {
        return jdbc.sql("""
                select s.advice, count(*) as decisions, count(*) filter (where s.decision <> s.advice) as otherwise
                from %s
                where s.decided_at >= :from and s.decided_at < :until and %s
                group by s.advice
                """.formatted(view.from("suitability_fact", "s"), view.condition("s")))
                .params(view.parameters())
                .query(Advised.class)
                .list();
    }

    /** The decisions against the advice, the latest first, at most so many. */
    List<Otherwise> otherwise(View view, int most) {
        return jdbc.sql("""
                select n.case_number, d.advice, d.decision, a.reason, d.decided_by, d.decided_at
                from (
                    select s.id, s.case_id, s.assessment_id, s.advice, s.decision, s.decided_by, s.decided_at
                    from %s
                    where s.decision <> s.advice and s.decided_at >= :from and s.decided_at < :until and %s
                    order by s.decided_at desc, s.id desc fetch first %d rows only) d
                join case_fact n on n.case_id = d.case_id
                left join suitability_assessment a on a.id = d.assessment_id and a.case_id = d.case_id
                order by d.decided_at desc, d.id desc
                """.formatted(view.from("suitability_fact", "s"), view.condition("s"), most))
                .params(view.parameters())
                .query(Otherwise.class)
                .list();
    }

    List<Source> sources(View view) {
        return jdbc.sql("""
                select source, count(*) as opened, sum(suitable) as suitable, sum(trained) as trained, sum(registered) as registered,
                       count(*) filter (where outcome in (:referrals)) as referred
                from (
                    select c.source, c.outcome,
                           max(case when s.stage = 'counselling' then 1 else 0 end) as suitable,
                           max(case when s.stage = 'business-plan-training' then 1 else 0 end) as trained,
                           max(case when s.stage = 'follow-up' then 1 else 0 end) as registered
                    from %s left join stage_fact s on s.case_id = c.case_id
                    where c.opened_at >= :from and c.opened_at < :until and %s
                    group by c.case_id, c.source, c.outcome) came
                group by source
                """.formatted(view.cases(), view.people()))
                .params(view.parameters())
                .param("referrals", Outcomes.referrals())
                .query(Source.class)
                .list();
    }
}
