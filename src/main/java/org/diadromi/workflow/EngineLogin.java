package org.diadromi.workflow;

import org.camunda.bpm.engine.AuthenticationException;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Checks a name and password with the engine's identity service, which also slows down repeated failures. */
@Component
class EngineLogin implements AuthenticationProvider {

    private final IdentityService identity;
    private final StaffAccounts accounts;

    EngineLogin(IdentityService identity, StaffAccounts accounts) {
        this.identity = identity;
        this.accounts = accounts;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String id = login.getName();
        if (id.isBlank() || !accepted(id, String.valueOf(login.getCredentials()))) {
            throw new BadCredentialsException("Wrong name or password");
        }
        EngineUser user = accounts.login(id).orElseThrow(() -> new BadCredentialsException("The account is closed"));
        UsernamePasswordAuthenticationToken token =
                UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities());
        token.setDetails(login.getDetails());
        return token;
    }

    private boolean accepted(String id, String password) {
        try {
            return identity.checkPassword(id, password);
        } catch (AuthenticationException locked) {
            return false;
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
