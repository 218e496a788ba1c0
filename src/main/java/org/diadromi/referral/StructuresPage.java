package org.diadromi.referral;

import jakarta.validation.Valid;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.diadromi.MailAddress;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The directory of local structures of the centre that somebody works in: all staff read it, the coordinator edits it. */
@Controller
@RequestMapping("/structures")
class StructuresPage {

    private final Structures structures;
    private final Texts texts;
    private final AppClock clock;

    StructuresPage(Structures structures, Texts texts, AppClock clock) {
        this.structures = structures;
        this.texts = texts;
        this.clock = clock;
    }

    @InitBinder("form")
    void plainFields(WebDataBinder binder) {
        binder.initDirectFieldAccess();
    }

    @GetMapping
    String list(
            @AuthenticationPrincipal EngineUser user,
            @RequestParam(required = false) String kind,
            @RequestParam(defaultValue = "false") boolean former,
            Model model) {
        List<Structure> all = former ? structures.former(centre(user)) : structures.of(centre(user));
        model.addAttribute(
                "structures",
                all.stream()
                        .filter(structure -> kind == null
                                || !Structure.KINDS.contains(kind)
                                || structure.kind().equals(kind))
                        .toList());
        model.addAttribute("kinds", Structure.KINDS);
        model.addAttribute("kind", kind);
        model.addAttribute("former", former);
        model.addAttribute("coordinates", coordinates(user));
        return "structures/list";
    }

    @GetMapping("/{structure}")
    String show(@AuthenticationPrincipal EngineUser user, @PathVariable("structure") long id, Model model) {
        Structure structure = own(user, id);
        model.addAttribute("structure", structure);
        model.addAttribute("others", structures.others(structure));
        model.addAttribute("coordinates", coordinates(user));
        return "structures/show";
    }

    @GetMapping("/new")
    String empty(@ModelAttribute("form") StructureForm form, Model model) {
        return page(null, model);
    }

    @PostMapping("/new")
    ModelAndView enter(
            @AuthenticationPrincipal EngineUser user,
            @Valid @ModelAttribute("form") StructureForm form,
            BindingResult answers,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        return keep(user, null, form, answers, locale, model, next);
    }

    @GetMapping("/{structure}/edit")
    String edit(@AuthenticationPrincipal EngineUser user, @PathVariable("structure") long id, Model model) {
        Structure structure = open(user, id);
        model.addAttribute("form", StructureForm.of(structure, structures.others(structure)));
        return page(id, model);
    }

    @PostMapping("/{structure}/edit")
    ModelAndView change(
            @AuthenticationPrincipal EngineUser user,
            @PathVariable("structure") long id,
            @Valid @ModelAttribute("form") StructureForm form,
            BindingResult answers,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        open(user, id);
        return keep(user, id, form, answers, locale, model, next);
    }

    /** Takes the structure out of the directory; referrals that were made to it stay as they are. */
    @PostMapping("/{structure}/remove")
    String remove(
            @AuthenticationPrincipal EngineUser user, @PathVariable("structure") long id, RedirectAttributes next) {
        structures.checked(open(user, id), false, user.getUsername());
        next.addFlashAttribute("notice", "structures.removed");
        return "redirect:/structures";
    }

    private ModelAndView keep(
            EngineUser user,
            Long id,
            StructureForm form,
            BindingResult answers,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        checkMail(answers, "email", form.email, locale);
        checkMail(answers, "contactEmail", form.contactEmail, locale);
        checkOthers(answers, form, locale);
        if (!Structure.KINDS.contains(form.kind)
                || Arrays.stream(Structure.Agreement.values())
                        .noneMatch(known -> known.name().equals(form.agreement))) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        if (!answers.hasFieldErrors("agreedOn")
                && StructureForm.filled(form.agreedOn) != null
                && StructureForm.day(form.agreedOn) == null) {
            answers.rejectValue("agreedOn", "day", texts.of(locale, "absences.date.missing"));
        }
        if (!answers.hasErrors()) {
            try {
                form.receiverFirst();
                Structure kept = structures.keep(
                        form.structure(id, centre(user), clock.today()), form.contacts(), user.getUsername());
                next.addFlashAttribute("notice", "structures.kept");
                return new ModelAndView("redirect:/structures/" + kept.id());
            } catch (RuleViolation violation) {
                answers.reject("rule", texts.of(locale, violation));
            }
        }
        return new ModelAndView(page(id, model), model.asMap(), HttpStatus.BAD_REQUEST);
    }

    private void checkOthers(BindingResult answers, StructureForm form, Locale locale) {
        if (form.others.size() > StructureForm.MOST_OTHERS
                || form.receiver < 0
                || form.receiver > StructureForm.MOST_OTHERS) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        for (int i = 0; i < form.others.size(); i++) {
            StructureForm.Other other = form.others.get(i);
            checkMail(answers, "others[" + i + "].email", other.email, locale);
            if (!other.isEmpty() && StructureForm.filled(other.name) == null) {
                answers.rejectValue("others[" + i + "].name", "missing", texts.of(locale, "structures.other.missing"));
            }
        }
        boolean reached = form.receiver == 0
                || form.receiver <= form.others.size()
                        && StructureForm.filled(form.others.get(form.receiver - 1).email) != null;
        if (!reached) {
            answers.rejectValue("receiver", "missing", texts.of(locale, "structures.receiver.missing"));
        }
    }

    private void checkMail(BindingResult answers, String field, String typed, Locale locale) {
        if (answers.hasFieldErrors(field) || StructureForm.filled(typed) == null) {
            return;
        }
        try {
            MailAddress.checked(typed.strip());
        } catch (RuleViolation violation) {
            answers.rejectValue(field, "mail", texts.of(locale, violation));
        }
    }

    private static String page(Long id, Model model) {
        model.addAttribute("id", id);
        model.addAttribute("kinds", Structure.KINDS);
        model.addAttribute("mostOthers", StructureForm.MOST_OTHERS);
        model.addAttribute("agreements", Structure.Agreement.values());
        return "structures/edit";
    }

    private Structure own(EngineUser user, long id) {
        return structures.find(centre(user), id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private Structure open(EngineUser user, long id) {
        Structure structure = own(user, id);
        if (!structure.active()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return structure;
    }

    private static boolean coordinates(EngineUser user) {
        return user.groups().contains(Role.COORDINATOR.groupId());
    }

    private static String centre(EngineUser user) {
        return user.centres().get(0);
    }
}
