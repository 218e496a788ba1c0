package org.diadromi.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegalFormRulesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final Map<String, BigDecimal> law = new HashMap<>(Map.of(
            "koinsep.min-members", BigDecimal.valueOf(5),
            "koinsep-integration.min-members", BigDecimal.valueOf(7),
            "worker-coop.min-members", BigDecimal.valueOf(3),
            "koispe.min-members", BigDecimal.valueOf(15),
            "koinsep.max-legal-person-percent", new BigDecimal("33.33"),
            "koinsep-integration.min-vulnerable-percent", BigDecimal.valueOf(30),
            "koinsep-integration.min-special-percent", BigDecimal.valueOf(50),
            "koispe.min-psychosocial-percent", BigDecimal.valueOf(35),
            "koispe.max-professionals-percent", BigDecimal.valueOf(45),
            "koispe.max-others-percent", BigDecimal.valueOf(20)));

    private final LegalFormRules rules = new LegalFormRules((key, on) -> law.get(key));

    @ParameterizedTest
    @CsvSource({"KOINSEP, 5", "KOINSEP_INTEGRATION, 7", "WORKER_COOP, 3", "KOISPE, 15"})
    void aFormNeedsItsMinimumOfMembers(LegalForm form, int minimum) {
        RuleViolation violation = refusal(form, team(minimum - 1));

        assertThat(violation.problem()).isEqualTo(Problem.MEMBERS_BELOW_MINIMUM);
        assertThat(violation.arguments()).endsWith(minimum, minimum - 1);
    }

    @Test
    void theMinimumItselfIsEnough() {
        assertAllowed(LegalForm.KOINSEP, team(5));
        assertAllowed(LegalForm.WORKER_COOP, team(3));
    }

    @Test
    void theMinimumFollowsTheLaw() {
        law.put("koinsep.min-members", BigDecimal.valueOf(6));

        assertRefused(LegalForm.KOINSEP, team(5), Problem.MEMBERS_BELOW_MINIMUM);
    }

    @ParameterizedTest
    @CsvSource({"9, 3", "6, 2", "999, 333", "5, 1"})
    void upToOneThirdOfAKoinsepMayBeLegalPersons(int members, int legalPersons) {
        assertAllowed(LegalForm.KOINSEP, legalPersons(members, legalPersons));
    }

    @ParameterizedTest
    @CsvSource({"8, 3", "5, 2", "1000, 334", "998, 333"})
    void moreThanOneThirdOfAKoinsepMayNot(int members, int legalPersons) {
        assertRefused(LegalForm.KOINSEP, legalPersons(members, legalPersons), Problem.LEGAL_PERSONS_TOO_MANY);
    }

    @ParameterizedTest
    @CsvSource({"KOINSEP", "KOINSEP_INTEGRATION"})
    void noLocalAuthorityTakesPartInAKoinsep(LegalForm form) {
        Team team = new Team("Α", "social", 9, 1, true, 9, 0, 0, 0);

        assertRefused(form, team, Problem.LOCAL_AUTHORITY_NOT_ALLOWED);
    }

    @Test
    void aWorkersCooperativeIsOfNaturalPersonsOnly() {
        assertRefused(LegalForm.WORKER_COOP, legalPersons(3, 1), Problem.LEGAL_PERSONS_NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({"10, 3, 0", "10, 0, 5", "10, 2, 5"})
    void integrationTakesEnoughOfEitherGroup(int members, int vulnerable, int special) {
        assertAllowed(LegalForm.KOINSEP_INTEGRATION, groups(members, vulnerable, special));
    }

    @ParameterizedTest
    @CsvSource({"10, 2, 4", "1000, 299, 499", "7, 2, 3"})
    void integrationTakesNoLess(int members, int vulnerable, int special) {
        assertRefused(
                LegalForm.KOINSEP_INTEGRATION, groups(members, vulnerable, special), Problem.GROUP_SHARE_TOO_SMALL);
    }

    @ParameterizedTest
    @CsvSource({"20, 7, 9", "20, 20, 0", "20, 16, 0"})
    void aKoispeKeepsTheSharesOfItsCategories(int members, int psychosocial, int professionals) {
        assertAllowed(LegalForm.KOISPE, categories(members, psychosocial, professionals));
    }

    @ParameterizedTest
    @CsvSource({
        "20, 6, 9, GROUP_SHARE_TOO_SMALL",
        "20, 7, 10, GROUP_SHARE_TOO_LARGE",
        "20, 15, 0, GROUP_SHARE_TOO_LARGE",
        "20, 7, 8, GROUP_SHARE_TOO_LARGE"
    })
    void aKoispeBreaksThemByOneMember(int members, int psychosocial, int professionals, Problem problem) {
        assertRefused(LegalForm.KOISPE, categories(members, psychosocial, professionals), problem);
    }

    @ParameterizedTest
    @CsvSource({"5, 6, 0, 0, 0, 0", "5, 3, 3, 0, 0, 0", "5, 0, 0, 6, 0, 0", "5, 0, 0, 0, 3, 3", "5, 2, 0, 0, 2, 2"})
    void partsAreNotMoreThanTheWhole(int members, int legal, int vulnerable, int special, int a, int b) {
        Team team = new Team("Α", "social", members, legal, false, vulnerable, special, a, b);

        assertThat(catchThrowableOfType(RuleViolation.class, team::check).problem())
                .isEqualTo(Problem.PARTS_EXCEED_MEMBERS);
    }

    @Test
    void onePersonMayBeOfBothGroups() {
        assertThatCode(groups(5, 5, 5)::check).doesNotThrowAnyException();
    }

    private void assertAllowed(LegalForm form, Team team) {
        assertThatCode(() -> rules.check(form, team, TODAY)).doesNotThrowAnyException();
    }

    private void assertRefused(LegalForm form, Team team, Problem problem) {
        assertThat(refusal(form, team).problem()).isEqualTo(problem);
    }

    private RuleViolation refusal(LegalForm form, Team team) {
        return catchThrowableOfType(RuleViolation.class, () -> rules.check(form, team, TODAY));
    }

    private static Team team(int members) {
        return legalPersons(members, 0);
    }

    private static Team legalPersons(int members, int legalPersons) {
        return new Team("Α", "social", members, legalPersons, false, 0, 0, 0, 0);
    }

    private static Team groups(int members, int vulnerable, int special) {
        return new Team("Α", "integration", members, 0, false, vulnerable, special, 0, 0);
    }

    private static Team categories(int members, int psychosocial, int professionals) {
        return new Team("Α", "psychosocial", members, 0, false, 0, 0, psychosocial, professionals);
    }
}
