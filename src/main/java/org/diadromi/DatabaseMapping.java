package org.diadromi;

import java.util.Optional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.core.convert.JdbcCustomConversions;
import org.springframework.data.jdbc.core.dialect.JdbcPostgresDialect;
import org.springframework.data.jdbc.core.mapping.JdbcMappingContext;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.relational.RelationalManagedTypes;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.data.relational.core.dialect.IdGeneration;
import org.springframework.data.relational.core.mapping.NamingStrategy;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;

/** How objects become rows on both databases: names unquoted, as each database folded them, and only the key of a new row is sent back. */
@Configuration(proxyBeanMethods = false)
public class DatabaseMapping extends AbstractJdbcConfiguration {

    @Override
    public JdbcMappingContext jdbcMappingContext(
            Optional<NamingStrategy> naming, JdbcCustomConversions conversions, RelationalManagedTypes types) {
        JdbcMappingContext context = super.jdbcMappingContext(naming, conversions, types);
        context.setForceQuote(false);
        return context;
    }

    @Override
    public Dialect jdbcDialect(NamedParameterJdbcOperations operations) {
        Dialect dialect = super.jdbcDialect(operations);
        return dialect instanceof JdbcPostgresDialect ? new KeyOfNewRow() : dialect;
    }

    /** PostgreSQL would send back the whole new row, and Spring Data would look for the key in it by way of an exception. */
    private static final class KeyOfNewRow extends JdbcPostgresDialect {

        @Override
        public IdGeneration getIdGeneration() {
            return new IdGeneration() {
                @Override
                public boolean driverRequiresKeyColumnNames() {
                    return true;
                }
            };
        }
    }
}
