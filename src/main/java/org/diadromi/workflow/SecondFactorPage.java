package org.diadromi.workflow;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diadromi.DiadromiSettings;
import org.diadromi.Texts;
import org.diadromi.privacy.Audit;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The second step of a login: where it is asked for, and where everybody turns it on and off for themselves. */
@Controller
class SecondFactorPage {

    private static final String CODE = "account/code";
    private static final String FACTOR = "account/second-factor";

    /** The secret that is shown until the person's app knows it, in the session. */
    private static final String SECRET = SecondFactorPage.class.getName() + ".secret";

    private final SecondFactors factors;
    private final StaffAccounts accounts;
    private final LoginOutcome outcome;
    private final Audit audit;
    private final Texts texts;
    private final DiadromiSettings settings;

    SecondFactorPage(
            SecondFactors factors,
            StaffAccounts accounts,
            LoginOutcome outcome,
            Audit audit,
            Texts texts,
            DiadromiSettings settings) {
        this.factors = factors;
        this.accounts = accounts;
        this.outcome = outcome;
        this.audit = audit;
        this.texts = texts;
        this.settings = settings;
    }

    // Logging in ---------------------------------------------------------------------------------------------

    @GetMapping("/login/code")
    String ask(@AuthenticationPrincipal EngineUser user) {
        return user.isWhole() ? "redirect:/" : CODE;
    }

    /** Takes the code; the person is in and where they wanted to go, or asked again. */
    @PostMapping("/login/code")
    ModelAndView enter(
            @RequestParam(defaultValue = "") String code,
            @AuthenticationPrincipal EngineUser user,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            Model model)
            throws IOException, ServletException {
        if (user.isWhole()) {
            return new ModelAndView("redirect:/");
        }
        Optional<ModelAndView> refusal = refusal(code, CODE, user, request, locale, model);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        request.changeSessionId();
        CurrentAccount.enter(user.proven(true), request, response);
        outcome.onAuthenticationSuccess(
                request, response, SecurityContextHolder.getContext().getAuthentication());
        return null;
    }

    // One's own ----------------------------------------------------------------------------------------------

    /** Also for whoever changes the language of a page that a form has led to. */
    @GetMapping({"/account/second-factor", "/account/second-factor/codes", "/account/second-factor/off"})
    String show(@AuthenticationPrincipal EngineUser user, HttpSession session, Model model) {
        fill(user, session, model);
        return FACTOR;
    }

    /** Turns it on, once the app has shown the right code. */
    @PostMapping("/account/second-factor")
    ModelAndView turnOn(
            @RequestParam(defaultValue = "") String code,
            @AuthenticationPrincipal EngineUser user,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        HttpSession session = request.getSession();
        if (factors.isOn(user.getUsername()) || !(session.getAttribute(SECRET) instanceof String secret)) {
            return new ModelAndView("redirect:/account/second-factor");
        }
        Optional<List<String>> codes = factors.turnOn(user.getUsername(), secret, code.replaceAll("\\s", ""));
        if (codes.isEmpty()) {
            fill(user, session, model);
            model.addAttribute("wrong", texts.of(locale, "secondFactor.code.wrong"));
            return new ModelAndView(FACTOR, model.asMap(), HttpStatus.BAD_REQUEST);
        }
        session.removeAttribute(SECRET);
        CurrentAccount.enter(
                accounts.login(user.getUsername())
                        .orElseThrow()
                        .in(user.centre())
                        .proven(true),
                request,
                response);
        audit.record(Audit.Action.CHANGED, null, user.getUsername(), texts.of("secondFactor.audit.on"));
        next.addFlashAttribute("codes", codes.get());
        return new ModelAndView("redirect:/account/second-factor");
    }

    /** Ten new codes for the day without telephone. */
    @PostMapping("/account/second-factor/codes")
    ModelAndView newCodes(
            @RequestParam(defaultValue = "") String code,
            @AuthenticationPrincipal EngineUser user,
            HttpServletRequest request,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        fill(user, request.getSession(), model);
        Optional<ModelAndView> refusal = refusal(code, FACTOR, user, request, locale, model);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        next.addFlashAttribute("codes", factors.newRecoveryCodes(user.getUsername()));
        audit.record(Audit.Action.CHANGED, null, user.getUsername(), texts.of("secondFactor.audit.codes"));
        return new ModelAndView("redirect:/account/second-factor");
    }

    /** Turns it off for whoever can still log in with it. */
    @PostMapping("/account/second-factor/off")
    ModelAndView turnOff(
            @RequestParam(defaultValue = "") String code,
            @AuthenticationPrincipal EngineUser user,
            HttpServletRequest request,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        fill(user, request.getSession(), model);
        Optional<ModelAndView> refusal = refusal(code, FACTOR, user, request, locale, model);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        factors.turnOff(user.getUsername());
        audit.record(Audit.Action.CHANGED, null, user.getUsername(), texts.of("secondFactor.audit.off"));
        next.addFlashAttribute("done", "secondFactor.off.done");
        return new ModelAndView("redirect:/account");
    }

    /** The page again with the reason when the code is not right. */
    private Optional<ModelAndView> refusal(
            String code, String view, EngineUser user, HttpServletRequest request, Locale locale, Model model) {
        try {
            if (!code.isBlank() && factors.isRight(user.getUsername(), code, request.getRemoteAddr())) {
                return Optional.empty();
            }
            model.addAttribute("wrong", texts.of(locale, "secondFactor.code.wrong"));
            return Optional.of(new ModelAndView(view, model.asMap(), HttpStatus.BAD_REQUEST));
        } catch (TooManyTries tooMany) {
            model.addAttribute("wrong", texts.of(locale, "login.wait", tooMany.minutes()));
            return Optional.of(new ModelAndView(view, model.asMap(), HttpStatus.TOO_MANY_REQUESTS));
        }
    }

    private void fill(EngineUser user, HttpSession session, Model model) {
        boolean on = factors.isOn(user.getUsername());
        model.addAttribute("on", on);
        model.addAttribute(
                "demanded", user.mustHaveSecondFactor(settings.login().secondFactorFor()));
        if (on) {
            model.addAttribute("left", factors.recoveryCodesLeft(user.getUsername()));
            return;
        }
        String secret = session.getAttribute(SECRET) instanceof String shown ? shown : factors.newSecret();
        session.setAttribute(SECRET, secret);
        model.addAttribute("secret", String.join(" ", secret.split("(?<=\\G.{4})")));
        model.addAttribute(
                "qr",
                QrCode.of("otpauth://totp/Diadromi:" + URLEncoder.encode(user.getUsername(), StandardCharsets.UTF_8)
                        + "?secret=" + secret + "&issuer=Diadromi"));
    }
}
