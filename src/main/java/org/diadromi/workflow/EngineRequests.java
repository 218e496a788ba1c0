package org.diadromi.workflow;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Which of the engine's REST calls may change anything. Administrators may call all but what changes accounts; staff may call what Tasklist needs to
 * query, claim, give back and complete, and nothing else: no variables past a form, no errors thrown into a process, no comments that
 * would leave a person's data in the engine. What a call then finds is the engine's own check.
 */
class EngineRequests implements AuthorizationManager<RequestAuthorizationContext> {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** Below the engine's root, e.g. /engine-rest or /camunda/api/engine/engine/default. */
    private static final List<Pattern> STAFF = List.of(
            Pattern.compile("/task(/count)?"),
            Pattern.compile("/task/[^/]+/(claim|unclaim|submit-form)"),
            Pattern.compile("/filter/[^/]+/(list|singleResult|count)"),
            Pattern.compile("/process-definition/[^/]+/submit-form"),
            Pattern.compile("/process-definition/key/[^/]+/submit-form"),
            Pattern.compile("/(variable-instance|process-instance|execution)(/count)?"),
            Pattern.compile("/(user|group|tenant)(/count)?"));

    /** A coordinator may give a task to somebody. */
    private static final Pattern COORDINATORS = Pattern.compile("/task/[^/]+/assignee");

    /** What has nothing to do with a centre's work: models that this application does not use, and the whole installation's counts. */
    private static final Pattern ADMINISTRATION = Pattern.compile(
            "/(history/)?(case-|decision-requirements).*|/(metrics|telemetry|schema|history/cleanup)(/.*)?");

    /** Accounts are looked after on the application's pages, which know of roles by centre, of first logins and of the audit. */
    private static final Pattern ACCOUNTS = Pattern.compile(
            "/(user|group|tenant)/(create|[^/]+(/(profile|credentials|unlock|members/.*|(user|group)-members/.*))?)");

    private static final Pattern ROOT = Pattern.compile("^(/engine-rest|/camunda/api/engine)(/engine/[^/]+)?");

    @Override
    public AuthorizationDecision check(Supplier<Authentication> login, RequestAuthorizationContext context) {
        Authentication authentication = login.get();
        if (authentication == null || !(authentication.getPrincipal() instanceof EngineUser user)) {
            return new AuthorizationDecision(false);
        }
        HttpServletRequest request = context.getRequest();
        String path = ROOT.matcher(
                        request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo()))
                .replaceFirst("");
        if (!READING.contains(request.getMethod()) && ACCOUNTS.matcher(path).matches() && !path.endsWith("/count")) {
            return new AuthorizationDecision(false);
        }
        return new AuthorizationDecision(user.isAdmin()
                || READING.contains(request.getMethod())
                        && !ADMINISTRATION.matcher(path).matches()
                || "POST".equals(request.getMethod())
                        && (STAFF.stream()
                                        .anyMatch(
                                                allowed -> allowed.matcher(path).matches())
                                || COORDINATORS.matcher(path).matches()
                                        && user.groups().contains(Role.COORDINATOR.groupId())));
    }
}
