package org.diadromi.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Fills a database with any number of cases, straight through its tables: each is a copy of a case that was played through the
 * forms, with its rows in the application's and the engine's tables, under new keys, in another centre, with another name, and
 * spread over five years.
 */
final class ManyCases {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

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

    private record Row(String table, Map<String, Object> values) {}

    private record Template(
            String number, String centre, LocalDateTime from, LocalDateTime to, List<Row> rows, boolean ended) {}

    private record Centre(String id, String code) {}

    private final DataSource source;
    private final Random random = new Random(1);
    private final Set<String> shared = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private int copies;

    ManyCases(DataSource source) {
        this.source = source;
    }

    /** Makes copies until there are that many cases; says how many rows it wrote. */
    long fill(List<String> open, List<String> ended, int cases, LocalDateTime now) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            checkReferences(connection, false);
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
            List<Template> waiting = templates(connection, open, false);
            List<Template> over = templates(connection, ended, true);
            int there = Integer.parseInt(
                    strings(connection, "select count(*) from case_file").get(0));
            Inserts inserts = new Inserts(connection);
            for (int left = cases - there; left > 0; left--) {
                copies++;
                List<Template> kind = random.nextDouble() < ENDED ? over : waiting;
                copy(
                        kind.get(random.nextInt(kind.size())),
                        copies,
                        centres.get(random.nextInt(centres.size())),
                        now,
                        inserts);
                if (copies % 200 == 0) {
                    inserts.flush();
                    connection.commit();
                }
            }
            inserts.flush();
            restartKeys(connection, inserts.tables());
            checkReferences(connection, true);
            connection.commit();
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                statement.execute("analyze");
            }
            return inserts.rows;
        }
    }

    // What a case consists of --------------------------------------------------------------------------------

    private List<Template> templates(Connection connection, List<String> caseNumbers, boolean ended)
            throws SQLException {
        List<Template> templates = new ArrayList<>();
        for (String number : caseNumbers) {
            List<Row> rows = new ArrayList<>(applicationRows(connection, number));
            rows.addAll(engineRows(connection, number));
            Map<String, Object> file = rows.get(0).values();
            LocalDateTime from = ((Timestamp) file.get("opened_at")).toLocalDateTime();
            LocalDateTime to = rows.stream()
                    .filter(row -> row.table().equals("case_event"))
                    .map(row -> ((Timestamp) row.values().get("at")).toLocalDateTime())
                    .reduce(from, (a, b) -> a.isAfter(b) ? a : b);
            templates.add(new Template(number, (String) file.get("centre_id"), from, to.plusSeconds(1), rows, ended));
        }
        return templates;
    }

    /** The rows of the case file and all that refer to them, each after what it refers to. */
    private static List<Row> applicationRows(Connection connection, String number) throws SQLException {
        Map<String, Map<String, String>> references = references(connection);
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
            rows.addAll(
                    0,
                    select(
                            connection,
                            "ACT_GE_BYTEARRAY",
                            "ID_ in (select BYTEARRAY_ID_ from ACT_RU_VARIABLE where PROC_INST_ID_ = ?)",
                            instance));
        }
        // A called process refers to the execution that called it, and each execution to its parent.
        rows.sort((a, b) -> Integer.compare(rank(a.table()), rank(b.table())));
        List<Row> inOrder = new ArrayList<>();
        Set<Object> there = new HashSet<>();
        Deque<Row> left = new ArrayDeque<>(rows);
        while (!left.isEmpty()) {
            Row row = left.poll();
            boolean ready = !row.table().equals("ACT_RU_EXECUTION")
                    || Stream.of("proc_inst_id_", "parent_id_", "super_exec_")
                            .map(column -> row.values().get(column))
                            .allMatch(id -> id == null || id.equals(row.values().get("id_")) || there.contains(id));
            if (ready) {
                there.add(row.values().get("id_"));
                inOrder.add(row);
            } else {
                left.add(row);
            }
        }
        // What waited for its parent has come behind rows that refer to it.
        inOrder.sort((a, b) -> Integer.compare(rank(a.table()), rank(b.table())));
        return inOrder;
    }

    private static int rank(String table) {
        return switch (table) {
            case "ACT_GE_BYTEARRAY" -> 0;
            case "ACT_RU_EXECUTION" -> 1;
            case "ACT_RU_TASK" -> 2;
            default -> 3;
        };
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
                        values.put(
                                columns.getColumnName(i).toLowerCase(Locale.ROOT),
                                read instanceof java.sql.Clob clob ? clob.getSubString(1, (int) clob.length()) : read);
                    }
                    rows.add(new Row(table, values));
                }
            }
        }
        return rows;
    }

    // One more case ------------------------------------------------------------------------------------------

    private void copy(Template template, int copy, Centre centre, LocalDateTime now, Inserts inserts)
            throws SQLException {
        long lasted = 5 + random.nextInt(template.ended() ? 500 : 150);
        LocalDateTime begins = template.ended()
                ? now.minusDays(lasted + random.nextInt(1300)).minusMinutes(random.nextInt(1440))
                : now.minusDays(lasted).minusMinutes(random.nextInt(1440));
        int year = begins.getYear();
        String number = "%s-%d-%05d"
                .formatted(centre.code(), year, numbers.merge(centre.id() + year, 1, Integer::sum) + 20_000);
        double stretch = lasted * 86_400_000.0 / Math.max(1, ChronoUnit.MILLIS.between(template.from(), template.to()));
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
                if (value instanceof Number key && !ofTheEngine && (column.equals("id") || column.endsWith("_id"))) {
                    return key.longValue() + copy * 1_000_000L;
                } else if (value instanceof Timestamp at) {
                    return Timestamp.valueOf(moved(at.toLocalDateTime(), template, begins, stretch));
                } else if (value instanceof java.sql.Date day) {
                    return java.sql.Date.valueOf(moved(day.toLocalDate().atStartOfDay(), template, begins, stretch)
                            .toLocalDate());
                } else if (value instanceof String hash && column.endsWith("_hash")) {
                    // Of a token that opens something: no two are the same.
                    return "%016x".formatted(copy) + hash.substring(16);
                } else if (value instanceof String text) {
                    return text(text, template, copy, number, centre);
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

    private String text(String text, Template template, int copy, String number, Centre centre) {
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
        return ids.replaceAll(id -> shared.contains(id.group()) || shared.contains(text)
                ? id.group()
                : java.util
                        .UUID
                        .nameUUIDFromBytes((id.group() + copy).getBytes(StandardCharsets.UTF_8))
                        .toString());
    }

    /** The course of the copy takes as long as it should; what was still to come stays as far ahead. */
    private static LocalDateTime moved(LocalDateTime at, Template template, LocalDateTime begins, double stretch) {
        long end = ChronoUnit.MILLIS.between(template.from(), template.to());
        long since = ChronoUnit.MILLIS.between(template.from(), at);
        double moved = since <= 0 ? since : since <= end ? since * stretch : end * stretch + (since - end);
        return begins.plus((long) moved, ChronoUnit.MILLIS);
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
                    connection.getMetaData().getDatabaseProductName().equals("H2")
                            ? "set referential_integrity " + check
                            : "set session_replication_role = " + (check ? "origin" : "replica"));
        }
        connection.commit();
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

    private static String storedName(Connection connection, String name) throws SQLException {
        return connection.getMetaData().storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }

    /** Rows on their way, table by table in the order in which each was first met. */
    private static final class Inserts {
        private final Connection connection;
        private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();
        private long rows;

        Inserts(Connection connection) {
            this.connection = connection;
        }

        void add(String table, Map<String, Object> values) throws SQLException {
            PreparedStatement statement = statements.get(table);
            if (statement == null) {
                statement = connection.prepareStatement("insert into " + table + " ("
                        + String.join(", ", values.keySet()) + ") values ("
                        + String.join(", ", java.util.Collections.nCopies(values.size(), "?")) + ")");
                statements.put(table, statement);
            }
            int i = 1;
            for (Object value : values.values()) {
                statement.setObject(i++, value);
            }
            statement.addBatch();
            rows++;
        }

        void flush() throws SQLException {
            for (PreparedStatement statement : statements.values()) {
                statement.executeBatch();
            }
        }

        Set<String> tables() {
            return statements.keySet();
        }
    }
}
