package org.diadromi.centre;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.diadromi.calendar.Span;

/** What is typed into the page of a centre, as typed: numbers and dates are texts, too, so that wrong ones come back. */
class CentreForm {

    private static final String UP_TO_100 = "\\s*([1-9]|[1-9]\\d|100)\\s*";
    private static final String UP_TO_500 = "\\s*([1-9]\\d?|[1-4]\\d\\d|500)\\s*";

    String id;

    String code;

    @NotBlank(message = "{centres.name.missing}")
    @Size(max = 200, message = "{centres.tooLong.200}")
    String name;

    @NotBlank(message = "{centres.nameEn.missing}")
    @Size(max = 200, message = "{centres.tooLong.200}")
    String nameEn;

    @NotBlank(message = "{centres.region.missing}")
    @Size(max = 100, message = "{contactPage.tooLong.100}")
    String region;

    @NotBlank(message = "{centres.kind.missing}")
    @Pattern(regexp = "|FORMAL|INFORMAL", message = "{centres.kind.missing}")
    String kind;

    @Pattern(regexp = "[0-9+() ./-]{0,30}", message = "{contactPage.phone.wrong}")
    String phone;

    @Size(max = 300, message = "{centres.tooLong.300}")
    String address;

    @Size(max = 200, message = "{centres.tooLong.200}")
    @Pattern(regexp = "[^\\r\\n<>\"]*", message = "{centres.senderName.wrong}")
    String senderName;

    @Size(max = 200, message = "{contactPage.email.wrong}")
    String senderAddress;

    @Size(max = 200, message = "{contactPage.email.wrong}")
    String email;

    @Size(max = 1000, message = "{centres.tooLong.1000}")
    String signature;

    @Size(max = 1000, message = "{centres.tooLong.1000}")
    String signatureEn;

    /** MO to SU. */
    Set<String> week = new LinkedHashSet<>(List.of("MO", "TU", "WE", "TH", "FR"));

    /** The special days, a row each. */
    List<String> day = new ArrayList<>();

    List<String> dayKind = new ArrayList<>();

    List<String> dayName = new ArrayList<>();

    /** The lengths of the steps, a row each. */
    List<String> levelName = new ArrayList<>();

    List<String> levelNumber = new ArrayList<>();

    List<String> levelUnit = new ArrayList<>();

    /** The hours that each funding line pays in a year, a row each. */
    List<String> budgetYear = new ArrayList<>();

    List<String> budgetLine = new ArrayList<>();

    List<String> budgetHours = new ArrayList<>();

    @Pattern(
            regexp = "\\s*|\\s*([1-9]|[1-9]\\d|1[01]\\d|120)(\\s*,\\s*([1-9]|[1-9]\\d|1[01]\\d|120)){0,11}\\s*",
            message = "{centres.followUpMonths.wrong}")
    String followUpMonths;

    @Pattern(regexp = UP_TO_100, message = "{centres.number.100}")
    String attendanceLimit = "80";

    @Pattern(regexp = "\\s*([1-9]|1\\d|20)\\s*", message = "{centres.number.20}")
    String noShowLimit = "3";

    @Pattern(regexp = UP_TO_500, message = "{centres.number.500}")
    String cohortMin = "12";

    @Pattern(regexp = UP_TO_500, message = "{centres.number.500}")
    String cohortMax = "18";

    @Pattern(regexp = UP_TO_100, message = "{centres.number.100}")
    String teamsMin = "3";

    @Pattern(regexp = UP_TO_100, message = "{centres.number.100}")
    String teamsMax = "6";

    @Pattern(regexp = "\\s*|" + UP_TO_500, message = "{centres.number.500}")
    String trainingHours;

    @Pattern(regexp = "STAFF|SELF", message = "{centres.assigning.missing}")
    String assigning = "STAFF";

    int version;

