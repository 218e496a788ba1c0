package org.diadromi.workflow;

import java.util.Map;
import java.util.Optional;

/**
 * A user task of a model: what its form shows and what its answer does. There is one class for each user task, in the
 * {@code process} package of its domain; the model, the form and the class are paired by the task's id.
 */
public interface UserTask {

    /** The id of the user task in its model, which is also the name of its form. */
    String id();

    /**
     * The values that the form shows, by the form's keys. Strings, numbers, booleans, dates and lists of {@link Option}; null
     * values are left out. The case number, the person and the summary of the case are there already.
     */
    default Map<String, Object> show(TaskContext task) {
        return Map.of();
    }

    /**
     * Whether the case is one of the centre that works on the task, so that its form and card show it; where it is not, {@link
     * #show} gives what stands in place of the number and the person.
     */
    default boolean isOfOwnCase() {
        return true;
    }

    /** Who gets the task as it begins (a user id), before anything of it is shown; empty for its group. */
    default Optional<String> assignee(TaskContext task) {
        return Optional.empty();
    }

    /** A name for this one task where the model's would not tell it from others beside it; empty for the model's. */
    default Optional<String> name(TaskContext task) {
        return Optional.empty();
    }

    /**
     * Records a checked answer in the domain's tables and says how the process goes on.
     *
     * @return the routing variables, each of them one of {@link Routing}
     * @throws org.diadromi.RuleViolation when the answer breaks a rule; nothing is recorded then
     */
    Map<Routing, Object> record(TaskContext task, Answer answer);
}
