package org.diadromi.demo;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the invented staff of a demonstration do in the processes, with the rights of whoever does it. */
public interface Work {

    /**
     * Somebody of the staff.
     *
     * @param id the account
     * @param centreId where they work
     * @param groups their roles there
     */
    record Person(String id, String centreId, List<String> groups) {}

    /**
     * @param groups the candidate groups, in the model's order
     * @param assignee who has it, or null
     * @param dueAt null without one
     */
    record OpenTask(
            String id,
            String key,
            String caseNumber,
            String centreId,
            List<String> groups,
            String assignee,
            LocalDateTime createdAt,
            LocalDateTime dueAt) {}

    /** A timer and when it fires. */
    record Timer(String id, LocalDateTime dueAt) {}

    /** What became of a try to work on a task. */
    enum Result {
        DONE,
        PAUSED,
        GONE
    }

    /** Registers a first contact; gives the number of the case. */
    String register(Person person, Map<String, Object> form);

    /** Pauses, withdraws or closes a case. */
    void change(Person person, Map<String, Object> form);

    /** The open tasks of a case. */
    List<OpenTask> openTasks(String caseNumber);

    /** Takes the task on. */
    Result claim(Person person, String taskId);

    /** Submits the task's form; the list of each key in {@code allOf} is answered with all the options that the task offers. */
    Result submit(Person person, String taskId, Map<String, Object> form, Map<String, String> allOf);

    /** The first timer that fires before the moment. */
    Optional<Timer> nextTimer(LocalDateTime before);

    /** Fires the timer; gives the number of its case, if it is of a case. */
    Optional<String> fire(String timerId);
}
