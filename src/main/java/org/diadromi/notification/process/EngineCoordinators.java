package org.diadromi.notification.process;

import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.diadromi.centre.Centre;
import org.diadromi.notification.CoordinatorAddresses;
import org.diadromi.workflow.Role;
import org.springframework.stereotype.Component;

/** The coordinators as the engine's identity service knows them. */
@Component
class EngineCoordinators implements CoordinatorAddresses {

    private final IdentityService identity;

    EngineCoordinators(IdentityService identity) {
        this.identity = identity;
    }

    @Override
    public List<String> of(Centre centre) {
        List<String> addresses =
                identity
                        .createUserQuery()
                        .memberOfGroup(Role.COORDINATOR.groupId())
                        .memberOfTenant(centre.id())
                        .list()
                        .stream()
                        .map(User::getEmail)
                        .filter(Objects::nonNull)
                        .toList();
        return addresses.isEmpty() && centre.email() != null ? List.of(centre.email()) : addresses;
    }
}
