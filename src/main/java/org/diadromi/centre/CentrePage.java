package org.diadromi.centre;

import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diadromi.DiadromiSettings;
import org.diadromi.MailAddress;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The centres and their settings, for administrators. */
@Controller
@RequestMapping("/admin/centres")
class CentrePage {

    private static final String CARD = "centre/card";

    /** How many rows for further special days the page offers. */
    private static final int EMPTY_ROWS = 3;

    /** A special day as typed. */
    record DayRow(String day, String kind, String name) {}

    /** The length of a step as typed, and what counts where nothing is. */
    record LevelRow(String name, String number, String unit, String general, List<String> units) {}

    /** What a funding line pays in a year, as typed. */
    record BudgetRow(String line, String hours) {}

    /** The funding lines in a year. */
    record BudgetYear(String year, List<BudgetRow> rows) {}

    /** What somebody else has saved meanwhile where this form says otherwise. */
    record Difference(String label, String saved) {}

    private final CentreSettings settings;
    private final Centres centres;
    private final ServiceLevels levels;
    private final DiadromiSettings installation;
    private final AppClock clock;
    private final Texts texts;

    CentrePage(
            CentreSettings settings,
            Centres centres,
            ServiceLevels levels,
            DiadromiSettings installation,
            AppClock clock,
            Texts texts) {
        this.settings = settings;
        this.centres = centres;
        this.levels = levels;
        this.installation = installation;
        this.clock = clock;
        this.texts = texts;
    }

    @InitBinder("form")
    void plainFields(WebDataBinder binder) {
        binder.initDirectFieldAccess();
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("centres", centres.all());
        return "centre/list";
    }

    @GetMapping("/new")
    String empty(@ModelAttribute("form") CentreForm form, Locale locale, Model model) {
        return card(form, null, locale, model);
    }

    @PostMapping("/new")
    ModelAndView add(
            @Valid @ModelAttribute("form") CentreForm form,
            BindingResult answers,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        if (!String.valueOf(form.id).matches("[a-z][a-z0-9]{1,31}")) {
            refuse(new RuleViolation(Problem.CENTRE_ID_INVALID), answers, locale);
        }
        if (!String.valueOf(form.code).matches("[A-Z]{3}")) {
            refuse(new RuleViolation(Problem.CENTRE_CODE_INVALID), answers, locale);
        }
        check(form, answers, locale);
        if (!answers.hasErrors()) {
            try {
                settings.add(form.settings(levels));
                next.addFlashAttribute("notice", "centres.added");
                return new ModelAndView("redirect:/admin/centres/centre/" + form.id);
            } catch (RuleViolation violation) {
                refuse(violation, answers, locale);
            }
        }
        return refused(card(form, null, locale, model), model);
    }

    @GetMapping("/centre/{centre}")
    String show(
            @PathVariable("centre") String id, @ModelAttribute("form") CentreForm form, Locale locale, Model model) {
        CentreSettings.Settings found = found(id);
        form.fill(found);
        return card(form, found.centre(), locale, model);
    }

    @PostMapping("/centre/{centre}")
    ModelAndView change(
            @PathVariable("centre") String id,
            @Valid @ModelAttribute("form") CentreForm form,
            BindingResult answers,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        CentreSettings.Settings before = found(id);
        form.id = id;
        form.code = before.centre().code();
        check(form, answers, locale);
        if (!answers.hasErrors()) {
            try {
                settings.change(form.settings(levels), form.version);
                next.addFlashAttribute("notice", "centres.changed");
                return new ModelAndView("redirect:/admin/centres/centre/" + id);
            } catch (RuleViolation violation) {
                refuse(violation, answers, locale);
                CentreSettings.Settings now = found(id);
                model.addAttribute("differences", differences(form, now, locale));
                // Whoever saves again has seen what the other one saved.
                form.version = now.centre().version();
            }
        }
        return refused(card(form, before.centre(), locale, model), model);
    }

    private List<Difference> differences(CentreForm form, CentreSettings.Settings now, Locale locale) {
        CentreForm saved = new CentreForm();
        saved.fill(now);
        Map<String, String> typed = form.answers();
        return saved.answers().entrySet().stream()
                .filter(answer -> !Objects.equals(answer.getValue(), typed.get(answer.getKey())))
                .map(answer -> new Difference(
                        texts.of(locale, "centres." + answer.getKey()),
                        Objects.requireNonNullElse(answer.getValue(), "–")))
                .toList();
    }

