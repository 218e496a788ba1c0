package org.diadromi.bench;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.diadromi.BareEngine;
import org.diadromi.process.JourneyStep;

/** Goes through the steps of one journey again and again, each time for another person: on our engine, or on the bare one. */
final class JourneyReplay {

    static final LocalDateTime MONDAY = LocalDateTime.of(2027, 3, 1, 10, 0);

    private final List<JourneyStep> steps;
    private int made;

    JourneyReplay(List<JourneyStep> steps) {
        this.steps = List.copyOf(steps);
    }

    int steps() {
        return steps.size();
    }

    int stepsAfterRegistration() {
        return (int) steps.stream()
                .filter(step -> "task_registration_step".equals(step.form()))
                .count();
    }

    void onBare(ProcessEngine bare) {
        playOnBare(bare, false);
    }

    /** On an engine that asks who does it. */
    void onGuarded(ProcessEngine guarded) {
        playOnBare(guarded, true);
    }

    private void playOnBare(ProcessEngine bare, boolean known) {
        String number = "KER-2027-" + ++made;
        VariableMap more = Variables.createVariables()
                .putValue("noShowsInRow", 0)
                .putValue("noShowLimit", 2)
                .putValue("attendancePassed", true)
                .putValue("trainingStopped", false)
                .putValue("atRisk", false);
        play(bare, number, more, known);
    }

    void onOurs(ProcessEngine ours) {
        play(ours, null, null, true);
    }

    private void play(ProcessEngine on, String businessKey, VariableMap more, boolean known) {
        String number = businessKey;
        for (JourneyStep step : steps) {
            if (step.timer() != null) {
                fire(on, number, step.timer());
                continue;
            }
            String role = step.user().substring(step.user().indexOf('.') + 1);
            if (known) {
                on.getIdentityService().setAuthentication(step.user(), List.of(role), List.of(BareEngine.CENTRE));
            }
            try {
                VariableMap form = form(step, more);
                if (number == null || step == steps.get(0)) {
                    String definition = on.getRepositoryService()
                            .createProcessDefinitionQuery()
                            .processDefinitionKey("support-journey")
                            .latestVersion()
                            .singleResult()
                            .getId();
                    number = number == null
                            ? on.getFormService()
                                    .submitStartForm(definition, form)
                                    .getBusinessKey()
                            : on.getFormService()
                                    .submitStartForm(definition, number, form)
                                    .getBusinessKey();
                } else {
                    submit(on, number, step, form);
                }
            } finally {
                on.getIdentityService().clearAuthentication();
            }
        }
    }

    private VariableMap form(JourneyStep step, VariableMap more) {
        VariableMap form = Variables.createVariables();
        form.putAll(step.variables());
        if (form.containsKey("lastName")) {
            // Another person each time: the more doubles there are, the longer it takes to notice one more.
            form.putValue("lastName", "Πρόσωπο" + ++made);
            form.putValue("phone", String.valueOf(6900000000L + made));
            form.putValue("email", "person" + made + "@example.org");
        }
        if (form.containsKey("appointmentAt")) {
            form.putValue("appointmentAt", nextAppointment().toString());
        }
        if (more != null) {
            form.putAll(more);
        }
        return form;
    }

    /** No two people come at the same time. */
    private LocalDateTime nextAppointment() {
        LocalDate day = MONDAY.toLocalDate().plusDays(1);
        for (int left = ++made; left > 0; left--) {
            do {
                day = day.plusDays(1);
            } while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY);
        }
        return day.atTime(10, 0);
    }

    private static void submit(ProcessEngine on, String number, JourneyStep step, Map<String, Object> form) {
        Task task = on
                .getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey(step.form())
                .active()
                .listPage(0, 1)
                .stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(number + " does not wait for " + step.form()));
        on.getTaskService().claim(task.getId(), step.user());
        on.getFormService().submitTaskForm(task.getId(), form);
    }

    private static void fire(ProcessEngine on, String number, String timer) {
        for (ProcessInstance instance : on.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .list()) {
            Job job = on.getManagementService()
                    .createJobQuery()
                    .processInstanceId(instance.getId())
                    .activityId(timer)
                    .singleResult();
            if (job != null) {
                on.getManagementService().executeJob(job.getId());
                return;
            }
        }
        throw new IllegalStateException(number + " has no timer " + timer);
    }
}
