package org.diadromi.workflow;

import java.util.function.Function;

/**
 * Where a task stands.
 *
 * @param caseNumber the number of its case
 * @param centreId the centre of its case
 * @param userId who answers it; null while it is only shown
 * @param routing reads a routing variable of its process
 */
public record TaskContext(String caseNumber, String centreId, String userId, Function<Routing, Object> routing) {

    /** The value of a routing variable; null when it has none. */
    public Object value(Routing variable) {
        return routing.apply(variable);
    }
}
