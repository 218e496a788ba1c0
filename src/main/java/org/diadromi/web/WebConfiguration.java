package org.diadromi.web;

import java.time.Duration;
import java.util.Locale;
import org.diadromi.DiadromiSettings;
import org.diadromi.Texts;
import org.diadromi.workflow.EngineUser;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** The language of the application's own pages, that of the reader until they ask for another, and the frame around each page. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final PageFrame frame;
    private final DiadromiSettings settings;

    WebConfiguration(PageFrame frame, DiadromiSettings settings) {
        this.frame = frame;
        this.settings = settings;
    }

    /** Keeps the choice of language in a cookie; what the browser prefers does not count, because staff work in Greek. */
    @Bean
    LocaleResolver localeResolver() {
        CookieLocaleResolver resolver = new CookieLocaleResolver("DIADROMI_LANG") {
            @Override
            protected Locale parseLocaleValue(String value) {
                return language(value);
            }
        };
        resolver.setDefaultLocaleFunction(request -> ofTheReader());
        resolver.setCookieMaxAge(Duration.ofDays(365));
        resolver.setCookieHttpOnly(true);
        resolver.setCookieSecure(settings.isSecure());
        resolver.setCookieSameSite("Lax");
        return resolver;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        LocaleChangeInterceptor choice = new LocaleChangeInterceptor() {
            @Override
            protected Locale parseLocaleValue(String value) {
                return language(value);
            }
        };
        choice.setParamName("lang");
        choice.setHttpMethods("GET");
        registry.addInterceptor(choice);
        // After the choice, because the menu is in the language chosen.
        registry.addInterceptor(frame);
    }

    /** The language of whoever is logged in, until they choose another; Greek for anybody else. */
    private static Locale ofTheReader() {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        return login != null && login.getPrincipal() instanceof EngineUser user
                ? language(user.language())
                : Texts.GREEK;
    }

    /** There are two languages; whatever else is asked for is Greek. */
    private static Locale language(String value) {
        return value.startsWith("en") ? Locale.ENGLISH : Texts.GREEK;
    }
}
