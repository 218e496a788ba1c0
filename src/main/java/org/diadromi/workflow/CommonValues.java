package org.diadromi.workflow;

import java.util.Map;

/** What every task's form and card show of the case: its number, the person, a summary. Given by the case file. */
public interface CommonValues {

    /** The name of the variable with the case's number. */
    String CASE_NUMBER = "caseNumber";

    /** The name of the variable with the person's name. */
    String PERSON = "person";

    /** The values for the task, by the forms' keys. */
    Map<String, Object> of(TaskContext task);
}
