package org.diadromi.privacy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diadromi.calendar.AppClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The chain that makes a change to the audit's past visible: each entry is sealed with SHA-256 over the seal before it and its
 * own content. Entries are sealed by a job, in the order in which it finds them, so that no work waits for another's.
 */
@Component
class AuditChain {

    private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
    private static final int PAGE = 1000;
    private static final int ENOUGH_FINDINGS = 50;

    /** What a check may find. */
    enum Kind {
        /** The entry is not what was sealed, or the one before it is not. */
        CHANGED,
        /** Entries are gone from the middle. */
        MISSING,
        /** Entries are gone from the end. */
        CUT_OFF,
        /** Entries stand outside of the chain's beginning or end. */
        ADDED,
        /** The chain no longer has the seal that was seen there earlier. */
        REWRITTEN
    }

    /** The entries of these numbers, first and last included. */
    record Finding(Kind kind, long from, long to) {

        static Finding valueOf(String text) {
            String[] parts = text.split(":");
            return new Finding(Kind.valueOf(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        @Override
        public String toString() {
            return kind + ":" + from + ":" + to;
        }
    }

    /** A place in the chain: keep it elsewhere, and a later check can be held to it. */
    record Head(long number, String seal) {

        /** Reads "42:9f86d0…", as the check writes it. */
        static Head valueOf(String text) {
            String[] parts = text.strip().split(":");
            if (parts.length != 2) {
                throw new IllegalArgumentException("A head of the chain is written number:seal, not " + text);
            }
            return new Head(Long.parseLong(parts[0]), parts[1]);
        }

        @Override
        public String toString() {
            return number + ":" + seal;
        }
    }

    /**
     * @param entries how many sealed entries there are
     * @param waiting how many are not sealed yet
     * @param head where the chain ends
     */
    record Verdict(LocalDateTime checkedAt, long entries, long waiting, Head head, List<Finding> findings) {

        boolean isWhole() {
            return findings.isEmpty();
        }
    }

    private record Entry(
            long id,
            LocalDateTime at,
            String action,
            String centreId,
            String subject,
            String detail,
            String byUser,
            Long sealNumber,
            String seal) {}

    private record Ends(long firstNumber, String sealBefore, long lastNumber, String lastSeal) {}

    private final JdbcClient jdbc;
    private final JdbcOperations batches;
    private final TransactionTemplate transaction;
    private final AppClock clock;

    AuditChain(JdbcClient jdbc, JdbcOperations batches, PlatformTransactionManager transactions, AppClock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Seals what has been written since; two that run at once take turns. */
    @Scheduled(fixedDelay = 10_000, initialDelay = 10_000)
    void sealNew() {
        while (Boolean.TRUE.equals(transaction.execute(status -> sealPage() == PAGE))) {
            // There may be more.
        }
    }

    private int sealPage() {
        Head head = jdbc.sql("select last_number as number, last_seal as seal from audit_chain where id = 1 for update")
                .query(Head.class)
                .single();
        List<Entry> entries = jdbc.sql("""
                select id, at, action, centre_id, subject, detail, by_user, seal_number, seal from audit_entry
                where seal_number is null order by id fetch first %d rows only
                """.formatted(PAGE)).query(Entry.class).list();
        if (entries.isEmpty()) {
            return 0;
        }
        List<Object[]> seals = new ArrayList<>();
        for (Entry entry : entries) {
            head = new Head(head.number() + 1, seal(head.seal(), head.number() + 1, entry));
            seals.add(new Object[] {head.number(), head.seal(), entry.id()});
        }
        batches.batchUpdate(
                "update audit_entry set seal_number = ?, seal = ? where id = ? and seal_number is null", seals);
        jdbc.sql("update audit_chain set last_number = ?, last_seal = ? where id = 1")
                .params(head.number(), head.seal())
                .update();
        return entries.size();
    }

    /** Checks every night, keeps the verdict, and writes the chain's head to the log, where the database's owner is not. */
    @Scheduled(cron = "0 30 3 * * *", zone = "Europe/Athens")
    Verdict checkAndKeep() {
        Verdict verdict = check(lastVerdict().map(Verdict::head).stream().toList());
        jdbc.sql("""
                insert into audit_check (checked_at, entries, last_number, last_seal, findings) values (?, ?, ?, ?, ?)
                """)
                .params(
                        verdict.checkedAt(),
                        verdict.entries(),
                        verdict.head().number(),
                        verdict.head().seal(),
                        verdict.isWhole()
                                ? null
                                : verdict.findings().stream()
                                        .map(Finding::toString)
                                        .collect(Collectors.joining(" ")))
                .update();
        if (verdict.isWhole()) {
            LOG.info("The audit is whole: {} entries, head {}", verdict.entries(), verdict.head());
        } else {
            LOG.error("The audit has been tampered with: {}; head {}", verdict.findings(), verdict.head());
        }
        return verdict;
    }

    /** The verdict of the last check that was kept. */
    Optional<Verdict> lastVerdict() {
        return jdbc.sql("""
                select checked_at, entries, last_number, last_seal, findings from audit_check
                order by id desc fetch first 1 rows only
                """)
                .query((row, i) -> new Verdict(
                        row.getObject("checked_at", LocalDateTime.class),
                        row.getLong("entries"),
                        0,
                        new Head(row.getLong("last_number"), row.getString("last_seal")),
                        row.getString("findings") == null
                                ? List.of()
                                : Arrays.stream(row.getString("findings").split(" "))
                                        .map(Finding::valueOf)
                                        .toList()))
                .optional();
    }

    /**
     * Computes every seal anew, from the first entry to the last.
     *
     * @param seen heads that were seen earlier: the chain has to lead through them
     */
    Verdict check(List<Head> seen) {
        Ends ends = jdbc.sql("select first_number, seal_before, last_number, last_seal from audit_chain where id = 1")
                .query(Ends.class)
                .single();
        List<Finding> findings = new ArrayList<>();
        long entries = 0;
        long expected = ends.firstNumber();
        String before = ends.sealBefore();
        long after = Long.MIN_VALUE;
        while (true) {
            List<Entry> page = page(after);
            for (Entry entry : page) {
                long number = entry.sealNumber();
                if (number < ends.firstNumber() || number > ends.lastNumber()) {
                    findings.add(new Finding(Kind.ADDED, number, number));
                } else {
                    entries++;
                    if (number > expected) {
                        findings.add(new Finding(Kind.MISSING, expected, number - 1));
                    } else if (!seal(before, number, entry).equals(entry.seal())) {
                        findings.add(new Finding(Kind.CHANGED, number, number));
                    }
                    before = entry.seal();
                    expected = number + 1;
                }
            }
            if (page.size() < PAGE) {
                break;
            }
            after = page.get(page.size() - 1).sealNumber();
        }
        if (expected <= ends.lastNumber()) {
            findings.add(new Finding(Kind.CUT_OFF, expected, ends.lastNumber()));
        } else if (!ends.lastSeal().equals(before)) {
            findings.add(new Finding(Kind.REWRITTEN, ends.lastNumber(), ends.lastNumber()));
        }
        for (Head head : seen) {
            if (head.number() >= ends.firstNumber() && !head.seal().equals(sealOf(head.number()))) {
                findings.add(new Finding(Kind.REWRITTEN, head.number(), head.number()));
            }
        }
        return new Verdict(
                clock.now(),
                entries,
                waiting(),
                new Head(ends.lastNumber(), ends.lastSeal()),
                findings.stream().limit(ENOUGH_FINDINGS).toList());
    }

    /**
     * Lets go of the sealed entries that are older, from the beginning of the chain up to the first that is not; the chain then
     * begins there.
     *
     * @return how many
     */
    long cutBefore(LocalDateTime before) {
        sealNew();
        return transaction.execute(status -> {
            Ends ends = jdbc.sql(
                            "select first_number, seal_before, last_number, last_seal from audit_chain where id = 1 for update")
                    .query(Ends.class)
                    .single();
            long first = jdbc.sql("select coalesce(min(seal_number), ?) from audit_entry where at >= ?")
                    .params(ends.lastNumber() + 1, before)
                    .query(Long.class)
                    .single();
            if (first <= ends.firstNumber()) {
                return 0L;
            }
            String seal = first > ends.lastNumber() ? ends.lastSeal() : sealOf(first - 1);
            jdbc.sql("update audit_chain set first_number = ?, seal_before = ? where id = 1")
                    .params(first, seal)
                    .update();
            return (long) jdbc.sql("delete from audit_entry where seal_number < ?")
                    .param(first)
                    .update();
        });
    }

    private List<Entry> page(long after) {
        return jdbc.sql("""
                select id, at, action, centre_id, subject, detail, by_user, seal_number, seal from audit_entry
                where seal_number > ? order by seal_number fetch first %d rows only
                """.formatted(PAGE)).param(after).query(Entry.class).list();
    }

    private String sealOf(long number) {
        return jdbc.sql("select seal from audit_entry where seal_number = ?")
                .param(number)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private long waiting() {
        return jdbc.sql("select count(*) from audit_entry where seal_number is null")
                .query(Long.class)
                .single();
    }

    /** Each part with its length before it, so that no two rows read the same; docs/adr/0014 has it for other programs. */
    private static String seal(String before, long number, Entry entry) {
        StringBuilder content = new StringBuilder(before);
        for (Object part : new Object[] {
            number,
            entry.id(),
            entry.at(),
            entry.action(),
            entry.centreId(),
            entry.subject(),
            entry.detail(),
            entry.byUser()
        }) {
            String text = part == null ? "" : part.toString();
            content.append(part == null ? -1 : text.length()).append(':').append(text);
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(content.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
