package org.diadromi;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.BeanUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.util.ReflectionUtils;

/**
 * What rows are read as: a record, or a class of Spring Data with its constructor and the fields that this one does not take. What is
 * called {@code byUser} is the column {@code by_user}. Which column is whose is looked up once for a result. Spring's own mapper of
 * records asks for {@code byUser} first, in every row, and each time the database's driver makes an exception of it, which H2 even
 * writes to a file; that of Spring Data goes through a model of the class for each value.
 *
 * @param <T> the type
 */
final class RowType<T> {

    private record Value(String name, Class<?> type) {}

    private static final ConversionService CONVERSION = DefaultConversionService.getSharedInstance();

    private final Constructor<T> constructor;
    private final List<Field> fields;
    private final List<Value> values;

    RowType(Class<T> type) {
        constructor = constructor(type);
        List<Value> taken = Arrays.stream(constructor.getParameters())
                .map(parameter -> new Value(parameter.getName(), parameter.getType()))
                .toList();
        fields = type.isRecord() ? List.of() : fieldsBeyond(taken, type);
        values = Stream.concat(
                        taken.stream(), fields.stream().map(field -> new Value(field.getName(), field.getType())))
                .toList();
    }

    /** Whether each value of the type has a column of its own, which is not so where one is put together of several. */
    static boolean isPlain(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).noneMatch(RowType::isEmbedded);
    }

    private static boolean isEmbedded(Field field) {
        return field.isAnnotationPresent(Embedded.Empty.class) || field.isAnnotationPresent(Embedded.Nullable.class);
    }

    @SuppressWarnings("unchecked")
    private static <T> Constructor<T> constructor(Class<T> type) {
        Constructor<?>[] all = type.getDeclaredConstructors();
        Constructor<?> constructor = type.isRecord()
                ? BeanUtils.getResolvableConstructor(type)
                : Arrays.stream(all)
                        .filter(one -> one.isAnnotationPresent(PersistenceCreator.class))
                        .findFirst()
                        .orElseGet(() -> BeanUtils.getResolvableConstructor(type));
        ReflectionUtils.makeAccessible(constructor);
        return (Constructor<T>) constructor;
    }

    private static List<Field> fieldsBeyond(List<Value> taken, Class<?> type) {
        List<String> names = taken.stream().map(Value::name).toList();
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !names.contains(field.getName()))
                .peek(ReflectionUtils::makeAccessible)
                .toList();
    }

    /** For one result: a second one may have its columns elsewhere. */
    RowMapper<T> ofResult() {
        return new RowMapper<>() {
            private int[] columns;

            @Override
            public T mapRow(ResultSet row, int rowNumber) throws SQLException {
                if (columns == null) {
                    columns = columns(row.getMetaData());
                }
                return read(row, columns);
            }
        };
    }

    private T read(ResultSet row, int[] columns) throws SQLException {
        Object[] arguments = new Object[constructor.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = value(row, columns[i], values.get(i));
        }
        T read = BeanUtils.instantiateClass(constructor, arguments);
        for (int i = arguments.length; i < columns.length; i++) {
            ReflectionUtils.setField(fields.get(i - arguments.length), read, value(row, columns[i], values.get(i)));
        }
        return read;
    }

    private static Object value(ResultSet row, int column, Value asked) throws SQLException {
        Object value = JdbcUtils.getResultSetValue(row, column, asked.type());
        return value == null ? null : CONVERSION.convert(value, asked.type());
    }

    private int[] columns(ResultSetMetaData result) throws SQLException {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 1; i <= result.getColumnCount(); i++) {
            byName.putIfAbsent(plain(result.getColumnLabel(i)), i);
        }
        int[] found = new int[values.size()];
        for (int i = 0; i < found.length; i++) {
            Integer column = byName.get(plain(values.get(i).name()));
            if (column == null) {
                throw new SQLException("There is no column for " + values.get(i) + " of " + constructor);
            }
            found[i] = column;
        }
        return found;
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
