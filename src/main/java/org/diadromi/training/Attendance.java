package org.diadromi.training;

import java.util.List;

/**
 * How much of the training someone has had, measured in hours: modules attended and modules caught up count alike.
 *
 * @param modules all modules of the training
 * @param requiredHours the hours it is measured in; null for those of all modules
 */
public record Attendance(List<Module> modules, Integer requiredHours) {

    /** Measured in the hours of all modules. */
    public Attendance(List<Module> modules) {
        this(modules, null);
    }

    /** A module of the training, its length in hours, and whether it has been attended or caught up. */
    public record Module(String name, int hours, boolean attended) {}

    /** The hours that have been attended or caught up. */
    public int attendedHours() {
        return modules.stream().filter(Module::attended).mapToInt(Module::hours).sum();
    }

    /** The hours of the whole training. */
    public int totalHours() {
        return requiredHours == null ? modules.stream().mapToInt(Module::hours).sum() : requiredHours;
    }

    /** Attended hours in whole percent of all hours, rounded down: what is shown never says more than was attended. */
    public int percent() {
        return totalHours() == 0 ? 0 : Math.min(100, 100 * attendedHours() / totalHours());
    }

    /** Whether it reaches the limit, in percent; exactly the limit passes. */
    public boolean passes(int limit) {
        return 100 * attendedHours() >= limit * totalHours();
    }

    /** The names of the modules that are still missing. */
    public List<String> missing() {
        return modules.stream()
                .filter(module -> !module.attended())
                .map(Module::name)
                .toList();
    }
}
