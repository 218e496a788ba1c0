package org.diadromi.referral;

import java.util.Optional;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.Timeline;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.springframework.data.repository.CrudRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sends people to better paths and learns whether it helped. */
@Service
@Transactional
public class Referrals {

    private final ReferralRepository repository;
    private final Consents consents;
    private final Timeline timeline;
    private final AppClock clock;

    Referrals(ReferralRepository repository, Consents consents, Timeline timeline, AppClock clock) {
        this.repository = repository;
        this.consents = consents;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** Records where a person was sent, and that they agreed if the structure is told of them. */
    public void refer(
            CaseFile caseFile,
            String path,
            String structure,
            String contact,
            boolean dataShared,
            String message,
            String byUser) {
        repository.save(new Referral(
                null,
                caseFile.id(),
                path,
                structure,
                contact,
                dataShared,
                message,
                byUser,
                clock.now(),
                null,
                null,
                null,
                null));
        if (dataShared) {
            consents.give(caseFile, Wording.SHARED_WITH_STRUCTURE, Texts.GREEK, Channel.UNKNOWN, byUser);
        }
        timeline.add(caseFile, Timeline.Kind.REFERRED, path, byUser);
    }

    /** The latest referral; an {@link IllegalStateException} before the first. */
    @Transactional(readOnly = true)
    public Referral latest(CaseFile caseFile) {
        return repository
                .findFirstByCaseIdOrderByIdDesc(caseFile.id())
                .orElseThrow(() -> new IllegalStateException("No referral of " + caseFile.number()));
    }

    /** Records what the person said of the latest referral. */
    public void answered(CaseFile caseFile, String helped, boolean comesBack, String note, String byUser) {
        repository.save(latest(caseFile).answered(helped, comesBack, note, clock.now()));
        timeline.add(caseFile, Timeline.Kind.REFERRAL_ANSWERED, helped, byUser);
    }
}

interface ReferralRepository extends CrudRepository<Referral, Long> {
    Optional<Referral> findFirstByCaseIdOrderByIdDesc(Long caseId);
}
