package org.diadromi.counselling;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.counselling.Slots.Hours;

/** What is typed into the form of a counsellor's week, as typed: up to two stretches of hours a day. */
class HoursForm {

    static final int STRETCHES = 2;
    static final List<Integer> LENGTHS = List.of(30, 45, 60, 90, 120);
    private static final int USUAL_LENGTH = 60;

    /** The counsellor; counts for a coordinator only. */
    String person;

    String minutes = String.valueOf(USUAL_LENGTH);

    /** The times by {@link #key}. */
    Map<String, String> at = new HashMap<>();

    /** The name of the field for the beginning ("from") or the end ("to") of a stretch. */
    static String key(int weekday, int stretch, String end) {
        return weekday + "-" + stretch + "-" + end;
    }

    /** The form as the week is now. */
    static HoursForm of(List<Hours> week) {
        HoursForm form = new HoursForm();
        Map<Integer, Integer> stretches = new HashMap<>();
        week.forEach(hours -> {
            int stretch = stretches.merge(hours.weekday(), 1, Integer::sum);
            form.at.put(key(hours.weekday(), stretch, "from"), hours.fromTime().toString());
            form.at.put(key(hours.weekday(), stretch, "to"), hours.toTime().toString());
            form.minutes = String.valueOf(hours.minutes());
        });
        return form;
    }

    /** The week that was typed; a {@link RuleViolation} that names the first day which cannot be. */
    List<Hours> week(Locale locale) {
        List<Hours> week = new ArrayList<>();
        int length = LENGTHS.stream()
                .filter(known -> String.valueOf(known).equals(minutes))
                .findFirst()
                .orElse(USUAL_LENGTH);
        for (DayOfWeek day : DayOfWeek.values()) {
            LocalTime free = null;
            for (int stretch = 1; stretch <= STRETCHES; stretch++) {
                String from = at.getOrDefault(key(day.getValue(), stretch, "from"), "");
                String to = at.getOrDefault(key(day.getValue(), stretch, "to"), "");
                if (from.isBlank() && to.isBlank()) {
                    continue;
                }
                String name = day.getDisplayName(TextStyle.FULL_STANDALONE, locale);
                LocalTime begins = time(from, name);
                LocalTime ends = time(to, name);
                if (!begins.isBefore(ends)) {
                    throw new RuleViolation(Problem.HOURS_INVALID, name);
                }
                if (free != null && begins.isBefore(free)) {
                    throw new RuleViolation(Problem.HOURS_OVERLAP, name);
                }
                free = ends;
                week.add(new Hours(day.getValue(), begins, ends, length));
            }
        }
        return week;
    }

    private static LocalTime time(String typed, String day) {
        try {
            return LocalTime.parse(typed.strip()).withSecond(0).withNano(0);
        } catch (DateTimeParseException e) {
            throw new RuleViolation(Problem.HOURS_INVALID, day);
        }
    }

    // What the page reads other than as fields.

    public String getPerson() {
        return person;
    }

    public String getMinutes() {
        return minutes;
    }

    public Map<String, String> getAt() {
        return at;
    }
}
