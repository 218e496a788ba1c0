package org.diadromi.bench;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Fills a database with any number of cases, straight through its tables: each is a copy of a case that was played through the
 * forms, with its rows in the application's and the engine's tables, under new keys, in another centre, with another name. What
 * has ended is spread over five years, what is open stays where it is.
 */
final class ManyCases {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final Pattern INDEX = Pattern.compile("^CREATE INDEX (\\S+) ON ");

    private static final List<String> FIRST_NAMES = List.of(
            "Μαρία",
            "Γιώργος",
            "Ελένη",
            "Δημήτρης",
            "Κατερίνα",
            "Κώστας",
            "Βασιλική",
            "Νίκος",
            "Σοφία",
            "Παναγιώτης",
            "Άννα",
            "Ιωάννης",
            "Ευαγγελία",
            "Χρήστος",
            "Αγγελική",
            "Αλέξανδρος",
            "Δέσποινα",
            "Σπύρος");

    private static final List<String> SYLLABLES = List.of(
            "κα", "λο", "μα", "ρο", "στα", "θε", "δη", "πα", "να", "σι", "γε", "βα", "τρι", "φω", "χα", "ζε", "λι",
            "μπο");

    private static final List<String> ENDINGS = List.of("πουλος", "ίδης", "άκης", "ίου", "έλη", "ακη", "άτος", "ίδου");

    /** The share of cases that have ended. */
    private static final double ENDED = 0.9;

    /** What stands there is no part of a case: its copy refers to the same one. */
    private static final Set<String> OF_OTHERS = Set.of("structure_id", "import_id", "like_case_id", "absence_id");

    private record Row(String table, Map<String, Object> values) {}

    private record Template(String number, String centre, List<Row> rows, boolean ended) {}

    private record Centre(String id, String code) {}

    private final DataSource source;
    private final Random random = new Random(1);
    private final Set<String> shared = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Template> waiting = new ArrayList<>();
    private final List<Template> over = new ArrayList<>();
    private final Set<String> tables = new LinkedHashSet<>();
    private final List<String> touches = new ArrayList<>();
    private int copies;

    ManyCases(DataSource source) {
        this.source = source;
    }

