package org.diadromi.outreach;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.Doubles;
import org.diadromi.outreach.Attendee.Trouble;
import org.diadromi.outreach.Columns.Field;
import org.diadromi.outreach.Sheet.Line;
import org.diadromi.privacy.Audit;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The attendance sheets of a centre's events: what was uploaded, what is to be thought of each row, and what became of it
 * (docs/adr/0030). Every look-up names the centre.
 */
@Service
@Transactional
class EventImports {

    /** Where a sheet has got to. */
    enum Status {
        PREVIEW,
        RUNNING,
        DONE
    }

    /** What a row is, or what became of it. */
    enum State {
        GOOD,
        BAD,
        DOUBLE,
        DONE,
        /** It tells nothing of a person by the columns as they are read now. */
        NONE
    }

    /**
     * The event.
     *
     * @param place or null
     * @param municipality of those who wrote none
     */
    record Event(String name, LocalDate heldOn, String place, String municipality) {}

    /** A sheet. */
    record Import(
            long id,
            String centreId,
            String eventName,
            LocalDate heldOn,
            String place,
            String municipality,
            String fileName,
            String header,
            String fields,
            Status status,
            String createdBy,
            LocalDateTime createdAt,
            LocalDateTime finishedAt) {

        /** How the case names where its person came from, in the 200 letters that it has for it. */
        String source(Texts texts) {
            return eventName + ", " + texts.date(heldOn);
        }
    }

    /**
     * A row as it is shown.
     *
     * @param caseNumber of the case that it became, or of which it is a double; or null
     * @param person whose case that is; or null
     */
    record Row(int line, List<String> cells, State state, List<Trouble> troubles, String caseNumber, String person) {}

    /** How many rows are what. */
    record Count(long good, long bad, long doubles, long done) {

        public long all() {
            return good + bad + doubles + done;
        }

        /** How many go back to whoever made the sheet. */
        public long rest() {
            return bad + doubles;
        }
    }

    /** What is kept of a row before anything else is known of it. */
    record Judged(int line, List<String> cells, State state, List<Trouble> troubles, Long caseId) {}

    /** A case of the centre. */
    record Known(long caseId, String number) {}

    private static final int LONGEST_CELLS = 20_000;

    static final String IMPORT = """
            select id, centre_id, event_name, held_on, place, municipality, file_name, header, fields, status, created_by, created_at,
                   finished_at
            from outreach_import
            """;

    private final Doubles doubles;
    private final CaseFiles cases;
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final ObjectMapper json;
    private final Texts texts;
    private final Audit audit;
    private final AppClock clock;

    EventImports(
            Doubles doubles,
            CaseFiles cases,
            JdbcClient jdbc,
            JdbcTemplate batches,
            ObjectMapper json,
            Texts texts,
            Audit audit,
            AppClock clock) {
        this.doubles = doubles;
        this.cases = cases;
        this.jdbc = jdbc;
        this.batches = batches;
        this.json = json;
        this.texts = texts;
        this.audit = audit;
        this.clock = clock;
    }

    /** The centre's sheets, the newest first. */
    @Transactional(readOnly = true)
    public List<Import> all(String centreId) {
        return jdbc.sql(IMPORT + "where centre_id = ? order by id desc fetch first 100 rows only")
                .param(centreId)
                .query(Import.class)
                .list();
    }

    /** The centre's sheet of that id. */
    @Transactional(readOnly = true)
    public Optional<Import> find(String centreId, long id) {
        return jdbc.sql(IMPORT + "where centre_id = ? and id = ?")
                .params(centreId, id)
                .query(Import.class)
                .optional();
    }

