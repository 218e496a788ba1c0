package org.diadromi.supervision;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * What many rows come to, as SQL. Percentiles are by nearest rank: the shortest length that at least that share of a group's rows did not
 * exceed. PostgreSQL has all of it. What H2 calls a percentile is another length, and it keeps different values in order, which is slow; so H2
 * is given {@link NearestRank} and {@link DistinctCount}.
 */
@Component
class Aggregation {

    private final boolean known;

    Aggregation(DataSource source, JdbcClient jdbc) throws MetaDataAccessException {
        String database = JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
        known = DatabaseDriver.fromProductName(database) == DatabaseDriver.POSTGRESQL;
        if (!known) {
            make("nearest_rank", NearestRank.class, jdbc);
            make("distinct_count", DistinctCount.class, jdbc);
        }
    }

    /** Anew at each start: the class may have another name than when the database was last open. */
    private static void make(String name, Class<?> aggregate, JdbcClient jdbc) {
        jdbc.sql("drop aggregate if exists " + name).update();
        jdbc.sql("create aggregate %s for \"%s\"".formatted(name, aggregate.getName()))
                .update();
    }

    /**
     * The percentile of a length, such as 0.85, as an aggregate.
     *
     * @param length a column; a row without one does not count
     */
    String percentile(String share, String length) {
        return (known ? "percentile_disc(%s) within group (order by %s)" : "nearest_rank(%s, %s)")
                .formatted(share, length);
    }

    /** The columns {@code median}, {@code p85} and {@code p95} of that row's days. */
    String ofDays(String row) {
        String days = row + ".days";
        return "%s as median, %s as p85, %s as p95"
                .formatted(percentile("0.5", days), percentile("0.85", days), percentile("0.95", days));
    }

    /** How many different values a column has, as an aggregate. */
    String different(String column) {
        return (known ? "count(distinct %s)" : "distinct_count(%s)").formatted(column);
    }
}
