package org.diadromi.casepage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diadromi.casefile.CaseFile;
import org.diadromi.workflow.Role;

/** The case's journey as the engine runs it. */
public interface CaseProcess {

    /** The process that carries a case through its stages. */
    String JOURNEY = "support-journey";

    /** The steps of the journey that are its stages, by the stage's process. */
    Map<String, String> STEP_OF_STAGE = Map.of(
            "first-contact", "call_journey_firstContact",
            "counselling", "call_journey_counselling",
            "business-plan-training", "call_journey_training",
            "legal-registration", "call_journey_registration",
            "follow-up", "call_journey_followUp");

    /**
     * Where the case stands in one process.
     *
     * @param process the process's key
     * @param steps the ids of the steps in its diagram that wait or run
     */
    record Place(String process, List<String> steps) {}

    /** The places in the journey and in the stage it has got to; none once the case is closed. */
    List<Place> places(CaseFile caseFile);

    /** Gives the tasks of the case that one member of staff has taken on to another. */
    void handOver(CaseFile caseFile, String fromUser, String toUser);

    /** Gives the tasks of the case that wait for a role, and that nobody has taken on, to one who has it. */
    void takeOn(CaseFile caseFile, Role role, String user);

    /**
     * The diagram of the journey or of a stage as BPMN: the version that the case runs by, the newest where it does not run there.
     * Empty when there is no such process.
     */
    Optional<byte[]> diagram(CaseFile caseFile, String process);
}
