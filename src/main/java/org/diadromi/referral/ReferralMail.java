package org.diadromi.referral;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.casefile.CaseFile;
import org.diadromi.notification.MailContent;
import org.springframework.stereotype.Component;

/** What the mail about a referral says. */
@Component
class ReferralMail implements MailContent {

    private final Referrals referrals;

    ReferralMail(Referrals referrals) {
        this.referrals = referrals;
    }

    @Override
    public Set<String> templates() {
        return Set.of("referral");
    }

    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        Referral referral = referrals.latest(caseFile);
        Map<String, Object> values = new HashMap<>();
        values.put("structure", referral.structure());
        values.put("structureContact", referral.contact());
        values.put("message", referral.message());
        values.put("dataShared", referral.dataShared());
        return Optional.of(values);
    }
}
