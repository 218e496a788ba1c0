package org.diadromi.staff;

import jakarta.validation.Valid;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.diadromi.MailAddress;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.counselling.Counselling;
import org.diadromi.workflow.Absences;
import org.diadromi.workflow.Absences.Absence;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.diadromi.workflow.StaffAccounts.Account;
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

/** The people who work in the centres, for administrators; for a coordinator those of their own centre. */
@Controller
@RequestMapping("/admin/staff")
class StaffPage {

    private static final String CARD = "staff/card";

    /**
     * The roles in a centre, to be ticked.
     *
     * @param held how many are ticked
     */
    record Choice(String centreId, String name, List<Tick> ticks, long held, List<Area> areas) {}

    /** An area of counselling in a centre, to be ticked. */
    record Area(String value, String area, boolean on) {}

    /** A role that may be given, by the id of its group. */
    record Tick(String value, String role, boolean on) {}

    private final StaffOffice staff;
    private final StaffAccounts accounts;
    private final Absences absences;
    private final Centres centres;
    private final Texts texts;

    StaffPage(StaffOffice staff, StaffAccounts accounts, Absences absences, Centres centres, Texts texts) {
        this.staff = staff;
        this.accounts = accounts;
        this.absences = absences;
        this.centres = centres;
        this.texts = texts;
    }

    @InitBinder("form")
    void plainFields(WebDataBinder binder) {
        binder.initDirectFieldAccess();
    }

    @GetMapping
    String list(
            @AuthenticationPrincipal EngineUser user,
            @RequestParam(required = false) String centre,
            @RequestParam(defaultValue = "false") boolean former,
            Locale locale,
            Model model) {
        List<Account> all = staff.of(user).stream()
                .filter(account ->
                        centre == null || centre.isEmpty() || account.roles().containsKey(centre))
                .toList();
        model.addAttribute(
                "people",
                all.stream().filter(account -> account.active() != former).toList());
        model.addAttribute("former", former);
        model.addAttribute(
                "formerCount", all.stream().filter(account -> !account.active()).count());
        model.addAttribute("chosen", centre);
        model.addAttribute("centres", user.isAdmin() ? centres.all() : List.of());
        model.addAttribute(
                "centreNames",
                centres.all().stream().collect(Collectors.toMap(Centre::id, known -> known.name(locale))));
        return "staff/list";
    }

    @GetMapping("/new")
    String empty(
            @AuthenticationPrincipal EngineUser user,
            @ModelAttribute("form") StaffForm form,
            Locale locale,
            Model model) {
        return card(user, form, null, locale, model);
    }

    @PostMapping("/new")
    ModelAndView add(
            @AuthenticationPrincipal EngineUser user,
            @Valid @ModelAttribute("form") StaffForm form,
            BindingResult answers,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        String userId = StaffForm.text(form.userId);
        if (userId == null) {
            refuse(new RuleViolation(Problem.LOGIN_NAME_INVALID), answers, locale);
        }
        checkMail(form, answers, locale);
        if (!answers.hasErrors()) {
            try {
                next.addFlashAttribute("password", staff.add(user, userId, form.details(centreIds())));
                next.addFlashAttribute("notice", "staff.added");
                return new ModelAndView("redirect:/admin/staff/account/" + userId);
            } catch (RuleViolation violation) {
                refuse(violation, answers, locale);
            }
        }
        return refused(card(user, form, null, locale, model), model);
    }

    @GetMapping("/account/{user}")
    String show(
            @PathVariable("user") String userId,
            @AuthenticationPrincipal EngineUser user,
            @ModelAttribute("form") StaffForm form,
            Locale locale,
            Model model) {
        Account account = account(user, userId);
        form.fill(account, accounts.areas(userId));
        return card(user, form, account, locale, model);
    }

    @PostMapping("/account/{user}")
    ModelAndView change(
            @PathVariable("user") String userId,
            @AuthenticationPrincipal EngineUser user,
            @Valid @ModelAttribute("form") StaffForm form,
            BindingResult answers,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Account account = account(user, userId);
        checkMail(form, answers, locale);
        if (!answers.hasErrors()) {
            try {
                found(staff.change(user, userId, form.version, form.details(centreIds())));
                next.addFlashAttribute("notice", "staff.changed");
                return new ModelAndView(
                        staff.find(user, userId).isPresent()
                                ? "redirect:/admin/staff/account/" + userId
                                : "redirect:/admin/staff");
            } catch (RuleViolation violation) {
                refuse(violation, answers, locale);
            }
        }
        return refused(card(user, form, account, locale, model), model);
    }

