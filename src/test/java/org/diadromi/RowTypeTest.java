package org.diadromi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.diadromi.followup.FollowUp;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How the application's client of the database makes objects of rows, on both databases. */
class RowTypeTest {

    @Nested
    class OnH2 extends Promises {
        @Override
        DriverManagerDataSource database() {
            return new DriverManagerDataSource("jdbc:h2:mem:records");
        }
    }

    @Nested
    class OnPostgres extends Promises {
        @Override
        DriverManagerDataSource database() {
            return new DriverManagerDataSource(TestDatabase.postgres("records"), "postgres", "postgres");
        }
    }

    abstract static class Promises {

        record Session(
                long caseId,
                LocalDateTime startsAt,
                LocalDate dueOn,
                DayOfWeek day,
                Integer upTo7,
                boolean held,
                double hours) {}

        private static final String ROWS = """
                select cast(hours as decimal(5, 2)) as hours, held, up_to7, "day", due_on, starts_at, case_id, 'other' as unasked
                from (values (7, timestamp '2027-03-01 10:00:00', date '2027-03-08', 'MONDAY', 3, true, 1.25),
                             (8, timestamp '2027-03-02 10:00:00', cast(null as date), 'TUESDAY', cast(null as integer), false, 0))
                     as t (case_id, starts_at, due_on, "day", up_to7, held, hours)
                order by case_id
                """;

        abstract DriverManagerDataSource database();

        private final JdbcClient jdbc = new Statements().jdbcClient(new NamedParameterJdbcTemplate(database()));

        @Test
        void each_row_is_a_record_by_the_names_of_its_columns() {
            assertThat(jdbc.sql(ROWS).query(Session.class).list())
                    .isEqualTo(List.of(
                            new Session(
                                    7,
                                    LocalDateTime.of(2027, 3, 1, 10, 0),
                                    LocalDate.of(2027, 3, 8),
                                    DayOfWeek.MONDAY,
                                    3,
                                    true,
                                    1.25),
                            new Session(
                                    8, LocalDateTime.of(2027, 3, 2, 10, 0), null, DayOfWeek.TUESDAY, null, false, 0)));
        }

        /** Half of it comes with the constructor. */
        static final class Booking {
            private final long caseId;
            private LocalDate dueOn;
            private int upTo7;

            @PersistenceCreator
            Booking(long caseId) {
                this.caseId = caseId;
            }

            Booking(long caseId, LocalDate dueOn) {
                this(caseId);
                this.dueOn = dueOn;
            }
        }

        @Test
        void a_class_of_the_tables_is_made_by_its_constructor_and_has_its_other_fields_set() {
            JdbcTemplate template = new JdbcTemplate(database());
            assertThat(template.query(
                            "select * from (" + ROWS + ") t where case_id = 7",
                            new RowType<>(Booking.class).ofResult()))
                    .singleElement()
                    .satisfies(booking -> {
                        assertThat(booking.caseId).isEqualTo(7);
                        assertThat(booking.dueOn).isEqualTo(LocalDate.of(2027, 3, 8));
                        assertThat(booking.upTo7).isEqualTo(3);
                    });
        }

        @Test
        void a_type_that_puts_several_columns_together_is_left_to_spring() {
            assertThat(RowType.isPlain(Booking.class)).isTrue();
            assertThat(RowType.isPlain(FollowUp.class)).isFalse();
        }

        @Test
        void what_is_no_record_is_asked_as_before() {
            assertThat(jdbc.sql("select cast(? as integer)")
                            .param(42)
                            .query(Integer.class)
                            .single())
                    .isEqualTo(42);
            assertThat(jdbc.sql("select 1 where 1 = :none")
                            .param("none", 2)
                            .query(Integer.class)
                            .optional())
                    .isEmpty();
        }

        @Test
        void a_column_that_is_missing_is_named() {
            assertThatThrownBy(() ->
                            jdbc.sql("select 7 as case_id").query(Session.class).list())
                    .isInstanceOf(DataAccessException.class)
                    .hasStackTraceContaining("startsAt");
        }

        @Test
        void what_the_database_refuses_is_told_as_spring_tells_it() {
            assertThatThrownBy(() -> jdbc.sql("select nothing from nowhere")
                            .query(Session.class)
                            .list())
                    .isInstanceOf(DataAccessException.class);
        }
    }
}
