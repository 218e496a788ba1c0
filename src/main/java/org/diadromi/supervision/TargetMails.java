package org.diadromi.supervision;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.notification.Notifications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Mails to the coordinators of each centre: at once when open cases come near a target, each case once, and on Monday morning how
 * the week went. Two applications that run at once send each mail once.
 */
@Component
class TargetMails {

    private static final Logger LOG = LoggerFactory.getLogger(TargetMails.class);
    private static final LocalTime MORNING = LocalTime.of(8, 0);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private record Week(int opened, int closed, int ventures, int open, int overdue) {}

    private final Targets targets;
    private final Notifications notifications;
    private final Centres centres;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Texts texts;
    private final AppClock clock;

    TargetMails(
            Targets targets,
            Notifications notifications,
            Centres centres,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Texts texts,
            AppClock clock) {
        this.targets = targets;
        this.notifications = notifications;
        this.centres = centres;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.texts = texts;
        this.clock = clock;
    }

    /** Sends what is to be told; called every half hour. */
    @Scheduled(fixedDelay = 1_800_000, initialDelay = 300_000)
    void tell() {
        for (Centre centre : centres.all()) {
            try {
                transaction.executeWithoutResult(step -> nearing(centre));
                transaction.executeWithoutResult(step -> week(centre));
            } catch (RuntimeException e) {
                LOG.warn(
                        "The coordinators of {} could not be told how their targets do: {}",
                        centre.id(),
                        e.getClass().getSimpleName());
            }
        }
    }

    private View view(Centre centre, LocalDateTime from, LocalDateTime until) {
        return new View(List.of(centre.id()), from, until, clock.now(), null, null, null, null);
    }

    private void nearing(Centre centre) {
        LocalDateTime now = clock.now();
        List<Targets.Near> fresh = targets.untold(targets.near(view(centre, now, now)));
        if (!fresh.isEmpty()) {
            String cases = fresh.stream()
                    .map(near -> "- "
                            + texts.of(
                                    Texts.GREEK,
                                    near.isMissed() ? "target.line.missed" : "target.line.near",
                                    near.caseNumber(),
                                    texts.of(Texts.GREEK, "figures.stage." + near.stage()),
                                    Math.round(near.days()),
                                    near.target()))
                    .collect(Collectors.joining("\n"));
            notifications.tellCoordinators(
                    centre,
                    "targets-near",
                    "targets:" + centre.id() + ":" + fresh.get(0).caseId() + ":"
                            + fresh.get(0).stage(),
                    Map.of("cases", cases, "number", fresh.size()));
        }
    }

    /** The digest of the week before this Monday, once it is Monday eight o'clock. */
    private void week(Centre centre) {
        LocalDateTime now = clock.now();
        LocalDate monday = now.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        if (now.isBefore(monday.atTime(MORNING))) {
            return;
        }
        LocalDateTime until = monday.atStartOfDay();
        View view = view(centre, until.minusWeeks(1), until);
        Week week = figures(view);
        if (week.open() + week.opened() + week.closed() == 0) {
            return;
        }
        String kept = targets.kept(view(centre, until.minusWeeks(13), until)).stream()
                .map(target -> "- "
                        + texts.of(
                                Texts.GREEK,
                                "target.line.kept",
                                texts.of(Texts.GREEK, "figures.stage." + target.stage()),
                                target.kept(),
                                target.done(),
                                target.days(),
                                target.percent(),
                                target.near(),
                                target.missed()))
                .collect(Collectors.joining("\n"));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("from", DAY.format(view.from()));
        values.put("until", DAY.format(monday.minusDays(1)));
        values.put("opened", week.opened());
        values.put("closed", week.closed());
        values.put("ventures", week.ventures());
        values.put("open", week.open());
        values.put("overdue", week.overdue());
        values.put("targets", kept);
        notifications.tellCoordinators(centre, "weekly-digest", "digest:" + centre.id() + ":" + monday, values);
    }

    private Week figures(View view) {
        return jdbc.sql("""
                select (select count(*) from case_fact c where c.opened_at >= :from and c.opened_at < :until and %1$s) as opened,
                       (select count(*) from case_fact c where c.closed_at >= :from and c.closed_at < :until and %1$s) as closed,
                       (select count(*) from stage_fact s join case_fact c on c.case_id = s.case_id
                        where s.stage = 'follow-up' and s.entered_at >= :from and s.entered_at < :until and %1$s) as ventures,
                       (select count(*) from case_fact c where c.closed_at is null and %1$s) as "open",
                       (select count(*) from task_fact t join case_fact c on c.case_id = t.case_id
                        where t.ended_at is null and t.due_at < :now and %1$s and %2$s) as overdue
                """.formatted(view.condition(), View.goesOn("t")))
                .params(view.parameters())
                .query(Week.class)
                .single();
    }
}
