package org.diadromi.staff;

import jakarta.validation.Valid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.workflow.Absences;
import org.diadromi.workflow.Absences.Absence;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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

/** Absences from the centre that somebody works in: their own, and for its coordinator everybody's. */
@Controller
@RequestMapping("/absences")
class AbsencePage {

    private final Absences absences;
    private final StaffAccounts accounts;
    private final Texts texts;

    AbsencePage(Absences absences, StaffAccounts accounts, Texts texts) {
        this.absences = absences;
        this.accounts = accounts;
        this.texts = texts;
    }

    @InitBinder("form")
    void plainFields(WebDataBinder binder) {
        binder.initDirectFieldAccess();
    }

    @GetMapping
    String list(@AuthenticationPrincipal EngineUser user, @ModelAttribute("form") AbsenceForm form, Model model) {
        return page(user, model);
    }

    @PostMapping
    ModelAndView enter(
            @AuthenticationPrincipal EngineUser user,
            @Valid @ModelAttribute("form") AbsenceForm form,
            BindingResult answers,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        String centre = centre(user);
        String person =
                coordinates(user) && form.person != null && !form.person.isBlank() ? form.person : user.getUsername();
        for (String field : List.of("from", "to")) {
            if (!answers.hasFieldErrors(field) && AbsenceForm.day((String) answers.getFieldValue(field)) == null) {
                answers.rejectValue(field, "day", texts.of(locale, "absences.date.missing"));
            }
        }
        if (!answers.hasErrors()) {
            try {
                absences.enter(
                        centre,
                        person,
                        AbsenceForm.day(form.from),
                        AbsenceForm.day(form.to),
                        form.standIn,
                        user.getUsername());
                next.addFlashAttribute("notice", "absences.entered");
                return new ModelAndView("redirect:/absences");
            } catch (RuleViolation violation) {
                answers.reject("rule", texts.of(locale, violation));
            }
        }
        return new ModelAndView(page(user, model), model.asMap(), HttpStatus.BAD_REQUEST);
    }

    @PostMapping("/{absence}/end")
    String end(@PathVariable("absence") long id, @AuthenticationPrincipal EngineUser user, RedirectAttributes next) {
        String centre = centre(user);
        boolean theirs = mine(user, centre).stream().anyMatch(absence -> absence.id() == id);
        if (!theirs || !absences.end(centre, id)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        next.addFlashAttribute("notice", "absences.ended");
        return "redirect:/absences";
    }

    private String page(EngineUser user, Model model) {
        String centre = centre(user);
        Map<String, String> people = new LinkedHashMap<>();
        accounts.all().stream()
                .filter(account -> account.active()
                        && account.roles().getOrDefault(centre, java.util.Set.of()).stream()
                                .anyMatch(Role::isStaff))
                .forEach(account -> people.put(account.userId(), account.lastName() + " " + account.firstName()));
        List<Absence> all = absences.of(centre);
        model.addAttribute("absences", mine(user, centre));
        model.addAttribute(
                "standingIn",
                all.stream()
                        .filter(absence -> absence.standIn().equals(user.getUsername()))
                        .toList());
        model.addAttribute("people", people);
        model.addAttribute("names", accounts.names());
        model.addAttribute("coordinates", coordinates(user));
        model.addAttribute("oneself", user.getUsername());
        return "staff/absences";
    }

    private List<Absence> mine(EngineUser user, String centre) {
        return absences.of(centre).stream()
                .filter(absence -> coordinates(user) || absence.userId().equals(user.getUsername()))
                .toList();
    }

    private static boolean coordinates(EngineUser user) {
        return user.groups().contains(Role.COORDINATOR.groupId());
    }

    /** The centre that the person works in now; there is nothing to be away from for whoever only looks or administers. */
    private static String centre(EngineUser user) {
        if (user.workplaces().isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return user.centres().get(0);
    }
}
