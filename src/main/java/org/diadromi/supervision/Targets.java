package org.diadromi.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.diadromi.calendar.AppClock;
import org.diadromi.privacy.Audit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What centres want to achieve in each stage, how far they do, and which open cases come near. Days are without pauses. */
@Service
@Transactional
class Targets {

    /** A case comes near its target when this much of the days has gone. */
    static final double NEAR = 0.8;

    /** At most so many days, in so many of a hundred cases. */
    record Target(String centreId, String stage, int days, int percent) {}

    /**
     * How far a target is kept.
     *
     * @param done cases that completed the stage in the period
     * @param kept of them, within the days
     * @param near open cases that will miss it soon
     * @param missed open cases that have missed it
     */
    record Kept(String centreId, String stage, int days, int percent, int done, int kept, int near, int missed) {}

    /** An open case that comes near its target or has missed it. */
    record Near(long caseId, String caseNumber, String centreId, String stage, double days, int target) {

        boolean isMissed() {
            return days > target;
        }
    }

    private final JdbcClient jdbc;
    private final Audit audit;
    private final AppClock clock;

    Targets(JdbcClient jdbc, Audit audit, AppClock clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** A centre's targets by stage. */
    @Transactional(readOnly = true)
    public Map<String, Target> of(String centreId) {
        Map<String, Target> targets = new TreeMap<>();
        jdbc.sql("select centre_id, stage, days, percent from stage_target where centre_id = ?")
                .param(centreId)
                .query(Target.class)
                .list()
                .forEach(target -> targets.put(target.stage(), target));
        return targets;
    }

    /** Replaces a centre's targets; stages that are not among them have none. */
    public void set(String centreId, List<Target> targets) {
        Map<String, Target> before = of(centreId);
        for (Target target : targets) {
            if (target.equals(before.remove(target.stage()))) {
                continue;
            }
            jdbc.sql("delete from stage_target where centre_id = ? and stage = ?")
                    .params(centreId, target.stage())
                    .update();
            jdbc.sql("insert into stage_target (centre_id, stage, days, percent) values (?, ?, ?, ?)")
                    .params(centreId, target.stage(), target.days(), target.percent())
                    .update();
            audit.record(
                    Audit.Action.CHANGED,
                    centreId,
                    "target " + target.stage(),
                    target.days() + " days, " + target.percent() + " %");
        }
        before.keySet().forEach(stage -> {
            jdbc.sql("delete from stage_target where centre_id = ? and stage = ?")
                    .params(centreId, stage)
                    .update();
            audit.record(Audit.Action.CHANGED, centreId, "target " + stage, "none");
        });
    }

    /** How far the targets of the view's centres are kept. */
    @Transactional(readOnly = true)
    public List<Kept> kept(View view) {
        return jdbc.sql("""
                select g.centre_id, g.stage, g.days, g.percent,
                       count(l.left_at) as done,
                       count(*) filter (where l.left_at is not null and l.length <= g.days) as kept,
                       count(*) filter (where l.is_open and l.length >= g.days * %3$s and l.length <= g.days) as near,
                       count(*) filter (where l.is_open and l.length > g.days) as missed
                from stage_target g left join (
                    select c.centre_id, s.stage, s.left_at,
                           s.left_at is null and %4$s as is_open,
                           %1$s as length
                    from stage_fact s join case_fact c on c.case_id = s.case_id
                    where (s.left_at is null or s.left_at >= :from and s.left_at < :until and s.outcome is not null) and %2$s) l
                  on l.centre_id = g.centre_id and l.stage = g.stage
                where g.centre_id = any(:centres)
                group by g.centre_id, g.stage, g.days, g.percent order by g.centre_id
                """.formatted(length(), view.condition(), NEAR, View.goesOn("c")))
                .params(view.parameters())
                .query(Kept.class)
                .list();
    }

    /** The open cases of the view that come near their target or have missed it, the longest over first. */
    @Transactional(readOnly = true)
    public List<Near> near(View view) {
        return jdbc.sql("""
                select case_id, case_number, centre_id, stage, length as days, target from (
                    select n.case_id, n.case_number, n.centre_id, s.stage, %s as length, g.days as target
                    from %s join case_fact n on n.case_id = s.case_id
                    join stage_target g on g.centre_id = s.centre_id and g.stage = s.stage
                    where s.left_at is null and %s) open_cases
                where length >= target * %s
                order by length - target desc, case_number
                """.formatted(length(), view.from("stage_fact", "s"), view.going("s"), NEAR))
                .params(view.parameters())
                .query(Near.class)
                .list();
    }

    private static String length() {
        return "coalesce(s.days, %s)".formatted(Durations.days("s", "s.entered_at", "cast(:now as timestamp)"));
    }

    /** Of these cases, those that nobody has been told of yet; from now on they have. */
    public List<Near> untold(List<Near> near) {
        if (near.isEmpty()) {
            return near;
        }
        List<String> told = jdbc.sql("select concat(case_id, ' ', stage) from target_alert where case_id in (:cases)")
                .param("cases", near.stream().map(Near::caseId).toList())
                .query(String.class)
                .list();
        List<Near> fresh = near.stream()
                .filter(open -> !told.contains(open.caseId() + " " + open.stage()))
                .toList();
        if (!fresh.isEmpty()) {
            StringBuilder rows = new StringBuilder();
            List<Object> values = new ArrayList<>();
            for (Near open : fresh) {
                rows.append(rows.isEmpty() ? "" : ", ").append("(?, ?, ?)");
                values.add(open.caseId());
                values.add(open.stage());
                values.add(clock.now());
            }
            jdbc.sql("insert into target_alert (case_id, stage, told_at) values " + rows)
                    .params(values)
                    .update();
        }
        return fresh;
    }
}
