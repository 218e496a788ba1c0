package org.diadromi.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.diadromi.DiadromiSettings;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.centre.Centres;
import org.diadromi.centre.Municipalities;
import org.diadromi.centre.Municipalities.Municipality;
import org.diadromi.workflow.DemoAccounts;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.LoginOutcome;
import org.diadromi.workflow.SingleSignOn;
import org.diadromi.workflow.WayBack;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.SessionAttribute;

/** The way in: the front page for everybody, the login page, and from there to where the person's work begins. */
@Controller
class HomePage {

    private final Menu menu;
    private final Centres centres;
    private final Municipalities municipalities;
    private final Optional<DemoAccounts> demo;
    private final SingleSignOn signOn;
    private final DiadromiSettings settings;
    private final Texts texts;

    HomePage(
            Menu menu,
            Centres centres,
            Municipalities municipalities,
            Optional<DemoAccounts> demo,
            SingleSignOn signOn,
            DiadromiSettings settings,
            Texts texts) {
        this.signOn = signOn;
        this.settings = settings;
        this.texts = texts;
        this.menu = menu;
        this.centres = centres;
        this.municipalities = municipalities;
        this.demo = demo;
    }

    /**
     * Who works here goes to their work. Everybody else reads what a centre does and finds theirs: {@code ?municipality=} is what they wrote.
     */
    @GetMapping("/")
    String home(
            @AuthenticationPrincipal EngineUser user,
            @RequestParam(name = "municipality", defaultValue = "") String typed,
            Model model) {
        if (user != null) {
            return "redirect:" + menu.start(user);
        }
        List<Municipality> found = municipalities.find(typed);
        model.addAttribute("typed", typed);
        model.addAttribute("found", found);
        if (found.size() == 1) {
            model.addAttribute("help", municipalities.helpFor(found.get(0)));
        }
        model.addAttribute("municipalities", municipalities.all());
        model.addAttribute("centres", centres.all());
        return "home";
    }

    /** The form, and in a demonstration the accounts to try; who is logged in already goes to their work. */
    @GetMapping("/login")
    String login(
            @AuthenticationPrincipal EngineUser user,
            @RequestParam(required = false) String wait,
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String out,
            @RequestParam(name = "signOn", required = false) Problem refused,
            Locale locale,
            HttpServletRequest request,
            @SessionAttribute(name = LoginOutcome.NAME, required = false) String name,
            Model model) {
        if (user != null) {
            return "redirect:/";
        }
        if (from != null) {
            WayBack.remember(from, request);
        }
        model.addAttribute("place", out == null ? "login" : "out");
        model.addAttribute("providers", signOn.providers());
        model.addAttribute("localLogin", settings.oidc().localLogin());
        if (refused != null && refused.name().startsWith("SIGN_ON_")) {
            model.addAttribute("refused", texts.of(locale, new RuleViolation(refused)));
        }
        model.addAttribute("name", name);
        if (wait != null && wait.matches("\\d{1,5}")) {
            model.addAttribute("wait", (Integer.parseInt(wait) + 59) / 60);
        }
        demo.ifPresent(accounts -> {
            model.addAttribute("password", DemoAccounts.PASSWORD);
            model.addAttribute("wideAccounts", accounts.ofAllCentres());
            model.addAttribute(
                    "centres",
                    centres.all().stream()
                            .filter(centre -> !accounts.of(centre.id()).isEmpty())
                            .toList());
            model.addAttribute("accounts", accounts);
        });
        return "login";
    }

    /** The person's menu for the header of Camunda's Tasklist, which is in Greek only. */
    @GetMapping("/menu")
    @ResponseBody
    List<Menu.Item> menu(@AuthenticationPrincipal EngineUser user, HttpServletRequest request) {
        return Stream.concat(menu.of(user, Texts.GREEK).stream(), Stream.of(menu.account(Texts.GREEK)))
                .map(item -> new Menu.Item(item.label(), request.getContextPath() + item.path()))
                .toList();
    }
}
