package org.diadromi.supervision;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.workflow.TasksByWaiting;

/**
 * What happened in random cases of several centres over two years, as plain lists: stages that are come back to, tasks that are done
 * again or broken off, pauses, cases that go to another centre or were somebody's second one, and many a moment in the nights in
 * which the clocks change. A case that went to another centre is two of these: what it was there stays there.
 */
record RawHistory(
        List<Case> cases,
        List<Stage> stages,
        List<Task> tasks,
        List<Pause> pauses,
        List<Decision> decisions,
        List<FollowUp> followUps,
        List<Session> sessions,
        List<Mentoring> mentorings,
        List<Enrolment> enrolments) {

    /** Beyond the ids that the tables give by themselves. */
    private static final long FIRST_ID = 1_000_000;

    /** The moment at which it is looked at. */
    static final LocalDateTime NOW = LocalDateTime.of(2027, 4, 7, 12, 0);

    static final List<String> CENTRES = List.of("kerkyra", "chania", "magnisia", "karditsa", "dock");
    static final List<String> SOURCES = List.of("phone", "walkIn", "event", "partner", "publicForm", "other");
    static final List<String> FORMS = List.of("koinsep", "workerCoop", "amke");

    /** @param id of the facts: that of the file, or below zero for what stayed with the centre that had it before */
    record Case(
            long id,
            long fileId,
            String number,
            String centre,
            String source,
            int groupSize,
            String counsellor,
            String legalForm,
            Instant opened,
            Instant closed,
            String outcome) {}

    record Stage(long caseId, String stage, Instant entered, Instant left, String outcome) {}

    record Task(
            String id,
            long caseId,
            TasksByWaiting.Task model,
            String assignee,
            Instant created,
            LocalDateTime due,
            Instant claimed,
            Instant ended,
            String how,
            String outcome) {}

    record Pause(long caseId, Instant paused, Instant resumed) {}

    record Decision(long id, long caseId, String advice, String decision, String by, Instant at) {}

    record FollowUp(
            long id,
            long caseId,
            int month,
            String status,
            Integer full,
            Integer part,
            Integer women,
            Integer target,
            Instant at) {}

    record Session(long caseId, boolean attended, int contact, int preparation, String line, String by, Instant at) {}

    record Mentoring(long followUpId, long caseId, int contact, int preparation, String by, Instant at) {}

    /** @param caughtUp the modules that were not attended with the cohort */
    record Enrolment(
            long id,
            long caseId,
            LocalDate starts,
            LocalDate ends,
            String by,
            Set<String> modules,
            Set<String> caughtUp,
            Instant at) {}

    static LocalDateTime local(Instant moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment, BusinessCalendar.ATHENS);
    }

    /** What a failed property prints of it. */
    @Override
    public String toString() {
        return cases.size() + " random cases";
    }

    /** So many cases; those that went to another centre count once. */
    static RawHistory random(Random random, int count) {
        Maker maker = new Maker(random);
        for (int i = 1; i <= count; i++) {
            maker.add(FIRST_ID + i);
        }
        return maker.history;
    }

    private static final class Maker {

        private static final List<String> STAGES = FigurePages.STAGES;
        private static final List<Integer> DAYS = List.of(12, 60, 75, 95, 400);
        private static final List<String> ONWARD = List.of("kalo", "training", "approve", "registered", "active");
        private static final List<String> PATHS =
                List.of("kalo", "business", "employmentService", "training", "socialSupport", "notNow");
        private static final List<String> MODULES = List.of("kalo", "finance", "legal");

        private static final Instant NOW_INSTANT =
                NOW.atZone(BusinessCalendar.ATHENS).toInstant();

        /** The changes of the clocks within the two years. */
        private static final List<Instant> CHANGES = Stream.of(
                        "2025-10-26T01:00:00Z", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2027-03-28T01:00:00Z")
                .map(Instant::parse)
                .toList();

        private final RawHistory history = new RawHistory(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        private final Random random;
        private int taskNumber;

        Maker(Random random) {
            this.random = random;
        }

        /** The ways of one case, at one centre or one after the other. */
        private void add(long fileId) {
            Instant opened = random.nextInt(6) == 0
                    ? atChange(one(CHANGES))
                    : NOW_INSTANT.minusSeconds((long) (random.nextDouble() * 730 * 86400));
            String centre = one(CENTRES);
            String source = one(SOURCES);
            int group = random.nextInt(3) == 0 ? 2 + random.nextInt(8) : 1;
            int stage = 0;
            for (int part = 0; part < 3; part++) {
                boolean goesOver = part < 2 && random.nextInt(12) == 0;
                Instant over = goesOver ? later(opened, 50) : null;
                boolean isOver = over != null && over.isBefore(NOW_INSTANT);
                long id = isOver ? -10L * fileId - part : fileId;
                Way way = new Way(id, fileId, "R%07d-%d".formatted(fileId, part), centre, source, group, opened);
                way.walk(stage, isOver ? over : null);
                if (!isOver || !way.transferred) {
                    // It ended before it could go over.
                    if (isOver) {
                        keptWhereItWas(id, fileId);
                    }
                    return;
                }
                stage = way.stage;
                opened = over;
                source = "transfer";
                String before = centre;
                centre = one(
                        CENTRES.stream().filter(other -> !other.equals(before)).toList());
            }
        }

        /** What was written under the id for a transfer that did not come belongs to the case itself. */
        private void keptWhereItWas(long id, long fileId) {
            history.cases.replaceAll(c -> c.id() != id
                    ? c
                    : new Case(
                            fileId,
                            fileId,
                            c.number(),
                            c.centre(),
                            c.source(),
                            c.groupSize(),
                            c.counsellor(),
                            c.legalForm(),
                            c.opened(),
                            c.closed(),
                            c.outcome()));
            history.stages.replaceAll(
                    s -> s.caseId() != id ? s : new Stage(fileId, s.stage(), s.entered(), s.left(), s.outcome()));
            history.tasks.replaceAll(t -> t.caseId() != id
                    ? t
                    : new Task(
                            t.id(),
                            fileId,
                            t.model(),
                            t.assignee(),
                            t.created(),
                            t.due(),
                            t.claimed(),
                            t.ended(),
                            t.how(),
                            t.outcome()));
            history.pauses.replaceAll(p -> p.caseId() != id ? p : new Pause(fileId, p.paused(), p.resumed()));
            history.decisions.replaceAll(
                    d -> d.caseId() != id ? d : new Decision(d.id(), fileId, d.advice(), d.decision(), d.by(), d.at()));
            history.sessions.replaceAll(s -> s.caseId() != id
                    ? s
                    : new Session(fileId, s.attended(), s.contact(), s.preparation(), s.line(), s.by(), s.at()));
            history.enrolments.replaceAll(e -> e.caseId() != id
                    ? e
                    : new Enrolment(e.id(), fileId, e.starts(), e.ends(), e.by(), e.modules(), e.caughtUp(), e.at()));
            history.followUps.replaceAll(f -> f.caseId() != id
                    ? f
                    : new FollowUp(
                            f.id(), fileId, f.month(), f.status(), f.full(), f.part(), f.women(), f.target(), f.at()));
            history.mentorings.replaceAll(m -> m.caseId() != id
                    ? m
                    : new Mentoring(m.followUpId(), fileId, m.contact(), m.preparation(), m.by(), m.at()));
        }

        private Instant atChange(Instant change) {
            return change.plusSeconds(random.nextInt(3 * 3600) - 5400);
        }

        /** Mostly about so many days later, some very much longer, some within minutes, some in a night of the changes. */
        private Instant later(Instant from, double days) {
            Instant change = CHANGES.stream().filter(from::isBefore).findFirst().orElse(null);
            if (change != null && random.nextInt(8) == 0) {
                Instant near = atChange(change);
                return near.isAfter(from) ? near : from.plusSeconds(60);
            }
            double length =
                    random.nextInt(10) == 0 ? random.nextDouble() / 24 : days * Math.exp(random.nextGaussian() * 0.7);
            return from.plusSeconds(1 + (long) (length * 86400));
        }

        private Instant within(Instant from, Instant to) {
            return from.plusSeconds(
                    (long) (random.nextDouble() * Duration.between(from, to).toSeconds()));
        }

        private <T> T one(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        /** A case at one centre. */
        private final class Way {

            private final long id;
            private final long fileId;
            private final String number;
            private final String centre;
            private final String source;
            private final int group;
            private final Instant opened;
            private final String counsellor;
            private String form;
            private int stage;
            private boolean transferred;

            Way(long id, long fileId, String number, String centre, String source, int group, Instant opened) {
                this.id = id;
                this.fileId = fileId;
                this.number = number;
                this.centre = centre;
                this.source = source;
                this.group = group;
                this.opened = opened;
                this.counsellor = random.nextInt(15) == 0
                        ? null
                        : centre + (random.nextBoolean() ? ".counsellor" : ".coordinator");
            }

            /** From that stage on, until it ends, goes over at that moment (null: it does not), or now. */
            void walk(int first, Instant over) {
                stage = first;
                Instant at = opened;
                boolean again = false;
                Instant limit = over == null ? NOW_INSTANT : over;
                while (true) {
                    Instant entered = at;
                    Instant left = later(entered, DAYS.get(stage));
                    boolean past = left.isBefore(limit);
                    boolean brokenOff = past && random.nextInt(25) == 0;
                    boolean goesOn = past && !brokenOff && stage < 4 && random.nextInt(4) > 0;
                    // Nobody goes over to another centre once it has applied to the Registry.
                    boolean goesOver = over != null && !past && stage < 3;
                    if (over != null && !past && !goesOver) {
                        limit = NOW_INSTANT;
                        over = null;
                        past = left.isBefore(limit);
                    }
                    String outcome = goesOn ? ONWARD.get(stage) : ending();
                    Instant end = past ? left : goesOver ? over : null;
                    boolean whole = past && !brokenOff;
                    history.stages.add(new Stage(id, STAGES.get(stage), entered, end, whole ? outcome : null));
                    tasks(entered, end, whole);
                    extras(entered, end == null ? NOW_INSTANT : end, whole ? outcome : null);
                    if (end == null) {
                        close(null, null);
                        return;
                    }
                    if (goesOver) {
                        transferred = true;
                        close(over, Outcomes.TRANSFERRED);
                        return;
                    }
                    if (!goesOn) {
                        close(left, closing(whole ? outcome : null));
                        return;
                    }
                    at = left;
                    // Some come back to what they have been through.
                    boolean back = !again && stage > 0 && random.nextInt(10) == 0;
                    again |= back;
                    stage = back ? stage - 1 : stage + 1;
                }
            }

            private String ending() {
                return switch (stage) {
                    case 0 -> one(PATHS.subList(1, PATHS.size()));
                    case 1 -> one(List.of("referral", "stop"));
                    case 2 -> "dropped";
                    case 3 -> one(List.of("rejected", "deleted"));
                    default -> "active";
                };
            }

            private String closing(String outcome) {
                if (outcome == null) {
                    return random.nextInt(3) == 0 ? Outcomes.DUPLICATE : "withdrawn";
                }
                return switch (stage) {
                    case 0 -> "suitability." + outcome;
                    case 1 -> "counselling." + outcome;
                    case 2 -> "training." + outcome;
                    case 3 -> "registry." + outcome;
                    default -> "followedUp";
                };
            }

            private void close(Instant closed, String outcome) {
                history.cases.add(
                        new Case(id, fileId, number, centre, source, group, counsellor, form, opened, closed, outcome));
                pauses(closed == null ? NOW_INSTANT : closed, closed == null);
            }

            /** One after the other; the last may not be over, or end with the case. */
            private void pauses(Instant end, boolean open) {
                Instant at = opened;
                Set<LocalDateTime> begun = new HashSet<>();
                for (int i = random.nextInt(5) - 2; i > 0; i--) {
                    Instant paused = random.nextInt(4) == 0 ? later(at, 20) : within(at, end);
                    Instant resumed = later(paused, 30);
                    if (!paused.isBefore(end) || !begun.add(local(paused))) {
                        return;
                    }
                    boolean lasts = !resumed.isBefore(end);
                    history.pauses.add(new Pause(id, paused, lasts ? open ? null : end : resumed));
                    if (lasts) {
                        return;
                    }
                    at = resumed;
                }
            }

            private void tasks(Instant entered, Instant end, boolean whole) {
                List<TasksByWaiting.Task> steps = TasksByWaiting.all().stream()
                        .filter(task -> task.process().equals(STAGES.get(stage)))
                        .toList();
                Instant created = entered;
                for (int i = random.nextInt(5); i >= 0; i--) {
                    Instant ended = later(created, DAYS.get(stage) / 5.0);
                    Instant last = end == null ? NOW_INSTANT : end;
                    boolean cut = !ended.isBefore(last);
                    boolean open = cut && end == null;
                    ended = cut ? end : ended;
                    boolean cancelled = !open && (cut && !whole || random.nextInt(20) == 0);
                    Instant until = ended == null ? NOW_INSTANT : ended;
                    Instant claimed = random.nextInt(5) == 0 ? null : within(created, until);
                    TasksByWaiting.Task model = one(steps);
                    history.tasks.add(new Task(
                            "raw-" + ++taskNumber,
                            id,
                            model,
                            claimed == null ? null : centre + one(List.of(".counsellor", ".legal", ".trainer")),
                            created,
                            random.nextInt(10) == 0
                                    ? null
                                    : local(open ? NOW_INSTANT : created).plusDays(random.nextInt(20) - 8),
                            claimed,
                            ended,
                            open ? null : cancelled ? "CANCELLED" : "COMPLETED",
                            open || cancelled
                                    ? null
                                    : one(List.of("approve", "return", "returned", "noShow", "attended"))));
                    if (cut) {
                        return;
                    }
                    created = ended;
                }
            }

            /** What the stages leave behind beside their tasks. */
            private void extras(Instant entered, Instant end, String outcome) {
                switch (stage) {
                    case 0 -> {
                        if (outcome != null) {
                            history.decisions.add(new Decision(
                                    FIRST_ID + history.decisions.size(),
                                    id,
                                    random.nextInt(3) == 0 ? one(PATHS) : outcome,
                                    outcome,
                                    counsellor,
                                    end));
                        }
                    }
                    case 1 -> {
                        for (int i = random.nextInt(4); i > 0; i--) {
                            boolean attended = random.nextInt(5) > 0;
                            history.sessions.add(new Session(
                                    id,
                                    attended,
                                    attended ? 30 + random.nextInt(60) : 0,
                                    attended ? random.nextInt(60) : 0,
                                    attended ? one(List.of("packageB", "esf", "unfunded")) : null,
                                    random.nextInt(20) == 0
                                            ? null
                                            : centre + one(List.of(".counsellor", ".coordinator")),
                                    within(entered, end)));
                        }
                    }
                    case 2 -> {
                        LocalDate starts = local(entered).toLocalDate().withDayOfMonth(1);
                        Set<String> modules = new HashSet<>();
                        Set<String> caughtUp = new HashSet<>();
                        for (String module : MODULES) {
                            if (random.nextBoolean()) {
                                modules.add(module);
                                if (random.nextInt(6) == 0) {
                                    caughtUp.add(module);
                                }
                            }
                        }
                        history.enrolments.add(new Enrolment(
                                FIRST_ID + history.enrolments.size(),
                                id,
                                starts,
                                starts.plusDays(40),
                                centre + ".trainer",
                                modules,
                                caughtUp,
                                entered));
                    }
                    case 3 -> form = one(FORMS);
                    default -> followUps(entered, end);
                }
            }

            private void followUps(Instant registered, Instant end) {
                for (int month : new int[] {1, 3, 6, 12, 24}) {
                    Instant at = local(registered)
                            .plusMonths(month)
                            .plusDays(random.nextInt(9))
                            .atZone(BusinessCalendar.ATHENS)
                            .toInstant();
                    if (at.isAfter(end) || random.nextInt(15) == 0) {
                        continue;
                    }
                    String status =
                            one(List.of("active", "active", "active", "active", "dormant", "noContact", "closed"));
                    boolean tells = status.equals("active") || status.equals("dormant");
                    FollowUp asked = new FollowUp(
                            FIRST_ID + history.followUps.size(),
                            id,
                            month,
                            status,
                            tells ? random.nextInt(5) : null,
                            tells ? random.nextInt(4) : null,
                            tells ? random.nextInt(3) : null,
                            tells ? random.nextInt(2) : null,
                            at);
                    history.followUps.add(asked);
                    if (tells && random.nextInt(3) == 0) {
                        history.mentorings.add(new Mentoring(
                                asked.id(), id, 60, 15 * random.nextInt(4), "dock.counsellor", at.plusSeconds(3600)));
                    }
                }
            }
        }
    }
}
