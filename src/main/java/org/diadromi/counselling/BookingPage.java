package org.diadromi.counselling;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.Staff;
import org.diadromi.workflow.TaskForms;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Fixes the next appointment of a case at one of its counsellor's free times: the task of Tasklist, answered from here. */
@Controller
@RequestMapping("/calendar/book/{number}")
class BookingPage {

    private static final String TASK = "task_counselling_bookAppointment";
    private static final int USUAL_MINUTES = 60;

    /** The options of Tasklist's form. */
    private static final Map<String, List<String>> LISTS = lists();

    private final CaseFiles cases;
    private final Slots slots;
    private final TaskForms tasks;
    private final Staff staff;
    private final Texts texts;
    private final AppClock clock;

    BookingPage(CaseFiles cases, Slots slots, TaskForms tasks, Staff staff, Texts texts, AppClock clock) {
        this.cases = cases;
        this.slots = slots;
        this.tasks = tasks;
        this.staff = staff;
        this.texts = texts;
        this.clock = clock;
    }

    private static Map<String, List<String>> lists() {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("mode", List.of("place", "online", "phone"));
        lists.put("area", Counselling.AREAS);
        return lists;
    }

    @GetMapping
    String show(@AuthenticationPrincipal EngineUser user, @PathVariable String number, Model model) {
        CaseFile caseFile = own(user, number);
        int minutes = slots.hours(caseFile.centreId(), counsellor(caseFile, user)).stream()
                .findFirst()
                .map(Slots.Hours::minutes)
                .orElse(USUAL_MINUTES);
        return page(caseFile, user, Map.of("minutes", String.valueOf(minutes)), model);
    }

    @PostMapping
    ModelAndView book(
            @AuthenticationPrincipal EngineUser user,
            @PathVariable String number,
            @RequestParam Map<String, String> typed,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        CaseFile caseFile = own(user, number);
        try {
            tasks.answer(caseFile.centreId(), caseFile.number(), TASK, answer(typed), user);
            next.addFlashAttribute("notice", "book.done");
            next.addAttribute("week", when(typed).substring(0, 10));
            return new ModelAndView("redirect:/calendar");
        } catch (TaskForms.Refused refusal) {
            model.addAttribute("trouble", refusal.getMessage());
        } catch (RuleViolation violation) {
            model.addAttribute("trouble", texts.of(locale, violation));
        }
        return new ModelAndView(page(caseFile, user, typed, model), model.asMap(), HttpStatus.BAD_REQUEST);
    }

    /** As Tasklist's form would send it: a field that is empty or hidden is not there. */
    private static Map<String, Object> answer(Map<String, String> typed) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("appointmentAt", when(typed));
        for (String key : List.of("area", "mode", "place")) {
            answer.put(key, typed.getOrDefault(key, "").strip());
        }
        if ("phone".equals(answer.get("mode"))) {
            answer.put("place", "");
        }
        try {
            answer.put(
                    "minutes", Integer.valueOf(typed.getOrDefault("minutes", "").strip()));
        } catch (NumberFormatException e) {
            answer.put("minutes", typed.getOrDefault("minutes", ""));
        }
        answer.values().removeIf(""::equals);
        return answer;
    }

    /** What was typed goes before what was chosen. */
    private static String when(Map<String, String> typed) {
        String other = typed.getOrDefault("other", "").strip();
        return other.isEmpty() ? typed.getOrDefault("slot", "").strip() : other;
    }

    private String page(CaseFile caseFile, EngineUser user, Map<String, String> form, Model model) {
        String counsellor = counsellor(caseFile, user);
        Map<LocalDate, List<LocalDateTime>> free =
                slots.free(caseFile.centreId(), counsellor, minutes(form), clock.today(), caseFile.id()).stream()
                        .collect(Collectors.groupingBy(
                                LocalDateTime::toLocalDate, LinkedHashMap::new, Collectors.toList()));
        model.addAttribute("file", caseFile);
        model.addAttribute("waits", tasks.waits(caseFile.centreId(), caseFile.number(), TASK));
        model.addAttribute("counsellorName", staff.name(counsellor));
        model.addAttribute("free", free);
        model.addAttribute("form", form);
        model.addAttribute("lists", LISTS);
        model.addAttribute("texts", texts);
        return "calendar/book";
    }

    private static int minutes(Map<String, String> form) {
        try {
            return Math.max(
                    15,
                    Math.min(
                            240,
                            Integer.parseInt(form.getOrDefault("minutes", "").strip())));
        } catch (NumberFormatException e) {
            return USUAL_MINUTES;
        }
    }

    private static String counsellor(CaseFile caseFile, EngineUser user) {
        return caseFile.counsellor() == null ? user.getUsername() : caseFile.counsellor();
    }

    /** A case of the centre, for those who may answer its counselling tasks. */
    private CaseFile own(EngineUser user, String number) {
        if (!user.groups().contains(Role.COUNSELLOR.groupId()) && !user.groups().contains(Role.COORDINATOR.groupId())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return cases.find(user.centres().get(0), number)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
