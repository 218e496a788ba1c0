package org.diadromi.supervision;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.diadromi.calendar.AppClock;
import org.diadromi.notification.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is open, late and broken, for machines: counted when Prometheus asks, each kind by one query, and kept for some seconds so
 * that several who ask cost as much as one. The numbers are exact: only who runs the installation may read them.
 */
@Component
class Measures implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(Measures.class);
    private static final long KEPT_NANOS = Duration.ofSeconds(5).toNanos();

    private record OpenTasks(String centreId, String stage, long open, long overdue) {}

    private record OpenCases(String centreId, String stage, long open, long overdue) {}

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final EngineState engine;
    private final AppClock clock;
    private MetricSnapshots last;
    private long lastAt;

    Measures(
            ObjectProvider<PrometheusRegistry> registry,
            JdbcClient jdbc,
            Outbox outbox,
            EngineState engine,
            AppClock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.engine = engine;
        this.clock = clock;
        registry.ifAvailable(found -> found.register(this));
    }

    @Override
    public synchronized MetricSnapshots collect() {
        if (last == null || System.nanoTime() - lastAt > KEPT_NANOS) {
            last = counted();
            lastAt = System.nanoTime();
        }
        return last;
    }

    /** Without the database there are no figures, but still the others of the application, and a word about it. */
    private MetricSnapshots counted() {
        List<MetricSnapshot> all = new ArrayList<>();
        double counted = 1;
        try {
            all.addAll(tasks());
            all.addAll(cases());
            all.addAll(mails());
            all.addAll(engine());
        } catch (RuntimeException e) {
            LOG.warn(
                    "The figures for machines cannot be counted: {}",
                    e.getClass().getSimpleName());
            all.clear();
            counted = 0;
        }
        all.add(gauge(
                "diadromi_figures_counted",
                "1 when the figures of cases, mails and jobs could be counted, 0 when not.",
                point(counted)));
        return new MetricSnapshots(all);
    }

    private List<MetricSnapshot> tasks() {
        List<OpenTasks> tasks = jdbc.sql("""
                select t.centre_id, t.process as stage, count(*) as open,
                       count(*) filter (where t.due_at < ?) as overdue
                from task_fact t
                where t.ended_at is null and %s
                group by t.centre_id, t.process
                """.formatted(View.goesOn("t")))
                .param(clock.now())
                .query(OpenTasks.class)
                .list();
        return List.of(
                gauge(
                        "diadromi_tasks_open",
                        "Open tasks of cases that do not pause.",
                        tasks.stream().map(row -> point(row.open(), "centre", row.centreId(), "stage", row.stage()))),
                gauge(
                        "diadromi_tasks_overdue",
                        "Open tasks past their due date, of cases that do not pause.",
                        tasks.stream()
                                .map(row -> point(row.overdue(), "centre", row.centreId(), "stage", row.stage()))));
    }

    private List<MetricSnapshot> cases() {
        List<OpenCases> cases = jdbc.sql("""
                select s.centre_id, s.stage, count(*) as open,
                       count(*) filter (where exists (
                           select 1 from task_fact t where t.case_id = s.case_id and t.ended_at is null and t.due_at < ? and %s))
                         as overdue
                from stage_fact s where s.left_at is null group by s.centre_id, s.stage
                """.formatted(View.goesOn("t")))
                .param(clock.now())
                .query(OpenCases.class)
                .list();
        return List.of(
                gauge(
                        "diadromi_cases_open",
                        "Cases by the stage in which they are.",
                        cases.stream().map(row -> point(row.open(), "centre", row.centreId(), "stage", row.stage()))),
                gauge(
                        "diadromi_cases_overdue",
                        "Cases with a task past its due date.",
                        cases.stream()
                                .map(row -> point(row.overdue(), "centre", row.centreId(), "stage", row.stage()))));
    }

    private List<MetricSnapshot> mails() {
        List<Outbox.Queue> queues = outbox.queues();
        LocalDateTime now = clock.now();
        return List.of(
                gauge(
                        "diadromi_mails",
                        "Mails that wait, and mails that were given up.",
                        queues.stream()
                                .flatMap(queue -> Stream.of(
                                        point(queue.waiting(), "centre", queue.centreId(), "state", "waiting"),
                                        point(queue.failed(), "centre", queue.centreId(), "state", "failed")))),
                gauge(
                        "diadromi_mail_queue_age_seconds",
                        "How long the oldest mail has been due that has not gone out; 0 when none is due.",
                        point(queues.stream()
                                .map(Outbox.Queue::oldest)
                                .filter(Objects::nonNull)
                                .mapToLong(oldest -> Math.max(
                                        0, Duration.between(oldest, now).toSeconds()))
                                .max()
                                .orElse(0))));
    }

    private List<MetricSnapshot> engine() {
        EngineState.Jobs jobs = engine.jobs();
        Map<String, Long> incidents = engine.incidents();
        return List.of(
                gauge(
                        "diadromi_jobs",
                        "What the engine does by itself: due now, later, or failed for good.",
                        Stream.of(
                                point(jobs.due(), "state", "due"),
                                point(jobs.later(), "state", "later"),
                                point(jobs.failed(), "state", "failed"))),
                gauge(
                        "diadromi_incidents",
                        "Steps that failed for good and wait for somebody to mend them.",
                        incidents.entrySet().stream().map(entry -> point(entry.getValue(), "centre", entry.getKey()))));
    }

    private static MetricSnapshot gauge(String name, String help, GaugeDataPointSnapshot point) {
        return gauge(name, help, Stream.of(point));
    }

    private static MetricSnapshot gauge(String name, String help, Stream<GaugeDataPointSnapshot> points) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(gauge::dataPoint);
        return gauge.build();
    }

    private static GaugeDataPointSnapshot point(double value, String... labels) {
        return GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build();
    }
}
