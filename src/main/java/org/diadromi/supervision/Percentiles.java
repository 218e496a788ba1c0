package org.diadromi.supervision;

import java.sql.DatabaseMetaData;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Percentiles by nearest rank, as SQL: the shortest length that at least that share of the rows did not exceed. PostgreSQL has them and
 * sorts once for all; what H2 calls by the same name is another length, so that there each row is given its share.
 */
@Component
class Percentiles {

    private final boolean known;

    Percentiles(DataSource source) throws MetaDataAccessException {
        String database = JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
        known = DatabaseDriver.fromProductName(database) == DatabaseDriver.POSTGRESQL;
    }

    /**
     * The query's rows as something to select from, grouped by that name, with percentiles of those lengths.
     *
     * @param lengths columns of the query; a row without one does not count for it
     */
    String of(String query, String name, String... lengths) {
        if (known) {
            return "(" + query + ") done";
        }
        String shares = Stream.of(lengths)
                .map(length -> "cume_dist() over (partition by %1$s, %2$s is null order by %2$s) as %2$s_share"
                        .formatted(name, length))
                .collect(Collectors.joining(", "));
        return "(select ranked.*, %s from (%s) ranked) done".formatted(shares, query);
    }

    /** The percentile of a length, such as 0.85, within a group of {@link #of}. */
    String at(String share, String length) {
        return known
                ? "percentile_disc(%s) within group (order by %s)".formatted(share, length)
                : "min(case when %2$s_share >= cast(%1$s as double precision) then %2$s end)".formatted(share, length);
    }

    /** The columns {@code median}, {@code p85} and {@code p95} of the days. */
    String ofDays() {
        return "%s as median, %s as p85, %s as p95"
                .formatted(at("0.5", "days"), at("0.85", "days"), at("0.95", "days"));
    }
}