    void fill(CentreSettings.Settings settings) {
        Centre centre = settings.centre();
        id = centre.id();
        code = centre.code();
        name = centre.name();
        nameEn = centre.nameEn();
        region = centre.region();
        kind = centre.kind().name();
        phone = centre.phone();
        address = centre.address();
        senderName = centre.senderName();
        senderAddress = centre.senderAddress();
        email = centre.email();
        signature = centre.signature();
        signatureEn = centre.signatureEn();
        week = new LinkedHashSet<>(Arrays.asList(centre.openingDays().split(",")));
        settings.days().forEach(special -> {
            day.add(special.day().toString());
            dayKind.add(special.kind().name());
            dayName.add(special.name());
        });
        settings.levels().forEach((step, span) -> {
            levelName.add(step);
            levelNumber.add(number(span));
            levelUnit.add(unit(span));
        });
        settings.budgets().forEach(budget -> {
            budgetYear.add(String.valueOf(budget.year()));
            budgetLine.add(budget.line());
            budgetHours.add(String.valueOf(budget.hours()));
        });
        followUpMonths =
                centre.followUpMonths() == null ? null : centre.followUpMonths().replace(",", ", ");
        attendanceLimit = String.valueOf(centre.attendanceLimit());
        noShowLimit = String.valueOf(centre.noShowLimit());
        cohortMin = String.valueOf(centre.cohortMin());
        cohortMax = String.valueOf(centre.cohortMax());
        teamsMin = String.valueOf(centre.teamsMin());
        teamsMax = String.valueOf(centre.teamsMax());
        trainingHours = centre.trainingHours() == null ? null : String.valueOf(centre.trainingHours());
        assigning = centre.assigning().name();
        version = centre.version();
    }

    /** The answers; only for a form that passed its checks. */
    CentreSettings.Settings settings(ServiceLevels levels) {
        return new CentreSettings.Settings(
                new Centre(
                        id,
                        code,
                        name.strip(),
                        nameEn.strip(),
                        region.strip(),
                        Centre.Kind.valueOf(kind),
                        text(email),
                        text(phone),
                        text(address),
                        text(senderName),
                        text(senderAddress),
                        text(signature),
                        text(signatureEn),
                        weekdays(),
                        months(),
                        integer(attendanceLimit),
                        integer(noShowLimit),
                        integer(cohortMin),
                        integer(cohortMax),
                        integer(teamsMin),
                        integer(teamsMax),
                        text(trainingHours) == null ? null : integer(trainingHours),
                        Centre.Assigning.valueOf(assigning),
                        version),
                days(),
                levels(levels),
                budgets());
    }

    /** The days of the week with commas; empty when none is chosen. */
    String weekdays() {
        return Arrays.stream(DayOfWeek.values())
                .map(known -> known.name().substring(0, 2))
                .filter(week::contains)
                .collect(Collectors.joining(","));
    }

