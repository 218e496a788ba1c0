package org.diadromi.workflow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.diadromi.DiadromiSettings;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** The account of whoever fetches the figures for machines: no user of the engine, known at that one address only. */
@Component
class MetricsLogin implements AuthenticationProvider {

    static final String NAME = "metrics";

    private final byte[] password;
    private final LoginThrottle throttle;

    MetricsLogin(DiadromiSettings settings, LoginThrottle throttle) {
        String set = settings.metricsPassword();
        this.password = set == null || set.isBlank() ? null : set.getBytes(StandardCharsets.UTF_8);
        this.throttle = throttle;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        if (!NAME.equals(login.getName())) {
            return null;
        }
        byte[] given = String.valueOf(login.getCredentials()).getBytes(StandardCharsets.UTF_8);
        if (password == null
                || !throttle.attempt(NAME, EngineLogin.address(login), () -> MessageDigest.isEqual(password, given))) {
            throw new BadCredentialsException("Wrong name or password");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                NAME, null, List.of(new SimpleGrantedAuthority("ROLE_" + NAME)));
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
