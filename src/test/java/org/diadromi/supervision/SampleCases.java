package org.diadromi.supervision;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.diadromi.workflow.TasksByWaiting;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Fills the tables with plausible cases of several centres that came to be over two years, the same ones for the same seed. */
public final class SampleCases {

    private static final List<String> SOURCES = List.of("phone", "walkIn", "event", "partner", "publicForm", "other");
    private static final List<String> FORMS = List.of("koinsep", "koinsepIntegration", "workerCoop", "amke");
    private static final List<String> CENTRES = List.of("kerkyra", "chania", "magnisia", "karditsa", "dock");

    /** How many days a stage takes at the middle, and how likely a case goes on from it. */
    private record Course(String stage, int days, double goesOn, String onward, List<String> ends) {}

    private static final List<Course> COURSES = List.of(
            new Course(
                    "first-contact",
                    12,
                    0.6,
                    "kalo",
                    List.of("business", "employmentService", "training", "socialSupport", "notNow")),
            new Course("counselling", 60, 0.75, "training", List.of("referral", "stop")),
            new Course("business-plan-training", 75, 0.8, "approve", List.of("dropped")),
            new Course("legal-registration", 95, 0.85, "registered", List.of("rejected", "deleted")),
            new Course("follow-up", 500, 0, "active", List.of("active")));

    private final JdbcClient jdbc;
    private final Random random;

    /** Of its own, so that the other rows of a seed are what they were before there were decisions. */
    private final Random decisions;

    private final LocalDateTime now;
    private int number;

    /** Cases as they stand at that moment. */
    public SampleCases(JdbcClient jdbc, long seed, LocalDateTime now) {
        this.jdbc = jdbc;
        this.random = new Random(seed);
        this.decisions = new Random(-seed);
        this.now = now.withNano(0);
    }

    /** Takes away all cases that there are, with what belongs to them. */
    static void clear(JdbcClient jdbc) {
        for (String table : List.of(
                "mentoring",
                "follow_up",
                "counselling_session",
                "appointment",
                "attendance",
                "enrolment",
                "task_fact",
                "stage_fact",
                "pause_fact",
                "suitability_fact",
                "suitability_assessment",
                "case_fact",
                "case_double")) {
            jdbc.sql("delete from " + table).update();
        }
        deleteCaseFiles(jdbc, 5);
    }

    /** What notices doubles in the background may look at a case between the two. */
    private static void deleteCaseFiles(JdbcClient jdbc, int patience) {
        try {
            jdbc.sql("delete from case_likeness").update();
            jdbc.sql("delete from case_double").update();
            jdbc.sql("delete from case_file").update();
        } catch (DataIntegrityViolationException e) {
            if (patience == 0) {
                throw e;
            }
            deleteCaseFiles(jdbc, patience - 1);
        }
    }

    /** Adds that many cases. */
    public void add(int cases) {
        for (int i = 0; i < cases; i++) {
            add();
        }
        Facts.DERIVED.forEach(derived -> jdbc.sql(derived).update());
    }

