package org.diadromi.workflow;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Leads whoever sends a form after their login has run out back to it, by the login page where it needs one; the page itself has
 * kept what was written (drafts.js). A form of another site is refused.
 */
class SentTooLate implements AccessDeniedHandler {

    /** Where Spring Security keeps what somebody wanted before they logged in. */
    static final String WANTED = "SPRING_SECURITY_SAVED_REQUEST";

    private final AccessDeniedHandler refusal = new AccessDeniedHandlerImpl();

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        String page =
                denied instanceof CsrfException && request.getHeader("HX-Request") == null ? ownPage(request) : null;
        if (page == null) {
            refusal.handle(request, response, denied);
        } else if (request.getUserPrincipal() != null || isPublic(page, request)) {
            response.sendRedirect(page + "#unsent");
        } else {
            request.getSession()
                    .setAttribute(
                            WANTED,
                            new SimpleSavedRequest(
                                    page.substring(request.getContextPath().length())));
            response.sendRedirect(request.getContextPath() + "/login?expired");
        }
    }

    /** The page of this application on which the form is, without its host; null when it is none. */
    private static String ownPage(HttpServletRequest request) {
        String from = request.getHeader(HttpHeaders.REFERER);
        if (from == null
                || request.getRequestURI().endsWith("/logout")
                || request.getRequestURI().endsWith("/login")) {
            return null;
        }
        try {
            URI page = URI.create(from);
            URI here = URI.create(request.getRequestURL().toString());
            return here.getHost().equalsIgnoreCase(page.getHost()) && here.getPort() == page.getPort()
                    ? UriComponentsBuilder.fromUri(page)
                            .scheme(null)
                            .host(null)
                            .port(null)
                            .fragment(null)
                            .toUriString()
                    : null;
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    private static boolean isPublic(String page, HttpServletRequest request) {
        String path = page.substring(request.getContextPath().length());
        return path.matches("/(contact|my)([/?].*)?");
    }
}
