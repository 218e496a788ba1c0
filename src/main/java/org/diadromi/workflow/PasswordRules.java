package org.diadromi.workflow;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.identity.PasswordPolicy;
import org.camunda.bpm.engine.identity.PasswordPolicyRule;
import org.camunda.bpm.engine.identity.User;
import org.diadromi.DiadromiSettings;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What a password must be: long, not its owner's name, and not to be guessed. No kinds of characters are demanded, because that
 * makes passwords harder to remember rather than to guess. Camunda's own pages and interfaces are held to the same rules.
 */
@Component
public class PasswordRules implements PasswordPolicy {

    /** The fewest characters. */
    public static final int SHORTEST = 12;

    static final int LONGEST = 128;

    /** Of zxcvbn's scores from 0 to 4: "safely unguessable" where the hash is protected. */
    private static final int SCORE = 3;

    /** Its effort grows faster than the text, and nobody guesses this far. */
    private static final int SCORED = 64;

    private static final int SHORTEST_NAME = 4;
    private static final List<String> OUR_NAMES = List.of("diadromi", "διαδρομή", "camunda");

    private final boolean demo;
    private final Zxcvbn zxcvbn = new Zxcvbn();

    @Autowired
    PasswordRules(DiadromiSettings settings) {
        this(settings.demo());
    }

    PasswordRules(boolean demo) {
        this.demo = demo;
    }

    /**
     * Holds a new password against the rules.
     *
     * @param names what the password may not contain: the names of its owner, for logging in and others
     * @throws RuleViolation for the first rule that it breaks
     */
    void check(String password, String... names) {
        problem(password, names).ifPresent(problem -> {
            throw switch (problem) {
                case PASSWORD_TOO_SHORT -> new RuleViolation(problem, SHORTEST);
                case PASSWORD_TOO_LONG -> new RuleViolation(problem, LONGEST);
                default -> new RuleViolation(problem);
            };
        });
    }

    private Optional<Problem> problem(String password, String... names) {
        if (demo && DemoStaff.PASSWORD.equals(password)) {
            return Optional.empty();
        }
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            return Optional.of(Problem.PASSWORD_TOO_SHORT);
        }
        if (length > LONGEST) {
            return Optional.of(Problem.PASSWORD_TOO_LONG);
        }
        List<String> parts = parts(names);
        String folded = folded(password);
        if (parts.stream().anyMatch(folded::contains)) {
            return Optional.of(Problem.PASSWORD_NAMES_ITS_OWNER);
        }
        parts.addAll(OUR_NAMES);
        String scored = password.length() > SCORED ? password.substring(0, SCORED) : password;
        return zxcvbn.measure(scored, parts).getScore() < SCORE
                ? Optional.of(Problem.PASSWORD_EASY_TO_GUESS)
                : Optional.empty();
    }

    /** The words of the names that are long enough to be missed in a password. */
    private static List<String> parts(String... names) {
        return new ArrayList<>(Stream.of(names)
                .filter(name -> name != null)
                .flatMap(name -> Stream.concat(Stream.of(name), Stream.of(name.split("[^\\p{L}\\p{N}]+"))))
                .map(PasswordRules::folded)
                .filter(part -> part.length() >= SHORTEST_NAME)
                .distinct()
                .toList());
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ');
    }

    @Override
    public List<PasswordPolicyRule> getRules() {
        return List.of(
                new Rule(
                        "PASSWORD_POLICY_LENGTH",
                        Map.of("minLength", String.valueOf(SHORTEST)),
                        List.of(Problem.PASSWORD_TOO_SHORT, Problem.PASSWORD_TOO_LONG)),
                new Rule("PASSWORD_POLICY_USER_DATA", Map.of(), List.of(Problem.PASSWORD_NAMES_ITS_OWNER)),
                new Rule("PASSWORD_POLICY_GUESSING", Map.of(), List.of(Problem.PASSWORD_EASY_TO_GUESS)));
    }

    /** One of the rules as the engine asks for it; the placeholder is a key of its web applications' texts. */
    private final class Rule implements PasswordPolicyRule {

        private final String placeholder;
        private final Map<String, String> parameters;
        private final List<Problem> problems;

        Rule(String placeholder, Map<String, String> parameters, List<Problem> problems) {
            this.placeholder = placeholder;
            this.parameters = parameters;
            this.problems = problems;
        }

        @Override
        public String getPlaceholder() {
            return placeholder;
        }

        @Override
        public Map<String, String> getParameters() {
            return parameters;
        }

        @Override
        public boolean execute(String password) {
            return problem(password).filter(problems::contains).isEmpty();
        }

        @Override
        public boolean execute(String password, User user) {
            return user == null
                    ? execute(password)
                    : problem(password, user.getId(), user.getFirstName(), user.getLastName(), user.getEmail())
                            .filter(problems::contains)
                            .isEmpty();
        }
    }
}
