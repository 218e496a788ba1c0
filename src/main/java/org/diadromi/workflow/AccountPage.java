package org.diadromi.workflow;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.diadromi.MailAddress;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.privacy.Audit;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own account: the mail address, the language and the password; the second step has a page of its own. */
@Controller
@RequestMapping("/account")
class AccountPage {

    private static final String VIEW = "account/show";

    private final StaffAccounts accounts;
    private final EngineLogin login;
    private final Audit audit;
    private final Texts texts;

    AccountPage(StaffAccounts accounts, EngineLogin login, Audit audit, Texts texts) {
        this.accounts = accounts;
        this.login = login;
        this.audit = audit;
        this.texts = texts;
    }

    @ModelAttribute
    void account(@AuthenticationPrincipal EngineUser user, Model model) {
        StaffAccounts.Account account = accounts.find(user.getUsername()).orElseThrow();
        model.addAttribute("account", account);
        model.addAttribute("email", account.email());
        model.addAttribute("language", account.language());
        model.addAttribute("shortest", PasswordRules.SHORTEST);
        model.addAttribute("signsOn", accounts.signsOn(user.getUsername()));
        model.addAttribute("secondFactor", user.state().secondFactor());
        model.addAttribute("wrong", Map.of());
    }

    /** Also for whoever changes the language of a page that a form has led to. */
    @GetMapping({"", "/password"})
    String show() {
        return VIEW;
    }

    /** Changes what the person may change of their own account. */
    @PostMapping
    ModelAndView change(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String language,
            @AuthenticationPrincipal EngineUser user,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        model.addAttribute("email", email);
        model.addAttribute("language", language);
        Map<String, String> wrong = new LinkedHashMap<>();
        if (!language.equals("el") && !language.equals("en")) {
            wrong.put("language", texts.of(locale, "account.language.missing"));
        }
        try {
            String checked = email.isBlank() ? null : MailAddress.checked(email.strip());
            if (wrong.isEmpty()) {
                accounts.changeOwn(user.getUsername(), checked, language);
                next.addFlashAttribute("done", "account.changed");
                return new ModelAndView("redirect:/account?lang=" + language);
            }
        } catch (RuleViolation refused) {
            wrong.put("email", texts.of(locale, refused));
        }
        return refused(wrong, model, HttpStatus.BAD_REQUEST);
    }

    /** Sets a new password for whoever knows the one before. */
    @PostMapping("/password")
    ModelAndView changePassword(
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "") String again,
            @AuthenticationPrincipal EngineUser user,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        Map<String, String> wrong = new LinkedHashMap<>();
        HttpStatus status = HttpStatus.BAD_REQUEST;
        try {
            if (before.isEmpty()) {
                wrong.put("before", texts.of(locale, "account.password.before.missing"));
            } else if (!after.equals(again)) {
                wrong.put("again", texts.of(locale, "account.password.again.wrong"));
            } else if (!login.isPassword(user.getUsername(), before, request.getRemoteAddr())) {
                wrong.put("before", texts.of(locale, "account.password.before.wrong"));
            } else if (after.equals(before)) {
                wrong.put("after", texts.of(locale, new RuleViolation(Problem.PASSWORD_UNCHANGED)));
            } else {
                accounts.setPassword(user.getUsername(), after, false);
            }
        } catch (RuleViolation refused) {
            wrong.put("after", texts.of(locale, refused));
        } catch (TooManyTries tooMany) {
            wrong.put("before", texts.of(locale, "login.wait", tooMany.minutes()));
            status = HttpStatus.TOO_MANY_REQUESTS;
        }
        if (!wrong.isEmpty()) {
            return refused(wrong, model, status);
        }
        audit.record(Audit.Action.CHANGED, null, user.getUsername(), texts.of("account.audit.password"));
        request.changeSessionId();
        CurrentAccount.enter(
                accounts.login(user.getUsername())
                        .orElseThrow()
                        .in(user.centre())
                        .proven(user.isProven()),
                request,
                response);
        next.addFlashAttribute("done", "account.password.changed");
        return new ModelAndView(user.mustChangePassword() ? "redirect:/" : "redirect:/account");
    }

    private static ModelAndView refused(Map<String, String> wrong, Model model, HttpStatus status) {
        model.addAttribute("wrong", wrong);
        return new ModelAndView(VIEW, model.asMap(), status);
    }
}
