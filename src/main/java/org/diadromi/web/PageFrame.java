package org.diadromi.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.diadromi.demo.DemoHistory;
import org.diadromi.workflow.EngineUser;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Gives each page what its header shows, as the request attribute {@code frame}: error pages have it too, which the model of a
 * controller would not reach.
 */
@Component
class PageFrame implements HandlerInterceptor {

    /**
     * @param user who is logged in, or null
     * @param menu where they can go
     * @param inGreek the link to this page in Greek; null where the page cannot be asked for again
     * @param inEnglish the same in English
     * @param historyPercent how much of a demonstration's history has been played; null when none is being played
     */
    record Frame(EngineUser user, List<Menu.Item> menu, String inGreek, String inEnglish, Integer historyPercent) {}

    private final Menu menu;
    private final DemoHistory history;

    PageFrame(Menu menu, ObjectProvider<DemoHistory> history) {
        this.menu = menu;
        this.history = history.getIfAvailable();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod) {
            Authentication login = SecurityContextHolder.getContext().getAuthentication();
            EngineUser user = login != null && login.getPrincipal() instanceof EngineUser known ? known : null;
            boolean error = request.getDispatcherType() == DispatcherType.ERROR;
            request.setAttribute(
                    "frame",
                    new Frame(
                            user,
                            user == null || user.mustChangePassword() || !user.isWhole()
                                    ? List.of()
                                    : menu.of(user, LocaleContextHolder.getLocale()),
                            error ? null : here(request, "el"),
                            error ? null : here(request, "en"),
                            history == null ? null : history.percent()));
        }
        return true;
    }

    private static String here(HttpServletRequest request, String language) {
        return ServletUriComponentsBuilder.fromRequest(request)
                .scheme(null)
                .host(null)
                .port(null)
                .replaceQueryParam("lang", language)
                .build()
                .toUriString();
    }
}
