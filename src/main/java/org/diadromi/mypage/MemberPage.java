package org.diadromi.mypage;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Locale;
import java.util.Set;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Status;
import org.diadromi.centre.Centres;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.counselling.Counselling;
import org.diadromi.link.LinkDoor;
import org.diadromi.link.PrivateLinks;
import org.diadromi.team.TeamMember;
import org.diadromi.team.TeamMembers;
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

/**
 * The own page of a member of a case's team, reached by the link of their mails: whether they agree, where the case stands, their reminders,
 * and the end of it all for them. What becomes of the case and its appointments is for its person alone (docs/adr/0036).
 */
@Controller
@RequestMapping(PrivateLinks.PATH + "/team")
class MemberPage {

    private static final String VIEW = "my/member";

    private final OwnCaseDoor door;
    private final TeamMembers team;
    private final MyCase mine;
    private final Counselling counselling;
    private final Consents consents;
    private final Centres centres;
    private final Texts texts;

    MemberPage(
            OwnCaseDoor door,
            TeamMembers team,
            MyCase mine,
            Counselling counselling,
            Consents consents,
            Centres centres,
            Texts texts) {
        this.door = door;
        this.team = team;
        this.mine = mine;
        this.counselling = counselling;
        this.consents = consents;
        this.centres = centres;
        this.texts = texts;
    }

    @ModelAttribute
    void forOnePersonOnly(HttpServletResponse response) {
        LinkDoor.hide(response);
    }

    @GetMapping
    ModelAndView show(HttpSession session, Locale locale, Model model) {
        return door.withMember(
                session, null, (caseFile, member) -> page(caseFile, member, locale, HttpStatus.OK, model));
    }

    /** Agrees, in the words that the page shows. */
    @PostMapping("/agree")
    ModelAndView agree(
            HttpSession session,
            @RequestParam(required = false) Long member,
            @RequestParam(required = false) String phone,
            Locale locale,
            Model model,
            RedirectAttributes next) {
        return door.withMember(session, member, (caseFile, own) -> {
            String typed = phone == null || phone.isBlank() ? null : phone.strip();
            try {
                team.agreesByLink(
                        caseFile,
                        own,
                        Texts.GREEK.getLanguage().equals(locale.getLanguage()) ? Texts.GREEK : Locale.ENGLISH,
                        typed);
            } catch (RuleViolation violation) {
                if (violation.problem() == Problem.PHONE_INVALID) {
                    model.addAttribute("trouble", texts.of(locale, violation));
                    model.addAttribute("phone", typed);
                    return page(caseFile, own, locale, HttpStatus.BAD_REQUEST, model);
                }
                // Pressed twice, or too late: the page says how it stands.
                if (!Set.of(Problem.MEMBER_AGREED_ALREADY, Problem.MEMBER_HAS_LEFT, Problem.CASE_CLOSED)
                        .contains(violation.problem())) {
                    throw violation;
                }
                return new ModelAndView(OwnCaseDoor.MEMBER_HOME);
            }
            next.addFlashAttribute("notice", "my.member.done.agreed");
            return new ModelAndView(OwnCaseDoor.MEMBER_HOME);
        });
    }

    @PostMapping("/mails")
    ModelAndView mails(
            HttpSession session,
            @RequestParam(required = false) Long member,
            @RequestParam(defaultValue = "false") boolean reminders,
            RedirectAttributes next) {
        return door.withMember(session, member, (caseFile, own) -> {
            team.wantsReminders(own, reminders);
            next.addFlashAttribute("notice", reminders ? "my.done.remindersOn" : "my.done.remindersOff");
            return new ModelAndView(OwnCaseDoor.MEMBER_HOME);
        });
    }

    /** Does not agree, or not any more: all that is theirs is erased, and the case goes on without them. */
    @PostMapping("/leave")
    ModelAndView leave(HttpSession session, @RequestParam(required = false) Long member) {
        return door.withMember(session, member, (caseFile, own) -> {
            team.erase(caseFile, own, null);
            return door.leave(session, "erased");
        });
    }

    private ModelAndView page(CaseFile caseFile, TeamMember member, Locale locale, HttpStatus status, Model model) {
        model.addAttribute("case", caseFile);
        model.addAttribute("member", member);
        model.addAttribute("centre", centres.get(caseFile.centreId()));
        if (member.state() == TeamMember.State.ASKED) {
            model.addAttribute("wording", consents.text(Wording.TEAM_MEMBER, locale));
        } else {
            model.addAttribute("stage", mine.stage(caseFile));
            model.addAttribute("consents", consents.ofMember(member.id()));
            model.addAttribute(
                    "appointment",
                    member.state() == TeamMember.State.AGREED && caseFile.status() == Status.OPEN
                            ? counselling.appointmentAhead(caseFile).orElse(null)
                            : null);
        }
        model.addAttribute("texts", texts);
        return new ModelAndView(VIEW, model.asMap(), status);
    }
}
