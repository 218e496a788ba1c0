package org.diadromi.casepage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Timeline;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.Role;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives a case to another counsellor of its centre. */
@Service
@Transactional
class CaseCounsellor {

    private final CaseFiles cases;
    private final CaseProcess process;
    private final Timeline timeline;
    private final Audit audit;
    private final JdbcClient jdbc;

    CaseCounsellor(CaseFiles cases, CaseProcess process, Timeline timeline, Audit audit, JdbcClient jdbc) {
        this.cases = cases;
        this.process = process;
        this.timeline = timeline;
        this.audit = audit;
        this.jdbc = jdbc;
    }

    /** The user ids of the counsellors who work at the centre now. */
    @Transactional(readOnly = true)
    public List<String> of(String centreId) {
        return jdbc.sql("""
                select a.user_id from staff_account a join staff_role r on r.user_id = a.user_id
                where a.active = true and r.centre_id = ? and r.role = ? order by a.user_id
                """)
                .params(centreId, Role.COUNSELLOR.groupId())
                .query(String.class)
                .list();
    }

    /** How many cases that are not closed each counsellor of the centre has; those without one are missing. */
    @Transactional(readOnly = true)
    public Map<String, Integer> openCases(String centreId) {
        Map<String, Integer> open = new HashMap<>();
        jdbc.sql("""
                select counsellor, count(*) as cases from case_file
                where centre_id = ? and status <> 'CLOSED' and counsellor is not null group by counsellor
                """).param(centreId).query((RowCallbackHandler)
                row -> open.put(row.getString("counsellor"), row.getInt("cases")));
        return open;
    }

    /**
     * Gives the case to the counsellor who asks for it, with the tasks that the one before had taken on and those that wait for
     * counsellors.
     *
     * @throws RuleViolation when the case is closed, or they are no counsellor of the centre
     */
    public void takeOver(CaseFile caseFile, String userId, String detail) {
        change(caseFile, userId, detail, userId);
        process.takeOn(caseFile, Role.COUNSELLOR, userId);
    }

    /**
     * Gives the case to a counsellor, with the tasks of it that the one before had taken on.
     *
     * @throws RuleViolation when the case is closed, or they are no counsellor of the centre
     */
    public void change(CaseFile caseFile, String userId, String detail, String byUser) {
        if (caseFile.status() == CaseFile.Status.CLOSED) {
            throw new RuleViolation(Problem.CASE_CLOSED, caseFile.number());
        }
        if (!of(caseFile.centreId()).contains(userId)) {
            throw new RuleViolation(Problem.NO_COUNSELLOR);
        }
        String before = caseFile.counsellor();
        if (userId.equals(before)) {
            return;
        }
        try {
            cases.assignCounsellor(caseFile, userId);
        } catch (OptimisticLockingFailureException e) {
            throw new RuleViolation(Problem.CHANGED_MEANWHILE);
        }
        if (before != null) {
            process.handOver(caseFile, before, userId);
        }
        timeline.add(caseFile, Timeline.Kind.COUNSELLOR_CHANGED, userId, byUser);
        audit.record(Audit.Action.CHANGED, caseFile.centreId(), caseFile.number(), detail);
    }
}
