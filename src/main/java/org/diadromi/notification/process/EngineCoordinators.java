package org.diadromi.notification.process;

import java.util.List;
import org.diadromi.centre.Centre;
import org.diadromi.notification.CoordinatorAddresses;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.springframework.stereotype.Component;

/** The coordinators by their roles. */
@Component
class EngineCoordinators implements CoordinatorAddresses {

    private final StaffAccounts accounts;

    EngineCoordinators(StaffAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public List<String> of(Centre centre) {
        List<String> addresses = accounts.addresses(centre.id(), Role.COORDINATOR);
        return addresses.isEmpty() && centre.email() != null ? List.of(centre.email()) : addresses;
    }
}
