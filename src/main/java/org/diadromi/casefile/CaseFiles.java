package org.diadromi.casefile;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.calendar.AppClock;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.supervision.Facts;
import org.springframework.context.ApplicationEventPublisher;
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
    private final Centres centres;
    private final Facts facts;
    private final JdbcClient jdbc;
    private final AppClock clock;
    private final ApplicationEventPublisher events;

    CaseFiles(
            CaseFileRepository repository,
            Timeline timeline,
            CaseWords words,
            Centres centres,
            Facts facts,
            JdbcClient jdbc,
            AppClock clock,
            ApplicationEventPublisher events) {
        this.repository = repository;
        this.timeline = timeline;
        this.words = words;
        this.centres = centres;
        this.facts = facts;
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** Opens a case file under the centre's next number of the year. */
    public CaseFile open(FirstContact contact, String byUser) {
        LocalDateTime now = clock.now();
        CaseFile opened =
                repository.save(new CaseFile(nextNumber(centres.get(contact.centreId()), now.getYear()), contact, now));
        words.write(opened.id());
        facts.opened(opened.id());
        timeline.add(opened, Timeline.Kind.OPENED, contact.source(), byUser);
        return opened;
    }

    /** The centre's case of that number, if there is one. */
    @Transactional(readOnly = true)
    public Optional<CaseFile> find(String centreId, String number) {
        return repository.findByCentreIdAndNumber(centreId, number);
    }

    /** The centre's case of that number; a {@link RuleViolation} when there is none. */
    @Transactional(readOnly = true)
    public CaseFile get(String centreId, String number) {
        return find(centreId, number).orElseThrow(() -> new RuleViolation(Problem.CASE_UNKNOWN, number));
    }

    /** Records how the person is addressed in letters. */
    public void addressAs(CaseFile caseFile, String vocative) {
        caseFile.addressAs(vocative);
        repository.save(caseFile);
    }

    /** Corrects who the person is and how they are reached. */
    public void correct(CaseFile caseFile, CaseFile.Identity right) {
        caseFile.correct(right);
        repository.save(caseFile);
        words.write(caseFile.id());
    }

    /** Gives the case to a counsellor, unless it is theirs already. */
    public void assignCounsellor(CaseFile caseFile, String userId) {
        if (!userId.equals(caseFile.counsellor())) {
            caseFile.assignTo(userId);
            repository.save(caseFile);
            facts.counsellor(caseFile.id(), userId);
        }
    }

    /** Lets the case rest until a day after today; a {@link RuleViolation} when it is closed or paused already. */
    public void pause(CaseFile caseFile, LocalDate until, String reason, String note, String byUser) {
        caseFile.pause(clock.now(), until, reason, note);
        repository.save(caseFile);
        facts.paused(caseFile.id());
        timeline.add(caseFile, Timeline.Kind.PAUSED, until.toString(), byUser);
    }

    /** Takes a paused case up again. */
    public void resume(CaseFile caseFile) {
        caseFile.resume();
        repository.save(caseFile);
        facts.resumed(caseFile.id());
        timeline.add(caseFile, Timeline.Kind.RESUMED, null, null);
    }

    /** Keeps why a case that is about to end ends; a {@link RuleViolation} when it is closed already. */
    public void explainEnd(CaseFile caseFile, String reason, String note, String byUser) {
        caseFile.explainEnd(reason, note);
        repository.save(caseFile);
        timeline.add(caseFile, Timeline.Kind.END_REQUESTED, reason, byUser);
    }

    /** Ends the case with its outcome. */
    public void close(CaseFile caseFile, String outcome) {
        caseFile.close(clock.now(), outcome);
        repository.save(caseFile);
        facts.closed(caseFile.id(), outcome);
        timeline.add(caseFile, Timeline.Kind.CLOSED, outcome, null);
        events.publishEvent(new CaseClosed(caseFile));
    }

    /** What happened to the case, oldest first. */
    @Transactional(readOnly = true)
    public List<Timeline.Entry> history(CaseFile caseFile) {
        return timeline.of(caseFile);
    }

    /** Two first contacts at once get two numbers: the centre's row is locked until the case is committed. */
    private String nextNumber(Centre centre, int year) {
        jdbc.sql("select id from centre where id = ? for update")
                .param(centre.id())
                .query(String.class)
                .single();
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
    Optional<CaseFile> findByCentreIdAndNumber(String centreId, String number);
}
