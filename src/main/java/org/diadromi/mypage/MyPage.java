package org.diadromi.mypage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.centre.Centres;
import org.diadromi.consent.Consents;
import org.diadromi.counselling.Appointment;
import org.diadromi.counselling.Counselling;
import org.diadromi.counselling.OwnAppointment;
import org.diadromi.link.LinkDoor;
import org.diadromi.link.PrivateLinks;
import org.diadromi.notification.MailRefusals;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A person's own page about their case, reached by the link of a mail. The link is exchanged for an entry of the session, so
 * that the token stands in no further address. Looking changes nothing: programs that read mails follow each link.
 */
@Controller
@RequestMapping(PrivateLinks.PATH)
class MyPage {

    private static final String HOME = OwnCaseDoor.HOME;

    /** How many free times are offered. */
    private static final int OFFERED = 30;

    /** Why people leave, as the form of staff has it; what concerns health is asked of nobody here. */
    private static final List<String> REASONS = List.of("other", "job", "moved", "noInterest", "otherSupport");

    private final OwnCaseDoor door;
    private final MyCase mine;
    private final Counselling counselling;
    private final OwnAppointment appointments;
    private final MailRefusals refusals;
    private final Consents consents;
    private final Centres centres;
    private final OwnSurvey survey;
    private final OwnPlan plan;
    private final Texts texts;

    MyPage(
            OwnCaseDoor door,
            MyCase mine,
            Counselling counselling,
            OwnAppointment appointments,
            MailRefusals refusals,
            Consents consents,
            Centres centres,
            OwnSurvey survey,
            OwnPlan plan,
            Texts texts) {
        this.door = door;
        this.mine = mine;
        this.counselling = counselling;
        this.appointments = appointments;
        this.refusals = refusals;
        this.consents = consents;
        this.centres = centres;
        this.survey = survey;
        this.plan = plan;
        this.texts = texts;
    }

    /** These pages are for one person: no search engine keeps them, no other site learns of them. */
    @ModelAttribute
    void forOnePersonOnly(HttpServletResponse response) {
        LinkDoor.hide(response);
    }

    /** Opens a link. */
    @GetMapping("/{token}")
    ModelAndView open(@PathVariable String token, HttpServletRequest request) {
        return door.open(token, request);
    }

    /** Where the case stands, what comes next and what the person can do. */
    @GetMapping
    ModelAndView show(HttpSession session, Model model) {
        return door.withCase(session, null, caseFile -> {
            Optional<Appointment> ahead = caseFile.status() == CaseFile.Status.OPEN
                    ? counselling.appointmentAhead(caseFile)
                    : Optional.empty();
            model.addAttribute("case", caseFile);
            model.addAttribute("centre", centres.get(caseFile.centreId()));
            model.addAttribute("stage", mine.stage(caseFile));
            model.addAttribute("appointment", ahead.orElse(null));
            model.addAttribute("free", ahead.map(any -> free(caseFile)).orElse(Map.of()));
            model.addAttribute("refuses", refusals.refuses(caseFile));
            model.addAttribute("consents", consents.of(caseFile));
            model.addAttribute("onOffer", mine.isOnOffer(caseFile));
            model.addAttribute("asked", survey.asked(caseFile).orElse(null));
            model.addAttribute("plan", plan.of(caseFile).orElse(null));
            model.addAttribute("texts", texts);
            return new ModelAndView("my/case", model.asMap());
        });
    }

    @PostMapping("/appointment/confirm")
    ModelAndView confirm(
            HttpSession session, @RequestParam(required = false) String caseNumber, RedirectAttributes next) {
        return done(session, caseNumber, next, "confirmed", appointments::confirm);
    }

