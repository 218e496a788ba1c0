package org.diadromi.workflow;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** What a form brought, checked against the form and converted to the types of its fields. */
public final class Answer {

    private final Map<String, Object> values;

    Answer(Map<String, Object> values) {
        this.values = values;
    }

    /** The text or the chosen option; null where the field was left empty or hidden. */
    public String text(String key) {
        return (String) values.get(key);
    }

    /** The number; null where the field was left empty or hidden. */
    public BigDecimal decimal(String key) {
        return (BigDecimal) values.get(key);
    }

    /** The whole number; null where the field was left empty or hidden. */
    public Integer number(String key) {
        BigDecimal value = decimal(key);
        return value == null ? null : value.intValueExact();
    }

    /** The whole number; 0 where the field was left empty or hidden. */
    public int count(String key) {
        Integer value = number(key);
        return value == null ? 0 : value;
    }

    /** The date; null where the field was left empty or hidden. */
    public LocalDate date(String key) {
        return (LocalDate) values.get(key);
    }

    /** The date and time in Athens; null where the field was left empty or hidden. */
    public LocalDateTime moment(String key) {
        return (LocalDateTime) values.get(key);
    }

    /** Whether the box is ticked. */
    public boolean ticked(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }

    /** Whether the answer to a yes-or-no question is yes. */
    public boolean yes(String key) {
        return "yes".equals(values.get(key));
    }

    /** The answer to a yes-or-no question; null where it was not asked. */
    public Boolean yesOrNo(String key) {
        return values.get(key) == null ? null : yes(key);
    }

    /** The chosen options, in the order of the answer; empty where none was chosen. */
    @SuppressWarnings("unchecked")
    public List<String> choices(String key) {
        Object value = values.get(key);
        return value == null ? List.of() : (List<String>) value;
    }
}
