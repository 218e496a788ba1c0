package org.diadromi.mypage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.link.LinkDoor;
import org.diadromi.link.PrivateLinks;
import org.diadromi.link.PrivateLinks.Opened;
import org.diadromi.team.TeamMember;
import org.diadromi.team.TeamMembers;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The one way onto the pages of a person's own case: the link of a mail, exchanged for an entry of the session. */
@Component
class OwnCaseDoor {

    static final String HOME = "redirect:" + PrivateLinks.PATH;
    static final String MEMBER_HOME = HOME + "/team";

    private final PrivateLinks links;
    private final CaseFiles cases;
    private final TeamMembers team;
    private final LinkDoor<Opened> door;

    OwnCaseDoor(PrivateLinks links, CaseFiles cases, TeamMembers team) {
        this.links = links;
        this.cases = cases;
        this.team = team;
        this.door = new LinkDoor<>(MyPage.class, "my/closed", links::reopen);
    }

    /** Opens a link and goes on to the page of whoever got it, in the language of their mails. */
    ModelAndView open(String token, HttpServletRequest request) {
        return door.enter(request, () -> links.open(token), opened -> {
            CaseFile caseFile = caseOf(opened);
            return opened.memberId() == null
                    ? HOME + "?lang=" + caseFile.language().getLanguage()
                    : MEMBER_HOME + "?lang=" + memberOf(opened, caseFile).language();
        });
    }

    /**
     * The page about the case whose link this browser opened, for its person; a member of the team is sent to theirs.
     *
     * @param meant the case that the pressed button was about, or null: another link may have been opened since
     */
    ModelAndView withCase(HttpSession session, String meant, Function<CaseFile, ModelAndView> page) {
        return door.inside(
                session,
                opened -> meant == null || meant.equals(opened.caseNumber()),
                opened -> opened.memberId() == null ? page.apply(caseOf(opened)) : new ModelAndView(MEMBER_HOME));
    }

    /**
     * The page of the member of a team whose link this browser opened; the person of a case is sent to theirs.
     *
     * @param meant the member whom the pressed button was about, or null
     */
    ModelAndView withMember(HttpSession session, Long meant, BiFunction<CaseFile, TeamMember, ModelAndView> page) {
        return door.inside(session, opened -> meant == null || meant.equals(opened.memberId()), opened -> {
            if (opened.memberId() == null) {
                return new ModelAndView(HOME);
            }
            CaseFile caseFile = caseOf(opened);
            return page.apply(caseFile, memberOf(opened, caseFile));
        });
    }

    /**
     * Forgets the case on this device.
     *
     * @param why what the page then says: left, or erased
     */
    ModelAndView leave(HttpSession session, String why) {
        door.leave(session);
        return door.closed(why, HttpStatus.OK);
    }

    private TeamMember memberOf(Opened opened, CaseFile caseFile) {
        return team.find(caseFile, opened.memberId()).orElseThrow();
    }

    private CaseFile caseOf(Opened opened) {
        return cases.get(opened.centreId(), opened.caseNumber());
    }
}
