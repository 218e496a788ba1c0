package org.diadromi.privacy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Which tables hold something of a case. They are found by their references, from the case file on: a table that a later
 * migration adds is handed over and erased without anybody thinking of it.
 */
@Component
class CaseTables {

    static final String CASE_FILE = "case_file";

    /** A column, in lower case as the scripts have it; its type is one of {@link java.sql.Types}. */
    record Column(String name, int type, boolean nullable) {}

    /**
     * @param ofCase the condition by which its rows belong to a case, with one parameter: the case's id
     * @param depth 0 for the case file itself; greater than that of each table it refers to
     */
    record Table(String name, List<Column> columns, String ofCase, int depth) {}

    private record Reference(String from, String column, String to, String toColumn) {}

    private final JdbcTemplate jdbc;
    private volatile List<Table> tables;

    CaseTables(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /** The case file first, each table after those it refers to. */
    List<Table> all() {
        if (tables == null) {
            tables = jdbc.execute((ConnectionCallback<List<Table>>) CaseTables::read);
        }
        return tables;
    }

    private static List<Table> read(Connection connection) throws SQLException {
        Map<String, String> conditions = new LinkedHashMap<>(Map.of(CASE_FILE, "id = ?"));
        Map<String, Integer> depths = new HashMap<>(Map.of(CASE_FILE, 0));
        List<String> open = new ArrayList<>(List.of(CASE_FILE));
        List<Reference> references = new ArrayList<>();
        // Breadth first: a table that refers to the case itself belongs to it by that reference.
        for (int i = 0; i < open.size(); i++) {
            for (Reference reference : referencesTo(connection, open.get(i))) {
                references.add(reference);
                if (!conditions.containsKey(reference.from())) {
                    String of = conditions.get(reference.to());
                    conditions.put(
                            reference.from(),
                            reference.to().equals(CASE_FILE)
                                    ? reference.column() + " = ?"
                                    : "%s in (select %s from %s where %s)"
                                            .formatted(reference.column(), reference.toColumn(), reference.to(), of));
                    open.add(reference.from());
                }
            }
        }
        for (int round = 0; round < open.size(); round++) {
            for (Reference reference : references) {
                int depth =
                        Math.max(depths.getOrDefault(reference.from(), 1), depths.getOrDefault(reference.to(), 1) + 1);
                depths.put(reference.from(), depth);
            }
        }
        List<Table> found = new ArrayList<>();
        for (Map.Entry<String, String> table : conditions.entrySet()) {
            found.add(new Table(
                    table.getKey(), columns(connection, table.getKey()), table.getValue(), depths.get(table.getKey())));
        }
        found.sort(Comparator.comparingInt(Table::depth));
        return List.copyOf(found);
    }

    private static List<Reference> referencesTo(Connection connection, String table) throws SQLException {
        List<Reference> references = new ArrayList<>();
        DatabaseMetaData data = connection.getMetaData();
        try (ResultSet keys = data.getExportedKeys(null, connection.getSchema(), stored(data, table))) {
            while (keys.next()) {
                String from = keys.getString("FKTABLE_NAME").toLowerCase(Locale.ROOT);
                if (!from.equals(table)) {
                    references.add(new Reference(
                            from,
                            keys.getString("FKCOLUMN_NAME").toLowerCase(Locale.ROOT),
                            table,
                            keys.getString("PKCOLUMN_NAME").toLowerCase(Locale.ROOT)));
                }
            }
        }
        return references;
    }

    private static List<Column> columns(Connection connection, String table) throws SQLException {
        List<Column> columns = new ArrayList<>();
        DatabaseMetaData data = connection.getMetaData();
        try (ResultSet rows = data.getColumns(null, connection.getSchema(), stored(data, table), "%")) {
            while (rows.next()) {
                columns.add(new Column(
                        rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                        rows.getInt("DATA_TYPE"),
                        rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls));
            }
        }
        return List.copyOf(columns);
    }

    private static String stored(DatabaseMetaData data, String name) throws SQLException {
        return data.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
    }
}
