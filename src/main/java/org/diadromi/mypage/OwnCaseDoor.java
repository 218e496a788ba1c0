package org.diadromi.mypage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.function.Function;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.link.LinkDoor;
import org.diadromi.link.PrivateLinks;
import org.diadromi.link.PrivateLinks.Opened;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** The one way onto the pages of a person's own case: the link of a mail, exchanged for an entry of the session. */
@Component
class OwnCaseDoor {

    static final String HOME = "redirect:" + PrivateLinks.PATH;

    private final PrivateLinks links;
    private final CaseFiles cases;
    private final LinkDoor<Opened> door;

    OwnCaseDoor(PrivateLinks links, CaseFiles cases) {
        this.links = links;
        this.cases = cases;
        this.door = new LinkDoor<>(MyPage.class, "my/closed", links::reopen);
    }

    /** Opens a link and goes on to the case, in the language of its mails. */
    ModelAndView open(String token, HttpServletRequest request) {
        return door.enter(
                request,
                () -> links.open(token),
                opened -> HOME + "?lang=" + caseOf(opened).language().getLanguage());
    }

    /**
     * The page about the case whose link this browser opened.
     *
     * @param meant the case that the pressed button was about, or null: another link may have been opened since
     */
    ModelAndView withCase(HttpSession session, String meant, Function<CaseFile, ModelAndView> page) {
        return door.inside(
                session,
                opened -> meant == null || meant.equals(opened.caseNumber()),
                opened -> page.apply(caseOf(opened)));
    }

    /** Forgets the case on this device. */
    ModelAndView leave(HttpSession session) {
        door.leave(session);
        return door.closed("left", HttpStatus.OK);
    }

    private CaseFile caseOf(Opened opened) {
        return cases.get(opened.centreId(), opened.caseNumber());
    }
}
