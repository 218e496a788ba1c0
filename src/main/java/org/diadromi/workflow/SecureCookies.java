package org.diadromi.workflow;

import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.diadromi.DiadromiSettings;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.AbstractServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where people reach the application over an encrypted connection, browsers send its cookies over nothing else: those of the
 * session and, of Camunda's web applications, the token against forged requests.
 */
@Configuration(proxyBeanMethods = false)
class SecureCookies {

    @Bean
    WebServerFactoryCustomizer<AbstractServletWebServerFactory> sessionCookie(
            DiadromiSettings settings, CamundaBpmProperties camunda) {
        if (settings.isSecure()) {
            camunda.getWebapp().getCsrf().setEnableSecureCookie(true);
        }
        return server -> {
            if (settings.isSecure()) {
                server.getSession().getCookie().setSecure(true);
            }
        };
    }
}
