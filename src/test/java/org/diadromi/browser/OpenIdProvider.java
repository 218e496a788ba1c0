package org.diadromi.browser;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.autoconfigure.security.oauth2.server.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** An OpenID Connect provider (Spring Authorization Server) as an organisation runs it for its people, on a port of its own until the tests end. */
final class OpenIdProvider {

    static final String PASSWORD = "there";

    private static final Map<String, Map<String, Object>> PEOPLE = new ConcurrentHashMap<>();

    private final ServletWebServerApplicationContext application;

    /** Starts one that knows the application as a client. */
    OpenIdProvider(String clientSecret, String redirect) {
        String client = "spring.security.oauth2.authorizationserver.client.diadromi.registration.";
        application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Setup.class)
                .logStartupInfo(false)
                .properties(
                        "spring.config.name=openid-provider",
                        "spring.main.banner-mode=off",
                        "server.port=0",
                        client + "client-id=diadromi",
                        client + "client-secret={noop}" + clientSecret,
                        client + "client-authentication-methods=client_secret_basic",
                        client + "authorization-grant-types=authorization_code",
                        client + "redirect-uris=" + redirect,
                        client + "scopes=openid,profile,email")
                .run();
    }

    String issuer() {
        return "http://localhost:" + application.getWebServer().getPort();
    }

    /** Makes somebody known there, or says something else of them from now on. */
    void knows(String person, Map<String, Object> claims) {
        PEOPLE.put(person, claims);
    }

    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        OAuth2AuthorizationServerAutoConfiguration.class,
        OAuth2AuthorizationServerJwtAutoConfiguration.class
    })
    static class Setup {

        @Bean
        UserDetailsService people() {
            return name -> {
                if (!PEOPLE.containsKey(name)) {
                    throw new UsernameNotFoundException(name);
                }
                return User.withUsername(name).password("{noop}" + PASSWORD).build();
            };
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims() {
            return context -> {
                if ("id_token".equals(context.getTokenType().getValue())) {
                    PEOPLE.get(context.getPrincipal().getName())
                            .forEach((claim, value) -> context.getClaims().claim(claim, value));
                }
            };
        }
    }
}
