package org.diadromi.referral;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.centre.Centres;
import org.diadromi.link.LinkDoor;
import org.diadromi.link.PrivateLinks;
import org.diadromi.link.PrivateLinks.ForStructure;
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
 * Where a structure says whether it takes a person on, reached by the link of a mail. As on a person's own page the link is
 * exchanged for an entry of the session, and looking changes nothing: a button does.
 */
@Controller
@RequestMapping(PrivateLinks.STRUCTURE_PATH)
class StructureAnswerPage {

    private static final String HERE = "redirect:" + PrivateLinks.STRUCTURE_PATH;
    private static final int NOTE = 1000;

    private final PrivateLinks links;
    private final CaseFiles cases;
    private final Referrals referrals;
    private final StructureReply replies;
    private final Centres centres;
    private final LinkDoor<ForStructure> door;

    StructureAnswerPage(
            PrivateLinks links, CaseFiles cases, Referrals referrals, StructureReply replies, Centres centres) {
        this.links = links;
        this.cases = cases;
        this.referrals = referrals;
        this.replies = replies;
        this.centres = centres;
        this.door = new LinkDoor<>(StructureAnswerPage.class, "referral/closed", links::reopenForStructure);
    }

    /** No search engine keeps these pages, no other site learns of them. */
    @ModelAttribute
    void forOneStructureOnly(HttpServletResponse response) {
        LinkDoor.hide(response);
    }

    /** Opens a link. */
    @GetMapping("/{referral}/{token}")
    ModelAndView open(
            @PathVariable("referral") long referralId, @PathVariable String token, HttpServletRequest request) {
        return door.enter(request, () -> links.openForStructure(referralId, token), opened -> HERE);
    }

    /** Who is referred, and the two buttons; or what has been answered. */
    @GetMapping
    ModelAndView show(HttpSession session, Model model) {
        return withReferral(session, null, (caseFile, referral) -> {
            model.addAttribute("centre", centres.get(caseFile.centreId()));
            model.addAttribute("referral", referral);
            model.addAttribute("open", referrals.awaits(caseFile, referral));
            model.addAttribute("case", caseFile);
            return new ModelAndView("referral/answer", model.asMap());
        });
    }

    @PostMapping("/answer")
    ModelAndView answer(
            HttpSession session,
            @RequestParam(required = false) Long referralId,
            @RequestParam(required = false) String answer,
            @RequestParam(required = false) String note,
            RedirectAttributes next) {
        return withReferral(session, referralId, (caseFile, referral) -> {
            boolean accepts = "accepted".equals(answer);
            if (accepts || "declined".equals(answer)) {
                String said = note == null || note.isBlank() ? null : note.strip();
                try {
                    replies.answer(
                            caseFile,
                            referral,
                            accepts,
                            said == null || said.length() <= NOTE ? said : said.substring(0, NOTE));
                } catch (RuleViolation violation) {
                    if (violation.problem() != Problem.REFERRAL_ANSWERED_ALREADY) {
                        throw violation;
                    }
                    next.addFlashAttribute("trouble", "structurePage.late");
                }
            }
            return new ModelAndView(HERE);
        });
    }

    private interface Page {
        ModelAndView of(CaseFile caseFile, Referral referral);
    }

    /**
     * The page about the referral whose link this browser opened.
     *
     * @param meant the referral that the pressed button was about, or null: another link may have been opened since
     */
    private ModelAndView withReferral(HttpSession session, Long meant, Page page) {
        return door.inside(session, opened -> meant == null || meant == opened.referralId(), opened -> {
            CaseFile caseFile = cases.get(opened.centreId(), opened.caseNumber());
            return referrals
                    .find(caseFile, opened.referralId())
                    .map(referral -> page.of(caseFile, referral))
                    .orElseGet(() -> door.closed("expired", HttpStatus.GONE));
        });
    }
}
