package org.diadromi.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A form as its .form file defines it: the fields an answer may bring and the conditions each must meet. It knows the
 * components that this application's forms use; any other is refused when the form is read.
 */
record Form(String id, List<Field> fields) {

    enum Type {
        TEXT,
        NUMBER,
        DATE,
        DATE_TIME,
        CHOICE,
        CHOICES,
        CHECKBOX
    }

    /**
     * @param options the values that may be chosen; empty when they come from the task
     * @param optionsKey the task's variable that has the options; null when they are in the form
     * @param decimals how many decimal places a number may have
     * @param hiddenIf FEEL conditions, of the field and of the groups around it; one of them hides it
     */
    record Field(
            String key,
            String label,
            Type type,
            boolean required,
            BigDecimal min,
            BigDecimal max,
            Integer minLength,
            Integer maxLength,
            Pattern pattern,
            Set<String> options,
            String optionsKey,
            int decimals,
            List<String> hiddenIf) {}

    private static final Set<String> SHOWN_ONLY = Set.of("text", "separator", "spacer", "image", "html", "button");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a .form file; an {@link IllegalArgumentException} names a component that no answer can be checked for. */
    static Form read(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            List<Field> fields = new ArrayList<>();
            collect(root.path("id").asText(), root, List.of(), fields);
            return new Form(root.path("id").asText(), List.copyOf(fields));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(String form, JsonNode parent, List<String> hiddenAround, List<Field> fields) {
        for (JsonNode component : parent.path("components")) {
            List<String> hiddenIf = new ArrayList<>(hiddenAround);
            if (component.path("conditional").hasNonNull("hide")) {
                hiddenIf.add(component.path("conditional").path("hide").asText());
            }
            String type = component.path("type").asText();
            if ("group".equals(type)) {
                collect(form, component, hiddenIf, fields);
            } else if (!SHOWN_ONLY.contains(type)) {
                fields.add(field(form, component, type, List.copyOf(hiddenIf)));
            }
        }
    }

    private static Field field(String form, JsonNode component, String type, List<String> hiddenIf) {
        JsonNode rules = component.path("validate");
        Set<String> options = new LinkedHashSet<>();
        component
                .path("values")
                .forEach(option -> options.add(option.path("value").asText()));
        return new Field(
                component.path("key").asText(),
                component
                        .path(component.has("dateLabel") ? "dateLabel" : "label")
                        .asText(),
                typeOf(form, component, type),
                rules.path("required").asBoolean(),
                decimal(rules.path("min")),
                decimal(rules.path("max")),
                integer(rules.path("minLength")),
                integer(rules.path("maxLength")),
                rules.hasNonNull("pattern")
                        ? Pattern.compile(rules.path("pattern").asText())
                        : null,
                Set.copyOf(options),
                component.hasNonNull("valuesKey") ? component.path("valuesKey").asText() : null,
                component.path("decimalDigits").asInt(0),
                hiddenIf);
    }

    private static Type typeOf(String form, JsonNode component, String type) {
        return switch (type) {
            case "textfield", "textarea" -> Type.TEXT;
            case "number" -> Type.NUMBER;
            case "datetime" -> "datetime".equals(component.path("subtype").asText()) ? Type.DATE_TIME : Type.DATE;
            case "radio", "select" -> Type.CHOICE;
            case "checklist", "taglist" -> Type.CHOICES;
            case "checkbox" -> Type.CHECKBOX;
            default ->
                throw new IllegalArgumentException("Form " + form + " has a component that cannot be checked: " + type);
        };
    }

    private static BigDecimal decimal(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.asText().isBlank() ? null : new BigDecimal(node.asText());
    }

    private static Integer integer(JsonNode node) {
        return node.isMissingNode() || node.isNull() || node.asText().isBlank() ? null : Integer.valueOf(node.asText());
    }
}
