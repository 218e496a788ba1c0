package org.diadromi.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.diadromi.Texts;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Keeps whoever has still something to do before they are let in to the page where they do it. */
@Component
class Unfinished {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is open to everybody, and the ways out. */
    private static final List<String> OPEN =
            List.of("/assets/", "/login", "/logout", "/contact", "/my", "/error", "/favicon.ico", "/actuator/health");

    private static final String WEBAPP_LOGOUT = "/camunda/api/admin/auth/user/default/logout";

    private final Texts texts;

    Unfinished(Texts texts) {
        this.texts = texts;
    }

    /**
     * Whether the request may go on: it is for a page that is open, or for the one where the person has to be. If not, it has been
     * answered: a page leads there, a resource says so.
     *
     * @param page where the person has to be
     * @param reason the key of the text that says why
     */
    boolean mayGoOn(HttpServletRequest request, HttpServletResponse response, String page, String reason)
            throws IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (isUnder(path, page) || path.equals(WEBAPP_LOGOUT) || OPEN.stream().anyMatch(open -> isUnder(path, open))) {
            return true;
        }
        if (request.getSession(false) == null || isUnder(path, "/camunda/api") || isUnder(path, "/engine-rest")) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.getWriter()
                    .write(JSON.writeValueAsString(Map.of("type", "LoginUnfinished", "message", texts.of(reason))));
        } else {
            response.sendRedirect(request.getContextPath() + page);
        }
        return false;
    }

    private static boolean isUnder(String path, String place) {
        return path.equals(place) || path.startsWith(place.endsWith("/") ? place : place + "/");
    }
}
