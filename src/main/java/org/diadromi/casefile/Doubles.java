package org.diadromi.casefile;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.diadromi.GreekText;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.Likeness.Trait;
import org.diadromi.centre.Municipalities;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notices that a person may have come to the same centre before, by themselves or with a team: by phone, by mail, or by a name that sounds
 * alike in the same municipality. Whether it is so, people decide (docs/adr/0029).
 */
@Service
public class Doubles {

    private static final int BATCH = 500;

    /** A whole village may share the telephone of its town hall: the latest are enough to find that out. */
    private static final int MOST = 20;

    /** The person of each case and of those that went into it, then the members of its team who have agreed. */
    private static final String SOURCES = """
            select c.id, coalesce(c.merged_into, c.id) as target, c.centre_id, c.first_name, c.last_name, c.phone, c.email,
                   c.municipality, false as of_member
            from case_file c where (c.id = :id or c.merged_into = :id) and c.erased_at is null
            union all
            select c.id, coalesce(c.merged_into, c.id), c.centre_id, m.first_name, m.last_name, m.phone, m.email, c.municipality, true
            from team_member m join case_file c on c.id = m.case_id where c.id = :id and m.agreed_at is not null
            order by of_member, id
            """;

    /** In what two cases are alike. */
    public enum Kind {
        PHONE,
        MAIL,
        NAME,
        /** By no trait of both their people themselves: one of the two is of the other's team, or of both teams. */
        MEMBER
    }

    /** What staff decided of two cases. */
    public enum Decision {
        /** They are two people's. */
        OTHER,
        /** They are one person's. */
        SAME
    }

    /** Another case that may be of the same person. */
    public record Alike(long caseId, Set<Kind> by, LocalDateTime noticedAt) {}

    private record Source(
            long id,
            long target,
            String centreId,
            String firstName,
            String lastName,
            String phone,
            String email,
            String municipality,
            boolean ofMember) {}

    private record Shared(long caseId, Kind kind, boolean byMember) {}

    private final Municipalities municipalities;
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transaction;
    private final AppClock clock;
    private long lastLookedAt;

