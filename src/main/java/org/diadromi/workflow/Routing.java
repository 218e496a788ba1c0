package org.diadromi.workflow;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The variables by which processes find their way: the only ones the engine keeps, and the only ones in its history. None of
 * them says anything about a person beyond the path of the case.
 */
public enum Routing {
    suitabilityAdvice,
    suitability,
    stillInterested,
    comesBack,
    sessionOutcome,
    noShowsInRow,
    noShowLimit,
    nextStep,
    callOutcome,
    conclusion,
    attendancePassed,
    trainingStopped,
    planDecision,
    formAdvice,
    checklistSize,
    reviewDecision,
    registryAnswer,
    registrationStep,
    followUpMonth,
    ventureStatus,
    atRisk,
    change,
    requestId,
    requestKind,
    requestIdentified,
    requestDecision,
    transferId,
    transferAnswer,
    structureTold,
    structureAnswer,
    structureState;

    private static final Map<String, Routing> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Routing::name, Function.identity()));

    /** Whether a variable of that name may be kept. */
    public static boolean allows(String variableName) {
        return BY_NAME.containsKey(variableName);
    }
}
