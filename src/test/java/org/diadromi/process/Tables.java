package org.diadromi.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Looks through whole tables, column by column, for what was typed into the sample forms. */
final class Tables {

    private static final Set<Integer> BYTES = Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

    private static final Set<Integer> TEXT = Set.of(
            Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NVARCHAR, Types.LONGNVARCHAR, Types.CLOB, Types.NCLOB);

    /** A marked text such as xq7z-initialInterview.skills, the mail address, the phone number as it is typed or kept. */
    private static final Pattern TYPED =
            Pattern.compile(SampleForms.MARK + "[-@][\\w.]+|" + SampleForms.PHONE + "|" + SampleForms.PHONE_DIGITS);

    private final DataSource database;

    Tables(DataSource database) {
        this.database = database;
    }

    /** What is found in the engine's tables; by what was typed, in which columns. */
    TreeMap<String, Set<String>> ofTheEngine() {
        return search(Tables::isOfTheEngine, 300);
    }

    /** What is found in the application's own tables, the outbox left aside: a mail is no record. */
    TreeMap<String, Set<String>> ofTheCaseFile() {
        return search(table -> !isOfTheEngine(table) && !table.equals("outbox_mail"), 100);
    }

    /** What is found in any table at all. */
    TreeMap<String, Set<String>> all() {
        return search(table -> true, 400);
    }

    private static boolean isOfTheEngine(String table) {
        return table.startsWith("act_");
    }

    private TreeMap<String, Set<String>> search(Predicate<String> tables, int columnsAtLeast) {
        TreeMap<String, Set<String>> found = new TreeMap<>();
        int searched = 0;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet columns = connection.getMetaData().getColumns(null, connection.getSchema(), "%", "%")) {
            while (columns.next()) {
                int type = columns.getInt("DATA_TYPE");
                String table = columns.getString("TABLE_NAME");
                String column = columns.getString("COLUMN_NAME");
                if (tables.test(table.toLowerCase(Locale.ROOT)) && (TEXT.contains(type) || BYTES.contains(type))) {
                    searched++;
                    for (String value : values(statement, table, column, BYTES.contains(type))) {
                        Matcher typed = TYPED.matcher(value);
                        while (typed.find()) {
                            found.computeIfAbsent(typed.group(), text -> new TreeSet<>())
                                    .add(table + "." + column);
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(searched).as("columns searched").isGreaterThan(columnsAtLeast);
        return found;
    }

    private static List<String> values(Statement statement, String table, String column, boolean bytes)
            throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "select \"%s\" from \"%s\" where \"%1$s\" is not null".formatted(column, table))) {
            while (rows.next()) {
                values.add(bytes ? new String(rows.getBytes(1), StandardCharsets.UTF_8) : rows.getString(1));
            }
        }
        return values;
    }
}
