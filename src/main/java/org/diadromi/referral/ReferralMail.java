package org.diadromi.referral;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diadromi.Texts;
import org.diadromi.casefile.CaseFile;
import org.diadromi.link.PrivateLinks;
import org.diadromi.notification.MailContent;
import org.springframework.stereotype.Component;

/** What the mails about a referral say, to the person and to the structure. */
@Component
class ReferralMail implements MailContent {

    private static final String TO_STRUCTURE = "referral-structure";

    private final Referrals referrals;
    private final PrivateLinks links;
    private final Texts texts;

    ReferralMail(Referrals referrals, PrivateLinks links, Texts texts) {
        this.referrals = referrals;
        this.links = links;
        this.texts = texts;
    }

    @Override
    public Set<String> templates() {
        return Set.of("referral", "referral-after-counselling", "referral-accepted", TO_STRUCTURE);
    }

    @Override
    public Optional<String> recipient(String template, CaseFile caseFile) {
        return Optional.ofNullable(referrals.latest(caseFile).structureMail());
    }

    /** A structure is told of nobody who has taken that back since, nor of one who has gone another way. */
    @Override
    public boolean hasPoint(String template, CaseFile caseFile, LocalDateTime writtenAt) {
        return !template.equals(TO_STRUCTURE)
                || referrals
                        .awaited(caseFile)
                        .filter(awaited -> !awaited.referredAt().isAfter(writtenAt))
                        .isPresent();
    }

    @Override
    public Optional<Map<String, Object>> values(String template, CaseFile caseFile, Locale locale) {
        Referral referral = referrals.latest(caseFile);
        Map<String, Object> values = new HashMap<>();
        values.put("structure", referral.structure());
        values.put("structureContact", referral.contact());
        values.put("message", referral.message());
        values.put("dataShared", referral.dataShared());
        values.put("asked", referral.structureMail() != null);
        if (template.equals(TO_STRUCTURE)) {
            values.put("person", caseFile.person());
            values.put("phone", caseFile.phone());
            values.put("email", caseFile.email());
            values.put("municipality", caseFile.municipality());
            values.put("structureMessage", referral.structureMessage());
            values.put("ownPage", texts.of(locale, "mail.structurePage"));
            values.put("privateLink", links.place(referral.id()));
        }
        return Optional.of(values);
    }
}