    private void add() {
        LocalDateTime opened = now.minusMinutes((long) (random.nextDouble() * 730 * 24 * 60));
        String centre = one(CENTRES);
        String caseNumber = "S%02d-%d-%05d".formatted(random.nextInt(100), opened.getYear(), ++number);
        String source = one(SOURCES);
        int group = random.nextInt(3) == 0 ? 2 + random.nextInt(8) : 1;
        jdbc.sql("""
                insert into case_file (number, centre_id, first_name, last_name, salutation, municipality, language, source,
                                       group_size, informed_at, status, opened_at, version)
                values (?, ?, 'Ελένη', 'Παππά', 'KYRIA', 'Κέρκυρα', 'el', ?, ?, ?, 'OPEN', ?, 0)
                """).params(caseNumber, centre, source, group, opened, opened).update();
        long id = jdbc.sql("select id from case_file where number = ?")
                .param(caseNumber)
                .query(Long.class)
                .single();
        jdbc.sql("""
                insert into case_fact (case_id, case_number, centre_id, source, group_size, counsellor, legal_form, opened_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        id,
                        caseNumber,
                        centre,
                        source,
                        group,
                        centre + (random.nextBoolean() ? ".counsellor" : ".coordinator"),
                        random.nextInt(3) == 0 ? one(FORMS) : null,
                        opened)
                .update();
        LocalDateTime end = walk(id, centre, opened);
        if (random.nextInt(6) == 0) {
            pause(id, opened, end == null ? now : end);
        }
    }

    /** The case's way through the stages; gives when it was closed, or null. */
    private LocalDateTime walk(long id, String centre, LocalDateTime opened) {
        LocalDateTime at = opened;
        for (Course course : COURSES) {
            LocalDateTime entered = at;
            LocalDateTime left = entered.plusMinutes(1 + (long) (course.days() * 1440 * lengthFactor()));
            boolean brokenOff = random.nextInt(25) == 0;
            boolean goesOn = random.nextDouble() < course.goesOn();
            String outcome = brokenOff ? null : goesOn ? course.onward() : one(course.ends());
            boolean over = left.isBefore(now);
            jdbc.sql(
                            "insert into stage_fact (case_id, centre_id, stage, entered_at, left_at, outcome) values (?, ?, ?, ?, ?, ?)")
                    .params(id, centre, course.stage(), entered, over ? left : null, over ? outcome : null)
                    .update();
            if (over && !brokenOff && course.stage().equals("first-contact")) {
                suitability(id, centre, left, outcome);
            }
            tasks(id, centre, course.stage(), entered, over ? left : null, brokenOff);
            if (course.stage().equals("follow-up")) {
                followUps(id, centre, entered, over ? left : now);
            } else if (course.stage().equals("counselling")) {
                sessions(id, centre, entered);
            } else if (course.stage().equals("business-plan-training")) {
                training(id, centre, entered);
            }
            if (!over) {
                return null;
            }
            if (!goesOn || brokenOff) {
                close(id, left, caseOutcome(course.stage(), outcome));
                return left;
            }
            at = left;
        }
        throw new IllegalStateException("The last stage has no way on");
    }

    /** A decision, about every fourth of them against the advice. */
    private void suitability(long id, String centre, LocalDateTime at, String decision) {
        String advice = decisions.nextInt(4) == 0
                ? List.of("kalo", "business", "training").get(decisions.nextInt(3))
                : decision;
        String counsellor = centre + ".counsellor";
        jdbc.sql("""
                insert into suitability_assessment (case_id, advice, advice_reason, advised_at, outcome, reason, decided_by, decided_at)
                values (?, ?, '–', ?, ?, 'Το συζητήσαμε μαζί και έτσι ταιριάζει καλύτερα.', ?, ?)
                """).params(id, advice, at, decision, counsellor, at).update();
        jdbc.sql("""
                insert into suitability_fact (assessment_id, case_id, centre_id, advice, decision, decided_by, decided_at)
                select max(id), ?, ?, ?, ?, ?, ? from suitability_assessment
                """).params(id, centre, advice, decision, counsellor, at).update();
    }

    private void followUps(long id, String centre, LocalDateTime registered, LocalDateTime until) {
        for (int month : new int[] {1, 3, 6, 12, 24}) {
            LocalDateTime asked = registered.plusMonths(month).plusDays(random.nextInt(9));
            if (asked.isAfter(until) || random.nextInt(20) == 0) {
                continue;
            }
            String status = one(List.of("active", "active", "active", "active", "dormant", "noContact", "closed"));
            boolean tells = status.equals("active") || status.equals("dormant");
            jdbc.sql("""
                    insert into follow_up (case_id, centre_id, follow_up_month, status, jobs_full, jobs_part, jobs_women, jobs_target,
                                           recorded_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
                    .params(
                            id,
                            centre,
                            month,
                            status,
                            tells ? random.nextInt(5) : null,
                            tells ? random.nextInt(4) : null,
                            tells ? random.nextInt(3) : null,
                            tells ? random.nextInt(2) : null,
                            asked)
                    .update();
            if (tells && random.nextInt(3) == 0) {
                jdbc.sql("""
                        insert into mentoring (follow_up_id, actions, contact_minutes, preparation_minutes, recorded_by, recorded_at)
                        select max(id), '–', ?, ?, ?, ? from follow_up
                        """)
                        .params(60, 15 * random.nextInt(4), "dock.counsellor", asked.plusDays(2))
                        .update();
            }
        }
    }

    private void sessions(long id, String centre, LocalDateTime entered) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            LocalDateTime at = entered.plusHours(random.nextInt(1000));
            jdbc.sql(
                            "insert into appointment (case_id, uid, starts_at, minutes, mode, area, booked_at) values (?, ?, ?, 60, 'phone', 'legal', ?)")
                    .params(id, "sample-" + id + "-" + i, at, at.minusDays(1))
                    .update();
            boolean attended = random.nextInt(5) > 0;
            jdbc.sql("""
                    insert into counselling_session (case_id, centre_id, appointment_id, held_on, outcome, contact_minutes,
                                                     preparation_minutes, area, funding_line, recorded_by, recorded_at)
                    select ?, ?, max(id), ?, ?, ?, ?, 'legal', ?, ?, ? from appointment
                    """)
                    .params(
                            id,
                            centre,
                            at.toLocalDate(),
                            attended ? "attended" : "noShow",
                            attended ? 30 + random.nextInt(60) : 0,
                            attended ? random.nextInt(60) : 0,
                            attended ? one(List.of("packageB", "esf", "unfunded")) : null,
                            centre + (random.nextBoolean() ? ".counsellor" : ".coordinator"),
                            at)
                    .update();
        }
    }

    /** Cohorts of a centre begin with a month, so that several cases are in one. */
    private void training(long id, String centre, LocalDateTime entered) {
        java.time.LocalDate start = entered.toLocalDate().withDayOfMonth(1);
        jdbc.sql(
                        "insert into enrolment (case_id, centre_id, cohort, starts_on, ends_on, enrolled_by, enrolled_at) values (?, ?, '–', ?, ?, ?, ?)")
                .params(id, centre, start, start.plusDays(40), centre + ".trainer", entered)
                .update();
        for (String module : List.of("kalo", "finance", "legal")) {
            if (random.nextBoolean()) {
                jdbc.sql(
                                "insert into attendance (enrolment_id, module_key, caught_up) select max(id), ?, ? from enrolment")
                        .params(module, random.nextInt(8) == 0)
                        .update();
            }
        }
    }

    private void close(long id, LocalDateTime at, String outcome) {
        jdbc.sql("update case_fact set closed_at = ?, outcome = ? where case_id = ?")
                .params(at, outcome, id)
                .update();
        jdbc.sql("update case_file set status = 'CLOSED', closed_at = ?, outcome = ? where id = ?")
                .params(at, outcome, id)
                .update();
    }

    private static String caseOutcome(String stage, String outcome) {
        if (outcome == null) {
            return "withdrawn";
        }
        return switch (stage) {
            case "first-contact" -> "suitability." + outcome;
            case "counselling" -> "counselling." + outcome;
            case "business-plan-training" -> "training." + outcome;
            case "legal-registration" -> "registry." + outcome;
            default -> "followedUp";
        };
    }

    private void tasks(
            long id, String centre, String stage, LocalDateTime entered, LocalDateTime left, boolean brokenOff) {
        List<TasksByWaiting.Task> steps = new ArrayList<>(TasksByWaiting.all().stream()
                .filter(task -> task.process().equals(stage))
                .toList());
        int count = 1 + random.nextInt(steps.size());
        LocalDateTime until = left == null ? now : left;
        long each = Math.max(1, java.time.Duration.between(entered, until).toMinutes() / count);
        for (int i = 0; i < count; i++) {
            TasksByWaiting.Task step = steps.get(i);
            LocalDateTime created = entered.plusMinutes(i * each);
            boolean last = i == count - 1;
            boolean open = last && left == null;
            LocalDateTime ended = open ? null : last ? until : entered.plusMinutes((i + 1) * each);
            boolean cancelled = last && brokenOff && !open;
            LocalDateTime claimed = open
                    ? null
                    : created.plusMinutes((long) (random.nextDouble()
                            * java.time.Duration.between(created, ended).toMinutes()));
            jdbc.sql("""
                    insert into task_fact (task_id, case_id, centre_id, process, task_key, candidate_groups, waiting_for, assignee,
                                           created_at, due_at, claimed_at, ended_at, ended_how, outcome)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
                    .params(
                            "sample-" + id + "-" + stage + "-" + i,
                            id,
                            centre,
                            step.process(),
                            step.key(),
                            step.groups(),
                            step.waitingFor(),
                            open ? null : centre + ".counsellor",
                            created,
                            (open ? now.plusDays(random.nextInt(20) - 8) : created.plusDays(5)),
                            claimed,
                            ended,
                            open ? null : cancelled ? "CANCELLED" : "COMPLETED",
                            open || cancelled ? null : taskOutcome(step.key()))
                    .update();
        }
    }

    private String taskOutcome(String key) {
        boolean again = random.nextInt(4) == 0;
        return switch (key) {
            case "task_counselling_recordSession" -> again ? "noShow" : "attended";
            case "task_training_review", "task_registration_legalReview" -> again ? "return" : "approve";
            case "task_registration_registryAnswer" -> again ? "returned" : "registered";
            default -> null;
        };
    }

    private void pause(long id, LocalDateTime from, LocalDateTime until) {
        long minutes = java.time.Duration.between(from, until).toMinutes();
        if (minutes < 10) {
            return;
        }
        LocalDateTime paused = from.plusMinutes((long) (minutes * random.nextDouble() * 0.8));
        LocalDateTime resumed = paused.plusMinutes((long) (minutes * random.nextDouble() * 0.5));
        jdbc.sql("insert into pause_fact (case_id, paused_at, resumed_at) values (?, ?, ?)")
                .params(id, paused, resumed.isBefore(until) ? resumed : until.isBefore(now) ? until : null)
                .update();
    }

    /** Most take about as long as the middle, some very much longer. */
    private double lengthFactor() {
        return Math.exp(random.nextGaussian() * 0.7);
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
