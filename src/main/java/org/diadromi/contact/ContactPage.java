package org.diadromi.contact;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diadromi.DiadromiSettings;
import org.diadromi.MailAddress;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.FirstContact;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.centre.Municipalities;
import org.diadromi.centre.ServiceLevels;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.web.VisitorLimit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.WebUtils;

/**
 * The form with which anybody can write to a support centre, the one with which another structure sends somebody, and the page that
 * says what happens next.
 */
@Controller
@RequestMapping("/contact")
class ContactPage {

    private static final String FORM = "contact/form";
    private static final String PARTNER = "contact/partner";
    private static final String SENT = ContactPage.class.getName() + ".sent";

    /** A hall full of people at an event may share an address. */
    private final VisitorLimit visitors = new VisitorLimit(60, Duration.ofMinutes(10));

    private static final String INTERVIEW = "initial-interview";

    private final PublicContact contacts;
    private final Centres centres;
    private final Municipalities municipalities;
    private final Consents consents;
    private final ServiceLevels levels;
    private final DiadromiSettings settings;
    private final Texts texts;

    ContactPage(
            PublicContact contacts,
            Centres centres,
            Municipalities municipalities,
            Consents consents,
            ServiceLevels levels,
            DiadromiSettings settings,
            Texts texts) {
        this.contacts = contacts;
        this.centres = centres;
        this.municipalities = municipalities;
        this.consents = consents;
        this.levels = levels;
        this.settings = settings;
        this.texts = texts;
    }

    @InitBinder
    void plainFields(WebDataBinder binder) {
        binder.initDirectFieldAccess();
    }

    /** All centres, and the one that the link or the form names, if there is such a one. */
    @ModelAttribute
    void centres(@RequestParam Optional<String> centre, Model model) {
        List<Centre> all = centres.all();
        model.addAttribute("centres", all);
        model.addAttribute("municipalities", municipalities.all());
        centre.flatMap(id -> all.stream().filter(known -> known.id().equals(id)).findFirst())
                .ifPresent(known -> model.addAttribute("chosen", known));
    }

    /** The empty form; {@code ?centre=kerkyra} is how a centre's own site leads to it. */
    @GetMapping
    String form(@ModelAttribute("form") ContactForm form, Model model, Locale locale) {
        return shown(FORM, model, locale);
    }

    /** The empty form for other structures: social services, employment offices, rehabilitation. */
    @GetMapping("/partner")
    String partner(@ModelAttribute("form") PartnerForm form, Model model, Locale locale) {
        return shown(PARTNER, model, locale);
    }

    @PostMapping
    ModelAndView send(
            @Valid @ModelAttribute("form") ContactForm form,
            BindingResult answers,
            Model model,
            Locale locale,
            HttpServletRequest request,
            RedirectAttributes next) {
        return received(FORM, form, answers, model, locale, request, next);
    }

    @PostMapping("/partner")
    ModelAndView sendByPartner(
            @Valid @ModelAttribute("form") PartnerForm form,
            BindingResult answers,
            Model model,
            Locale locale,
            HttpServletRequest request,
            RedirectAttributes next) {
        next.addFlashAttribute("byPartner", true);
        return received(PARTNER, form, answers, model, locale, request, next);
    }

    private ModelAndView received(
            String view,
            ContactForm form,
            BindingResult answers,
            Model model,
            Locale locale,
            HttpServletRequest request,
            RedirectAttributes next) {
        if (form.fromProgram()) {
            return new ModelAndView("redirect:/contact/thanks");
        }
        if (form.centre != null && !form.centre.isBlank() && !model.containsAttribute("chosen")) {
            answers.rejectValue("centre", "unknown", texts.of(locale, "contactPage.centre.missing"));
        }
        checkReachable(form, answers, locale);
        HttpStatus wrong = HttpStatus.BAD_REQUEST;
        if (!answers.hasErrors()) {
            if (visitors.allows(request.getRemoteAddr())) {
                next.addFlashAttribute("caseNumber", once(form.contact(locale), form.informed, request.getSession()));
                next.addFlashAttribute(
                        "withinDays",
                        levels.span(form.contact(locale).centreId(), INTERVIEW).businessDays());
                return new ModelAndView("redirect:/contact/thanks");
            }
            answers.reject("tooMany", texts.of(locale, "contactPage.tooMany"));
            wrong = HttpStatus.TOO_MANY_REQUESTS;
        }
        return new ModelAndView(shown(view, model, locale), model.asMap(), wrong);
    }

    /** A form with what whoever sends it agrees to. */
    private String shown(String view, Model model, Locale locale) {
        Wording wording = view.equals(PARTNER) ? Wording.TOLD_TO_PARTNER : Wording.OWN_REQUEST;
        model.addAttribute("consent", consents.text(wording, locale));
        return view;
    }

    /** A second click, or a second try on a slow line, brings the same again: it is the same case. */
    private String once(FirstContact contact, boolean informed, HttpSession session) {
        synchronized (WebUtils.getSessionMutex(session)) {
            if (session.getAttribute(SENT) instanceof Sent sent
                    && sent.contact().equals(contact)) {
                return sent.caseNumber();
            }
            String caseNumber = contacts.receive(contact, informed);
            session.setAttribute(SENT, new Sent(contact, caseNumber));
            return caseNumber;
        }
    }

    private record Sent(FirstContact contact, String caseNumber) {}

    /** A reload has no number to show: it is in no address that others could come by. */
    @GetMapping("/thanks")
    String thanks(Model model) {
        if (!model.containsAttribute("withinDays")) {
            model.addAttribute("withinDays", settings.deadline(INTERVIEW).businessDays());
        }
        return "contact/thanks";
    }

    /** What the annotations cannot know, all of it at once, so that nobody mends their answers in two rounds. */
    private void checkReachable(ContactForm form, BindingResult answers, Locale locale) {
        String phone = ContactForm.text(form.phone);
        String mail = ContactForm.text(form.email);
        if (phone == null && mail == null) {
            refuse(new RuleViolation(Problem.CONTACT_NEEDS_PHONE_OR_MAIL), answers, locale);
        }
        try {
            if (phone != null && !answers.hasFieldErrors("phone")) {
                Phones.normalize(phone);
            }
        } catch (RuleViolation violation) {
            refuse(violation, answers, locale);
        }
        try {
            if (mail != null && !answers.hasFieldErrors("email")) {
                MailAddress.checked(mail);
            }
        } catch (RuleViolation violation) {
            refuse(violation, answers, locale);
        }
    }

    private void refuse(RuleViolation violation, BindingResult answers, Locale locale) {
        String field = violation.problem() == Problem.MAIL_INVALID ? "email" : "phone";
        answers.rejectValue(field, violation.problem().name(), texts.of(locale, violation));
    }
}
