package org.diadromi.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.camunda.spin.json.SpinJsonNode;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.BusinessCalendar;
import org.diadromi.workflow.Form.Field;
import org.springframework.stereotype.Component;

/**
 * Checks on the server what a browser sent against the form it was sent with. The engine itself accepts anything; so does
 * whoever calls it without a browser.
 */
@Component
class FormChecker {

    /** What is wrong with an answer: one sentence for each wrong field, in the order of the form. */
    static final class Refused extends RuntimeException {
        private final transient Map<String, RuleViolation> fields;

        Refused(List<String> sentences, Map<String, RuleViolation> fields) {
            super(String.join(" ", sentences));
            this.fields = fields;
        }

        /** What is wrong by the keys of the fields; the text of each names the field by its label in the form. */
        Map<String, RuleViolation> fields() {
            return fields;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();

    /** All conditions of a form in one list; of the deployed forms: there are no others. */
    private final Map<List<String>, ParseResult> conditions = new ConcurrentHashMap<>();

    private final Texts texts;

    FormChecker(Texts texts) {
        this.texts = texts;
    }

    /**
     * @param form the form that was answered
     * @param submitted the variables as they came
     * @param shown the task's own variables, for options that come from the task and for conditions
     * @throws Refused when anything is missing, wrong or not asked for
     */
    Answer check(Form form, Map<String, Object> submitted, Map<String, Object> shown) {
        List<String> sentences = new ArrayList<>();
        Map<String, RuleViolation> wrongFields = new LinkedHashMap<>();
        Map<String, Object> plain = new LinkedHashMap<>();
        submitted.forEach((key, value) -> plain.put(key, plain(value)));

        Set<String> holding = holding(form, conditionInput(form, plain, shown));
        Map<String, Object> answer = new HashMap<>();
        Set<String> known = new TreeSet<>();
        for (Field field : form.fields()) {
            known.add(field.key());
            if (field.hiddenIf().stream().noneMatch(holding::contains)) {
                try {
                    Object value = checked(field, plain.get(field.key()), shown);
                    if (value != null) {
                        answer.put(field.key(), value);
                    }
                } catch (WrongField wrong) {
                    sentences.add(texts.of("problem." + wrong.problem, wrong.arguments(field.label())));
                    wrongFields.put(field.key(), new RuleViolation(wrong.problem, wrong.arguments(field.label())));
                }
            }
        }
        plain.keySet().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> sentences.add(texts.of("problem." + Problem.FIELD_UNKNOWN, key)));
        if (!sentences.isEmpty()) {
            throw new Refused(sentences, wrongFields);
        }
        return new Answer(answer);
    }

    private Map<String, Object> conditionInput(Form form, Map<String, Object> plain, Map<String, Object> shown) {
        Map<String, Object> input = new HashMap<>(shown);
        form.fields().forEach(field -> input.put(field.key(), plain.get(field.key())));
        return input;
    }

    /** Those conditions of the form's fields that hold. All are asked for at once: for each question FEEL makes all its functions anew. */
    private Set<String> holding(Form form, Map<String, Object> input) {
        List<String> all = form.fields().stream()
                .flatMap(field -> field.hiddenIf().stream())
                .distinct()
                .toList();
        if (all.isEmpty()) {
            return Set.of();
        }
        ParseResult parsed = conditions.computeIfAbsent(
                all,
                list -> feel.parseExpression(list.stream()
                        .map(condition -> condition.startsWith("=") ? condition.substring(1) : condition)
                        .collect(Collectors.joining("), (", "[(", ")]"))));
        if (parsed.isFailure()) {
            throw new IllegalStateException(
                    "Form " + form.id() + ", conditions: " + parsed.failure().message());
        }
        EvaluationResult result = feel.evaluate(parsed.parsedExpression(), input);
        if (result.isFailure()) {
            throw new IllegalStateException(
                    "Form " + form.id() + ", conditions: " + result.failure().message());
        }
        List<?> answers = (List<?>) result.result();
        return IntStream.range(0, all.size())
                .filter(i -> Boolean.TRUE.equals(answers.get(i)))
                .mapToObj(all::get)
                .collect(Collectors.toSet());
    }

    private static Object checked(Field field, Object value, Map<String, Object> shown) {
        if (value == null
                || value instanceof String text && text.isBlank()
                || value instanceof Collection<?> c && c.isEmpty()) {
            if (field.required()) {
                throw new WrongField(Problem.FIELD_MISSING);
            }
            return null;
        }
        return switch (field.type()) {
            case TEXT -> text(field, value);
            case NUMBER -> number(field, value);
            case DATE -> date(value);
            case DATE_TIME -> moment(value);
            case CHOICE -> option(value, options(field, shown));
            case CHOICES -> options(value, options(field, shown));
            case CHECKBOX -> box(field, value);
        };
    }

