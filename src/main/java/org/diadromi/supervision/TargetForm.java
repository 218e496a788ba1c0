package org.diadromi.supervision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/**
 * The form of a centre's targets as it was typed: for each stage days and percent; both empty for no target.
 *
 * @param days what was typed by stage
 * @param percent what was typed by stage
 */
record TargetForm(Map<String, String> days, Map<String, String> percent) {

    private static final int LONGEST = 3650;

    static TargetForm of(Map<String, Targets.Target> targets) {
        Map<String, String> days = new LinkedHashMap<>();
        Map<String, String> percent = new LinkedHashMap<>();
        targets.forEach((stage, target) -> {
            days.put(stage, String.valueOf(target.days()));
            percent.put(stage, String.valueOf(target.percent()));
        });
        return new TargetForm(days, percent);
    }

    /** The form in a request's parameters {@code days-<stage>} and {@code percent-<stage>}. */
    static TargetForm read(Map<String, String> parameters) {
        Map<String, String> days = new LinkedHashMap<>();
        Map<String, String> percent = new LinkedHashMap<>();
        for (String stage : FigurePages.STAGES) {
            days.put(stage, parameters.getOrDefault("days-" + stage, "").strip());
            percent.put(stage, parameters.getOrDefault("percent-" + stage, "").strip());
        }
        return new TargetForm(days, percent);
    }

    /** The targets; a {@link RuleViolation} names the first stage whose numbers are none. */
    List<Targets.Target> targets(String centreId) {
        List<Targets.Target> targets = new ArrayList<>();
        for (String stage : FigurePages.STAGES) {
            String typedDays = days.getOrDefault(stage, "");
            String typedPercent = percent.getOrDefault(stage, "");
            if (!typedDays.isEmpty() || !typedPercent.isEmpty()) {
                targets.add(new Targets.Target(
                        centreId, stage, number(stage, typedDays, LONGEST), number(stage, typedPercent, 100)));
            }
        }
        return targets;
    }

    private static int number(String stage, String typed, int most) {
        int number = typed.matches("[0-9]{1,4}") ? Integer.parseInt(typed) : 0;
        if (number < 1 || number > most) {
            throw new RuleViolation(
                    Problem.TARGET_INVALID,
                    new DefaultMessageSourceResolvable(new String[] {"figures.stage." + stage}),
                    most);
        }
        return number;
    }
}
