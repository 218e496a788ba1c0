package org.diadromi;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.BeanUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * Makes a record of each row: the component {@code byUser} is the column {@code by_user}. Which column is whose is looked up once for
 * a result. Spring's own mapper asks for {@code byUser} first, in every row, and each time the database's driver makes an exception
 * of it, which H2 even writes to a file.
 *
 * @param <T> the record
 */
final class RecordRowMapper<T> implements RowMapper<T> {

    private final Constructor<T> constructor;
    private final RecordComponent[] components;
    private final ConversionService conversion;
    private int[] columns;

    /** For one result: a second one may have its columns elsewhere. */
    RecordRowMapper(Class<T> type, ConversionService conversion) {
        components = type.getRecordComponents();
        this.conversion = conversion;
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public T mapRow(ResultSet row, int rowNumber) throws SQLException {
        if (columns == null) {
            columns = columns(row.getMetaData());
        }
        Object[] values = new Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            Object value = JdbcUtils.getResultSetValue(row, columns[i], components[i].getType());
            values[i] = value == null ? null : conversion.convert(value, components[i].getType());
        }
        return BeanUtils.instantiateClass(constructor, values);
    }

    private int[] columns(ResultSetMetaData result) throws SQLException {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            byName.putIfAbsent(plain(result.getColumnLabel(i)), i);
        }
        int[] found = new int[components.length];
        for (int i = 0; i < found.length; i++) {
            Integer column = byName.get(plain(components[i].getName()));
            if (column == null) {
                throw new SQLException("There is no column for " + components[i]);
            }
            found[i] = column;
        }
        return found;
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
