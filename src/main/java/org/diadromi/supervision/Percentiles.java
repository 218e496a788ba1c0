package org.diadromi.supervision;

import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Percentiles by nearest rank, as SQL: the shortest length that at least that share of the rows did not exceed. PostgreSQL has them and
 * sorts once for all; what H2 calls by the same name is another length, so that there it is taken from all in their order.
 */
@Component
class Percentiles {

    private final boolean known;

    Percentiles(DataSource source) throws MetaDataAccessException {
        String database = JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
        known = DatabaseDriver.fromProductName(database) == DatabaseDriver.POSTGRESQL;
    }

    /** The percentile of a length, such as 0.85, of the rows of a group; rows without one do not count for it. */
    String at(String share, String length) {
        return known
                ? "percentile_disc(%s) within group (order by %s)".formatted(share, length)
                : "(array_agg(%2$s order by %2$s nulls last))[greatest(1, cast(ceil(%1$s * count(%2$s)) as integer))]"
                        .formatted(share, length);
    }

    /** The columns {@code median}, {@code p85} and {@code p95} of the days. */
    String ofDays() {
        return "%s as median, %s as p85, %s as p95"
                .formatted(at("0.5", "days"), at("0.85", "days"), at("0.95", "days"));
    }
}
