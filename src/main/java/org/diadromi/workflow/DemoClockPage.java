package org.diadromi.workflow;

import java.time.DateTimeException;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Moves the clock of a demonstration, for a person with buttons and for a script with JSON. */
@Controller
@ConditionalOnProperty("diadromi.demo")
@RequestMapping("/demo/clock")
class DemoClockPage {

    private static final List<String> STEPS = List.of("P1D", "P7D", "P1M", "P3M", "P1Y");

    private final DemoClock demo;
    private final AppClock clock;
    private final Texts texts;

    DemoClockPage(DemoClock demo, AppClock clock, Texts texts) {
        this.demo = demo;
        this.clock = clock;
        this.texts = texts;
    }

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    String show(Locale locale, Model model) {
        model.addAttribute("now", texts.moment(clock.now(), locale));
        model.addAttribute("ahead", Math.round(clock.offset().toMinutes() / (24 * 60d)));
        model.addAttribute("steps", STEPS);
        return "demo/clock";
    }

    @PostMapping(produces = MediaType.TEXT_HTML_VALUE)
    String advance(@RequestParam(defaultValue = "") String advance, RedirectAttributes next) {
        next.addFlashAttribute("fired", demo.advance(Period.parse(advance)));
        return "redirect:/demo/clock";
    }

    /** The time, for whoever does not ask for a page. */
    @GetMapping
    @ResponseBody
    Map<String, Object> now() {
        return Map.of("now", time());
    }

    /** Moves the clock for whoever does not ask for a page. */
    @PostMapping
    @ResponseBody
    Map<String, Object> advanceByScript(@RequestParam(defaultValue = "") String advance) {
        int fired = demo.advance(Period.parse(advance));
        return Map.of("now", time(), "timersFired", fired);
    }

    @ExceptionHandler({DateTimeException.class, IllegalArgumentException.class})
    ResponseEntity<Map<String, String>> wrongPeriod() {
        return ResponseEntity.status(HttpStatus.BAD_REQUEST)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of(
                        "error",
                        "advance is an ISO 8601 period of days, weeks, months or years, more than zero and at most ten years, "
                                + "e.g. P30D or P3M"));
    }

    private String time() {
        return ZonedDateTime.now(clock).toOffsetDateTime().withNano(0).toString();
    }
}
