package org.diadromi.workflow;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.diadromi.DiadromiSettings;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds each request against the account as it is now: a session ends with the account and with its password, and a change of
 * roles counts from the next click on. A machine says with a header in which centre it works.
 */
@Component
class CurrentAccount extends OncePerRequestFilter {

    /** The centre that a request by HTTP Basic is about, for people with roles in several. */
    static final String CENTRE = "X-Diadromi-Centre";

    /** Where Camunda's web applications keep the groups and tenants of a session. */
    private static final String WEBAPPS_LOGIN = "authenticatedUser";

    private final StaffAccounts accounts;
    private final Unfinished unfinished;
    private final DiadromiSettings settings;

    CurrentAccount(StaffAccounts accounts, Unfinished unfinished, DiadromiSettings settings) {
        this.accounts = accounts;
        this.unfinished = unfinished;
        this.settings = settings;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (login != null && login.getPrincipal() instanceof EngineUser user) {
            Optional<StaffAccounts.State> now = accounts.state(user.getUsername());
            if (now.isEmpty() || now.get().password() != user.state().password()) {
                end(request);
            } else if (now.get().version() != user.state().version()) {
                Optional<EngineUser> changed =
                        isPlain(login, user) ? accounts.login(user.getUsername()) : Optional.empty();
                if (changed.isPresent()) {
                    enter(changed.get().in(user.centre()).proven(user.isProven()), request, response);
                } else {
                    end(request);
                }
            } else if (request.getHeader(CENTRE) != null && request.getSession(false) == null) {
                String centre = request.getHeader(CENTRE);
                if (!user.centres().contains(centre) && !user.workplaces().contains(centre)) {
                    response.sendError(HttpStatus.FORBIDDEN.value());
                    return;
                }
                enter(user.in(centre), request, response);
            }
            if (now.isPresent() && !mayGoOn(now.get(), request, response)) {
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private boolean mayGoOn(StaffAccounts.State now, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (login == null || !(login.getPrincipal() instanceof EngineUser user)) {
            return true;
        }
        if (now.secondFactor() && !user.isProven()) {
            return unfinished.mayGoOn(request, response, "/login/code", "secondFactor.needed");
        }
        if (now.mustChangePassword()) {
            return unfinished.mayGoOn(request, response, "/account", "account.mustChange");
        }
        return user.isProven()
                || !user.mustHaveSecondFactor(settings.login().secondFactorFor())
                || unfinished.mayGoOn(request, response, "/account/second-factor", "secondFactor.demanded");
    }

    /** Whether the person has got in with all their rights: half a login does not become a whole one here. */
    private static boolean isPlain(Authentication login, EngineUser user) {
        return login instanceof UsernamePasswordAuthenticationToken
                && login.getAuthorities().equals(user.getAuthorities().stream().toList());
    }

    /** Goes on as this person, in the running session if there is one. */
    static void enter(EngineUser user, HttpServletRequest request, HttpServletResponse response) {
        UsernamePasswordAuthenticationToken login =
                UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
        login.setDetails(SecurityContextHolder.getContext().getAuthentication().getDetails());
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(login);
        SecurityContextHolder.setContext(context);
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(WEBAPPS_LOGIN);
            new HttpSessionSecurityContextRepository().saveContext(context, request, response);
        }
    }

    private static void end(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
