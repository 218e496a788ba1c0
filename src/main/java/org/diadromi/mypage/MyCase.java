package org.diadromi.mypage;

import java.util.Optional;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.OwnWish;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording.Purpose;
import org.diadromi.privacy.SensitiveData;
import org.diadromi.transfer.Transfers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a person may see and do of their own case. */
@Service
@Transactional
class MyCase {

    private final OwnWish wish;
    private final Consents consents;
    private final SensitiveData sensitive;
    private final Transfers transfers;
    private final JdbcClient jdbc;

    MyCase(OwnWish wish, Consents consents, SensitiveData sensitive, Transfers transfers, JdbcClient jdbc) {
        this.wish = wish;
        this.consents = consents;
        this.sensitive = sensitive;
        this.transfers = transfers;
        this.jdbc = jdbc;
    }

    /** The stage that the case is in; empty between two, and once it is closed. */
    @Transactional(readOnly = true)
    Optional<String> stage(CaseFile caseFile) {
        return jdbc.sql("select max(stage) from stage_fact where case_id = ? and left_at is null")
                .param(caseFile.id())
                .query(String.class)
                .optional();
    }

    /**
     * Ends the support and takes back every consent: without leave to use the data there is no support, and without
     * support no reason to use the data.
     */
    void withdraw(CaseFile caseFile, String reason) {
        for (Purpose purpose : Purpose.values()) {
            consents.withdraw(caseFile, purpose, Channel.LINK, null);
        }
        sensitive.remove(caseFile, Channel.LINK, null);
        wish.withdraw(caseFile, reason);
    }

    /** Takes back that the centre keeps to which groups one belongs; what it kept goes with it. */
    void removeSensitive(CaseFile caseFile) {
        sensitive.remove(caseFile, Channel.LINK, null);
    }

    /** Whether another centre has been asked to take the case over and has not answered. */
    @Transactional(readOnly = true)
    boolean isOnOffer(CaseFile caseFile) {
        return transfers.open(caseFile).isPresent();
    }

    /** Stays with the centre, as long as no other has accepted the case. */
    void stopTransfer(CaseFile caseFile) {
        transfers.disagree(caseFile, Channel.LINK);
    }

    /** Takes back one consent that the support can do without. */
    void stopSharing(CaseFile caseFile) {
        consents.withdraw(caseFile, Purpose.SHARING, Channel.LINK, null);
    }
}