    Doubles(
            Municipalities municipalities,
            JdbcClient jdbc,
            JdbcTemplate batches,
            PlatformTransactionManager transactions,
            AppClock clock) {
        this.municipalities = municipalities;
        this.jdbc = jdbc;
        this.batches = batches;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Looks for the case's possible doubles in its centre, after it was opened or something has changed by which its person is
     * recognised. What staff have decided stays.
     */
    @Transactional
    public void notice(long caseId) {
        List<Source> sources =
                jdbc.sql(SOURCES).param("id", caseId).query(Source.class).list();
        jdbc.sql("delete from case_likeness where case_id = ?").param(caseId).update();
        jdbc.sql("delete from case_double where decision is null and (case_id = ? or like_case_id = ?)")
                .params(caseId, caseId)
                .update();
        Optional<Source> own =
                sources.stream().filter(source -> source.id() == caseId).findFirst();
        if (own.isEmpty() || own.get().target() != caseId) {
            return;
        }
        // Two who come at once see each other.
        oneAtATime(own.get().centreId());
        write(sources);
        pair(caseId, own.get().centreId());
    }

    /**
     * Whoever else comes here for the centre waits until this transaction has ended. A change of nothing does it: {@code for update} would
     * also hold up what refers to the centre, and with it, in a circle on PostgreSQL, whoever has locked a case that is like this one.
     */
    void oneAtATime(String centreId) {
        jdbc.sql("update centre set name = name where id = ?").param(centreId).update();
    }

    /**
     * Recognises cases that were opened before this was done, a part at a time beside the work of the day, until there are none; gives how
     * many it has looked at.
     */
    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    public int noticeMissing() {
        if (lastLookedAt == Long.MAX_VALUE) {
            return 0;
        }
        List<Long> without = jdbc.sql("""
                select c.id from case_file c
                where c.id > ? and c.erased_at is null and c.merged_into is null
                  and not exists (select 1 from case_likeness l where l.case_id = c.id)
                order by c.id fetch first %d rows only
                """.formatted(BATCH))
                .param(lastLookedAt)
                .query(Long.class)
                .list();
        transaction.executeWithoutResult(status -> without.forEach(this::notice));
        lastLookedAt = without.size() < BATCH ? Long.MAX_VALUE : without.get(BATCH - 1);
        return without.size();
    }

    private void write(List<Source> sources) {
        // A trait of the person and of a member is the person's: theirs come first.
        Map<Trait, Boolean> traits = new LinkedHashMap<>();
        sources.forEach(source -> Likeness.of(
                        source.firstName(),
                        source.lastName(),
                        source.phone(),
                        source.email(),
                        source.municipality(),
                        municipalities)
                .forEach(trait -> traits.putIfAbsent(trait, source.ofMember())));
        Source own = sources.get(0);
        batches.batchUpdate(
                "insert into case_likeness (case_id, centre_id, kind, trait, of_member) values (?, ?, ?, ?, ?)",
                traits.entrySet().stream()
                        .map(trait -> new Object[] {
                            own.target(),
                            own.centreId(),
                            trait.getKey().kind().name(),
                            trait.getKey().text(),
                            trait.getValue()
                        })
                        .toList());
    }

    /** Of two closed cases nothing depends any more. */
    private void pair(long caseId, String centreId) {
        List<Shared> shared = jdbc.sql("""
                select distinct o.case_id, o.kind, l.of_member or o.of_member as by_member
                from case_likeness l
                join case_likeness o on o.centre_id = l.centre_id and o.trait = l.trait and o.kind = l.kind
                join case_file f on f.id = o.case_id
                join case_file c on c.id = l.case_id
                where l.case_id = :id and l.centre_id = :centre and o.case_id <> :id
                  and (f.status <> 'CLOSED' or c.status <> 'CLOSED') and f.merged_into is null and f.erased_at is null
                  and not exists (select 1 from case_double d where d.case_id = :id and d.like_case_id = o.case_id)
                """)
                .param("id", caseId)
                .param("centre", centreId)
                .query(Shared.class)
                .list();
        Set<Long> byPerson = shared.stream()
                .filter(each -> !each.byMember())
                .map(Shared::caseId)
                .collect(Collectors.toSet());
        Map<Long, Set<Kind>> alike = new HashMap<>();
        for (Shared each : shared) {
            boolean person = byPerson.contains(each.caseId());
            if (!person || !each.byMember()) {
                Set<Kind> kinds = alike.computeIfAbsent(each.caseId(), id -> EnumSet.noneOf(Kind.class));
                kinds.add(each.kind());
                if (!person) {
                    kinds.add(Kind.MEMBER);
                }
            }
        }
        List<Object[]> rows = new ArrayList<>();
        alike.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Long, Set<Kind>> pair) ->
                                -pair.getValue().size())
                        .thenComparing(pair -> -pair.getKey()))
                .limit(MOST)
                .forEach(pair -> {
                    String kinds = pair.getValue().stream().map(Kind::name).collect(Collectors.joining(","));
                    rows.add(new Object[] {caseId, pair.getKey(), centreId, kinds, clock.now()});
                    rows.add(new Object[] {pair.getKey(), caseId, centreId, kinds, clock.now()});
                });
        batches.batchUpdate(
                "insert into case_double (case_id, like_case_id, centre_id, alike, noticed_at) values (?, ?, ?, ?, ?)",
                rows);
    }

    /** Forgets to which cases of its centre a case is alike, decided or not: it goes to another centre. */
    @Transactional
    public void forget(long caseId) {
        jdbc.sql("delete from case_double where case_id = :id or like_case_id = :id")
                .param("id", caseId)
                .update();
        jdbc.sql("delete from case_likeness where case_id = ?").param(caseId).update();
    }

    /** The cases that may be of the same person, and of which nobody has decided yet; the latest first. */
    @Transactional(readOnly = true)
    public List<Alike> of(CaseFile caseFile) {
        return jdbc.sql("""
                select d.like_case_id, d.alike, d.noticed_at from case_double d join case_file o on o.id = d.like_case_id
                where d.case_id = ? and d.centre_id = ? and d.decision is null and o.erased_at is null
                order by o.opened_at desc, o.id desc
                """)
                .params(caseFile.id(), caseFile.centreId())
                .query((row, number) -> new Alike(
                        row.getLong(1),
                        Arrays.stream(row.getString(2).split(","))
                                .map(Kind::valueOf)
                                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class))),
                        row.getTimestamp(3).toLocalDateTime()))
                .list();
    }

    /**
     * The id of the centre's case whose person has the phone or the mail and a name that sounds alike: this is no likeness, it is the person.
     *
     * @param phone in international form, or null
     * @param email or null
     */
    @Transactional(readOnly = true)
    public Optional<Long> known(String centreId, String firstName, String lastName, String phone, String email) {
        return jdbc
                .sql("""
                select distinct c.id, c.first_name, c.last_name from case_likeness l join case_file c on c.id = l.case_id
                where l.centre_id = :centre and l.of_member = false
                  and (l.kind = 'PHONE' and l.trait = :phone or l.kind = 'MAIL' and l.trait = :mail)
                order by c.id desc
                """)
                .param("centre", centreId)
                .param("phone", phone == null ? "" : phone)
                .param("mail", email == null ? "" : GreekText.fold(email.strip()))
                .query((row, number) ->
                        areAlike(firstName, lastName, row.getString(2), row.getString(3)) ? row.getLong(1) : null)
                .list()
                .stream()
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Whether two names sound alike, whichever of first and last name stands first. */
    public static boolean areAlike(String firstName, String lastName, String otherFirstName, String otherLastName) {
        Set<String> names = Likeness.names(firstName, lastName);
        return Likeness.names(otherFirstName, otherLastName).stream().anyMatch(names::contains);
    }

    /** How many pairs of the centre's cases wait for a decision. */
    @Transactional(readOnly = true)
    public int waiting(String centreId) {
        return jdbc.sql("""
                select count(*) from case_double d
                join case_file c on c.id = d.case_id join case_file o on o.id = d.like_case_id
                where d.centre_id = ? and d.decision is null and d.case_id < d.like_case_id
                  and (c.status <> 'CLOSED' or o.status <> 'CLOSED') and c.erased_at is null and o.erased_at is null
                """).param(centreId).query(Integer.class).single();
    }

    /** Keeps what was decided of two cases, so that nobody is asked again; whether they had been noticed does not matter. */
    @Transactional
    public void decide(CaseFile one, CaseFile other, Decision decision, String byUser) {
        for (CaseFile[] pair : new CaseFile[][] {{one, other}, {other, one}}) {
            int known = jdbc.sql("""
                    update case_double set decision = ?, decided_by = ?, decided_at = ? where case_id = ? and like_case_id = ?
                    """)
                    .params(decision.name(), byUser, clock.now(), pair[0].id(), pair[1].id())
                    .update();
            if (known == 0) {
                jdbc.sql("""
                        insert into case_double (case_id, like_case_id, centre_id, alike, noticed_at, decision, decided_by, decided_at)
                        values (?, ?, ?, '', ?, ?, ?, ?)
                        """)
                        .params(
                                pair[0].id(),
                                pair[1].id(),
                                one.centreId(),
                                clock.now(),
                                decision.name(),
                                byUser,
                                clock.now())
                        .update();
            }
        }
    }
}