    private String card(CentreForm form, Centre centre, Locale locale, Model model) {
        model.addAttribute("centre", centre);
        model.addAttribute(
                "dayRows",
                IntStream.range(0, form.day.size() + (rowsLeft(form) ? 0 : EMPTY_ROWS))
                        .mapToObj(row -> new DayRow(
                                CentreForm.at(form.day, row),
                                CentreForm.at(form.dayKind, row),
                                CentreForm.at(form.dayName, row)))
                        .toList());
        List<LevelRow> rows = new ArrayList<>();
        for (String name : levels.names()) {
            String unit = form.levelUnit(name);
            rows.add(new LevelRow(
                    name,
                    form.levelNumber(name),
                    unit == null ? CentreForm.unit(levels.general(name)) : unit,
                    text(name, locale),
                    switch (levels.unit(name)) {
                        case BUSINESS_DAYS -> List.of("bd");
                        case PERIOD -> List.of("d", "m");
                        case ANY -> List.of("bd", "d", "m");
                    }));
        }
        model.addAttribute("levelRows", rows);
        model.addAttribute("budgetYears", budgetYears(form));
        model.addAttribute("generalMonths", installation.followUpMonths());
        model.addAttribute("generalSender", installation.mail().from());
        return CARD;
    }

    /** This year and the next, then the others of which something is settled, the latest first. */
    private List<BudgetYear> budgetYears(CentreForm form) {
        int now = clock.today().getYear();
        Stream<String> settled =
                form.budgetYear.stream().filter(year -> year.matches("2\\d{3}")).sorted(Comparator.reverseOrder());
        return Stream.concat(Stream.of(String.valueOf(now), String.valueOf(now + 1)), settled)
                .distinct()
                .map(year -> new BudgetYear(
                        year,
                        FundingBudgets.LINES.stream()
                                .map(line -> new BudgetRow(line, form.budgetHours(line, year)))
                                .toList()))
                .toList();
    }

    private static boolean rowsLeft(CentreForm form) {
        return form.day.stream().filter(day -> CentreForm.text(day) == null).count() >= EMPTY_ROWS;
    }

    private String text(String step, Locale locale) {
        return texts.of(
                locale,
                "centres.span." + CentreForm.unit(levels.general(step)),
                Integer.parseInt(CentreForm.number(levels.general(step))));
    }

    private void check(CentreForm form, BindingResult answers, Locale locale) {
        for (String field : List.of("email", "senderAddress")) {
            String mail = CentreForm.text((String) answers.getFieldValue(field));
            if (mail != null && !answers.hasFieldErrors(field)) {
                try {
                    MailAddress.checked(mail);
                } catch (RuleViolation violation) {
                    answers.rejectValue(field, "rule", texts.of(locale, violation));
                }
            }
        }
        if (form.weekdays().isEmpty()) {
            answers.rejectValue("week", "rule", texts.of(locale, "centres.week.missing"));
        }
        try {
            List<SpecialDay> days = form.days();
            if (days.stream().map(SpecialDay::day).distinct().count() < days.size()) {
                answers.rejectValue("day", "rule", texts.of(locale, "centres.days.twice"));
            }
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            answers.rejectValue("day", "rule", texts.of(locale, "centres.days.wrong"));
        }
        try {
            form.levels(levels);
        } catch (IllegalArgumentException e) {
            answers.rejectValue("levelName", "rule", texts.of(locale, "centres.levels.wrong"));
        }
        try {
            form.budgets();
        } catch (IllegalArgumentException e) {
            answers.rejectValue("budgetHours", "rule", texts.of(locale, "centres.budgets.wrong"));
        }
        inOrder(form.cohortMin, form.cohortMax, "cohortMax", answers, locale);
        inOrder(form.teamsMin, form.teamsMax, "teamsMax", answers, locale);
    }

    private void inOrder(String least, String most, String field, BindingResult answers, Locale locale) {
        if (!answers.hasFieldErrors(field)
                && !answers.hasFieldErrors(field.replace("Max", "Min"))
                && CentreForm.integer(least) > CentreForm.integer(most)) {
            answers.rejectValue(field, "rule", texts.of(locale, "centres.order"));
        }
    }

    private void refuse(RuleViolation violation, BindingResult answers, Locale locale) {
        String text = texts.of(locale, violation);
        switch (violation.problem()) {
            case CENTRE_ID_INVALID, CENTRE_ID_TAKEN -> answers.rejectValue("id", "rule", text);
            case CENTRE_CODE_INVALID, CENTRE_CODE_TAKEN -> answers.rejectValue("code", "rule", text);
            case CHANGED_MEANWHILE -> answers.reject("rule", texts.of(locale, "centres.changedMeanwhile"));
            default -> answers.reject("rule", text);
        }
    }

    private static ModelAndView refused(String view, Model model) {
        return new ModelAndView(view, model.asMap(), HttpStatus.BAD_REQUEST);
    }

    private CentreSettings.Settings found(String id) {
        return settings.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
