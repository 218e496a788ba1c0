package org.diadromi.casefile;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.diadromi.OncePerTransaction;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.supervision.Facts;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens, finds, changes and ends case files. Every look-up names the centre: a case of another centre is not found. */
@Service
@Transactional
public class CaseFiles {

    private final CaseFileRepository repository;
    private final Timeline timeline;
    private final CaseWords words;
    private final Doubles doubles;
    private final Centres centres;
    private final Facts facts;
    private final JdbcClient jdbc;
    private final AppClock clock;
    private final ApplicationEventPublisher events;
    private final OncePerTransaction<String, CaseFile> read = new OncePerTransaction<>();

    CaseFiles(
            CaseFileRepository repository,
            Timeline timeline,
            CaseWords words,
            Doubles doubles,
            Centres centres,
            Facts facts,
            JdbcClient jdbc,
            AppClock clock,
            ApplicationEventPublisher events) {
        this.repository = repository;
        this.timeline = timeline;
        this.words = words;
        this.doubles = doubles;
        this.centres = centres;
        this.facts = facts;
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** Opens a case file under the centre's next number of the year. */
    public CaseFile open(FirstContact contact, String byUser) {
        LocalDateTime now = clock.now();
        CaseFile opened = save(new CaseFile(nextNumber(centres.get(contact.centreId()), now.getYear()), contact, now));
        words.write(opened.id());
        doubles.notice(opened.id());
        facts.opened(opened.id());
        timeline.add(opened, Timeline.Kind.OPENED, contact.source(), byUser);
        return opened;
    }

    /** The centre's case of that number, if there is one. */
    @Transactional(readOnly = true)
    public Optional<CaseFile> find(String centreId, String number) {
        return Optional.ofNullable(read.get(
                key(centreId, number),
                key -> repository.findByCentreIdAndNumber(centreId, number).orElse(null)));
    }

    /** The centre's case of that number; a {@link RuleViolation} when there is none. */
    @Transactional(readOnly = true)
    public CaseFile get(String centreId, String number) {
        return find(centreId, number).orElseThrow(() -> new RuleViolation(Problem.CASE_UNKNOWN, number));
    }

    /** The centre's case of that id, if there is one. */
    @Transactional(readOnly = true)
    public Optional<CaseFile> find(String centreId, long id) {
        return repository.findById(id).filter(found -> found.centreId().equals(centreId));
    }

    /**
     * The centre's case of that number as it is now; whoever else wants to change it waits until this transaction has ended. A
     * {@link RuleViolation} when there is none.
     */
    public CaseFile locked(String centreId, String number) {
        lock(get(centreId, number).id());
        return get(centreId, number);
    }

    /** Whoever else wants to change the cases waits until this transaction has ended. What was read of them before may be old. */
    public void lock(Long... caseIds) {
        jdbc.sql("select id from case_file where id in (:ids) order by id for update")
                .param("ids", List.of(caseIds))
                .query(Long.class)
                .list();
        read.forget();
    }

    /** The cases that turned out to be of the same person and went into this one, oldest first. */
    @Transactional(readOnly = true)
    public List<CaseFile> mergedInto(CaseFile caseFile) {
        return repository.findMergedInto(caseFile.id());
    }

    /** The case in which the person's story goes on, when this one went into another. */
    @Transactional(readOnly = true)
    public Optional<CaseFile> goesOnIn(CaseFile caseFile) {
        return repository.findGoingOn(caseFile.id());
    }

    /**
     * Lets a closed case go into another of the same person: it is found there and read there, what it holds stays its own. What the person
     * can do themselves (their consents, their links, their wish for few mails) goes over, with the members of their team, and a phone or
     * mail that only it has.
     */
    public void merge(CaseFile ended, CaseFile kept, String byUser) {
        LocalDateTime now = clock.now();
        jdbc.sql("update case_file set merged_into = ?, merged_at = ? where id = ? or merged_into = ?")
                .params(kept.id(), now, ended.id(), ended.id())
                .update();
        read.forget();
        for (String table : List.of("team_member", "consent", "private_link")) {
            jdbc.sql("update " + table + " set case_id = ? where case_id = ?")
                    .params(kept.id(), ended.id())
                    .update();
        }
        jdbc.sql(
                        "update outbox_mail set case_id = :kept where member_id in (select m.id from team_member m where m.case_id = :kept)")
                .param("kept", kept.id())
                .update();
        kept.isAtLeast(1
                + jdbc.sql("select count(*) from team_member where case_id = ?")
                        .param(kept.id())
                        .query(Integer.class)
                        .single());
        jdbc.sql("""
                insert into mail_refusal (case_id, refused_at)
                select cast(:kept as bigint), m.refused_at from mail_refusal m
                where m.case_id = :ended and not exists (select 1 from mail_refusal k where k.case_id = :kept)
                """).param("kept", kept.id()).param("ended", ended.id()).update();
        words.write(ended.id());
        doubles.notice(ended.id());
        correct(
                kept,
                new CaseFile.Identity(
                        kept.firstName(),
                        kept.lastName(),
                        kept.phone() == null ? ended.phone() : kept.phone(),
                        kept.email() == null ? ended.email() : kept.email(),
                        kept.municipality()));
        facts.people(kept.id());
        timeline.add(ended, Timeline.Kind.MERGED_INTO, kept.number(), byUser);
        timeline.add(kept, Timeline.Kind.MERGED, ended.number(), byUser);
    }

    /** Records how the person is addressed in letters. */
    public void addressAs(CaseFile caseFile, String vocative) {
        caseFile.addressAs(vocative);
        save(caseFile);
    }

    /** Corrects who the person is and how they are reached. */
    public void correct(CaseFile caseFile, CaseFile.Identity right) {
        caseFile.correct(right);
        save(caseFile);
        words.write(caseFile.id());
        doubles.notice(caseFile.id());
    }

    /** Gives the case to a counsellor, unless it is theirs already. */
    public void assignCounsellor(CaseFile caseFile, String userId) {
        if (!userId.equals(caseFile.counsellor())) {
            caseFile.assignTo(userId);
            save(caseFile);
            facts.counsellor(caseFile.id(), userId);
        }
    }

    /** Lets the case rest until a day after today; a {@link RuleViolation} when it is closed or paused already. */
    public void pause(CaseFile caseFile, LocalDate until, String reason, String note, String byUser) {
        caseFile.pause(clock.now(), until, reason, note);
        save(caseFile);
        facts.paused(caseFile.id());
        timeline.add(caseFile, Timeline.Kind.PAUSED, until.toString(), byUser);
    }

    /** Takes a paused case up again. */
    public void resume(CaseFile caseFile) {
        caseFile.resume();
        save(caseFile);
        facts.resumed(caseFile.id());
        timeline.add(caseFile, Timeline.Kind.RESUMED, null, null);
    }

    /** Keeps why a case that is about to end ends; a {@link RuleViolation} when it is closed already. */
    public void explainEnd(CaseFile caseFile, String reason, String note, String byUser) {
        caseFile.explainEnd(reason, note);
        save(caseFile);
        timeline.add(caseFile, Timeline.Kind.END_REQUESTED, reason, byUser);
    }

    /**
     * Gives the case to another centre under that centre's next number; whatever refers to the case goes along. The facts of the
     * centre that had it stay with it.
     *
     * @param factsKeptAs under which id they stay
     * @return the case as it is now; the one given is as it was
     */
    public CaseFile handOver(CaseFile caseFile, String toCentre, long factsKeptAs, String byUser) {
        String before = caseFile.centreId();
        CaseFile moved = repository.findById(caseFile.id()).orElseThrow();
        read.forget();
        facts.handedOver(moved.id(), factsKeptAs);
        moved.handOver(toCentre, nextNumber(centres.get(toCentre), clock.today().getYear()));
        save(moved);
        facts.arrived(moved.id());
        words.write(moved.id());
        doubles.forget(moved.id());
        doubles.notice(moved.id());
        timeline.add(moved, Timeline.Kind.TRANSFERRED, before, byUser);
        return moved;
    }

    /**
     * Lets a case that went into another one go along with it to another centre; there it counts for nobody.
     *
     * @param factsKeptAs under which id its facts stay with the centre that had it
     */
    public void takeAlong(CaseFile merged, String toCentre, long factsKeptAs) {
        read.forget();
        facts.keptAs(merged.id(), factsKeptAs);
        merged.comeAlong(
                toCentre, nextNumber(centres.get(toCentre), clock.today().getYear()));
        save(merged);
        doubles.forget(merged.id());
    }

    /** Ends the case with its outcome. */
    public void close(CaseFile caseFile, String outcome) {
        caseFile.close(clock.now(), outcome);
        save(caseFile);
        facts.closed(caseFile.id(), outcome);
        timeline.add(caseFile, Timeline.Kind.CLOSED, outcome, null);
        events.publishEvent(new CaseClosed(caseFile));
    }

    /** Marks the case as one whose person has been erased. */
    public void erased(CaseFile caseFile) {
        jdbc.sql("update case_file set erased_at = ?, version = version + 1 where id = ?")
                .params(clock.now(), caseFile.id())
                .update();
        read.forget();
    }

    /** Somebody has come to the team: the case is of no fewer people than those who are known and its person. */
    public void memberAdded(CaseFile caseFile) {
        people(caseFile, "group_size");
    }

    /** A member of the team has been erased: the case is of one less. */
    public void memberErased(CaseFile caseFile) {
        people(caseFile, "group_size - 1");
    }

    private void people(CaseFile caseFile, String atLeast) {
        jdbc.sql("""
                update case_file set version = version + 1, group_size = greatest(%s,
                    1 + (select count(*) from team_member m where m.case_id = case_file.id))
                where id = ?
                """.formatted(atLeast)).param(caseFile.id()).update();
        read.forget();
        facts.people(caseFile.id());
    }

    /** What happened to the case, oldest first. */
    @Transactional(readOnly = true)
    public List<Timeline.Entry> history(CaseFile caseFile) {
        return timeline.of(caseFile);
    }

    private CaseFile save(CaseFile caseFile) {
        CaseFile saved = repository.save(caseFile);
        read.put(key(saved.centreId(), saved.number()), saved);
        return saved;
    }

    private static String key(String centreId, String number) {
        return centreId + " " + number;
    }

    /** Two first contacts at once get two numbers: the centre's row is locked until the case is committed. */
    private String nextNumber(Centre centre, int year) {
        doubles.oneAtATime(centre.id());
        int known = jdbc.sql(
                        "update case_number set last_number = last_number + 1 where centre_id = ? and case_year = ?")
                .params(centre.id(), year)
                .update();
        if (known == 0) {
            jdbc.sql("insert into case_number (centre_id, case_year, last_number) values (?, ?, 1)")
                    .params(centre.id(), year)
                    .update();
        }
        int number = jdbc.sql("select last_number from case_number where centre_id = ? and case_year = ?")
                .params(centre.id(), year)
                .query(Integer.class)
                .single();
        return "%s-%d-%05d".formatted(centre.code(), year, number);
    }
}

interface CaseFileRepository extends ListCrudRepository<CaseFile, Long> {
    @Query("select * from case_file where centre_id = :centreId and number = :number")
    Optional<CaseFile> findByCentreIdAndNumber(String centreId, String number);

    @Query("select * from case_file where merged_into = :id order by id")
    List<CaseFile> findMergedInto(long id);

    @Query("select k.* from case_file k join case_file c on c.merged_into = k.id where c.id = :id")
    Optional<CaseFile> findGoingOn(long id);
}