    @PostMapping("/account/{user}/deactivate")
    String deactivate(
            @PathVariable("user") String userId,
            @RequestParam int version,
            @AuthenticationPrincipal EngineUser user,
            RedirectAttributes next) {
        found(staff.deactivate(user, userId, version));
        next.addFlashAttribute("notice", "staff.deactivated");
        return "redirect:/admin/staff/account/" + userId;
    }

    @PostMapping("/account/{user}/reactivate")
    String reactivate(
            @PathVariable("user") String userId,
            @RequestParam int version,
            @AuthenticationPrincipal EngineUser user,
            RedirectAttributes next) {
        found(staff.reactivate(user, userId, version));
        next.addFlashAttribute("notice", "staff.reactivated");
        return "redirect:/admin/staff/account/" + userId;
    }

    @PostMapping("/account/{user}/password")
    String newPassword(
            @PathVariable("user") String userId, @AuthenticationPrincipal EngineUser user, RedirectAttributes next) {
        String password =
                staff.newPassword(user, userId).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        next.addFlashAttribute("password", password);
        next.addFlashAttribute("notice", "staff.newPassword");
        return "redirect:/admin/staff/account/" + userId;
    }

    @PostMapping("/account/{user}/second-factor")
    String turnOffSecondFactor(
            @PathVariable("user") String userId, @AuthenticationPrincipal EngineUser user, RedirectAttributes next) {
        found(staff.turnOffSecondFactor(user, userId));
        next.addFlashAttribute("notice", "staff.secondFactor.off");
        return "redirect:/admin/staff/account/" + userId;
    }

    private String card(EngineUser user, StaffForm form, Account account, Locale locale, Model model) {
        Set<Role> grantable = staff.grantable(user);
        List<Choice> choices = centres.all().stream()
                .filter(centre -> user.isAdmin() || user.centres().contains(centre.id()))
                .map(centre -> choice(centre, grantable, form, locale))
                .toList();
        model.addAttribute("account", account);
        model.addAttribute("absences", account == null ? List.of() : absencesWith(account));
        model.addAttribute("names", accounts.names());
        model.addAttribute("mayEnterAbsences", user.groups().contains(Role.COORDINATOR.groupId()));
        model.addAttribute("choices", choices);
        model.addAttribute("mayAppoint", user.isAdmin());
        model.addAttribute("wholly", account == null || staff.wholly(user, account.userId()));
        model.addAttribute("secondFactor", account != null && staff.hasSecondFactor(account.userId()));
        model.addAttribute("oneself", account != null && account.userId().equals(user.getUsername()));
        return CARD;
    }

    /** The absences of the person, and those in which they stand in, at the centres that the reader sees them in. */
    private List<Absence> absencesWith(Account account) {
        return account.roles().keySet().stream()
                .flatMap(centre -> absences.of(centre).stream())
                .filter(absence -> absence.userId().equals(account.userId())
                        || absence.standIn().equals(account.userId()))
                .toList();
    }

    private static Choice choice(Centre centre, Set<Role> grantable, StaffForm form, Locale locale) {
        List<Tick> ticks = grantable.stream()
                .map(role -> centre.id() + ":" + role.groupId())
                .map(value -> new Tick(value, value.substring(value.indexOf(':') + 1), form.roles.contains(value)))
                .toList();
        return new Choice(
                centre.id(),
                centre.name(locale),
                ticks,
                ticks.stream().filter(Tick::on).count(),
                Counselling.AREAS.stream()
                        .map(area ->
                                new Area(centre.id() + ":" + area, area, form.areas.contains(centre.id() + ":" + area)))
                        .toList());
    }

    private static ModelAndView refused(String view, Model model) {
        return new ModelAndView(view, model.asMap(), HttpStatus.BAD_REQUEST);
    }

    private void checkMail(StaffForm form, BindingResult answers, Locale locale) {
        String mail = StaffForm.text(form.email);
        if (mail != null && !answers.hasFieldErrors("email")) {
            try {
                MailAddress.checked(mail);
            } catch (RuleViolation violation) {
                refuse(violation, answers, locale);
            }
        }
    }

    private void refuse(RuleViolation violation, BindingResult answers, Locale locale) {
        String text = texts.of(locale, violation);
        switch (violation.problem()) {
            case MAIL_INVALID -> answers.rejectValue("email", "rule", text);
            case LOGIN_NAME_INVALID, LOGIN_NAME_TAKEN -> answers.rejectValue("userId", "rule", text);
            case ROLE_MISSING -> answers.rejectValue("roles", "rule", text);
            default -> answers.reject("rule", text);
        }
    }

    private Account account(EngineUser user, String userId) {
        return staff.find(user, userId).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static void found(boolean found) {
        if (!found) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }

    private Set<String> centreIds() {
        return centres.all().stream().map(Centre::id).collect(Collectors.toSet());
    }
}