    /**
     * Keeps a sheet to be looked at; nobody is taken in yet.
     *
     * @throws RuleViolation when the file is no table, too large, or was taken in before
     */
    public long upload(String centreId, Event event, String fileName, byte[] file, String byUser) {
        String hash = sha256(file);
        refuseSecond(centreId, hash, 0);
        List<Line> lines = Sheet.read(file);
        Columns.Found found = Columns.find(lines);
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                insert into outreach_import (centre_id, event_name, held_on, place, municipality, file_name, sha256, header, fields,
                                             status, created_by, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'PREVIEW', ?, ?)
                """)
                .params(
                        centreId,
                        event.name(),
                        event.heldOn(),
                        event.place(),
                        event.municipality(),
                        fileName.length() <= 200 ? fileName : fileName.substring(fileName.length() - 200),
                        hash,
                        cells(found.header()),
                        written(found.fields()),
                        byUser,
                        clock.now())
                .update(key, "id");
        long id = key.getKey().longValue();
        keep(id, judge(found.below(lines), found.fields(), person -> known(centreId, person)));
        audit.record(Audit.Action.CHANGED, centreId, "outreach-" + id, texts.of("outreach.audit.uploaded"));
        return id;
    }

    /** Reads the sheet anew, with other columns. */
    public void read(Import sheet, List<Field> fields) {
        lock(sheet, Status.PREVIEW);
        List<Line> lines = rows(sheet, null, Sheet.MOST_ROWS).stream()
                .map(row -> new Line(row.line(), row.cells()))
                .toList();
        jdbc.sql("update outreach_import set fields = ? where id = ?")
                .params(written(fields), sheet.id())
                .update();
        jdbc.sql("delete from outreach_row where import_id = ?")
                .param(sheet.id())
                .update();
        keep(sheet.id(), judge(lines, fields, person -> known(sheet.centreId(), person)));
    }

    /**
     * Begins to take in the people of the good rows.
     *
     * @throws RuleViolation when there is none, when it was begun already, or when the same file was taken in meanwhile
     */
    public void start(Import sheet, String byUser) {
        // Of two who start the same file at once the second finds the first.
        jdbc.sql("select id from centre where id = ? for update")
                .param(sheet.centreId())
                .query(String.class)
                .single();
        lock(sheet, Status.PREVIEW);
        String hash = jdbc.sql("select sha256 from outreach_import where id = ?")
                .param(sheet.id())
                .query(String.class)
                .single();
        refuseSecond(sheet.centreId(), hash, sheet.id());
        if (count(sheet).good() == 0) {
            throw new RuleViolation(Problem.IMPORT_NOTHING_GOOD);
        }
        jdbc.sql("update outreach_import set status = 'RUNNING', started_at = ?, created_by = ? where id = ?")
                .params(clock.now(), byUser, sheet.id())
                .update();
        audit.record(
                Audit.Action.CHANGED, sheet.centreId(), "outreach-" + sheet.id(), texts.of("outreach.audit.started"));
    }

    /** Throws a sheet away that was not begun. */
    public void discard(Import sheet) {
        lock(sheet, Status.PREVIEW);
        jdbc.sql("delete from outreach_row where import_id = ?")
                .param(sheet.id())
                .update();
        jdbc.sql("delete from outreach_import where id = ?").param(sheet.id()).update();
        audit.record(
                Audit.Action.ERASED, sheet.centreId(), "outreach-" + sheet.id(), texts.of("outreach.audit.discarded"));
    }

    @Transactional(readOnly = true)
    public Count count(Import sheet) {
        return jdbc.sql("""
                select count(*) filter (where state = 'GOOD') as good,
                       count(*) filter (where state = 'BAD') as bad,
                       count(*) filter (where state = 'DOUBLE') as doubles,
                       count(*) filter (where state = 'DONE') as done
                from outreach_row where import_id = ?
                """).param(sheet.id()).query(Count.class).single();
    }

    /** The rows as they stand in the file, as many at most; those of one state only, or of any. */
    @Transactional(readOnly = true)
    public List<Row> rows(Import sheet, State state, int most) {
        return jdbc.sql("""
                select r.line, r.cells, r.state, r.trouble, c.number, c.first_name || ' ' || c.last_name
                from outreach_row r left join case_file c on c.id = r.case_id
                where r.import_id = :id and (:any or r.state = :state) order by r.line fetch first :most rows only
                """)
                .param("id", sheet.id())
                .param("any", state == null)
                .param("state", state == null ? "" : state.name())
                .param("most", most)
                .query((row, number) -> new Row(
                        row.getInt(1),
                        strings(row.getString(2)),
                        State.valueOf(row.getString(3)),
                        troubles(row.getString(4)),
                        row.getString(5),
                        row.getString(6)))
                .list();
    }

    List<String> header(Import sheet) {
        return strings(sheet.header());
    }

    List<Field> fields(Import sheet) {
        return strings(sheet.fields()).stream().map(Field::valueOf).toList();
    }

    List<String> strings(String written) {
        return written == null ? List.of() : read(written, new TypeReference<>() {});
    }

    List<Trouble> troubles(String written) {
        return written == null ? List.of() : read(written, new TypeReference<>() {});
    }

    String written(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T read(String written, TypeReference<T> type) {
        try {
            return json.readValue(written, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The centre's case of the person, if there is one that has their phone or mail and a name alike. */
    Optional<Known> known(String centreId, Attendee person) {
        return doubles.known(centreId, person.firstName(), person.lastName(), person.phone(), person.email())
                .flatMap(id -> cases.find(centreId, id))
                .map(found -> new Known(found.id(), found.number()));
    }

    /** Each row by itself, then against the people of the centre, then against the rows above. */
    static List<Judged> judge(List<Line> lines, List<Field> fields, Function<Attendee, Optional<Known>> knownPeople) {
        List<Attendee> above = new ArrayList<>();
        List<Integer> aboveLines = new ArrayList<>();
        return lines.stream()
                .map(line -> {
                    if (Attendee.isNobody(line.cells(), fields)) {
                        return new Judged(line.number(), line.cells(), State.NONE, List.of(), null);
                    }
                    Attendee person = Attendee.of(line.cells(), fields);
                    if (!person.troubles().isEmpty()) {
                        return new Judged(line.number(), line.cells(), State.BAD, person.troubles(), null);
                    }
                    Optional<Known> known = knownPeople.apply(person);
                    if (known.isPresent()) {
                        return new Judged(
                                line.number(),
                                line.cells(),
                                State.DOUBLE,
                                List.of(trouble(known.get())),
                                known.get().caseId());
                    }
                    int twice = firstAlike(above, person);
                    if (twice >= 0) {
                        return new Judged(
                                line.number(),
                                line.cells(),
                                State.DOUBLE,
                                List.of(new Trouble(
                                        null, Problem.IMPORT_TWICE, List.of(String.valueOf(aboveLines.get(twice))))),
                                null);
                    }
                    above.add(person);
                    aboveLines.add(line.number());
                    return new Judged(line.number(), line.cells(), State.GOOD, List.of(), null);
                })
                .toList();
    }

    static Trouble trouble(Known known) {
        return new Trouble(null, Problem.IMPORT_KNOWN, List.of(known.number()));
    }

    private static int firstAlike(List<Attendee> above, Attendee person) {
        for (int i = 0; i < above.size(); i++) {
            Attendee other = above.get(i);
            boolean reached = person.phone() != null && person.phone().equals(other.phone())
                    || person.email() != null && person.email().equalsIgnoreCase(other.email());
            if (reached
                    && Doubles.areAlike(person.firstName(), person.lastName(), other.firstName(), other.lastName())) {
                return i;
            }
        }
        return -1;
    }

    private void keep(long id, List<Judged> judged) {
        batches.batchUpdate(
                "insert into outreach_row (import_id, line, cells, state, trouble, case_id) values (?, ?, ?, ?, ?, ?)",
                judged.stream()
                        .map(row -> new Object[] {
                            id,
                            row.line(),
                            cells(row.cells()),
                            row.state().name(),
                            row.troubles().isEmpty() ? null : shortened(written(row.troubles())),
                            row.caseId()
                        })
                        .toList());
    }

    /** Trailing columns that hold too much for a row are let go. */
    private String cells(List<String> cells) {
        String written = written(cells);
        return written.length() <= LONGEST_CELLS ? written : cells(cells.subList(0, Math.max(1, cells.size() / 2)));
    }

    private static String shortened(String troubles) {
        return troubles.length() <= 4000 ? troubles : "[]";
    }

    private void lock(Import sheet, Status wanted) {
        String now = jdbc.sql("select status from outreach_import where id = ? for update")
                .param(sheet.id())
                .query(String.class)
                .optional()
                .orElse(null);
        if (!wanted.name().equals(now)) {
            throw new RuleViolation(Problem.IMPORT_STARTED);
        }
    }

    private void refuseSecond(String centreId, String hash, long butFor) {
        jdbc.sql("""
                select event_name, created_at from outreach_import
                where centre_id = ? and sha256 = ? and status <> 'PREVIEW' and id <> ? fetch first 1 rows only
                """)
                .params(centreId, hash, butFor)
                .query((row, number) -> new RuleViolation(
                        Problem.IMPORT_DONE_ALREADY,
                        row.getString(1),
                        texts.date(row.getTimestamp(2).toLocalDateTime().toLocalDate())))
                .optional()
                .ifPresent(refused -> {
                    throw refused;
                });
    }

    private static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
