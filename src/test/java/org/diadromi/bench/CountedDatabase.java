package org.diadromi.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database that counts, when it is asked to, what the thread that asked does with it, and how much all others do; otherwise it
 * costs nothing.
 */
final class CountedDatabase extends DelegatingDataSource implements QueryExecutionListener {

    private final DataSource counting;
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong engineStatements = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong besides = new AtomicLong();
    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private volatile Thread counted;

    CountedDatabase(DataSource database) {
        super(database);
        counting = ProxyDataSourceBuilder.create(database)
                .listener(this)
                .afterMethod(this::afterMethod)
                .build();
    }

    /** Begins at zero with what the calling thread does. */
    void begin() {
        for (AtomicLong counter : List.of(statements, engineStatements, commits, besides)) {
            counter.set(0);
        }
        written.clear();
        counted = Thread.currentThread();
    }

    void end() {
        counted = null;
    }

    /** Each of a batch for itself. */
    long statements() {
        return statements.get();
    }

    long engineStatements() {
        return engineStatements.get();
    }

    /** Of transactions that wrote something. */
    long commits() {
        return commits.get();
    }

    /** Statements of other threads: mails on their way, seals of the audit. */
    long besides() {
        return besides.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return counted != null ? counting.getConnection() : super.getConnection();
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        // Counted when it is done.
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        for (QueryInfo query : queries) {
            int times =
                    execution.isBatch() ? Math.max(1, query.getParametersList().size()) : 1;
            if (Thread.currentThread() != counted) {
                besides.addAndGet(times);
                continue;
            }
            statements.addAndGet(times);
            if (query.getQuery().contains("ACT_")) {
                engineStatements.addAndGet(times);
            }
            if (!query.getQuery().strip().toLowerCase(Locale.ROOT).startsWith("select")) {
                written.add(execution.getConnectionId());
            }
        }
    }

    private void afterMethod(MethodExecutionContext call) {
        if ("commit".equals(call.getMethod().getName())
                && written.remove(call.getConnectionInfo().getConnectionId())) {
            commits.incrementAndGet();
        }
    }

    /** Puts it before the database of an application under test. */
    @TestConfiguration
    static class Counting {
        @Bean
        static BeanPostProcessor countedDataSource() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source && "dataSource".equals(name)
                            ? new CountedDatabase(source)
                            : bean;
                }
            };
        }
    }
}
