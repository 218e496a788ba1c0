package org.diadromi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.QueryMappingConfiguration;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The application's ways to ask the database: Spring's, but for how a row becomes an object. */
@Configuration(proxyBeanMethods = false)
public class Statements {

    /** What was asked for once is asked for again. */
    private static final Map<Class<?>, RowType<?>> TYPES = new ConcurrentHashMap<>();

    @Bean
    JdbcClient jdbcClient(NamedParameterJdbcTemplate template) {
        JdbcClient client = JdbcClient.create(template);
        return sql -> statement(client.sql(sql));
    }

    /**
     * How the repositories read what their own statements bring. They have one mapper for all results, so that it looks for the columns in
     * each row: these are one or a few.
     */
    @Bean
    QueryMappingConfiguration aggregates() {
        return new QueryMappingConfiguration() {
            @Override
            public <T> RowMapper<? extends T> getRowMapper(Class<T> type) {
                return RowType.isPlain(type)
                        ? (row, number) -> type(type).ofResult().mapRow(row, number)
                        : null;
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <T> RowType<T> type(Class<T> type) {
        return (RowType<T>) TYPES.computeIfAbsent(type, RowType::new);
    }

    private static StatementSpec statement(StatementSpec statement) {
        return (StatementSpec) Proxy.newProxyInstance(
                Statements.class.getClassLoader(), new Class<?>[] {StatementSpec.class}, (proxy, method, arguments) -> {
                    if (isQueryForRecords(method, arguments)) {
                        return statement.query(type((Class<?>) arguments[0]).ofResult());
                    }
                    Object result = invoked(statement, method, arguments);
                    return result == statement ? proxy : result;
                });
    }

    private static boolean isQueryForRecords(Method method, Object[] arguments) {
        return "query".equals(method.getName())
                && arguments != null
                && arguments[0] instanceof Class<?> type
                && type.isRecord();
    }

    private static Object invoked(StatementSpec statement, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(statement, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
