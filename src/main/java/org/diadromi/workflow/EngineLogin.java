package org.diadromi.workflow;

import java.util.List;
import org.camunda.bpm.engine.AuthenticationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Checks a name and password with the engine's identity service, which also slows down repeated failures. */
@Component
class EngineLogin implements AuthenticationProvider {

    private final IdentityService identity;

    EngineLogin(IdentityService identity) {
        this.identity = identity;
    }

    @Override
    public Authentication authenticate(Authentication login) {
        String id = login.getName();
        if (id.isBlank() || !accepted(id, String.valueOf(login.getCredentials()))) {
            throw new BadCredentialsException("Wrong name or password");
        }
        EngineUser user = load(id);
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

    private EngineUser load(String id) {
        User user = identity.createUserQuery().userId(id).singleResult();
        List<String> groups = identity.createGroupQuery().groupMember(id).list().stream()
                .map(Group::getId)
                .toList();
        List<String> centres = identity.createTenantQuery().userMember(id).includingGroupsOfUser(true).list().stream()
                .map(Tenant::getId)
                .toList();
        return new EngineUser(user.getId(), user.getFirstName() + " " + user.getLastName(), groups, centres);
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }
}
