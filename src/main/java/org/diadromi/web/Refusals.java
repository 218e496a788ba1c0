package org.diadromi.web;

import java.util.Locale;
import java.util.Map;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Tells the reader of a page which rule of the field their request breaks. */
@ControllerAdvice
class Refusals {

    private final Texts texts;

    Refusals(Texts texts) {
        this.texts = texts;
    }

    @ExceptionHandler
    ModelAndView refused(RuleViolation violation, Locale locale) {
        return new ModelAndView(
                "error",
                Map.of("status", HttpStatus.BAD_REQUEST.value(), "reason", texts.of(locale, violation)),
                HttpStatus.BAD_REQUEST);
    }
}
