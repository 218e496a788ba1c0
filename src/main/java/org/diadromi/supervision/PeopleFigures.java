package org.diadromi.supervision;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the members of staff have before them, and what they have done. */
@Repository
class PeopleFigures {

    /**
     * A member of staff.
     *
     * @param tasks open tasks that they have taken on, of cases that do not pause
     * @param overdue of these, past their due date
     * @param cases open cases of which they are the counsellor
     * @param done tasks that they completed in the period
     */
    record Load(String person, int tasks, int overdue, int cases, int done) {}

    /** Minutes of a member of staff under a funding line; {@code mentoring} and {@code training} are lines of their own. */
    record Time(String person, String fundingLine, int contact, int preparation, int training) {}

    private final JdbcClient jdbc;

    PeopleFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The user ids of the counsellors of all cases of these centres, open and closed. They are looked for by account, because of cases there
     * are many.
     */
    List<String> counsellors(List<String> centreIds) {
        return jdbc.sql("""
                select distinct a.user_id from staff_account a cross join unnest(cast(? as varchar(32) array)) centres (id)
                where exists (select 1 from case_fact c where c.centre_id = centres.id and c.counsellor = a.user_id) order by a.user_id
                """)
                .param(centreIds.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    List<Load> loads(View view) {
        return jdbc.sql("""
                select person, sum(tasks) as tasks, sum(overdue) as overdue, sum(cases) as cases, sum(done) as done from (
                    select t.assignee as person, count(*) as tasks,
                           count(*) filter (where t.due_at < :now) as overdue, 0 as cases, 0 as done
                    from %2$s
                    where t.ended_at is null and t.assignee is not null and %4$s
                    group by t.assignee
                    union all
                    select c.counsellor, 0, 0, count(*), 0 from case_fact c
                    where c.closed_at is null and c.counsellor is not null and %1$s group by c.counsellor
                    union all
                    select t.assignee, 0, 0, 0, count(*)
                    from %2$s
                    where t.ended_how = 'COMPLETED' and t.ended_at >= :from and t.ended_at < :until
                      and t.assignee is not null and %3$s
                    group by t.assignee) parts
                group by person order by person
                """.formatted(
                                view.condition(), view.from("task_fact", "t"), view.condition("t"), view.going("t")))
                .params(view.parameters())
                .query(Load.class)
                .list();
    }

    /** A cohort's hours count once, however many cases were in it: for whoever gave the places in it. */
    List<Time> times(View view) {
        return jdbc.sql("""
                select person, funding_line, sum(contact) as contact, sum(preparation) as preparation, sum(training) as training from (
                    select s.recorded_by as person, s.funding_line, sum(s.contact_minutes) as contact,
                           sum(s.preparation_minutes) as preparation, 0 as training
                    from %s
                    where s.outcome = 'attended' and s.recorded_by is not null
                      and s.recorded_at >= :from and s.recorded_at < :until and %s
                    group by s.recorded_by, s.funding_line
                    union all
                    select m.recorded_by, 'mentoring', sum(m.contact_minutes), sum(m.preparation_minutes), 0
                    from %s join mentoring m on m.follow_up_id = f.id
                    where m.recorded_by is not null and m.recorded_at >= :from and m.recorded_at < :until and %s
                    group by m.recorded_by
                    union all
                    select given.person, 'training', 0, 0, sum(t.hours * 60) from (
                        select e.centre_id, e.starts_on, e.ends_on, a.module_key, min(e.enrolled_by) as person
                        from %s join attendance a on a.enrolment_id = e.id
                        where not a.caught_up and e.ends_on >= cast(:from as date) and e.ends_on < cast(:until as date) and %s
                        group by e.centre_id, e.starts_on, e.ends_on, a.module_key) given
                    join training_module t on t.module_key = given.module_key
                    where given.person is not null
                    group by given.person) parts
                group by person, funding_line order by person, funding_line
                """.formatted(
                                view.work("counselling_session", "s"),
                                view.condition("s"),
                                view.work("follow_up", "f"),
                                view.condition("f"),
                                view.work("enrolment", "e"),
                                view.condition("e")))
                .params(view.parameters())
                .query(Time.class)
                .list();
    }
}