    private static String text(Field field, Object value) {
        if (!(value instanceof String raw)) {
            throw new WrongField(Problem.FIELD_WRONG_TYPE);
        }
        String text = raw.strip();
        if (text.indexOf('\0') >= 0) {
            throw new WrongField(Problem.FIELD_BAD_FORMAT);
        }
        if (field.maxLength() != null && text.length() > field.maxLength()) {
            throw new WrongField(Problem.FIELD_TOO_LONG, field.maxLength());
        }
        if (field.minLength() != null && text.length() < field.minLength()) {
            throw new WrongField(Problem.FIELD_TOO_SHORT, field.minLength());
        }
        if (field.pattern() != null && !field.pattern().matcher(text).find()) {
            throw new WrongField(Problem.FIELD_BAD_FORMAT);
        }
        return text;
    }

    private static BigDecimal number(Field field, Object value) {
        if (!(value instanceof Number)) {
            throw new WrongField(Problem.FIELD_WRONG_TYPE);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(value.toString());
        } catch (NumberFormatException e) {
            throw new WrongField(Problem.FIELD_WRONG_TYPE);
        }
        if (number.stripTrailingZeros().scale() > field.decimals()) {
            throw new WrongField(Problem.FIELD_BAD_FORMAT);
        }
        if (field.min() != null && number.compareTo(field.min()) < 0) {
            throw new WrongField(Problem.FIELD_TOO_SMALL, field.min().toPlainString());
        }
        if (field.max() != null && number.compareTo(field.max()) > 0) {
            throw new WrongField(Problem.FIELD_TOO_LARGE, field.max().toPlainString());
        }
        return number;
    }

    private static LocalDate date(Object value) {
        try {
            return LocalDate.parse((String) value);
        } catch (ClassCastException | DateTimeParseException e) {
            throw new WrongField(Problem.FIELD_WRONG_TYPE);
        }
    }

    /** With or without an offset: the forms send none, and a time without one is Athens time. */
    private static LocalDateTime moment(Object value) {
        try {
            String text = (String) value;
            boolean hasOffset = text.endsWith("Z") || text.matches(".*T.*[+-]\\d\\d:?\\d\\d$");
            return hasOffset
                    ? OffsetDateTime.parse(text)
                            .atZoneSameInstant(BusinessCalendar.ATHENS)
                            .toLocalDateTime()
                    : LocalDateTime.parse(text);
        } catch (ClassCastException | DateTimeParseException e) {
            throw new WrongField(Problem.FIELD_WRONG_TYPE);
        }
    }

    private static String option(Object value, Set<String> options) {
        if (!(value instanceof String text)) {
            throw new WrongField(Problem.FIELD_WRONG_TYPE);
        }
        if (!options.contains(text)) {
            throw new WrongField(Problem.FIELD_NOT_AN_OPTION);
        }
        return text;
    }

    private static List<String> options(Object value, Set<String> options) {
        if (!(value instanceof Collection<?> chosen)) {
            throw new WrongField(Problem.FIELD_WRONG_TYPE);
        }
        Set<String> result = new LinkedHashSet<>();
        chosen.forEach(each -> result.add(option(each, options)));
        return List.copyOf(result);
    }

    private static Boolean box(Field field, Object value) {
        if (!(value instanceof Boolean ticked)) {
            throw new WrongField(Problem.FIELD_WRONG_TYPE);
        }
        if (field.required() && !ticked) {
            throw new WrongField(Problem.FIELD_MISSING);
        }
        return ticked;
    }

    private static Set<String> options(Field field, Map<String, Object> shown) {
        if (field.optionsKey() == null) {
            return field.options();
        }
        Set<String> options = new LinkedHashSet<>();
        if (plain(shown.get(field.optionsKey())) instanceof Collection<?> list) {
            list.forEach(each -> options.add(String.valueOf(((Map<?, ?>) each).get("value"))));
        }
        return options;
    }

    /** Lists and objects arrive as JSON of the engine's own kind; everything else as it is. */
    private static Object plain(Object value) {
        if (value instanceof SpinJsonNode node) {
            try {
                return JSON.convertValue(JSON.readValue(node.toString(), JsonNode.class), Object.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return value;
    }

    private static final class WrongField extends RuntimeException {
        private final Problem problem;
        private final Object detail;

        WrongField(Problem problem) {
            this(problem, null);
        }

        WrongField(Problem problem, Object detail) {
            super(problem.name(), null, false, false);
            this.problem = problem;
            this.detail = detail;
        }

        Object[] arguments(String label) {
            return detail == null ? new Object[] {label} : new Object[] {label, detail};
        }
    }
}
