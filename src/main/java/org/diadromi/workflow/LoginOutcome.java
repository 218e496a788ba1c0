package org.diadromi.workflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.diadromi.Texts;
import org.diadromi.privacy.Audit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** Where a login leads to: a person back to where they wanted to go or to the form, a machine to an answer it understands. */
@Component
public class LoginOutcome extends SavedRequestAwareAuthenticationSuccessHandler
        implements AuthenticationFailureHandler, AuthenticationEntryPoint, LogoutHandler {

    /** The name that was typed before a failure, for the form that comes again. */
    public static final String NAME = "diadromi.login.name";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StaffAccounts accounts;
    private final Audit audit;
    private final Texts texts;
    private final BasicAuthenticationEntryPoint basic = new BasicAuthenticationEntryPoint();

    LoginOutcome(StaffAccounts accounts, Audit audit, Texts texts) {
        this.accounts = accounts;
        this.audit = audit;
        this.texts = texts;
        basic.setRealmName("Diadromi");
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication login)
            throws IOException, ServletException {
        if (login.getPrincipal() instanceof EngineUser user && !user.isWhole()) {
            response.sendRedirect(request.getContextPath() + "/login/code");
            return;
        }
        audit.record(Audit.Action.LOGIN, null, login.getName(), null);
        super.onAuthenticationSuccess(request, response, login);
    }

    /** The form comes again with the reason; how often somebody failed is asked of the audit. */
    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        String name = String.valueOf(request.getParameter("username"));
        // A name that nobody has may be a password in the wrong field: it is kept nowhere.
        if (accounts.find(name).isPresent()) {
            audit.record(
                    Audit.Action.LOGIN_FAILED,
                    null,
                    name,
                    failure instanceof TooManyTries ? texts.of("login.audit.tooMany") : null);
        }
        request.getSession().setAttribute(NAME, name.length() > 64 ? "" : name);
        String reason = failure instanceof TooManyTries tries ? "wait=" + tries.seconds() : "error";
        response.sendRedirect(request.getContextPath() + "/login?" + reason);
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, Authentication login) {
        if (login != null) {
            audit.record(Audit.Action.LOGOUT, null, login.getName(), null);
        }
    }

    /** The answer to a machine without a right password. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof TooManyTries tries) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(tries.seconds()));
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.getWriter()
                    .write(JSON.writeValueAsString(
                            Map.of("type", "TooManyTries", "message", texts.of("login.wait", tries.minutes()))));
        } else {
            basic.commence(request, response, failure);
        }
    }
}
