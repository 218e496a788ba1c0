package org.diadromi.casepage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseChanges;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Doubles;
import org.diadromi.casefile.Doubles.Decision;
import org.diadromi.casefile.Doubles.Kind;
import org.diadromi.privacy.Audit;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Whether two cases of a centre are one person's, as its staff decide, and what then becomes of them (docs/adr/0029). */
@Service
@Transactional
class CaseDoubles {

    /** As the form start_caseChange_request has it. */
    private static final String REASON = "duplicate";

    /**
     * Another case that may be of the same person.
     *
     * @param by in what they are alike; empty when somebody has thought of it by themselves
     */
    record Possible(CaseFile other, Set<Kind> by) {}

    private final CaseFiles cases;
    private final Doubles doubles;
    private final CaseChanges changes;
    private final JdbcClient jdbc;
    private final Audit audit;

    CaseDoubles(CaseFiles cases, Doubles doubles, CaseChanges changes, JdbcClient jdbc, Audit audit) {
        this.cases = cases;
        this.doubles = doubles;
        this.changes = changes;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** The cases that may be of the same person, and of which nobody has decided yet. */
    @Transactional(readOnly = true)
    public List<Possible> of(CaseFile caseFile) {
        return doubles.of(caseFile).stream()
                .flatMap(alike -> cases.find(caseFile.centreId(), alike.caseId()).stream()
                        .map(other -> new Possible(other, new LinkedHashSet<>(alike.by()))))
                .toList();
    }

    /** How many pairs of the centre's cases wait for a decision. */
    @Transactional(readOnly = true)
    public int waiting(String centreId) {
        return doubles.waiting(centreId);
    }

    /** Keeps that they are two people's: nobody is asked again. */
    public void areTwo(CaseFile one, CaseFile other, String detail, String byUser) {
        lockUnmerged(one, other);
        doubles.decide(one, other, Decision.OTHER, byUser);
        Stream.of(one, other)
                .forEach(each -> audit.record(Audit.Action.CHANGED, each.centreId(), each.number(), detail));
    }

    /**
     * Makes one of two: a case that has not ended yet ends as a duplicate, and what both hold is read from the one that stays.
     *
     * @throws RuleViolation when they are the same case, somebody has decided otherwise meanwhile, or the person of one is a member of the
     *     other's team: those are two people, of whom each agreed for themselves
     */
    public void merge(CaseFile kept, CaseFile ended, String detail, String byUser) {
        lockUnmerged(kept, ended);
        if (of(kept).stream()
                .anyMatch(one -> one.other().id().equals(ended.id()) && one.by().contains(Kind.MEMBER))) {
            throw new RuleViolation(Problem.DOUBLE_IS_MEMBER);
        }
        try {
            if (ended.status() != CaseFile.Status.CLOSED) {
                changes.close(ended, REASON, null, byUser);
            }
            doubles.decide(kept, ended, Decision.SAME, byUser);
            cases.merge(cases.get(ended.centreId(), ended.number()), cases.get(kept.centreId(), kept.number()), byUser);
        } catch (OptimisticLockingFailureException e) {
            throw new RuleViolation(Problem.CHANGED_MEANWHILE);
        }
        Stream.of(kept, ended)
                .forEach(each -> audit.record(Audit.Action.CHANGED, each.centreId(), each.number(), detail));
    }

    /** Of two who decide of the same cases at once, the second learns of it. */
    private void lockUnmerged(CaseFile one, CaseFile other) {
        if (one.id().equals(other.id())) {
            throw new RuleViolation(Problem.SAME_CASE, one.number());
        }
        cases.lock(one.id(), other.id());
        jdbc.sql("select number, merged_into, erased_at from case_file where id in (?, ?)")
                .params(one.id(), other.id())
                .query((row, number) -> {
                    if (row.getObject("merged_into") != null) {
                        throw new RuleViolation(Problem.MERGED_ALREADY, row.getString("number"));
                    }
                    if (row.getObject("erased_at") != null) {
                        throw new RuleViolation(Problem.CASE_UNKNOWN, row.getString("number"));
                    }
                    return row.getString("number");
                })
                .list();
    }
}
