package org.diadromi.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Lets something happen when a process arrives at a step that the engine does by itself: it breaks down, or waits for another. */
class Happenings extends AbstractBpmnParseListener {

    private final Map<String, Runnable> atArrival = new ConcurrentHashMap<>();

    /** Whoever arrives at the step from now on runs this first, inside the engine's transaction. */
    void at(String activityId, Runnable happening) {
        atArrival.put(activityId, happening);
    }

    void none() {
        atArrival.clear();
    }

    @Override
    public void parseSendTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        listen(activity);
    }

    @Override
    public void parseBusinessRuleTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        listen(activity);
    }

    private void listen(ActivityImpl activity) {
        activity.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener)
                execution -> atArrival.getOrDefault(activity.getId(), () -> {}).run());
    }
}
