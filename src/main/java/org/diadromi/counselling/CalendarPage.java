package org.diadromi.counselling;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.centre.Centres;
import org.diadromi.workflow.EngineUser;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.Staff;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The week of the centre that somebody works in: their own appointments and absences, for the coordinator those of all
 * counsellors, and for everybody the days that are closed and the cohorts of the training.
 */
@Controller
@RequestMapping("/calendar")
class CalendarPage {

    private static final String HERE = "redirect:/calendar";

    private final Agenda agenda;
    private final CalendarFeed feed;
    private final CounsellorHours hours;
    private final Centres centres;
    private final Staff staff;
    private final Texts texts;
    private final AppClock clock;

    CalendarPage(
            Agenda agenda,
            CalendarFeed feed,
            CounsellorHours hours,
            Centres centres,
            Staff staff,
            Texts texts,
            AppClock clock) {
        this.agenda = agenda;
        this.feed = feed;
        this.hours = hours;
        this.centres = centres;
        this.staff = staff;
        this.texts = texts;
        this.clock = clock;
    }

    @GetMapping
    String week(
            @AuthenticationPrincipal EngineUser user,
            @RequestParam(required = false) String week,
            @RequestParam(required = false) String who,
            Locale locale,
            Model model) {
        String centre = user.centres().get(0);
        List<String> counsellors = hours.counsellors(centre);
        boolean coordinates = user.groups().contains(Role.COORDINATOR.groupId());
        String person = coordinates ? counsellors.contains(who) ? who : null : user.getUsername();
        LocalDate monday = monday(week);
        List<Agenda.Day> days = agenda.days(centre, person, monday, monday.plusDays(6), locale).stream()
                .filter(day -> !day.isEmpty()
                        || centres.get(centre).weekdays().contains(day.date().getDayOfWeek()))
                .toList();
        List<Agenda.Waiting> waiting = agenda.waiting(centre, person);
        TreeSet<String> people = new TreeSet<>(counsellors);
        days.forEach(day -> {
            people.addAll(day.away());
            day.appointments().stream()
                    .map(Agenda.Entry::counsellor)
                    .filter(java.util.Objects::nonNull)
                    .forEach(people::add);
        });
        waiting.stream()
                .map(Agenda.Waiting::counsellor)
                .filter(java.util.Objects::nonNull)
                .forEach(people::add);
        model.addAttribute("days", days);
        model.addAttribute("waiting", waiting);
        model.addAttribute("monday", monday);
        model.addAttribute("today", clock.today());
        model.addAttribute("coordinates", coordinates);
        model.addAttribute(
                "counsels", counsellors.contains(user.getUsername()) || coordinates && !counsellors.isEmpty());
        model.addAttribute("counsellors", counsellors);
        model.addAttribute("who", person);
        model.addAttribute("names", staff.names(people));
        model.addAttribute("hasFeed", feed.madeAt(user.getUsername()).isPresent());
        model.addAttribute("texts", texts);
        return "calendar/week";
    }

    /** Gives the reader a new address for calendar programs; the one before opens nothing any more. */
    @PostMapping("/feed")
    String renew(@AuthenticationPrincipal EngineUser user, RedirectAttributes next) {
        next.addFlashAttribute("address", feed.renew(user.getUsername()));
        return HERE;
    }

    /** Takes the reader's address for calendar programs back. */
    @PostMapping("/feed/revoke")
    String revoke(@AuthenticationPrincipal EngineUser user) {
        feed.revoke(user.getUsername());
        return HERE + "?revoked";
    }

    private LocalDate monday(String week) {
        LocalDate day = clock.today();
        if (week != null) {
            try {
                LocalDate asked = LocalDate.parse(week);
                day = asked.getYear() < 2000 || asked.getYear() > 2200 ? day : asked;
            } catch (DateTimeParseException e) {
                // What is no day is today.
            }
        }
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
