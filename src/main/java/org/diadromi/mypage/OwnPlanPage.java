package org.diadromi.mypage;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.document.Documents;
import org.diadromi.link.LinkDoor;
import org.diadromi.link.PrivateLinks;
import org.diadromi.workflow.TaskForms;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where the business plan is handed in, on the person's own pages. */
@Controller
@RequestMapping(PrivateLinks.PATH + "/plan")
class OwnPlanPage {

    private final OwnCaseDoor door;
    private final OwnPlan plan;
    private final Texts texts;

    OwnPlanPage(OwnCaseDoor door, OwnPlan plan, Texts texts) {
        this.door = door;
        this.plan = plan;
        this.texts = texts;
    }

    @ModelAttribute
    void forOnePersonOnly(HttpServletResponse response) {
        LinkDoor.hide(response);
    }

    @GetMapping
    ModelAndView form(HttpSession session, Model model) {
        return door.withCase(session, null, caseFile -> page(caseFile, List.of(), null, model, HttpStatus.OK));
    }

    @PostMapping
    ModelAndView handIn(
            HttpSession session,
            @RequestParam(required = false) String caseNumber,
            @RequestParam(required = false) List<MultipartFile> files,
            @RequestParam(required = false) List<String> deliverables,
            @RequestParam(required = false) String note,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        List<String> ticked = deliverables == null ? List.of() : deliverables;
        return door.withCase(session, caseNumber, caseFile -> {
            try {
                plan.handIn(caseFile, ticked, note, chosen(files));
                next.addFlashAttribute("notice", "my.done.handedIn");
                return new ModelAndView(OwnCaseDoor.HOME);
            } catch (TaskForms.Refused refused) {
                refused.fields().keySet().forEach(key -> model.addAttribute(key + "Wrong", true));
                return page(caseFile, ticked, note, model, HttpStatus.BAD_REQUEST);
            } catch (RuleViolation violation) {
                if (violation.problem() == Problem.TASK_DONE_ALREADY) {
                    return page(caseFile, List.of(), null, model, HttpStatus.CONFLICT);
                }
                model.addAttribute("filesWrong", texts.of(locale, violation));
                return page(caseFile, ticked, note, model, HttpStatus.BAD_REQUEST);
            }
        });
    }

    /** What was chosen; a field that was left empty comes as a file without a name. */
    private static List<OwnPlan.Chosen> chosen(List<MultipartFile> files) {
        return files == null
                ? List.of()
                : files.stream()
                        .filter(file -> !file.isEmpty() || !"".equals(file.getOriginalFilename()))
                        .map(OwnPlanPage::chosen)
                        .toList();
    }

    private static OwnPlan.Chosen chosen(MultipartFile file) {
        if (file.getSize() > Documents.MOST_BYTES) {
            throw new RuleViolation(Problem.DOCUMENT_TOO_LARGE, Documents.MOST_BYTES / 1024 / 1024);
        }
        try {
            return new OwnPlan.Chosen(file.getOriginalFilename(), file.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ModelAndView page(CaseFile caseFile, List<String> ticked, String note, Model model, HttpStatus status) {
        model.addAttribute("case", caseFile);
        model.addAttribute("plan", plan.of(caseFile).orElse(null));
        model.addAttribute("why", caseFile.status() == CaseFile.Status.OPEN ? "none" : "rests");
        model.addAttribute("deliverables", OwnPlan.DELIVERABLES);
        model.addAttribute("mostFiles", OwnPlan.MOST_FILES);
        model.addAttribute("ticked", ticked);
        model.addAttribute("note", note);
        model.addAttribute("texts", texts);
        model.mergeAttributes(Map.of("filesWrong", "", "deliverablesWrong", false, "noteWrong", false));
        return new ModelAndView("my/plan", model.asMap(), status);
    }
}