    private String months() {
        return text(followUpMonths) == null
                ? null
                : Arrays.stream(followUpMonths.split(","))
                        .map(CentreForm::integer)
                        .distinct()
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(","));
    }

    /** The special days; a {@link DateTimeParseException} or {@link IllegalArgumentException} for a row that is none. */
    List<SpecialDay> days() {
        List<SpecialDay> days = new ArrayList<>();
        for (int row = 0; row < day.size(); row++) {
            String date = text(day.get(row));
            String what = text(at(dayName, row));
            if (date == null && what == null) {
                continue;
            }
            if (date == null || what == null || what.length() > 200) {
                throw new IllegalArgumentException("A day needs its date and its name");
            }
            days.add(new SpecialDay(LocalDate.parse(date), SpecialDay.Kind.valueOf(at(dayKind, row)), what));
        }
        return days;
    }

    /** The lengths that differ from the general ones; an {@link IllegalArgumentException} for one that cannot be. */
    Map<String, Span> levels(ServiceLevels levels) {
        Map<String, Span> spans = new LinkedHashMap<>();
        for (int row = 0; row < levelName.size(); row++) {
            String step = levelName.get(row);
            String number = text(at(levelNumber, row));
            if (number == null || !levels.names().contains(step)) {
                continue;
            }
            spans.put(step, span(number, at(levelUnit, row), levels.unit(step)));
        }
        return spans;
    }

    /** The hours that lines pay; an {@link IllegalArgumentException} for a row that cannot be. */
    List<FundingBudgets.Budget> budgets() {
        List<FundingBudgets.Budget> budgets = new ArrayList<>();
        for (int row = 0; row < budgetLine.size(); row++) {
            String hours = text(at(budgetHours, row));
            if (hours == null) {
                continue;
            }
            String line = budgetLine.get(row);
            String year = String.valueOf(at(budgetYear, row));
            // Thousands may have their point, as people write them.
            if (!hours.matches("[1-9]\\d{0,4}|[1-9]\\d?\\.\\d{3}")
                    || !year.matches("2\\d{3}")
                    || !FundingBudgets.LINES.contains(line)) {
                throw new IllegalArgumentException("No budget: " + line + " " + year + " " + hours);
            }
            budgets.add(new FundingBudgets.Budget(line, integer(year), integer(hours.replace(".", ""))));
        }
        return budgets;
    }

    private static Span span(String number, String unit, ServiceLevels.Unit needed) {
        if (!number.matches("[1-9]\\d{0,2}")) {
            throw new IllegalArgumentException("A length of time is a number from 1 to 999, not " + number);
        }
        int length = Integer.parseInt(number);
        boolean business = "bd".equals(unit);
        if (business && needed == ServiceLevels.Unit.PERIOD
                || !business && needed == ServiceLevels.Unit.BUSINESS_DAYS) {
            throw new IllegalArgumentException("This length of time is not given in " + unit);
        }
        return switch (String.valueOf(unit)) {
            case "bd" -> new Span(length, Period.ZERO);
            case "d" -> new Span(0, Period.ofDays(length));
            case "m" -> new Span(0, Period.ofMonths(length));
            default -> throw new IllegalArgumentException("No unit of time: " + unit);
        };
    }

    /** How many of the unit below; empty for a length that no single number says. */
    static String number(Span span) {
        if (span.period().isZero()) {
            return String.valueOf(span.businessDays());
        }
        long months = span.period().toTotalMonths();
        return months == 0 ? String.valueOf(span.period().getDays()) : String.valueOf(months);
    }

    /** bd (business days), d (days) or m (months). */
    static String unit(Span span) {
        return span.period().isZero() ? "bd" : span.period().toTotalMonths() == 0 ? "d" : "m";
    }

    String levelNumber(String step) {
        int row = levelName.indexOf(step);
        return row < 0 ? "" : Objects.requireNonNullElse(at(levelNumber, row), "");
    }

    String levelUnit(String step) {
        int row = levelName.indexOf(step);
        return row < 0 ? null : at(levelUnit, row);
    }

    String budgetHours(String line, String year) {
        for (int row = 0; row < budgetLine.size(); row++) {
            if (line.equals(budgetLine.get(row)) && year.equals(at(budgetYear, row))) {
                return Objects.requireNonNullElse(at(budgetHours, row), "");
            }
        }
        return "";
    }

    static String at(List<String> values, int row) {
        return row < values.size() ? values.get(row) : null;
    }

    static int integer(String typed) {
        return Integer.parseInt(typed.strip());
    }

    /** What was typed without blanks around it; null for nothing. */
    static String text(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /** Each plain answer by the name of its text, to be held against another's. */
    Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("name", name);
        answers.put("nameEn", nameEn);
        answers.put("region", region);
        answers.put("phone", phone);
        answers.put("address", address);
        answers.put("senderName", senderName);
        answers.put("senderAddress", senderAddress);
        answers.put("email", email);
        answers.put("signature", signature == null ? null : signature.replace("\r\n", "\n"));
        answers.put("signatureEn", signatureEn == null ? null : signatureEn.replace("\r\n", "\n"));
        answers.put("week", weekdays());
        answers.put("days", rows(day, dayKind, dayName));
        answers.put("levels", rows(levelName, levelNumber, levelUnit));
        answers.put("budgets", rows(budgetYear, budgetLine, budgetHours));
        answers.put("followUpMonths", followUpMonths);
        answers.put("attendanceLimit", attendanceLimit);
        answers.put("noShowLimit", noShowLimit);
        answers.put("cohortMin", cohortMin);
        answers.put("cohortMax", cohortMax);
        answers.put("teamsMin", teamsMin);
        answers.put("teamsMax", teamsMax);
        answers.put("trainingHours", trainingHours);
        answers.put("assigning", assigning);
        answers.replaceAll((key, answer) -> text(answer));
        return answers;
    }

    private static String rows(List<String> first, List<String> second, List<String> third) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < first.size(); row++) {
            // A length that is not settled and a day that is not named are rows of the page only.
            boolean said =
                    text(first.get(row)) != null && text(at(second, row)) != null && text(at(third, row)) != null;
            if (said) {
                rows.add(String.join(" ", first.get(row), at(second, row), at(third, row))
                        .strip());
            }
        }
        return rows.stream().sorted().collect(Collectors.joining("; ")).toLowerCase(Locale.ROOT);
    }

    // What the page reads other than as fields.

    public Set<String> getWeek() {
        return week;
    }

    public String getAssigning() {
        return assigning;
    }

    public String getKind() {
        return kind;
    }

    public int getVersion() {
        return version;
    }
}
