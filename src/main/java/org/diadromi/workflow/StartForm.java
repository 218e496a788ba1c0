package org.diadromi.workflow;

import java.util.Map;

/** A start form of a model: what its answer does. Paired with its form by the id of the start event. */
public interface StartForm {

    /** The id of the start event in its model, which is also the name of its form. */
    String id();

    /**
     * Records a checked answer in the domain's tables.
     *
     * @param centreId the centre of the member of staff
     * @param userId the member of staff
     * @throws org.diadromi.RuleViolation when the answer breaks a rule; nothing is recorded then
     */
    Started record(String centreId, String userId, Answer answer);

    /**
     * @param caseNumber the business key of the process that starts
     * @param routing the routing variables it starts with
     */
    record Started(String caseNumber, Map<Routing, Object> routing) {}
}