    /** Makes copies of the cases that were played until there are that many cases; says how many rows it wrote. */
    long fill(int cases) throws SQLException {
        try (Connection connection = source.getConnection();
                Inserts inserts = new Inserts(connection)) {
            connection.setAutoCommit(false);
            checkReferences(connection, false);
            if (waiting.isEmpty()) {
                waiting.addAll(templates(connection, false));
                over.addAll(templates(connection, true));
            }
            List<String> indexes = dropIndexes(connection);
            shared.addAll(
                    strings(
                            connection,
                            "select ID_ from ACT_RE_DEPLOYMENT union select ID_ from ACT_RE_PROCDEF union select ID_ from ACT_RU_JOBDEF "
                                    + "union select ID_ from ACT_RE_DECISION_DEF union select ID_ from ACT_GE_BYTEARRAY where DEPLOYMENT_ID_ is not null"));
            List<Centre> centres = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery("select id, code from centre order by id")) {
                while (found.next()) {
                    centres.add(new Centre(found.getString(1), found.getString(2)));
                }
            }
            int there = Integer.parseInt(
                    strings(connection, "select count(*) from case_file").get(0));
            for (int left = cases - there; left > 0; left--) {
                copies++;
                List<Template> kind = random.nextDouble() < ENDED ? over : waiting;
                copy(
                        kind.get(random.nextInt(kind.size())),
                        copies,
                        centres.get(random.nextInt(centres.size())),
                        inserts);
                if (copies % 200 == 0) {
                    inserts.flush();
                }
            }
            inserts.flush();
            inserts.await();
            tables.addAll(inserts.tables());
            restartKeys(connection, tables);
            for (String index : indexes) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(index);
                }
                connection.commit();
            }
            checkReferences(connection, true);
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                // What PostgreSQL does by itself in quiet hours.
                statement.execute(isH2(connection) ? "analyze" : "vacuum analyze");
            }
            return inserts.rows;
        }
    }

    /**
     * Writes a row of each table of cases as it is; on PostgreSQL of the application's only. H2 answers the same question from memory
     * until somebody writes; in an office somebody always does.
     */
    void touch() throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (touches.isEmpty()) {
                for (String table : tables) {
                    touches.addAll(touch(connection, table));
                }
            }
            try (Statement statement = connection.createStatement()) {
                for (String update : touches) {
                    statement.addBatch(update);
                }
                statement.executeBatch();
            }
        }
    }

    private static List<String> touch(Connection connection, String table) throws SQLException {
        try (ResultSet key = connection
                .getMetaData()
                .getPrimaryKeys(connection.getCatalog(), connection.getSchema(), storedName(connection, table))) {
            if (!key.next()) {
                return List.of();
            }
            String column = key.getString("COLUMN_NAME");
            return strings(connection, "select min(" + column + ") from " + table).stream()
                    .map(first -> "update %1$s set %2$s = %2$s where %2$s = '%3$s'".formatted(table, column, first))
                    .toList();
        }
    }

    // What a case consists of --------------------------------------------------------------------------------

    private static List<Template> templates(Connection connection, boolean ended) throws SQLException {
        Map<String, Map<String, String>> references = references(connection);
        List<Template> templates = new ArrayList<>();
        for (String number : strings(
                connection,
                "select number from case_file where status " + (ended ? "=" : "<>") + " 'CLOSED' order by number")) {
            List<Row> rows = new ArrayList<>(applicationRows(connection, references, number));
            String centre = (String) rows.get(0).values().get("centre_id");
            rows.addAll(engineRows(connection, number));
            templates.add(new Template(number, centre, rows, ended));
        }
        return templates;
    }

    /** The row of the case file, first of all, and all that refer to it. */
    private static List<Row> applicationRows(
            Connection connection, Map<String, Map<String, String>> references, String number) throws SQLException {
        List<Row> rows = new ArrayList<>();
        Deque<Row> fresh = new ArrayDeque<>(select(connection, "case_file", "number = ?", number));
        Set<String> seen = new HashSet<>();
        while (!fresh.isEmpty()) {
            Row row = fresh.poll();
            if (!seen.add(row.toString())) {
                continue;
            }
            rows.add(row);
            for (Map.Entry<String, String> reference :
                    references.getOrDefault(row.table(), Map.of()).entrySet()) {
                String[] place = reference.getKey().split("/");
                fresh.addAll(select(
                        connection, place[0], place[1] + " = ?", row.values().get(reference.getValue())));
            }
        }
        return rows;
    }

    /** By table: what refers to it, as table/column, and to which of its columns; a column case_id needs no key to say so. */
    private static Map<String, Map<String, String>> references(Connection connection) throws SQLException {
        Map<String, Map<String, String>> references = new HashMap<>();
        DatabaseMetaData database = connection.getMetaData();
        try (ResultSet tables = database.getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME");
                if (name.toUpperCase(Locale.ROOT).startsWith("ACT_")) {
                    continue;
                }
                try (ResultSet keys = database.getImportedKeys(connection.getCatalog(), connection.getSchema(), name)) {
                    while (keys.next()) {
                        String to = keys.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT);
                        if (!Set.of("centre", "training_module").contains(to)) {
                            references
                                    .computeIfAbsent(to, table -> new LinkedHashMap<>())
                                    .put(
                                            (name + "/" + keys.getString("FKCOLUMN_NAME")).toLowerCase(Locale.ROOT),
                                            keys.getString("PKCOLUMN_NAME").toLowerCase(Locale.ROOT));
                        }
                    }
                }
                try (ResultSet columns =
                        database.getColumns(connection.getCatalog(), connection.getSchema(), name, "%")) {
                    while (columns.next()) {
                        if (columns.getString("COLUMN_NAME").equalsIgnoreCase("case_id")) {
                            references
                                    .computeIfAbsent("case_file", table -> new LinkedHashMap<>())
                                    .putIfAbsent(name.toLowerCase(Locale.ROOT) + "/case_id", "id");
                        }
                    }
                }
            }
        }
        return references;
    }

    private static List<Row> engineRows(Connection connection, String number) throws SQLException {
        List<Row> rows = new ArrayList<>();
        List<String> instances = new ArrayList<>();
        for (Row row : select(connection, "ACT_HI_PROCINST", "BUSINESS_KEY_ = ?", number)) {
            instances.add((String) row.values().get("proc_inst_id_"));
            rows.add(row);
        }
        for (String instance : instances) {
            for (String table : List.of(
                    "ACT_RU_EXECUTION",
                    "ACT_RU_TASK",
                    "ACT_RU_VARIABLE",
                    "ACT_RU_EVENT_SUBSCR",
                    "ACT_HI_ACTINST",
                    "ACT_HI_TASKINST",
                    "ACT_HI_VARINST",
                    "ACT_HI_DETAIL",
                    "ACT_HI_OP_LOG",
                    "ACT_HI_INCIDENT")) {
                rows.addAll(select(connection, table, "PROC_INST_ID_ = ?", instance));
            }
            rows.addAll(select(connection, "ACT_RU_JOB", "PROCESS_INSTANCE_ID_ = ?", instance));
            rows.addAll(select(connection, "ACT_HI_JOB_LOG", "PROCESS_INSTANCE_ID_ = ?", instance));
            rows.addAll(select(
                    connection,
                    "ACT_RU_IDENTITYLINK",
                    "TASK_ID_ in (select ID_ from ACT_RU_TASK where PROC_INST_ID_ = ?)",
                    instance));
            rows.addAll(select(
                    connection,
                    "ACT_HI_IDENTITYLINK",
                    "TASK_ID_ in (select ID_ from ACT_HI_TASKINST where PROC_INST_ID_ = ?)",
                    instance));
            rows.addAll(select(
                    connection,
                    "ACT_GE_BYTEARRAY",
                    "ID_ in (select BYTEARRAY_ID_ from ACT_RU_VARIABLE where PROC_INST_ID_ = ?)",
                    instance));
        }
        return rows;
    }

    private static List<Row> select(Connection connection, String table, String where, Object value)
            throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select * from " + table + " where " + where)) {
            query.setObject(1, value);
            try (ResultSet found = query.executeQuery()) {
                ResultSetMetaData columns = found.getMetaData();
                while (found.next()) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        Object read = found.getObject(i);
                        values.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), whole(read));
                    }
                    rows.add(new Row(table, values));
                }
            }
        }
        return rows;
    }

    /** What lies beside its row in the database can be read for a while only. */
    private static Object whole(Object read) throws SQLException {
        if (read instanceof java.sql.Clob clob) {
            return clob.getSubString(1, (int) clob.length());
        }
        return read instanceof java.sql.Blob blob ? blob.getBytes(1, (int) blob.length()) : read;
    }

    // One more case ------------------------------------------------------------------------------------------

    private void copy(Template template, int copy, Centre centre, Inserts inserts) throws SQLException {
        // Tasks of open cases are due when those of their originals are, or some hours before.
        int back = template.ended() ? random.nextInt(3 * 365 * 1440) : random.nextInt(1440);
        String suffix = "%012x".formatted(copy);
        int year = ((Timestamp) template.rows().get(0).values().get("opened_at"))
                .toLocalDateTime()
                .minusMinutes(back)
                .getYear();
        String number = "%s-%d-%05d"
                .formatted(centre.code(), year, numbers.merge(centre.id() + year, 1, Integer::sum) + 20_000);
        String lastName = name();
        String firstName = FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size()));
        for (Row row : template.rows()) {
            if (row.table().equals("case_word")) {
                // The words of the copy are others, and come when all copies are there.
                continue;
            }
            Map<String, Object> values = new LinkedHashMap<>(row.values());
            boolean ofTheEngine = row.table().startsWith("ACT_");
            values.replaceAll((column, value) -> {
                if (value instanceof Number key
                        && !ofTheEngine
                        && (column.equals("id") || column.endsWith("_id"))
                        && !OF_OTHERS.contains(column)) {
                    return key.longValue() + copy * 1_000_000L;
                } else if (value instanceof Timestamp at) {
                    return Timestamp.valueOf(at.toLocalDateTime().minusMinutes(back));
                } else if (value instanceof java.sql.Date day) {
                    return java.sql.Date.valueOf(day.toLocalDate().minusDays(back / 1440));
                } else if (value instanceof String hash && column.endsWith("_hash")) {
                    // Of a token that opens something: no two are the same.
                    return suffix + hash.substring(12);
                } else if (value instanceof byte[] file && !ofTheEngine) {
                    // Nobody opens it here, and all files together would be as large as everything else.
                    return Arrays.copyOf(file, Math.min(file.length, 2000));
                } else if (column.equals("cause") && value instanceof String cause) {
                    // No two mails have the same one.
                    return text(cause, template, suffix, number, centre) + ":" + copy;
                } else if (value instanceof String text) {
                    return text(text, template, suffix, number, centre);
                }
                return value;
            });
            if (row.table().equals("case_file")) {
                values.put("first_name", firstName);
                values.put("last_name", lastName);
                values.put("phone", "+3026610" + String.format("%05d", random.nextInt(100_000)));
                values.put("email", "copy" + copy + "@example.org");
            } else if ("person".equals(values.get("name_"))) {
                values.put("text_", firstName + " " + lastName);
            }
            inserts.add(row.table(), values);
        }
    }

    private String text(String text, Template template, String suffix, String number, Centre centre) {
        if (text.equals(template.centre())) {
            return centre.id();
        }
        String moved = text.replace(template.number(), number);
        if (moved.startsWith(template.centre() + ".")) {
            return centre.id() + moved.substring(template.centre().length());
        }
        if (!moved.contains("-")) {
            return moved;
        }
        Matcher ids = UUID.matcher(moved);
        // The engine's keys differ in their first digits; the last are of the machine. What belongs together lies
        // together:
        // H2 writes the page of each row again at each commit.
        return ids.replaceAll(id -> shared.contains(id.group()) || shared.contains(text)
                ? id.group()
                : suffix.substring(4) + id.group().substring(8, 24) + id.group().substring(0, 8) + "0000");
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            name.append(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
        }
        name.append(ENDINGS.get(random.nextInt(ENDINGS.size())));
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    // Writing ------------------------------------------------------------------------------------------------

    private static List<String> strings(Connection connection, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    /** The copies refer to each other as their originals do; to look that up for each of millions of rows takes half of the time. */
    private static void checkReferences(Connection connection, boolean check) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    isH2(connection)
                            ? "set referential_integrity " + check
                            : "set session_replication_role = " + (check ? "origin" : "replica"));
        }
        connection.commit();
    }

    /**
     * Takes away the indexes that keep no rule, and says what makes them again: to sort once at the end is much faster than to find
     * the place of each row.
     */
    private static List<String> dropIndexes(Connection connection) throws SQLException {
        List<String> made = new ArrayList<>();
        connection.setAutoCommit(true);
        for (String index : strings(
                connection,
                isH2(connection)
                        ? "script nodata nopasswords nosettings"
                        : "select indexdef from pg_indexes where schemaname = current_schema()")) {
            Matcher name = INDEX.matcher(index);
            if (!name.find()) {
                continue;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop index " + name.group(1));
                made.add(index);
            } catch (SQLException neededByAConstraint) {
                // It stays.
            }
        }
        connection.setAutoCommit(false);
        return made;
    }

    /** What is written afterwards takes keys above those of the copies. */
    private static void restartKeys(Connection connection, Set<String> tables) throws SQLException {
        for (String table : tables) {
            if (table.startsWith("ACT_")) {
                continue;
            }
            try (Statement statement = connection.createStatement();
                    ResultSet key = connection
                            .getMetaData()
                            .getColumns(
                                    connection.getCatalog(),
                                    connection.getSchema(),
                                    storedName(connection, table),
                                    storedName(connection, "id"))) {
                if (key.next() && "YES".equals(key.getString("IS_AUTOINCREMENT"))) {
                    long most = Long.parseLong(strings(connection, "select coalesce(max(id), 0) from " + table)
                            .get(0));
                    statement.execute("alter table " + table + " alter column id restart with " + (most + 1));
                }
            }
        }
    }

    private static boolean isH2(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    private static String storedName(Connection connection, String name) throws SQLException {
        return connection.getMetaData().storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }

    /**
     * Rows on their way, table by table in the order in which each was first met. While the database writes some, the next are
     * gathered; in between nothing else may use the connection.
     */
    private static final class Inserts implements AutoCloseable {
        private final Connection connection;
        private final ExecutorService writer = Executors.newSingleThreadExecutor();
        private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();
        private Map<String, List<Map<String, Object>>> gathered = new LinkedHashMap<>();
        private Future<?> writing = CompletableFuture.completedFuture(null);
        private long rows;

        Inserts(Connection connection) {
            this.connection = connection;
        }

        void add(String table, Map<String, Object> values) {
            gathered.computeIfAbsent(table, first -> new ArrayList<>()).add(values);
            rows++;
        }

        /** Has what was gathered written and committed, as soon as what was gathered before is. */
        void flush() throws SQLException {
            await();
            Map<String, List<Map<String, Object>>> chunk = gathered;
            gathered = new LinkedHashMap<>();
            writing = writer.submit(() -> {
                write(chunk);
                return null;
            });
        }

        void await() throws SQLException {
            try {
                writing.get();
            } catch (ExecutionException e) {
                throw new SQLException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException(e);
            }
        }

        private void write(Map<String, List<Map<String, Object>>> chunk) throws SQLException {
            for (Map.Entry<String, List<Map<String, Object>>> of : chunk.entrySet()) {
                PreparedStatement statement =
                        statement(of.getKey(), of.getValue().get(0).keySet());
                for (Map<String, Object> values : of.getValue()) {
                    int i = 1;
                    for (Object value : values.values()) {
                        statement.setObject(i++, value);
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            connection.commit();
        }

        private PreparedStatement statement(String table, Set<String> columns) throws SQLException {
            PreparedStatement statement = statements.get(table);
            if (statement == null) {
                statement = connection.prepareStatement("insert into " + table + " (" + String.join(", ", columns)
                        + ") values (" + String.join(", ", java.util.Collections.nCopies(columns.size(), "?")) + ")");
                statements.put(table, statement);
            }
            return statement;
        }

        @Override
        public void close() {
            writer.shutdownNow();
        }

        Set<String> tables() {
            return statements.keySet();
        }
    }
}
