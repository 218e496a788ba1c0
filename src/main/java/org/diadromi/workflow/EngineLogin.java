package org.diadromi.workflow;

import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.IdentityService;
import org.diadromi.DiadromiSettings;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Checks a name and password with the engine's identity service, not too many at a time. */
@Component
class EngineLogin implements AuthenticationProvider {

    private static final int LONGEST_NAME = 64;

    private final IdentityService identity;
    private final StaffAccounts accounts;
    private final LoginThrottle throttle;
    private final boolean localLogin;

    EngineLogin(IdentityService identity, StaffAccounts accounts, LoginThrottle throttle, DiadromiSettings settings) {
        this.localLogin = settings.oidc().localLogin();
        this.identity = identity;
        this.accounts = accounts;
        this.throttle = throttle;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String id = login.getName();
        if (!localLogin) {
            throw new BadCredentialsException("Passwords log nobody in here");
        }
        if (id.isBlank() || id.length() > LONGEST_NAME) {
            throw new BadCredentialsException("No such name");
        }
        AtomicReference<EngineUser> user = new AtomicReference<>();
        if (!throttle.attempt(id, address(login), () -> isRight(id, String.valueOf(login.getCredentials()), user))) {
            throw new BadCredentialsException("Wrong name or password");
        }
        UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.authenticated(
                user.get(), null, user.get().getAuthorities());
        token.setDetails(login.getDetails());
        return token;
    }

    /**
     * Whether that is the person's password.
     *
     * @param address where the request comes from
     * @throws TooManyTries when there were too many wrong ones
     */
    boolean isPassword(String id, String password, String address) {
        return throttle.attempt(id, address, () -> identity.checkPassword(id, password));
    }

    /** A closed account is as wrong as a password. */
    private boolean isRight(String id, String password, AtomicReference<EngineUser> user) {
        if (identity.checkPassword(id, password)) {
            accounts.login(id).ifPresent(user::set);
        }
        return user.get() != null;
    }

    /** Where the request of a login comes from; null where it is not known. */
    static String address(Authentication login) {
        return login.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : null;
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
