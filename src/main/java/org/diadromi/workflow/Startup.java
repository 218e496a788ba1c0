package org.diadromi.workflow;

import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.diadromi.DiadromiSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Prepares the engine once the application stands: models, groups and grants, and the first people who can log in. */
@Component
class Startup implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    private final Models models;
    private final Access access;
    private final IdentityService identity;
    private final StaffAccounts accounts;
    private final DiadromiSettings settings;

    Startup(Models models, Access access, IdentityService identity, StaffAccounts accounts, DiadromiSettings settings) {
        this.models = models;
        this.access = access;
        this.identity = identity;
        this.accounts = accounts;
        this.settings = settings;
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            models.deploy();
        } catch (java.io.IOException e) {
            throw new IllegalStateException("The models in the jar cannot be read", e);
        }
        access.keep();
        accounts.adoptAll();
        if (settings.demo()) {
            new DemoStaff(accounts).keep();
            LOG.info("Demonstration: log in at {}/ as kerkyra.counsellor, password demo", settings.publicUrl());
        } else if (identity.createUserQuery()
                        .memberOfGroup(Role.ADMIN.groupId())
                        .count()
                == 0) {
            firstAdministrator();
        }
    }

    private void firstAdministrator() {
        if (settings.adminPassword() == null || settings.adminPassword().isBlank()) {
            throw new MissingAdminPassword();
        }
        accounts.create(
                "admin",
                settings.adminPassword(),
                true,
                new StaffAccounts.Details("Διαχειριστής", "Εφαρμογής", null, "el", true, Map.of()));
        LOG.info("The administrator's account is \"admin\"; the password is the one that was set");
    }

    /** Nobody could log in: there is no administrator, and no password to make one with. */
    static final class MissingAdminPassword extends RuntimeException {
        MissingAdminPassword() {
            super("No administrator exists and DIADROMI_ADMIN_PASSWORD is not set");
        }
    }
}
