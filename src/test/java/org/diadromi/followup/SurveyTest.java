package org.diadromi.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveyTest {

    @ParameterizedTest
    @CsvSource({"2, 3, 5, 5", "0, 0, 0, 0", "2, 3, 0, 5"})
    void womenAndTargetGroupsMayHoldAllJobs(int full, int part, int women, int target) {
        assertThatCode(survey("active", full, part, women, target)::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 6, 0", "2, 3, 0, 6", "0, 0, 1, 0"})
    void theyHoldNoMoreThanThereAre(int full, int part, int women, int target) {
        RuleViolation violation =
                catchThrowableOfType(RuleViolation.class, survey("active", full, part, women, target)::check);

        assertThat(violation.problem()).isEqualTo(Problem.JOBS_INCONSISTENT);
        assertThat(violation.arguments()).containsExactly(full + part);
    }

    @Test
    void aVentureThatWasNotReachedHasNoNumberOfJobs() {
        Survey unreached = survey("noContact", null, null, null, null);

        assertThatCode(unreached::check).doesNotThrowAnyException();
        assertThat(unreached.jobs()).isNull();
    }

    private static Survey survey(String status, Integer full, Integer part, Integer women, Integer target) {
        return new Survey(
                status, null, null, full, part, women, target, null, null, null, null, null, null, null, null, null,
                null);
    }
}
