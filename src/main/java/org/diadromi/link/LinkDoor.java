package org.diadromi.link;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.diadromi.link.PrivateLinks.Link;
import org.diadromi.web.VisitorLimit;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/**
 * The way onto pages that only a mail's link opens. The link is exchanged for an entry of the session, so that the token stands in
 * no further address; whoever tries many wrong ones is kept out for a while.
 *
 * @param <T> what such a link opens
 */
public final class LinkDoor<T extends Link> {

    private final String entry;
    private final String closedView;
    private final LongFunction<Optional<T>> reopen;
    private final VisitorLimit wrongLinks = new VisitorLimit(60, Duration.ofMinutes(10));

    /**
     * @param pages the class of the pages, under whose name the session keeps the link
     * @param closedView the view that says, by {@code why}, what became of a link: unknown, expired, tooMany or other (and what the pages close with themselves)
     * @param reopen finds a link again by its id
     */
    public LinkDoor(Class<?> pages, String closedView, LongFunction<Optional<T>> reopen) {
        this.entry = pages.getName() + ".link";
        this.closedView = closedView;
        this.reopen = reopen;
    }

    /** No search engine keeps the page, no other site learns of it. */
    public static void hide(HttpServletResponse response) {
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
        response.setHeader("Referrer-Policy", "no-referrer");
    }

    /** Exchanges the link that {@code open} finds, and goes on; or says why it opens nothing. */
    public ModelAndView enter(HttpServletRequest request, Supplier<Optional<T>> open, Function<T, String> next) {
        if (wrongLinks.isReached(request.getRemoteAddr())) {
            return closed("tooMany", HttpStatus.TOO_MANY_REQUESTS);
        }
        Optional<T> opened = open.get();
        if (opened.isEmpty()) {
            wrongLinks.allows(request.getRemoteAddr());
            return closed("unknown", HttpStatus.NOT_FOUND);
        }
        if (opened.get().expired()) {
            return closed("expired", HttpStatus.GONE);
        }
        request.getSession().setAttribute(entry, opened.get().linkId());
        return new ModelAndView(next.apply(opened.get()));
    }

    /**
     * The page behind the link that this browser opened.
     *
     * @param meant whether it is what the pressed button was about: another link may have been opened since
     */
    public ModelAndView inside(HttpSession session, Predicate<T> meant, Function<T, ModelAndView> page) {
        if (!(session.getAttribute(entry) instanceof Long linkId)) {
            return closed("unknown", HttpStatus.NOT_FOUND);
        }
        Optional<T> opened = reopen.apply(linkId);
        if (opened.isEmpty() || opened.get().expired()) {
            leave(session);
            return closed("expired", HttpStatus.GONE);
        }
        if (!meant.test(opened.get())) {
            return closed("other", HttpStatus.CONFLICT);
        }
        return page.apply(opened.get());
    }

    /** From now on this browser opens nothing any more without a link. */
    public void leave(HttpSession session) {
        session.removeAttribute(entry);
    }

    /** The page that says why there is nothing to see. */
    public ModelAndView closed(String why, HttpStatus status) {
        return new ModelAndView(closedView, Map.of("why", why), status);
    }
}
