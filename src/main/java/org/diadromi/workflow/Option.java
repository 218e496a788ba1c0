package org.diadromi.workflow;

/** One option of a list that a form takes from its task ({@code valuesKey}). */
public record Option(String label, String value) {}
