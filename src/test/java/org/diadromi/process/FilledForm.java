package org.diadromi.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.spin.Spin;
import org.camunda.spin.plugin.variable.SpinValues;

/** A form as somebody has filled it in; the samples are in {@link SampleForms}. */
record FilledForm(String id, Map<String, Object> values) {

    static FilledForm of(String id) {
        return new FilledForm(id, Map.of());
    }

    /** The same form with one more field filled in, or with another value in it. */
    FilledForm with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new FilledForm(id, more);
    }

    FilledForm without(String key) {
        Map<String, Object> fewer = new LinkedHashMap<>(values);
        fewer.remove(key);
        return new FilledForm(id, fewer);
    }

    /** The same form with a text in this field that is found again wherever it goes. */
    FilledForm withText(String key) {
        return with(key, SampleForms.text(id, key));
    }

    /** What is typed into its fields for free text. */
    Set<String> texts() {
        return values.values().stream()
                .filter(value -> value instanceof String text && text.startsWith(SampleForms.MARK + "-"))
                .map(String.class::cast)
                .collect(Collectors.toSet());
    }

    /** As Tasklist sends it: lists as JSON, everything else as it is. */
    VariableMap variables() {
        VariableMap variables = Variables.createVariables();
        values.forEach((key, value) -> {
            if (value instanceof List<?> list) {
                variables.putValueTyped(
                        key, SpinValues.jsonValue(Spin.JSON(list).toString()).create());
            } else {
                variables.put(key, value);
            }
        });
        return variables;
    }
}
