package org.diadromi.mypage;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.centre.Centres;
import org.diadromi.link.LinkDoor;
import org.diadromi.link.PrivateLinks;
import org.diadromi.mypage.OwnSurvey.Asked;
import org.diadromi.workflow.TaskForms;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The questions of a follow-up, on the person's own pages. */
@Controller
@RequestMapping(PrivateLinks.PATH + "/survey")
class OwnSurveyPage {

    private final OwnCaseDoor door;
    private final OwnSurvey survey;
    private final Centres centres;
    private final Texts texts;

    OwnSurveyPage(OwnCaseDoor door, OwnSurvey survey, Centres centres, Texts texts) {
        this.door = door;
        this.survey = survey;
        this.centres = centres;
        this.texts = texts;
    }

    @ModelAttribute
    void forOnePersonOnly(HttpServletResponse response) {
        LinkDoor.hide(response);
    }

    @GetMapping
    ModelAndView questions(HttpSession session, Model model) {
        return door.withCase(session, null, caseFile -> page(caseFile, Map.of(), model));
    }

    @PostMapping
    ModelAndView answer(
            HttpSession session,
            @RequestParam(required = false) String caseNumber,
            @RequestParam Map<String, String> typed,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        return door.withCase(session, caseNumber, caseFile -> {
            try {
                survey.answer(caseFile, typed);
                next.addFlashAttribute("notice", "my.done.surveyed");
                return new ModelAndView(OwnCaseDoor.HOME);
            } catch (TaskForms.Refused refused) {
                model.addAttribute("wrong", sentences(refused, locale));
                refused.rule().ifPresent(rule -> model.addAttribute("trouble", texts.of(locale, rule)));
                ModelAndView again = page(caseFile, typed, model);
                again.setStatus(HttpStatus.BAD_REQUEST);
                return again;
            } catch (RuleViolation late) {
                if (late.problem() != Problem.TASK_DONE_ALREADY) {
                    throw late;
                }
                ModelAndView nothing = page(caseFile, Map.of(), model);
                nothing.setStatus(HttpStatus.CONFLICT);
                return nothing;
            }
        });
    }

    private ModelAndView page(CaseFile caseFile, Map<String, String> typed, Model model) {
        Optional<Asked> asked = survey.asked(caseFile);
        model.addAttribute("case", caseFile);
        model.addAttribute("centre", centres.get(caseFile.centreId()));
        model.addAttribute("asked", asked.orElse(null));
        model.addAttribute("why", caseFile.status() == CaseFile.Status.OPEN ? "answered" : "rests");
        model.addAttribute("form", typed);
        model.addAttribute("statuses", OwnSurvey.STATUSES);
        model.mergeAttributes(Map.of("wrong", Map.of()));
        return new ModelAndView("my/survey", model.asMap());
    }

    /** What is wrong, by the field, in the words of this page: the labels of the form are those of staff. */
    private Map<String, String> sentences(TaskForms.Refused refused, Locale locale) {
        Map<String, String> sentences = new LinkedHashMap<>();
        refused.fields().forEach((key, why) -> {
            Object[] arguments = why.arguments().clone();
            arguments[0] = texts.of(locale, "my.survey." + key);
            String sentence = "problem." + why.problem();
            if (why.problem() == Problem.FIELD_MISSING || why.problem() == Problem.FIELD_NOT_AN_OPTION) {
                sentence = "my.survey.missing";
            } else if (why.problem() == Problem.FIELD_WRONG_TYPE || why.problem() == Problem.FIELD_BAD_FORMAT) {
                sentence = OwnSurvey.SUMS.contains(key)
                        ? "my.survey.number"
                        : OwnSurvey.COUNTS.contains(key) ? "my.survey.whole" : sentence;
            }
            sentences.put(key, texts.of(locale, sentence, arguments));
        });
        return sentences;
    }
}
