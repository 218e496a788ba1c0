package org.diadromi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The application's client of the database: Spring's, but for how a row becomes a record. */
@Configuration(proxyBeanMethods = false)
public class Statements {

    private static final ConversionService CONVERSION = DefaultConversionService.getSharedInstance();

    @Bean
    JdbcClient jdbcClient(NamedParameterJdbcTemplate template) {
        JdbcClient client = JdbcClient.create(template);
        return sql -> statement(client.sql(sql));
    }

    private static StatementSpec statement(StatementSpec statement) {
        return (StatementSpec) Proxy.newProxyInstance(
                Statements.class.getClassLoader(), new Class<?>[] {StatementSpec.class}, (proxy, method, arguments) -> {
                    if (isQueryForRecords(method, arguments)) {
                        return statement.query(new RecordRowMapper<>((Class<?>) arguments[0], CONVERSION));
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
