package org.diadromi.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.diadromi.DiadromiSettings;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.FirstContact;
import org.diadromi.consent.Channel;
import org.diadromi.contact.PublicContact;
import org.diadromi.counselling.Slots;
import org.diadromi.referral.Referral;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.StructureReply;
import org.diadromi.referral.Structures;
import org.diadromi.team.TeamMembers;
import org.diadromi.workflow.DemoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two years of work in five centres, played once through the real processes with the clock moved: people come, the staff do each
 * task through its form at a plausible time, timers fire. What it has done is in the database alone, so whoever starts after a
 * break goes on where it ended; the answers are drawn from the case's number and the task's time.
 */
@Component
@ConditionalOnProperty("diadromi.demo")
public class DemoHistory {

    private static final Logger LOG = LoggerFactory.getLogger(DemoHistory.class);

    /** Since when the history runs, or that it is complete. */
    private static final String STATE = "demo.history";

    private static final String DONE = "done";

    /** How many of the people have come. */
    private static final String ARRIVED = "demo.history.arrived";

    private static final String ANSWER = "answer";

    private static final int YEARS = 2;

    /** Of the tasks of the last months some are forgotten, and of those who came a few had come before. */
    private static final Duration LATELY = Duration.ofDays(120);

    /** What different cases live through within this time happens at once, on two threads. */
    private static final Duration TOGETHER = Duration.ofHours(2);

    private record Arrival(String centreId, LocalDateTime at) {}

    /** What happens next: {@code what} is claim, submit, answer of a structure or a change of the case. */
    private record Event(LocalDateTime at, String what, String caseNumber, Work.OpenTask task, long order) {}

    private final Work work;
    private final PublicContact publicContact;
    private final CaseFiles files;
    private final TeamMembers team;
    private final Structures structures;
    private final Referrals referrals;
    private final StructureReply replies;
    private final DemoClock clock;
    private final BusinessCalendar calendar;
    private final Slots slots;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final int cases;

    private final PriorityBlockingQueue<Event> events =
            new PriorityBlockingQueue<>(64, Comparator.comparing(Event::at).thenComparing(Event::order));
    private final Set<String> planned = ConcurrentHashMap.newKeySet();
    private final AtomicLong order = new AtomicLong();
    private volatile Thread player;
    private volatile boolean stopping;
    private volatile Integer percent;

    DemoHistory(
            Work work,
            PublicContact publicContact,
            CaseFiles files,
            TeamMembers team,
            Structures structures,
            Referrals referrals,
            StructureReply replies,
            DemoClock clock,
            BusinessCalendar calendar,
            Slots slots,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            DiadromiSettings settings) {
        this.work = work;
        this.publicContact = publicContact;
        this.files = files;
        this.team = team;
        this.structures = structures;
        this.referrals = referrals;
        this.replies = replies;
        this.clock = clock;
        this.calendar = calendar;
        this.slots = slots;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.cases = settings.demoHistory();
    }

    /** How much of the history has been played, in percent; null when none is being played. */
    public Integer percent() {
        return percent;
    }

