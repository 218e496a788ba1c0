package org.diadromi.counselling;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.centre.Centres;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.Staff;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The hours in which a counsellor receives people: one's own, and for the coordinator those of all counsellors of the centre. */
@Controller
@RequestMapping("/calendar/hours")
class HoursPage {

    private final CounsellorHours hours;
    private final Slots slots;
    private final Centres centres;
    private final Staff staff;
    private final Texts texts;

    HoursPage(CounsellorHours hours, Slots slots, Centres centres, Staff staff, Texts texts) {
        this.hours = hours;
        this.slots = slots;
        this.centres = centres;
        this.staff = staff;
        this.texts = texts;
    }

    @GetMapping
    String show(
            @AuthenticationPrincipal EngineUser user,
            @RequestParam(required = false) String person,
            Locale locale,
            Model model) {
        String counsellor = counsellor(user, person);
        HoursForm form = HoursForm.of(slots.hours(centre(user), counsellor));
        return page(user, counsellor, form, locale, model);
    }

    @PostMapping
    ModelAndView settle(
            @AuthenticationPrincipal EngineUser user,
            @RequestParam Map<String, String> typed,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        String counsellor = counsellor(user, typed.get("person"));
        HoursForm form = new HoursForm();
        form.minutes = typed.getOrDefault("minutes", form.minutes);
        form.at.putAll(typed);
        try {
            hours.settle(centre(user), counsellor, form.week(locale));
        } catch (RuleViolation violation) {
            model.addAttribute("trouble", texts.of(locale, violation));
            return new ModelAndView(page(user, counsellor, form, locale, model), model.asMap(), HttpStatus.BAD_REQUEST);
        }
        next.addFlashAttribute("notice", "hours.settled");
        next.addAttribute("person", counsellor);
        return new ModelAndView("redirect:/calendar/hours");
    }

    private String page(EngineUser user, String counsellor, HoursForm form, Locale locale, Model model) {
        String centre = centre(user);
        Map<Integer, String> days = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            boolean used = form.at.keySet().stream().anyMatch(key -> key.startsWith(day.getValue() + "-"));
            if (used || centres.get(centre).weekdays().contains(day)) {
                days.put(day.getValue(), day.getDisplayName(TextStyle.FULL_STANDALONE, locale));
            }
        }
        model.addAttribute("days", days);
        model.addAttribute("form", form);
        model.addAttribute("counsellor", counsellor);
        model.addAttribute("names", staff.names(coordinates(user) ? hours.counsellors(centre) : List.of(counsellor)));
        model.addAttribute("lengths", HoursForm.LENGTHS);
        model.addAttribute("own", counsellor.equals(user.getUsername()));
        return "calendar/hours";
    }

    /** Oneself, or whom a coordinator has chosen; whoever does not counsel at the centre has no such page. */
    private String counsellor(EngineUser user, String person) {
        List<String> counsellors = hours.counsellors(centre(user));
        boolean chosen = coordinates(user) && person != null && !person.isBlank();
        String counsellor = chosen || counsellors.contains(user.getUsername()) || !coordinates(user)
                ? chosen ? person : user.getUsername()
                : counsellors.stream().findFirst().orElse("");
        if (!counsellors.contains(counsellor)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return counsellor;
    }

    private static boolean coordinates(EngineUser user) {
        return user.groups().contains(Role.COORDINATOR.groupId());
    }

    private static String centre(EngineUser user) {
        return user.centres().get(0);
    }
}
