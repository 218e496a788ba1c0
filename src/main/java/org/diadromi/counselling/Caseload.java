package org.diadromi.counselling;

import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Timeline;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.Staff;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shares new cases out among the counsellors of a centre that has settled so (docs/adr/0034). */
@Service
@Transactional
public class Caseload {

    /** What a case is about until there is a support plan that says more. */
    private static final List<String> AT_FIRST = List.of("socialEconomy");

    /**
     * Somebody who may get the case.
     *
     * @param cases how many cases they have that are not closed
     * @param gotLast when they got a case for the last time; null for never
     */
    private record Counsellor(String userId, int cases, LocalDateTime gotLast) {}

    private final Centres centres;
    private final CaseFiles cases;
    private final SupportPlanRepository plans;
    private final Timeline timeline;
    private final Staff staff;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final Texts texts;
    private final AppClock clock;

    Caseload(
            Centres centres,
            CaseFiles cases,
            SupportPlanRepository plans,
            Timeline timeline,
            Staff staff,
            Audit audit,
            JdbcClient jdbc,
            Texts texts,
            AppClock clock) {
        this.centres = centres;
        this.cases = cases;
        this.plans = plans;
        this.timeline = timeline;
        this.staff = staff;
        this.audit = audit;
        this.jdbc = jdbc;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * Who is to work on the case's next step of counselling, where the centre lets cases be shared out: its counsellor, or the
     * one of its area who has the fewest open cases, whose case it is from now on. Of several it is the one who got a case
     * longest ago, then the first by name.
     *
     * @return a user id; empty where staff decide for themselves, and where no counsellor of the area is there
     */
    public Optional<String> counsellor(String centreId, String caseNumber) {
        if (centres.get(centreId).assigning() != Centre.Assigning.SELF) {
            return Optional.empty();
        }
        // Of two cases at once the second waits here, and then counts the first. It changes nothing, but unlike a
        // select for update
        // it does not wait for whoever writes a row that refers to the centre.
        jdbc.sql("update centre set assigning = assigning where id = ?")
                .param(centreId)
                .update();
        CaseFile caseFile = cases.get(centreId, caseNumber);
        if (caseFile.counsellor() != null && isCounsellor(centreId, caseFile.counsellor())) {
            return Optional.of(caseFile.counsellor());
        }
        Optional<String> next = next(centreId, areas(caseFile));
        next.ifPresent(userId -> {
            cases.assignCounsellor(caseFile, userId);
            timeline.add(caseFile, Timeline.Kind.COUNSELLOR_CHANGED, userId, null);
            audit.record(Audit.Action.CHANGED, centreId, caseFile.number(), texts.of("case.sharedOut.audited"));
        });
        return next;
    }

    private List<String> areas(CaseFile caseFile) {
        return plans.findLatest(caseFile.id())
                .map(plan -> List.of(plan.areas().split(",")))
                .orElse(AT_FIRST);
    }

    private boolean isCounsellor(String centreId, String userId) {
        return jdbc.sql("""
                        select count(*) from staff_account a join staff_role r on r.user_id = a.user_id
                        where a.active = true and a.user_id = ? and r.centre_id = ? and r.role = ?
                        """)
                        .params(userId, centreId, Role.COUNSELLOR.groupId())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private Optional<String> next(String centreId, List<String> areas) {
        List<Counsellor> there = jdbc.sql("""
                select a.user_id,
                       (select count(*) from case_file c
                        where c.centre_id = :centre and c.counsellor = a.user_id and c.status <> 'CLOSED') as cases,
                       (select max(coalesce(f.counsellor_since, f.opened_at)) from case_fact f
                        where f.centre_id = :centre and f.counsellor = a.user_id) as got_last
                from staff_account a join staff_role r on r.user_id = a.user_id
                where a.active = true and r.centre_id = :centre and r.role = :role
                  and not exists (select 1 from staff_absence b
                      where b.user_id = a.user_id and b.centre_id = :centre and b.ended_at is null
                        and b.from_date <= :today and b.to_date >= :today)
                  and (not exists (select 1 from staff_area s where s.user_id = a.user_id and s.centre_id = :centre)
                       or exists (select 1 from staff_area s
                           where s.user_id = a.user_id and s.centre_id = :centre and s.area in (:areas)))
                """)
                .param("centre", centreId)
                .param("role", Role.COUNSELLOR.groupId())
                .param("today", clock.today())
                .param("areas", areas)
                .query(Counsellor.class)
                .list();
        List<String> byName = List.copyOf(
                staff.names(there.stream().map(Counsellor::userId).toList()).keySet());
        return there.stream()
                .min(Comparator.comparingInt(Counsellor::cases)
                        .thenComparing(Counsellor::gotLast, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparingInt(counsellor -> byName.indexOf(counsellor.userId())))
                .map(Counsellor::userId);
    }
}
