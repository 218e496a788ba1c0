package org.diadromi.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Lets something happen when a process arrives at a step that the engine does by itself, or when a user task's answer has been recorded and
 * nothing else has been done about it yet: it breaks down, or waits for another.
 */
class Happenings extends AbstractBpmnParseListener {

    private final Map<String, Runnable> happenings = new ConcurrentHashMap<>();

    /** Whoever comes to the step from now on runs this first, inside the engine's transaction. */
    void at(String activityId, Runnable happening) {
        happenings.put(activityId, happening);
    }

    void none() {
        happenings.clear();
    }

    @Override
    public void parseSendTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        listen(activity);
    }

    @Override
    public void parseBusinessRuleTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        listen(activity);
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        ((UserTaskActivityBehavior) activity.getActivityBehavior())
                .getTaskDefinition()
                .addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, task -> happen(activity));
    }

    private void listen(ActivityImpl activity) {
        activity.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> happen(activity));
    }

    private void happen(ActivityImpl activity) {
        happenings.getOrDefault(activity.getId(), () -> {}).run();
    }
}
