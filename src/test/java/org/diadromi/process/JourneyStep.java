package org.diadromi.process;

import org.camunda.bpm.engine.variable.VariableMap;

/**
 * Something that moves a case on: somebody sends a form, or a timer fires.
 *
 * @param user who sends it; null for a timer
 * @param form the form's id, the first one's being that of a start form; null for a timer
 * @param variables the form as Tasklist sends it
 * @param timer the timer's activity; null for a form
 */
public record JourneyStep(String user, String form, VariableMap variables, String timer) {}
