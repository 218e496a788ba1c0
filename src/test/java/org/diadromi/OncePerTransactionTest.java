package org.diadromi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** How long something that was read is remembered. */
class OncePerTransactionTest {

    private final DataSourceTransactionManager manager =
            new DataSourceTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:once"));
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final OncePerTransaction<String, Integer> once = new OncePerTransaction<>();
    private int reads;

    private Integer read() {
        return once.get("key", key -> ++reads);
    }

    @Test
    void a_thing_is_read_once_in_a_transaction_and_anew_in_the_next() {
        transaction.executeWithoutResult(status -> assertThat(read()).isEqualTo(read()));
        transaction.executeWithoutResult(status -> assertThat(read()).isEqualTo(2));
    }

    @Test
    void nothing_is_remembered_without_a_transaction() {
        assertThat(read()).isNotEqualTo(read());
    }

    @Test
    void what_was_rolled_back_is_forgotten() {
        transaction.executeWithoutResult(status -> {
            once.put("key", 42);
            assertThat(read()).isEqualTo(42);
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> assertThat(read()).isEqualTo(1));
    }

    @Test
    void a_transaction_in_between_reads_for_itself() {
        TransactionTemplate ofItsOwn = new TransactionTemplate(manager);
        ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(status -> {
            assertThat(read()).isEqualTo(1);
            ofItsOwn.executeWithoutResult(inner -> assertThat(read()).isEqualTo(2));
            assertThat(read()).isEqualTo(1);
        });
    }

    @Test
    void what_is_not_there_is_looked_for_again() {
        transaction.executeWithoutResult(status -> {
            assertThat(once.get("key", key -> null)).isNull();
            assertThat(read()).isEqualTo(1);
        });
    }

    @Test
    void forgotten_things_are_read_anew() {
        transaction.executeWithoutResult(status -> {
            read();
            once.forget();
            assertThat(read()).isEqualTo(2);
        });
    }
}
