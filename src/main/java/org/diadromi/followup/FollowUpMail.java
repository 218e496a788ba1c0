package org.diadromi.followup;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.casefile.CaseFile;
import org.diadromi.notification.MailContent;
import org.diadromi.registration.RegistrationService;
import org.springframework.stereotype.Component;

/** What the reminder of the annual certificate says; a venture that has closed gets none. */
@Component
class FollowUpMail implements MailContent {

    private final FollowUpService followUps;
    private final RegistrationService registrations;

    FollowUpMail(FollowUpService followUps, RegistrationService registrations) {
        this.followUps = followUps;
        this.registrations = registrations;
    }

    @Override
    public Set<String> templates() {
        return Set.of("annual-certificate");
    }

    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        return followUps.hasClosed(caseFile)
                ? Optional.empty()
                : Optional.of(Map.of("ventureName", registrations.get(caseFile).ventureName()));
    }
}
