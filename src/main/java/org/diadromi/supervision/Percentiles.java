package org.diadromi.supervision;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Percentiles by nearest rank, as SQL: the shortest length that at least that share of a group's rows did not exceed. PostgreSQL has them;
 * what H2 calls by the same name is another length, so that H2 is given {@link NearestRank}.
 */
@Component
class Percentiles {

    private final boolean known;

    Percentiles(DataSource source, JdbcClient jdbc) throws MetaDataAccessException {
        String database = JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
        known = DatabaseDriver.fromProductName(database) == DatabaseDriver.POSTGRESQL;
        if (!known) {
            // Anew at each start: the class may have another name than when the database was last open.
            jdbc.sql("drop aggregate if exists nearest_rank").update();
            jdbc.sql("create aggregate nearest_rank for \"%s\"".formatted(NearestRank.class.getName()))
                    .update();
        }
    }

    /**
     * The percentile of a length, such as 0.85, as an aggregate.
     *
     * @param length a column; a row without one does not count
     */
    String at(String share, String length) {
        return (known ? "percentile_disc(%s) within group (order by %s)" : "nearest_rank(%s, %s)")
                .formatted(share, length);
    }

    /** The columns {@code median}, {@code p85} and {@code p95} of that row's days. */
    String ofDays(String row) {
        String days = row + ".days";
        return "%s as median, %s as p85, %s as p95".formatted(at("0.5", days), at("0.85", days), at("0.95", days));
    }
}
