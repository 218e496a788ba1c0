package org.diadromi.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import org.diadromi.DiadromiSettings.QuietHours;
import org.diadromi.centre.Centres;
import org.diadromi.centre.OpeningDays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The days on which a Greek office works, and lengths of time counted in them. */
class BusinessCalendarTest {

    private static final String CENTRE = "kerkyra";

    private final Centres centres = mock(Centres.class);
    private final BusinessCalendar calendar = new BusinessCalendar(centres);

    @BeforeEach
    void saint_spyridon_is_a_feast_of_corfu() {
        when(centres.openingDays(anyString())).thenReturn(OpeningDays.OFFICE);
        when(centres.openingDays(CENTRE))
                .thenReturn(new OpeningDays(
                        OpeningDays.OFFICE.week(), Set.of(LocalDate.of(2026, 8, 11)), Set.of(), Set.of()));
    }

    /** The holidays of the domain page: fixed ones, and Easter (12/4/2026, 2/5/2027, 16/4/2028) −48, −2, 0, +1, +50. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01",
                "2026-01-06",
                "2026-03-25",
                "2026-05-01",
                "2026-10-28",
                "2026-12-25",
                "2026-02-23",
                "2026-04-10",
                "2026-04-13",
                "2026-06-01",
                "2027-03-15",
                "2027-04-30",
                "2027-05-03",
                "2027-06-21",
                "2028-02-28",
                "2028-04-14",
                "2028-04-17",
                "2028-06-05",
                "2028-08-15",
                "2028-12-26"
            })
    void a_public_holiday_is_no_business_day(LocalDate day) {
        assertThat(calendar.isBusinessDay(CENTRE, day)).isFalse();
    }

    /** The Three Hierarchs close schools only; 17 November too; western Easter Monday is a day like any other. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-01-30", "2026-11-17", "2026-04-06", "2026-11-23", "2026-12-24", "2026-12-31"})
    void any_other_weekday_is_one(LocalDate day) {
        assertThat(calendar.isBusinessDay(CENTRE, day)).isTrue();
    }

    @Test
    void a_closure_counts_for_its_own_centre_only() {
        assertThat(calendar.isBusinessDay(CENTRE, LocalDate.of(2026, 8, 11))).isFalse();
        assertThat(calendar.isBusinessDay("chania", LocalDate.of(2026, 8, 11))).isTrue();
    }

    @ParameterizedTest(name = "{1} after {0} is {2}")
    @CsvSource({
        "2026-11-23, 3bd, 2026-11-26",
        "2026-11-27, 1bd, 2026-11-30",
        "2026-04-09, 1bd, 2026-04-14",
        "2026-12-23, 2bd, 2026-12-28",
        "2026-08-10, 1bd, 2026-08-12",
        "2026-11-23, P30D, 2026-12-23",
        "2026-11-30, P3M, 2027-02-28",
        "2026-11-21, 0bd, 2026-11-21"
    })
    void time_is_counted_from_the_next_day_on(LocalDate from, String span, LocalDate to) {
        assertThat(calendar.plus(CENTRE, from, Span.valueOf(span))).isEqualTo(to);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "bd", "-3bd", "P-3D", "three days", "PT3H", ""})
    void a_length_of_time_is_written_one_way_only(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Span.valueOf(text));
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "15:00-17:30, 14:59, false",
        "15:00-17:30, 15:00, true",
        "15:00-17:30, 17:30, false",
        "20:00-08:00, 23:00, true",
        "20:00-08:00, 07:59, true",
        "20:00-08:00, 08:00, false",
        "20:00-08:00, 12:00, false"
    })
    void quiet_hours_may_reach_over_midnight(String hours, LocalTime time, boolean quiet) {
        assertThat(QuietHours.valueOf(hours).contains(time)).isEqualTo(quiet);
    }
}
