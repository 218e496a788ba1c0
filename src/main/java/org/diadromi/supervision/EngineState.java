package org.diadromi.supervision;

import java.util.Map;

/** What is broken in the engine. */
public interface EngineState {

    /** How many steps of each centre have failed for good and wait for somebody to mend them; centres without are left out. */
    Map<String, Long> incidents();
}