    /** Plays in the background what is missing. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    public synchronized void start() {
        if (cases <= 0 || player != null || !isMissing()) {
            return;
        }
        stopping = false;
        percent = 0;
        clock.take(reached().atZone(BusinessCalendar.ATHENS).toInstant());
        player = new Thread(this::play, "demo-history");
        player.setDaemon(true);
        player.start();
    }

    /** Ends the playing after the step that runs; the next start goes on. */
    @jakarta.annotation.PreDestroy
    public void stop() {
        stopping = true;
        Thread running = player;
        if (running != null) {
            try {
                running.join(Duration.ofSeconds(15).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isMissing() {
        Optional<String> state = setting(STATE);
        if (state.isPresent()) {
            return !DONE.equals(state.get());
        }
        if (jdbc.sql("select count(*) from case_file").query(Long.class).single() > 0) {
            LOG.info("There are cases already: no history is played");
            return false;
        }
        String from = LocalDateTime.ofInstant(clock.present(), BusinessCalendar.ATHENS)
                .toLocalDate()
                .minusYears(YEARS)
                .toString();
        transaction.executeWithoutResult(begun -> {
            jdbc.sql("insert into app_setting (name, setting_value) values (?, ?)")
                    .params(STATE, from)
                    .update();
            jdbc.sql("insert into app_setting (name, setting_value) values (?, '0')")
                    .param(ARRIVED)
                    .update();
            settleHours();
            enterStructures();
        });
        return true;
    }

    private Optional<String> setting(String name) {
        return jdbc.sql("select setting_value from app_setting where name = ?")
                .param(name)
                .query(String.class)
                .optional();
    }

    // The clockwork --------------------------------------------------------------------------------------

    private void play() {
        Instant begun = clock.present();
        ExecutorService staff = Executors.newFixedThreadPool(2);
        boolean complete = false;
        try {
            complete = playAll(staff);
            if (complete) {
                jdbc.sql("update app_setting set setting_value = ? where name = ?")
                        .params(DONE, STATE)
                        .update();
                LOG.info(
                        "The history of the demonstration is complete after {} seconds",
                        Duration.between(begun, clock.present()).toSeconds());
            }
        } catch (RuntimeException e) {
            LOG.error("The history of the demonstration has broken off; the next start goes on with it", e);
        } finally {
            staff.shutdown();
            clock.giveBack(complete);
            percent = null;
            events.clear();
            planned.clear();
            player = null;
        }
    }

    /** Whether it got to the present. */
    private boolean playAll(ExecutorService staff) {
        LocalDateTime from = beginning();
        List<Arrival> arrivals = arrivals(from);
        int arrived = Integer.parseInt(setting(ARRIVED).orElseThrow());
        LocalDateTime now = reached();
        playedCases().forEach(this::plan);
        LocalDate mailed = now.toLocalDate();
        int told = 0;
        while (!stopping) {
            LocalDateTime end = LocalDateTime.ofInstant(clock.present(), BusinessCalendar.ATHENS);
            Event event = events.peek();
            LocalDateTime next = event == null ? end : event.at();
            boolean comes =
                    arrived < arrivals.size() && arrivals.get(arrived).at().isBefore(next);
            if (comes) {
                next = arrivals.get(arrived).at();
            }
            if (next.isAfter(end)) {
                next = end;
            }
            LocalDateTime until = earliest(
                    next.plus(TOGETHER),
                    end,
                    arrived < arrivals.size() ? arrivals.get(arrived).at() : end);
            Optional<Work.Timer> timer = work.nextTimer(until);
            if (timer.isPresent() && timer.get().dueAt().isBefore(next)) {
                now = setClock(now, timer.get().dueAt());
                attempt(timer.get().id(), () -> work.fire(timer.get().id()).ifPresent(this::plan));
            } else if (!next.isBefore(end)) {
                send(end);
                return true;
            } else if (comes) {
                now = setClock(now, next);
                if (!arrives(arrivals, arrived)) {
                    LOG.info("Another application plays the history");
                    return false;
                }
                arrived++;
            } else {
                now = setClock(now, next);
                together(batch(timer.map(Work.Timer::dueAt).orElse(until)), staff);
            }
            if (now.toLocalDate().isAfter(mailed)) {
                mailed = now.toLocalDate();
                send(now);
                percent = (int) Math.min(
                        99,
                        100
                                * Duration.between(from, now).toHours()
                                / Math.max(1, Duration.between(from, end).toHours()));
                if (percent >= told + 10) {
                    told = percent - percent % 10;
                    LOG.info("History of the demonstration: {} %, {} people have come", percent, arrived);
                }
            }
        }
        return false;
    }

    /** What happens before the moment in cases that are not the same: at most one step of each. */
    private List<Event> batch(LocalDateTime until) {
        List<Event> batch = new ArrayList<>();
        Set<String> cases = new HashSet<>();
        do {
            Event event = events.poll();
            cases.add(event.caseNumber());
            batch.add(event);
        } while (!events.isEmpty()
                && events.peek().at().isBefore(until)
                && !cases.contains(events.peek().caseNumber()));
        return batch;
    }

    private void together(List<Event> batch, ExecutorService staff) {
        try {
            staff.invokeAll(batch.stream()
                    .map(event -> Executors.callable(
                            () -> attempt(event.caseNumber() + " " + event.what(), () -> happens(event))))
                    .toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private static LocalDateTime earliest(LocalDateTime... moments) {
        return Arrays.stream(moments).min(LocalDateTime::compareTo).orElseThrow();
    }

    /** Steps that are refused leave the case as it is: somebody would have to look at it. */
    private void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // The message of a refusal may repeat what was typed.
            LOG.warn(
                    "A step of the history was refused: {} ({})",
                    what,
                    e.getClass().getSimpleName());
            LOG.debug("The refused step", e);
        }
    }

    private LocalDateTime setClock(LocalDateTime now, LocalDateTime at) {
        LocalDateTime moment = at.isBefore(now) ? now : at;
        clock.play(moment.atZone(BusinessCalendar.ATHENS).toInstant());
        return moment;
    }

    private LocalDateTime beginning() {
        return LocalDate.parse(setting(STATE).orElseThrow()).atTime(8, 0);
    }

    /** When the last thing happened that has been played, or when the history begins. */
    private LocalDateTime reached() {
        LocalDateTime beginning = beginning();
        return jdbc
                .sql("select greatest(max(created_at), max(coalesce(claimed_at, created_at)), "
                        + "max(coalesce(ended_at, created_at))) from task_fact")
                .query(LocalDateTime.class)
                .list()
                .stream()
                .filter(last -> last != null && last.isAfter(beginning))
                .findFirst()
                .orElse(beginning);
    }

    private List<String> playedCases() {
        return jdbc.sql("select number from case_file where status <> 'CLOSED' order by id")
                .query(String.class)
                .list();
    }

    /** The mails to invented people are not sent: they count as sent when they were due. */
    private void send(LocalDateTime now) {
        jdbc.sql("""
                update outbox_mail set status = 'SENT', sent_at = next_attempt, attempts = 1
                where status = 'PENDING' and next_attempt <= ?
                """).param(now).update();
    }

    // People ---------------------------------------------------------------------------------------------

    /** More come from year to year, few in August and at Christmas. */
    private List<Arrival> arrivals(LocalDateTime from) {
        Random random = Invented.random("arrivals");
        List<Arrival> arrivals = new ArrayList<>();
        long days = ChronoUnit.DAYS.between(from, from.plusYears(YEARS));
        while (arrivals.size() < cases) {
            LocalDate day = from.toLocalDate().plusDays(random.nextInt((int) days));
            double likely = (0.55 + 0.45 * ChronoUnit.DAYS.between(from.toLocalDate(), day) / days)
                    * switch (day.getMonth()) {
                        case AUGUST -> 0.35;
                        case DECEMBER -> 0.7;
                        default -> 1.0;
                    };
            if (random.nextDouble() < likely) {
                String centre = Invented.weighted(
                        random, "kerkyra", 27, "dock", 24, "chania", 20, "magnisia", 16, "karditsa", 13);
                arrivals.add(new Arrival(centre, atWork(centre, day.atTime(9, 0).plusMinutes(random.nextInt(420)))));
            }
        }
        arrivals.sort(Comparator.comparing(Arrival::at));
        return arrivals;
    }

    private boolean arrives(List<Arrival> arrivals, int number) {
        Arrival arrival = arrivals.get(number);
        int who = who(arrivals, number);
        Random random = Invented.random(who);
        Map<String, Object> form = Answers.firstContact(random, arrival.centreId(), who);
        String caseNumber = transaction.execute(opening -> {
            int mine = jdbc.sql("update app_setting set setting_value = ? where name = ? and setting_value = ?")
                    .params(String.valueOf(number + 1), ARRIVED, String.valueOf(number))
                    .update();
            if (mine == 0) {
                return null;
            }
            String opened = "publicForm".equals(form.get("source"))
                    ? publicContact.receive(contact(arrival.centreId(), form), true)
                    : work.register(person(arrival.centreId(), "intake", random), form);
            if (form.get("groupSize") instanceof Integer size) {
                gather(arrival.centreId(), opened, size, who);
            }
            return opened;
        });
        if (caseNumber == null) {
            return false;
        }
        plan(caseNumber);
        return true;
    }

    /** Mostly somebody new; nobody has decided yet of the few who come to the same centre again. */
    private int who(List<Arrival> arrivals, int number) {
        Arrival arrival = arrivals.get(number);
        LocalDateTime lately = LocalDateTime.ofInstant(clock.present(), BusinessCalendar.ATHENS)
                .minus(LATELY);
        if (arrival.at().isBefore(lately) || Invented.random(number, "again").nextDouble() > 0.06) {
            return number;
        }
        return IntStream.iterate(number - 1, before -> before >= 0, before -> before - 1)
                .filter(before -> arrivals.get(before).centreId().equals(arrival.centreId()))
                .findFirst()
                .orElse(number);
    }

    /** Every other group says who is of it; most have agreed by then, the rest are asked by mail. */
    private void gather(String centreId, String caseNumber, int size, int number) {
        Random random = Invented.random(number, size);
        if (random.nextBoolean()) {
            return;
        }
        CaseFile caseFile = files.get(centreId, caseNumber);
        for (int i = 1; i <= Math.min(size - 1, 1 + random.nextInt(3)); i++) {
            boolean woman = random.nextDouble() < 0.55;
            String[] name = Invented.person(random, woman);
            boolean asked = random.nextDouble() < 0.15;
            team.add(
                    caseFile,
                    new TeamMembers.Details(
                            name[0],
                            name[1],
                            woman ? CaseFile.Salutation.KYRIA : CaseFile.Salutation.KYRIOS,
                            null,
                            "demo.%05d.%d@example.org".formatted(number, i),
                            random.nextDouble() < 0.04 ? "en" : "el"),
                    asked ? null : random.nextBoolean() ? Channel.CENTRE : Channel.PHONE,
                    person(centreId, "intake", random).id());
        }
    }

    private static FirstContact contact(String centreId, Map<String, Object> form) {
        return new FirstContact(
                centreId,
                (String) form.get("firstName"),
                (String) form.get("lastName"),
                CaseFile.Salutation.valueOf(((String) form.get("salutation")).toUpperCase(java.util.Locale.ROOT)),
                null,
                (String) form.get("email"),
                (String) form.get("municipality"),
                (String) form.get("language"),
                "publicForm",
                null,
                (Integer) form.getOrDefault("groupSize", 1),
                (String) form.get("idea"));
    }

    /** Who of the centre does it: in Corfu and Magnesia somebody of both helps. */
    private static Work.Person person(String centreId, String group, Random random) {
        if ("kerkyra".equals(centreId) && List.of("legal", "accountant").contains(group) && random.nextInt(3) == 0) {
            return new Work.Person("stella", centreId, List.of("legal", "accountant"));
        }
        if ("magnisia".equals(centreId) && List.of("counsellor", "trainer").contains(group) && random.nextInt(3) == 0) {
            return new Work.Person("stella", centreId, List.of("counsellor", "trainer"));
        }
        return new Work.Person(centreId + "." + group, centreId, List.of(group));
    }

    // Work -----------------------------------------------------------------------------------------------

    /** Plans what has come up in the case since it was looked at last. */
    private void plan(String caseNumber) {
        if (planned.add(caseNumber)) {
            planChange(caseNumber);
        }
        List<Work.OpenTask> tasks = work.openTasks(caseNumber);
        for (Work.OpenTask task : tasks) {
            if (planned.add(task.id())) {
                planTask(task);
            }
        }
        if (tasks.isEmpty()) {
            planAnswer(caseNumber);
        }
    }

    /** Most structures that are asked answer within two weeks, the rest are called. */
    private void planAnswer(String caseNumber) {
        CaseFile caseFile = files.get(centre(caseNumber), caseNumber);
        referrals.awaited(caseFile).ifPresent(referral -> {
            Random random = random(referral, "when");
            if (random.nextDouble() < 0.75 && planned.add("referral-" + referral.id())) {
                LocalDateTime at = referral.referredAt().plusHours(20L + random.nextInt(300));
                add(atWork(caseFile.centreId(), at), ANSWER, caseNumber, null);
            }
        });
    }

    private void structureAnswers(Event event) {
        CaseFile caseFile = files.get(centre(event.caseNumber()), event.caseNumber());
        if (caseFile.status() == CaseFile.Status.OPEN) {
            referrals.awaited(caseFile).ifPresent(referral -> {
                replies.answer(caseFile, referral, random(referral, "what").nextDouble() < 0.75, null);
                plan(event.caseNumber());
            });
        }
    }

    /** Another each time that a case is referred, and the same whenever it is played. */
    private static Random random(Referral referral, String decides) {
        return Invented.random(
                referral.caseId(),
                referral.referredAt().truncatedTo(ChronoUnit.MINUTES).toString(),
                decides);
    }

    private void planTask(Work.OpenTask task) {
        Random random = random(task);
        LocalDateTime end = end(task, random);
        LocalDateTime claim = task.createdAt().plusMinutes((long)
                (Duration.between(task.createdAt(), end).toMinutes() * (0.25 + 0.7 * random.nextDouble())));
        claim = atWork(task.centreId(), claim);
        if (random.nextDouble() < 0.03
                && task.createdAt()
                        .plus(LATELY)
                        .isAfter(LocalDateTime.ofInstant(clock.present(), BusinessCalendar.ATHENS))) {
            return;
        }
        if (claim.isBefore(end) && task.assignee() == null) {
            add(claim, "claim", task.caseNumber(), task);
        }
        add(end, "submit", task.caseNumber(), task);
    }

    /** Most are done well before they are due, some late, a session after it took place and attendance after the cohort. */
    private LocalDateTime end(Work.OpenTask task, Random random) {
        double factor = Math.min(2.6, 0.45 * Math.exp(0.75 * random.nextGaussian()));
        Optional<LocalDateTime> happens = switch (task.key()) {
            case "task_counselling_recordSession" -> moment("select max(a.starts_at) from appointment a", task);
            case "task_training_attendance" ->
                moment("select max(cast(a.ends_on as timestamp)) from enrolment a", task);
            default -> Optional.empty();
        };
        if (happens.isPresent()) {
            return atWork(task.centreId(), happens.get().plusMinutes(60 + (long) (factor * 2000)));
        }
        Duration given = task.dueAt() == null ? Duration.ofDays(5) : Duration.between(task.createdAt(), task.dueAt());
        long minutes = Math.max(given.toMinutes(), Duration.ofDays(1).toMinutes());
        return atWork(task.centreId(), task.createdAt().plusMinutes(20 + (long) (minutes * factor)));
    }

    private Optional<LocalDateTime> moment(String select, Work.OpenTask task) {
        return jdbc
                .sql(select + " join case_file c on c.id = a.case_id where c.number = ?")
                .param(task.caseNumber())
                .query(LocalDateTime.class)
                .list()
                .stream()
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** One in six cases pauses, withdraws or is closed by the centre some time on the way. */
    private void planChange(String caseNumber) {
        Random random = Invented.random(caseNumber, "change");
        String change = Invented.weighted(random, "none", 84, "pause", 9, "withdrawal", 4, "closing", 3);
        if (!"none".equals(change)) {
            LocalDateTime opened = jdbc.sql("select opened_at from case_file where number = ?")
                    .param(caseNumber)
                    .query(LocalDateTime.class)
                    .single();
            String centre = centre(caseNumber);
            add(atWork(centre, opened.plusHours(24L * (5 + random.nextInt(150)))), change, caseNumber, null);
        }
    }

    private void add(LocalDateTime at, String what, String caseNumber, Work.OpenTask task) {
        events.add(new Event(at, what, caseNumber, task, order.incrementAndGet()));
    }

    private void happens(Event event) {
        Work.OpenTask task = event.task();
        if (ANSWER.equals(event.what())) {
            structureAnswers(event);
            return;
        }
        if (task == null) {
            change(event);
            return;
        }
        Random random = random(task);
        Work.Person person = person(task.centreId(), group(task), random);
        Work.Result result;
        if ("claim".equals(event.what())) {
            result = work.claim(person, task.id());
        } else {
            Answers.Filled form = Answers.to(task.key(), random, Invented.random(task.caseNumber()), event.at());
            chooseStructure(task, form.values());
            result = "task_counselling_bookAppointment".equals(task.key())
                    ? book(person, task, form)
                    : work.submit(person, task.id(), form.values(), form.allOf());
        }
        if (result == Work.Result.PAUSED) {
            add(atWork(task.centreId(), event.at().plusDays(7)), event.what(), event.caseNumber(), task);
        } else if (result == Work.Result.DONE && "submit".equals(event.what())) {
            plan(event.caseNumber());
        }
    }

    /** A structure that the directory has is chosen there, not typed. */
    private void chooseStructure(Work.OpenTask task, Map<String, Object> form) {
        if (form.get("structure") instanceof String name) {
            structures.of(task.centreId()).stream()
                    .filter(structure -> structure.name().equals(name))
                    .findFirst()
                    .ifPresent(structure -> {
                        form.remove("structure");
                        form.put("structureId", String.valueOf(structure.id()));
                    });
        }
    }

    /** Books at the first hour from the one that was thought of at which the counsellor is free, on a day of work. */
    private Work.Result book(Work.Person person, Work.OpenTask task, Answers.Filled form) {
        LocalDateTime thought = LocalDateTime.parse((String) form.values().get("appointmentAt"));
        String counsellor = jdbc.sql("select coalesce(counsellor, ?) from case_file where number = ?")
                .params(person.id(), task.caseNumber())
                .query(String.class)
                .single();
        for (int tries = 1; ; tries++) {
            while (!calendar.isBusinessDay(task.centreId(), thought.toLocalDate())
                    || !slots.isFree(counsellor, thought, 60)) {
                thought = thought.getHour() < 17
                        ? thought.plusHours(1)
                        : thought.plusDays(1).withHour(9);
            }
            form.values().put("appointmentAt", thought.toString());
            try {
                return work.submit(person, task.id(), form.values(), form.allOf());
            } catch (RuntimeException refused) {
                // Somebody else's step at the same moment may have taken the hour.
                if (tries == 3 || slots.isFree(counsellor, thought, 60)) {
                    throw refused;
                }
            }
        }
    }

    /** The counsellors of the demonstration receive people on weekday mornings, and on Wednesdays in the evening. */
    private void settleHours() {
        for (int day = 1; day <= 5; day++) {
            hours(day, 9, 14);
        }
        hours(3, 17, 19);
    }

    /** The directory of local structures of each centre with invented staff. */
    private void enterStructures() {
        Invented.DIRECTORY.forEach(structure -> jdbc.sql("""
                insert into local_structure (centre_id, kind, name, services, email, phone, agreement, active, checked_on, version)
                select distinct r.centre_id, cast(? as varchar(20)), cast(? as varchar(200)), cast(? as varchar(1000)),
                       cast(nullif(?, '') as varchar(200)), cast('210 000 0000' as varchar(30)), 'INFORMAL', true, cast(? as date), 0
                from staff_role r where r.role = 'counsellor'
                """)
                .params(
                        structure.get(0),
                        structure.get(1),
                        structure.get(2),
                        structure.get(3),
                        LocalDate.ofInstant(clock.present(), BusinessCalendar.ATHENS))
                .update());
    }

    private void hours(int weekday, int from, int to) {
        jdbc.sql("""
                insert into counsellor_hours (user_id, centre_id, weekday, from_time, to_time, minutes)
                select user_id, centre_id, cast(? as integer), cast(? as time), cast(? as time), 60
                from staff_role where role = 'counsellor'
                """)
                .params(weekday, LocalTime.of(from, 0), LocalTime.of(to, 0))
                .update();
    }

    /** A case that has paused does not again: after a break its pause may have been planned a second time. */
    private void change(Event event) {
        long open = jdbc.sql("""
                select count(*) from case_file c where c.number = ? and c.status = 'OPEN'
                    and not exists (select 1 from pause_fact p where p.case_id = c.id)
                """).param(event.caseNumber()).query(Long.class).single();
        if (open == 1) {
            Random random = Invented.random(event.caseNumber(), event.what());
            work.change(
                    person(centre(event.caseNumber()), "counsellor", random),
                    Answers.change(
                            random, event.what(), event.caseNumber(), event.at().toLocalDate()));
        }
    }

    private String centre(String caseNumber) {
        return jdbc.sql("select centre_id from case_file where number = ?")
                .param(caseNumber)
                .query(String.class)
                .single();
    }

    /** Who prepared a dossier does not review it. */
    private static String group(Work.OpenTask task) {
        return "task_registration_legalReview".equals(task.key())
                ? "coordinator"
                : task.groups().get(0);
    }

    private static Random random(Work.OpenTask task) {
        return Invented.random(
                task.caseNumber(),
                task.key(),
                task.createdAt().truncatedTo(ChronoUnit.MINUTES).toString());
    }

    /** The moment itself if the centre works then, or the next at which it does. */
    private LocalDateTime atWork(String centreId, LocalDateTime at) {
        LocalDate day = at.toLocalDate();
        LocalTime time = at.toLocalTime();
        if (time.isAfter(LocalTime.of(17, 0))) {
            day = day.plusDays(1);
            time = LocalTime.of(9, at.getMinute());
        } else if (time.isBefore(LocalTime.of(9, 0))) {
            time = LocalTime.of(9, at.getMinute());
        }
        while (!calendar.isBusinessDay(centreId, day)) {
            day = day.plusDays(1);
        }
        return day.atTime(time);
    }
}
