package org.diadromi.privacy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.consent.Wording.Purpose;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a person says of belonging to a vulnerable or special group. It is kept apart from the case file, encrypted, and only
 * with the person's consent; each look at it is audited.
 */
@Service
@Transactional
public class SensitiveData implements SmartInitializingSingleton {

    /** The groups of law 4430/2016, art. 2; the first four are the vulnerable ones, the others the special ones. */
    enum Item {
        DISABILITY,
        ADDICTION,
        IMPRISONMENT,
        JUVENILE_OFFENCE,
        VIOLENCE,
        HOMELESSNESS,
        POVERTY,
        ECONOMIC_MIGRATION,
        REFUGE,
        SINGLE_PARENT,
        CULTURE,
        LONG_UNEMPLOYMENT;

        /** The name of its column, of its field on the page and of its text. */
        public String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean vulnerable() {
            return ordinal() <= JUVENILE_OFFENCE.ordinal();
        }
    }

    /** What can be said to each. */
    enum Answer {
        YES,
        NO,
        PREFER_NOT,
        NOT_ASKED
    }

    /**
     * @param answers one for each item
     * @param version grows with each change
     */
    record Kept(Map<Item, Answer> answers, String recordedBy, LocalDateTime recordedAt, int version) {}

    private static final List<String> COLUMNS =
            Arrays.stream(Item.values()).map(Item::column).toList();

    private final JdbcClient jdbc;
    private final DataKeys keys;
    private final Consents consents;
    private final Audit audit;
    private final Texts texts;
    private final AppClock clock;

    SensitiveData(JdbcClient jdbc, DataKeys keys, Consents consents, Audit audit, Texts texts, AppClock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.consents = consents;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    /** Holds the keys against what is kept: better no start than a page that fails for one case in ten. */
    @Override
    public void afterSingletonsInstantiated() {
        jdbc.sql("select distinct key_id from sensitive_data")
                .query(String.class)
                .list()
                .forEach(keys::require);
    }

    /** What is kept of the case's person, as staff look at it: who looks is written down. */
    Optional<Kept> view(CaseFile caseFile) {
        audit(Audit.Action.VIEWED, caseFile);
        return find(caseFile.id());
    }

    /** What is kept, for whoever has written down already why they look. */
    Optional<Kept> find(long caseId) {
        return jdbc.sql("select * from sensitive_data where case_id = ?")
                .param(caseId)
                .query((row, i) -> {
                    Map<Item, Answer> answers = new EnumMap<>(Item.class);
                    String keyId = row.getString("key_id");
                    for (Item item : Item.values()) {
                        String sealed = row.getString(item.column());
                        answers.put(item, Answer.valueOf(keys.open(keyId, sealed, place(caseId, item.column()))));
                    }
                    return new Kept(
                            answers,
                            row.getString("recorded_by"),
                            row.getObject("recorded_at", LocalDateTime.class),
                            row.getInt("version"));
                })
                .optional();
    }

    /** Whether the person has agreed, and has not taken it back, that this is kept. */
    @Transactional(readOnly = true)
    public boolean isAgreed(CaseFile caseFile) {
        return consents.of(caseFile).stream()
                .anyMatch(given -> given.purpose() == Purpose.SENSITIVE && given.withdrawnAt() == null);
    }

    /**
     * Keeps the answers in the place of earlier ones.
     *
     * @param agreed how the person agreed just now; null where they did not have to or had before
     * @param version of what the reader saw, 0 where nothing was kept
     * @throws RuleViolation when the case is closed, when somebody else changed it meanwhile, or when something is to be kept
     *     that the person has not agreed to
     */
    void keep(CaseFile caseFile, Map<Item, Answer> answers, Channel agreed, int version, String byUser) {
        if (caseFile.status() == CaseFile.Status.CLOSED) {
            throw new RuleViolation(Problem.CASE_CLOSED, caseFile.number());
        }
        boolean says = answers.values().stream().anyMatch(answer -> answer == Answer.YES || answer == Answer.NO);
        if (says && agreed == null && !isAgreed(caseFile)) {
            throw new RuleViolation(Problem.SENSITIVE_NOT_AGREED);
        }
        if (agreed != null && !isAgreed(caseFile)) {
            consents.give(caseFile, Wording.SPECIAL_GROUPS, caseFile.language(), agreed, byUser);
        }
        List<Object> values = new ArrayList<>();
        for (Item item : Item.values()) {
            values.add(keys.seal(
                    answers.getOrDefault(item, Answer.NOT_ASKED).name(), place(caseFile.id(), item.column())));
        }
        Collections.addAll(values, keys.current(), byUser, clock.now(), caseFile.id());
        if (version == 0) {
            insert(values);
        } else {
            values.add(version);
            update(values);
        }
        audit(Audit.Action.CHANGED, caseFile);
    }

    private void insert(List<Object> values) {
        try {
            jdbc.sql("insert into sensitive_data (" + String.join(", ", COLUMNS)
                            + ", key_id, recorded_by, recorded_at, case_id, version) values ("
                            + "?, ".repeat(values.size()) + "1)")
                    .params(values)
                    .update();
        } catch (DuplicateKeyException e) {
            throw new RuleViolation(Problem.CHANGED_MEANWHILE);
        }
    }

    private void update(List<Object> values) {
        int changed = jdbc.sql("update sensitive_data set "
                        + COLUMNS.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
                        + ", key_id = ?, recorded_by = ?, recorded_at = ?, version = version + 1"
                        + " where case_id = ? and version = ?")
                .params(values)
                .update();
        if (changed == 0) {
            throw new RuleViolation(Problem.CHANGED_MEANWHILE);
        }
    }

    /**
     * Removes what is kept and takes the consent back.
     *
     * @param via how the person asked for it
     * @param byUser the member of staff who does it; null when the person does it themselves
     */
    public void remove(CaseFile caseFile, Channel via, String byUser) {
        consents.withdraw(caseFile, Purpose.SENSITIVE, via, byUser);
        int removed = jdbc.sql("delete from sensitive_data where case_id = ?")
                .param(caseFile.id())
                .update();
        if (removed > 0) {
            audit(Audit.Action.ERASED, caseFile);
        }
    }

    private void audit(Audit.Action action, CaseFile caseFile) {
        audit.record(action, caseFile.centreId(), caseFile.number(), texts.of("sensitive.title"));
    }

    /** A value belongs to its case and its column, and can be read nowhere else. */
    static String place(long caseId, String column) {
        return caseId + "/" + column;
    }

    static List<String> columns() {
        return COLUMNS;
    }
}