    @PostMapping("/appointment/move")
    ModelAndView move(
            HttpSession session,
            @RequestParam(required = false) String caseNumber,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) LocalDateTime startsAt,
            RedirectAttributes next) {
        return done(session, caseNumber, next, "moved", caseFile -> appointments.move(caseFile, startsAt));
    }

    @PostMapping("/appointment/cancel")
    ModelAndView cancel(
            HttpSession session,
            @RequestParam(required = false) String caseNumber,
            @RequestParam(required = false) String words,
            RedirectAttributes next) {
        String said = words == null || words.isBlank() ? null : words.strip();
        return done(
                session,
                caseNumber,
                next,
                "cancelled",
                caseFile -> appointments.cancel(
                        caseFile, said == null || said.length() <= 500 ? said : said.substring(0, 500)));
    }

    @PostMapping("/mails")
    ModelAndView mails(
            HttpSession session,
            @RequestParam(required = false) String caseNumber,
            @RequestParam(defaultValue = "false") boolean reminders,
            RedirectAttributes next) {
        return done(
                session,
                caseNumber,
                next,
                reminders ? "remindersOn" : "remindersOff",
                reminders ? refusals::accept : refusals::refuse);
    }

    @PostMapping("/sharing/withdraw")
    ModelAndView stopSharing(
            HttpSession session, @RequestParam(required = false) String caseNumber, RedirectAttributes next) {
        return done(session, caseNumber, next, "sharingWithdrawn", mine::stopSharing);
    }

    @PostMapping("/transfer/withdraw")
    ModelAndView stopTransfer(
            HttpSession session, @RequestParam(required = false) String caseNumber, RedirectAttributes next) {
        return done(session, caseNumber, next, "transferWithdrawn", mine::stopTransfer);
    }

    @PostMapping("/sensitive/withdraw")
    ModelAndView removeSensitive(
            HttpSession session, @RequestParam(required = false) String caseNumber, RedirectAttributes next) {
        return done(session, caseNumber, next, "sensitiveWithdrawn", mine::removeSensitive);
    }

    /** How the person is reached, to be changed. */
    @GetMapping("/data")
    ModelAndView data(HttpSession session, Model model) {
        return door.withCase(session, null, caseFile -> {
            Map<String, String> typed = new HashMap<>();
            typed.put("phone", caseFile.phone());
            typed.put("email", caseFile.email());
            typed.put("municipality", caseFile.municipality());
            return data(caseFile, typed, model);
        });
    }

    private ModelAndView data(CaseFile caseFile, Map<String, String> typed, Model model) {
        if (caseFile.status() == CaseFile.Status.CLOSED) {
            return new ModelAndView(HOME);
        }
        model.addAttribute("case", caseFile);
        model.addAttribute("form", typed);
        return new ModelAndView("my/data", model.asMap());
    }

    @PostMapping("/data")
    ModelAndView change(
            HttpSession session,
            @RequestParam(required = false) String caseNumber,
            @RequestParam Map<String, String> typed,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        return door.withCase(session, caseNumber, caseFile -> {
            String municipality = filled(typed.get("municipality"), 100);
            try {
                mine.change(
                        caseFile,
                        filled(typed.get("phone"), 40),
                        filled(typed.get("email"), 200),
                        municipality == null ? caseFile.municipality() : municipality,
                        filled(typed.get("wish"), 2000));
                next.addFlashAttribute("notice", "my.done.changed");
                return new ModelAndView(HOME);
            } catch (RuleViolation violation) {
                model.addAttribute("trouble", texts.of(locale, violation));
                ModelAndView again = data(caseFile, typed, model);
                again.setStatus(HttpStatus.BAD_REQUEST);
                return again;
            }
        });
    }

    private static String filled(String typed, int most) {
        String text = typed == null || typed.isBlank() ? null : typed.strip();
        return text == null || text.length() <= most ? text : text.substring(0, most);
    }

    /** What a withdrawal means, before it is done. */
    @GetMapping("/withdraw")
    ModelAndView askBeforeWithdrawal(HttpSession session, Model model) {
        return door.withCase(session, null, caseFile -> {
            if (caseFile.status() == CaseFile.Status.CLOSED) {
                return new ModelAndView(HOME);
            }
            model.addAttribute("case", caseFile);
            model.addAttribute("centre", centres.get(caseFile.centreId()));
            model.addAttribute("reasons", REASONS);
            return new ModelAndView("my/withdraw", model.asMap());
        });
    }

    @PostMapping("/withdraw")
    ModelAndView withdraw(
            HttpSession session,
            @RequestParam(required = false) String caseNumber,
            @RequestParam(defaultValue = "other") String reason,
            RedirectAttributes next) {
        return done(
                session,
                caseNumber,
                next,
                "withdrawn",
                caseFile -> mine.withdraw(caseFile, REASONS.contains(reason) ? reason : "other"));
    }

    /** Forgets the case on this device. */
    @PostMapping("/leave")
    ModelAndView leave(HttpSession session) {
        return door.leave(session, "left");
    }

    private interface Deed {
        void on(CaseFile caseFile);
    }

    /** Does it and goes back to the case; a button that was pressed twice finds it done. */
    private ModelAndView done(
            HttpSession session, String caseNumber, RedirectAttributes next, String notice, Deed deed) {
        return door.withCase(session, caseNumber, caseFile -> {
            try {
                deed.on(caseFile);
                next.addFlashAttribute("notice", "my.done." + notice);
            } catch (RuleViolation violation) {
                if (!Set.of(Problem.CASE_CLOSED, Problem.NO_APPOINTMENT_AHEAD, Problem.SLOT_TAKEN)
                        .contains(violation.problem())) {
                    throw violation;
                }
                next.addFlashAttribute("trouble", "my.late." + violation.problem());
            }
            return new ModelAndView(HOME);
        });
    }

    /** The first times at which the person could come instead, by their day. */
    private Map<LocalDate, List<LocalDateTime>> free(CaseFile caseFile) {
        return counselling.freeInstead(caseFile).stream()
                .limit(OFFERED)
                .collect(Collectors.groupingBy(LocalDateTime::toLocalDate, LinkedHashMap::new, Collectors.toList()));
    }
}
