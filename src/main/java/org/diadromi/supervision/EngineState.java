package org.diadromi.supervision;

import java.time.LocalDateTime;
import java.util.Map;

/** What is broken in the engine, and what it has to do by itself. */
public interface EngineState {

    /**
     * What the engine does by itself.
     *
     * @param due what could run now
     * @param later what waits for its time
     * @param failed what has no try left
     * @param oldestDue since when the oldest of the due ones could have run; null when there is none
     */
    record Jobs(long due, long later, long failed, LocalDateTime oldestDue) {}

    /** How many steps of each centre have failed for good and wait for somebody to mend them; centres without are left out. */
    Map<String, Long> incidents();

    /** The same by step of the models, all centres together. */
    Map<String, Long> incidentsByStep();

    /** The jobs of all centres. */
    Jobs jobs();
}
