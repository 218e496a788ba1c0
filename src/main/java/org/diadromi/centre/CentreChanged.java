package org.diadromi.centre;

/** A centre has been added, or its settings have been changed; told in the transaction of the change. */
public record CentreChanged(String id, String name) {}
