package org.diadromi.casefile;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.GreekText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The words by which staff find a case: number, the numbers it had at other centres, names, phone and mail of its people, venture and team. Words that
 * differ in accents, case or a final sigma only are the same, and so is a phone number in any writing.
 */
@Service
public class CaseWords {

    private static final Logger LOG = LoggerFactory.getLogger(CaseWords.class);

    private static final int BATCH = 500;

    /** How many times in a row somebody else may have been faster. */
    private static final int PATIENCE = 10;

    private static final int MOST_ASKED = 8;
    private static final int LONGEST = 100;
    private static final int ROWS = 100;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** +30, 0030: in Greece it goes without saying. */
    private static final Pattern COUNTRY = Pattern.compile("(?<![\\p{L}\\p{N}])(\\+|00)30[\\s-]*(?=[\\d(])");

    /** What people put between the digits of a number. */
    private static final Pattern WITHIN_NUMBER = Pattern.compile("(?<=\\d\\)?)[\\s./()-]+(?=\\d)");

    private static final String SOURCES = """
            select coalesce(c.merged_into, c.id) as id, c.centre_id, c.number, c.first_name, c.last_name, c.phone, c.email,
                   (select r.venture_name from registration r where r.case_id = c.id) as venture,
                   (select max(e.team_name) from enrolment e where e.case_id = c.id) as team,
                   (select string_agg(t.number_before, ' ') from case_transfer t
                    where t.case_id = c.id and t.transfer_answer = 'ACCEPTED') as former_numbers,
                   (select string_agg(concat(m.first_name, ' ', m.last_name, ' ', m.email), ' ') from team_member m
                    where m.case_id = c.id) as members,
                   (select string_agg(m.phone, ' ') from team_member m where m.case_id = c.id) as member_phones
            from case_file c
            """;

    /** All words that begin with one that was asked for: from the one, up to but without the other. */
    public record Range(byte[] from, byte[] before) {}

    private record Word(long caseId, String centreId, String word) {
        byte[] utf8() {
            return word.getBytes(StandardCharsets.UTF_8);
        }
    }

    private record Source(
            long id,
            String centreId,
            String number,
            String firstName,
            String lastName,
            String phone,
            String email,
            String venture,
            String team,
            String formerNumbers,
            String members,
            String memberPhones) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionTemplate transaction;

    CaseWords(JdbcClient jdbc, JdbcTemplate batches, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Writes the words of a case anew, after something has changed by which it is found. It is found by those of the cases that went into
     * it too; one that went into another is not found by itself any more.
     */
    @Transactional
    public void write(long caseId) {
        Set<Word> before = new LinkedHashSet<>(jdbc.sql("select centre_id, word from case_word where case_id = ?")
                .param(caseId)
                .query((row, number) ->
                        new Word(caseId, row.getString(1), new String(row.getBytes(2), StandardCharsets.UTF_8)))
                .list());
        Set<Word> now = words(jdbc.sql(SOURCES + "where (c.id = :id and c.merged_into is null) or c.merged_into = :id")
                .param("id", caseId)
                .query(Source.class)
                .list());
        List<Object[]> gone = before.stream()
                .filter(word -> !now.contains(word))
                .map(word -> new Object[] {caseId, word.utf8()})
                .toList();
        if (!gone.isEmpty()) {
            batches.batchUpdate("delete from case_word where case_id = ? and word = ?", gone);
        }
        now.removeAll(before);
        insert(now);
    }

    /** Writes the words of cases that have none, because they were opened before words were kept. */
    @EventListener(ApplicationReadyEvent.class)
    public void writeMissing() {
        int refused = 0;
        List<Source> without = withoutWords(0);
        while (!without.isEmpty()) {
            Set<Word> words = words(without);
            long after = without.get(without.size() - 1).id();
            try {
                transaction.executeWithoutResult(status -> insert(words));
                refused = 0;
            } catch (DuplicateKeyException | ConcurrencyFailureException byAnother) {
                if (++refused == PATIENCE) {
                    throw byAnother;
                }
                LOG.info("Another application writes the words of cases, too: this one goes on with what is left");
                after = without.get(0).id() - 1;
            }
            without = withoutWords(after);
        }
    }

    private List<Source> withoutWords(long after) {
        return jdbc.sql(SOURCES + """
                where c.id > ? and c.merged_into is null and not exists (select 1 from case_word w where w.case_id = c.id)
                order by c.id fetch first %d rows only
                """.formatted(BATCH))
                .param(after)
                .query(Source.class)
                .list();
    }

    private static Set<Word> words(List<Source> sources) {
        return sources.stream()
                .flatMap(source -> words(source).stream().map(word -> new Word(source.id(), source.centreId(), word)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Many rows at once: a statement for each would be a fifth of what it takes to open a case. */
    private void insert(Collection<Word> words) {
        List<Word> rows = List.copyOf(words);
        for (int from = 0; from < rows.size(); from += ROWS) {
            List<Word> some = rows.subList(from, Math.min(from + ROWS, rows.size()));
            jdbc.sql("insert into case_word (case_id, centre_id, word) values "
                            + String.join(", ", Collections.nCopies(some.size(), "(?, ?, ?)")))
                    .params(some.stream()
                            .flatMap(word -> Stream.of(word.caseId(), word.centreId(), (Object) word.utf8()))
                            .toList())
                    .update();
        }
    }

    private static Set<String> words(Source source) {
        Set<String> words = new LinkedHashSet<>();
        Stream.of(
                        source.number(),
                        source.firstName(),
                        source.lastName(),
                        source.email(),
                        source.venture(),
                        source.team(),
                        source.formerNumbers(),
                        source.members())
                .filter(Objects::nonNull)
                .forEach(text -> add(words, text));
        Stream.of(source.phone(), source.memberPhones())
                .filter(Objects::nonNull)
                .flatMap(BLANKS::splitAsStream)
                .forEach(phone -> {
                    words.add(digits(COUNTRY.matcher(phone).replaceAll("")));
                    words.add(digits(phone));
                });
        words.remove("");
        return words;
    }

    /** Each word by itself and, where signs join some, the tail from each on: KER-2026-00042 is found by 2026-00042 too. */
    private static void add(Set<String> words, String text) {
        for (String joined : BLANKS.split(GreekText.fold(text))) {
            String[] parts = NO_WORD.split(joined);
            for (int i = 0; i < parts.length; i++) {
                words.add(shortened(parts[i]));
                words.add(shortened(String.join("", List.of(parts).subList(i, parts.length))));
                words.add(shortened(parts[i].replaceFirst("^0+(?=\\d)", "")));
            }
        }
    }

    /**
     * What somebody has typed, word by word; a case that is meant has a word in each of the ranges. Empty when there is no letter
     * and no digit in it.
     */
    public static List<Range> asked(String typed) {
        String text = COUNTRY.matcher(GreekText.fold(typed)).replaceAll("");
        text = WITHIN_NUMBER.matcher(text).replaceAll("");
        return BLANKS.splitAsStream(text)
                .map(piece -> shortened(NO_WORD.matcher(piece).replaceAll("")))
                .filter(piece -> !piece.isEmpty())
                .distinct()
                .limit(MOST_ASKED)
                .map(CaseWords::range)
                .toList();
    }

    private static Range range(String word) {
        byte[] from = word.getBytes(StandardCharsets.UTF_8);
        byte[] before = from.clone();
        // No byte of UTF-8 is the highest one.
        before[before.length - 1]++;
        return new Range(from, before);
    }

    private static String digits(String phone) {
        return phone.replaceAll("\\D", "");
    }

    private static String shortened(String word) {
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
    }
}
