package org.diadromi.casefile;

/** Tells, in the same transaction, that a case has ended. */
public record CaseClosed(CaseFile caseFile) {}
