package org.diadromi.supervision;

import static org.diadromi.supervision.RawHistory.local;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diadromi.calendar.AppClock;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes a raw history into the tables, in place of all that is there: as rows at once, or step by step with the clock moved. */
final class HistoryWriter {

    private static final String SESSION = """
            insert into counselling_session (id, case_id, centre_id, fact_id, appointment_id, held_on, outcome, contact_minutes,
                                             preparation_minutes, area, funding_line, recorded_by, recorded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'legal', ?, ?, ?)
            """;

    private static final String ENROLMENT = """
            insert into enrolment (id, case_id, centre_id, fact_id, cohort, starts_on, ends_on, enrolled_by, enrolled_at)
            values (?, ?, ?, ?, '–', ?, ?, ?, ?)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final TransactionTemplate transaction;
    private final RawHistory raw;

    /** The cases of each file, in their order. */
    private final Map<Long, List<RawHistory.Case>> files = new LinkedHashMap<>();

    private final Map<Long, Long> fileOf = new HashMap<>();
    private int sessions;

    HistoryWriter(ApplicationContext application, RawHistory raw) {
        this.jdbc = application.getBean(JdbcClient.class);
        this.batch = application.getBean(JdbcTemplate.class);
        this.transaction = application.getBean(TransactionTemplate.class);
        this.raw = raw;
        raw.cases().stream()
                .sorted(Comparator.comparing(RawHistory.Case::number))
                .forEach(found -> {
                    files.computeIfAbsent(found.fileId(), id -> new ArrayList<>())
                            .add(found);
                    fileOf.put(found.id(), found.fileId());
                });
    }

    /** The final rows, and the lengths from them. */
    void rows() {
        SampleCases.clear(jdbc);
        transaction.executeWithoutResult(written -> {
            files.values().forEach(parts -> {
                RawHistory.Case last = parts.get(parts.size() - 1);
                file(parts.get(0), last, last);
            });
            insert(
                    """
                    insert into case_fact (case_id, case_number, centre_id, source, group_size, counsellor, legal_form, opened_at,
                                           closed_at, outcome)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    raw.cases().stream()
                            .map(c -> row(
                                    c.id(),
                                    c.number(),
                                    c.centre(),
                                    c.source(),
                                    c.groupSize(),
                                    c.counsellor(),
                                    c.legalForm(),
                                    at(c.opened()),
                                    at(c.closed()),
                                    c.outcome()))
                            .toList());
            insert(
                    "insert into stage_fact (case_id, centre_id, stage, entered_at, left_at, outcome) values (?, ?, ?, ?, ?, ?)",
                    raw.stages().stream()
                            .map(s -> row(
                                    s.caseId(),
                                    centre(s.caseId()),
                                    s.stage(),
                                    at(s.entered()),
                                    at(s.left()),
                                    s.outcome()))
                            .toList());
            insert(
                    """
                    insert into task_fact (task_id, case_id, centre_id, process, task_key, candidate_groups, waiting_for, assignee,
                                           created_at, due_at, claimed_at, ended_at, ended_how, outcome)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    raw.tasks().stream()
                            .map(t -> row(
                                    t.id(),
                                    t.caseId(),
                                    centre(t.caseId()),
                                    t.model().process(),
                                    t.model().key(),
                                    t.model().groups(),
                                    t.model().waitingFor(),
                                    t.assignee(),
                                    at(t.created()),
                                    t.due() == null ? null : Timestamp.valueOf(t.due()),
                                    at(t.claimed()),
                                    at(t.ended()),
                                    t.how(),
                                    t.outcome()))
                            .toList());
            insert(
                    "insert into pause_fact (case_id, paused_at, resumed_at) values (?, ?, ?)",
                    raw.pauses().stream()
                            .map(p -> row(p.caseId(), at(p.paused()), at(p.resumed())))
                            .toList());
            raw.decisions().forEach(this::assessment);
            insert(
                    """
                    insert into suitability_fact (assessment_id, case_id, centre_id, advice, decision, decided_by, decided_at)
                    values (?, ?, ?, ?, ?, ?, ?)
                    """,
                    raw.decisions().stream()
                            .map(d -> row(
                                    d.id(),
                                    d.caseId(),
                                    centre(d.caseId()),
                                    d.advice(),
                                    d.decision(),
                                    d.by(),
                                    at(d.at())))
                            .toList());
            raw.sessions().forEach(session -> session(session, factId(session.caseId())));
            raw.enrolments().forEach(place -> enrolment(place, factId(place.caseId())));
            followUps();
        });
        Facts.DERIVED.forEach(derived -> jdbc.sql(derived).update());
        targets();
    }

    private record Step(Instant at, Runnable what) {}

    /** One after the other, each at its moment, through {@link Facts}. */
    void steps() {
        SampleCases.clear(jdbc);
        SetClock clock = new SetClock();
        Facts facts = new Facts(jdbc, clock);
        List<Step> steps = new ArrayList<>();
        files.values().forEach(parts -> {
            RawHistory.Case last = parts.get(parts.size() - 1);
            RawHistory.Case first = parts.get(0);
            steps.add(new Step(first.opened(), () -> {
                file(first, first, last);
                facts.opened(first.fileId());
            }));
            for (int i = 0; i < parts.size(); i++) {
                steps(parts.get(i), i + 1 < parts.size() ? parts.get(i + 1) : null, facts, steps);
            }
        });
        steps.sort(Comparator.comparing(Step::at));
        transaction.executeWithoutResult(written -> steps.forEach(step -> {
            clock.moment = step.at();
            step.what().run();
        }));
        transaction.executeWithoutResult(written -> followUps());
        targets();
    }

    private void steps(RawHistory.Case found, RawHistory.Case next, Facts facts, List<Step> steps) {
        long file = found.fileId();
        if (found.counsellor() != null) {
            steps.add(new Step(found.opened(), () -> facts.counsellor(file, found.counsellor())));
        }
        if (found.legalForm() != null) {
            steps.add(new Step(found.opened(), () -> facts.legalForm(file, found.legalForm())));
        }
        raw.stages().stream().filter(s -> s.caseId() == found.id()).forEach(s -> {
            steps.add(new Step(s.entered(), () -> facts.stageEntered(found.centre(), found.number(), s.stage())));
            if (s.left() != null) {
                steps.add(new Step(
                        s.left(), () -> facts.stageLeft(found.centre(), found.number(), s.stage(), s.outcome())));
            }
        });
        raw.tasks().stream().filter(t -> t.caseId() == found.id()).forEach(t -> {
            steps.add(new Step(
                    t.created(),
                    () -> facts.taskBegun(new Facts.NewTask(
                            t.id(),
                            found.centre(),
                            found.number(),
                            t.model().process(),
                            t.model().key(),
                            t.model().groups(),
                            t.model().waitingFor(),
                            null,
                            local(t.created()),
                            t.due()))));
            if (t.claimed() != null) {
                steps.add(new Step(t.claimed(), () -> facts.taskChanged(t.id(), t.assignee(), t.due())));
            }
            if (t.ended() != null) {
                steps.add(new Step(t.ended(), () -> {
                    if (t.how().equals("COMPLETED")) {
                        facts.taskDone(t.id(), t.outcome());
                    } else {
                        facts.taskGone(t.id());
                    }
                }));
            }
        });
        raw.pauses().stream().filter(p -> p.caseId() == found.id()).forEach(p -> {
            steps.add(new Step(p.paused(), () -> facts.paused(file)));
            if (p.resumed() != null && !p.resumed().equals(found.closed())) {
                steps.add(new Step(p.resumed(), () -> facts.resumed(file)));
            }
        });
        raw.decisions().stream()
                .filter(d -> d.caseId() == found.id())
                .forEach(d -> steps.add(new Step(d.at(), () -> {
                    assessment(d);
                    facts.suitability(d.id(), file, found.centre(), d.advice(), d.decision(), d.by());
                })));
        raw.sessions().stream()
                .filter(s -> s.caseId() == found.id())
                .forEach(s -> steps.add(new Step(s.at(), () -> session(s, null))));
        raw.enrolments().stream()
                .filter(e -> e.caseId() == found.id())
                .forEach(e -> steps.add(new Step(e.at(), () -> enrolment(e, null))));
        if (next != null) {
            steps.add(new Step(found.closed(), () -> {
                facts.handedOver(file, found.id());
                jdbc.sql("update case_file set centre_id = ?, number = ? where id = ?")
                        .params(next.centre(), next.number(), file)
                        .update();
                facts.arrived(file);
            }));
        } else if (found.closed() != null) {
            steps.add(new Step(found.closed(), () -> facts.closed(file, found.outcome())));
        }
    }

    /** The one clock, at a moment that is set. */
    private static final class SetClock extends AppClock {

        private Instant moment;

        @Override
        public Instant instant() {
            return moment;
        }
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private void insert(String sql, List<Object[]> rows) {
        batch.batchUpdate(sql, rows);
    }

    private static Timestamp at(Instant moment) {
        return moment == null ? null : Timestamp.valueOf(local(moment));
    }

    private String centre(long caseId) {
        List<RawHistory.Case> parts = files.get(fileOf.get(caseId));
        return parts.stream()
                .filter(found -> found.id() == caseId)
                .findFirst()
                .orElseThrow()
                .centre();
    }

    private static Long factId(long caseId) {
        return caseId < 0 ? caseId : null;
    }

    private void file(RawHistory.Case first, RawHistory.Case known, RawHistory.Case last) {
        batch.update(
                """
                insert into case_file (id, number, centre_id, first_name, last_name, salutation, municipality, language, source,
                                       group_size, informed_at, status, opened_at, closed_at, outcome, version)
                values (?, ?, ?, 'Ελένη', 'Παππά', 'KYRIA', 'Κέρκυρα', 'el', ?, ?, ?, ?, ?, ?, ?, 0)
                """,
                first.fileId(),
                known.number(),
                known.centre(),
                first.source(),
                first.groupSize(),
                at(first.opened()),
                last.closed() == null ? "OPEN" : "CLOSED",
                at(first.opened()),
                at(last.closed()),
                last.outcome());
        // Known already, so that nothing looks for doubles among them beside the test.
        batch.update(
                "insert into case_likeness (case_id, centre_id, kind, trait, of_member) values (?, ?, 'PHONE', ?, false)",
                first.fileId(),
                known.centre(),
                "raw-" + first.fileId());
    }

    private void assessment(RawHistory.Decision decision) {
        batch.update(
                """
                insert into suitability_assessment (id, case_id, advice, advice_reason, advised_at, outcome, reason, decided_by, decided_at)
                values (?, ?, ?, '–', ?, ?, ?, ?, ?)
                """,
                decision.id(),
                fileOf.get(decision.caseId()),
                decision.advice(),
                at(decision.at()),
                decision.decision(),
                "reason " + decision.id(),
                decision.by(),
                at(decision.at()));
    }

    private void session(RawHistory.Session session, Long factId) {
        long file = fileOf.get(session.caseId());
        long id = 1_000_000L + ++sessions;
        batch.update(
                "insert into appointment (id, case_id, uid, starts_at, minutes, mode, area, booked_at) values (?, ?, ?, ?, 60, 'phone', 'legal', ?)",
                id,
                file,
                "raw-" + id,
                at(session.at()),
                at(session.at()));
        batch.update(
                SESSION,
                id,
                file,
                centre(session.caseId()),
                factId,
                id,
                Date.valueOf(local(session.at()).toLocalDate()),
                session.attended() ? "attended" : "noShow",
                session.contact(),
                session.preparation(),
                session.line(),
                session.by(),
                at(session.at()));
    }

    private void enrolment(RawHistory.Enrolment place, Long factId) {
        batch.update(
                ENROLMENT,
                place.id(),
                fileOf.get(place.caseId()),
                centre(place.caseId()),
                factId,
                Date.valueOf(place.starts()),
                Date.valueOf(place.ends()),
                place.by(),
                at(place.at()));
        place.modules()
                .forEach(module -> batch.update(
                        "insert into attendance (enrolment_id, module_key, caught_up) values (?, ?, ?)",
                        place.id(),
                        module,
                        place.caughtUp().contains(module)));
    }

    private void followUps() {
        insert(
                """
                insert into follow_up (id, case_id, centre_id, follow_up_month, status, jobs_full, jobs_part, jobs_women, jobs_target,
                                       recorded_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                raw.followUps().stream()
                        .map(f -> row(
                                f.id(),
                                f.caseId(),
                                centre(f.caseId()),
                                f.month(),
                                f.status(),
                                f.full(),
                                f.part(),
                                f.women(),
                                f.target(),
                                at(f.at())))
                        .toList());
        insert(
                """
                insert into mentoring (follow_up_id, actions, contact_minutes, preparation_minutes, recorded_by, recorded_at)
                values (?, '–', ?, ?, ?, ?)
                """,
                raw.mentorings().stream()
                        .map(m -> row(m.followUpId(), m.contact(), m.preparation(), m.by(), at(m.at())))
                        .toList());
    }

    private void targets() {
        jdbc.sql("delete from stage_target").update();
        RawHistory.CENTRES.forEach(centre -> RandomJourneysTest.TARGETS.forEach((stage, days) -> jdbc.sql(
                        "insert into stage_target (centre_id, stage, days, percent) values (?, ?, ?, 85)")
                .params(centre, stage, days)
                .update()));
    }
}
