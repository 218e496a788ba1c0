package org.diadromi.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords are taken. */
class PasswordRulesTest {

    private static final String[] MARIA = {"kerkyra.maria", "Μαρία", "Βλάχου", "m.vlachou@kekalo.gr"};

    private final PasswordRules rules = new PasswordRules(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ελιά φεγγάρι τραμ",
                "correct horse battery",
                "Xk9$mQ2!vL7p",
                "πράσινο ποδήλατο 42 κουκουβάγιες",
                "κουκουνάρι-Βόλος-άτλαντας"
            })
    void long_and_strange_ones_are_taken(String password) {
        assertThatCode(() -> rules.check(password, MARIA)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "'', PASSWORD_TOO_SHORT",
        "Xk9$mQ2!vL7, PASSWORD_TOO_SHORT",
        "demo, PASSWORD_TOO_SHORT",
        "passwordpassword, PASSWORD_EASY_TO_GUESS",
        "Password123!, PASSWORD_EASY_TO_GUESS",
        "aaaaaaaaaaaaaaaa, PASSWORD_EASY_TO_GUESS",
        "123456789012, PASSWORD_EASY_TO_GUESS",
        "qwertyuiop[], PASSWORD_EASY_TO_GUESS",
        "diadromi2026, PASSWORD_EASY_TO_GUESS",
        "kerkyra.maria!77xQ, PASSWORD_NAMES_ITS_OWNER",
        "τραμ ΒΛΑΧΟΥ φεγγάρι, PASSWORD_NAMES_ITS_OWNER",
        "μια μαρια στο φεγγαρι, PASSWORD_NAMES_ITS_OWNER",
        "Vlachou-xQ7-elia-42, PASSWORD_NAMES_ITS_OWNER"
    })
    void short_ones_names_and_what_everybody_takes_are_refused(String password, Problem problem) {
        assertThatThrownBy(() -> rules.check(password, MARIA))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        refused -> assertThat(refused.problem()).isEqualTo(problem));
    }

    @Test
    void there_is_an_end_and_it_is_found_quickly() {
        assertThatThrownBy(() -> rules.check("x".repeat(129), MARIA))
                .isInstanceOfSatisfying(
                        RuleViolation.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.PASSWORD_TOO_LONG));
        assertThatThrownBy(() -> rules.check("x".repeat(1_000_000), MARIA)).isInstanceOf(RuleViolation.class);
        assertThatCode(() -> rules.check("ελιά φεγγάρι τραμ ".repeat(7), MARIA)).doesNotThrowAnyException();
    }

    @Test
    void names_that_are_missing_or_very_short_forbid_nothing() {
        assertThatCode(() -> rules.check("ελιά φεγγάρι τραμ", "ab", null, "Ηώ", ""))
                .doesNotThrowAnyException();
    }

    @Test
    void the_demonstrations_password_is_taken_in_a_demonstration_only() {
        assertThatCode(() -> new PasswordRules(true).check("demo", MARIA)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new PasswordRules(true).check("demo1", MARIA)).isInstanceOf(RuleViolation.class);
    }

    @Test
    void the_engine_is_told_each_rule() {
        assertThat(rules.getRules())
                .allSatisfy(
                        rule -> assertThat(rule.execute("ελιά φεγγάρι τραμ")).isTrue());
        assertThat(rules.getRules().get(0).execute("short")).isFalse();
        assertThat(rules.getRules().get(2).execute("passwordpassword")).isFalse();
    }
}
