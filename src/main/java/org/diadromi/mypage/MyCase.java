package org.diadromi.mypage;

import java.util.Optional;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.OwnWish;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording.Purpose;
import org.diadromi.contact.Intake;
import org.diadromi.privacy.Audit;
import org.diadromi.privacy.DataRequests;
import org.diadromi.privacy.RequestStart;
import org.diadromi.privacy.SensitiveData;
import org.diadromi.referral.Referrals;
import org.diadromi.referral.StructureReply;
import org.diadromi.transfer.Transfers;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a person may see and do of their own case. */
@Service
@Transactional
class MyCase {

    private final CaseFiles cases;
    private final OwnWish wish;
    private final Consents consents;
    private final Referrals referrals;
    private final StructureReply replies;
    private final SensitiveData sensitive;
    private final Transfers transfers;
    private final Intake intake;
    private final DataRequests requests;
    private final RequestStart process;
    private final Audit audit;
    private final Texts texts;
    private final AppClock clock;
    private final JdbcClient jdbc;

    MyCase(
            CaseFiles cases,
            OwnWish wish,
            Consents consents,
            Referrals referrals,
            StructureReply replies,
            SensitiveData sensitive,
            Transfers transfers,
            Intake intake,
            DataRequests requests,
            RequestStart process,
            Audit audit,
            Texts texts,
            AppClock clock,
            JdbcClient jdbc) {
        this.cases = cases;
        this.wish = wish;
        this.consents = consents;
        this.referrals = referrals;
        this.replies = replies;
        this.sensitive = sensitive;
        this.transfers = transfers;
        this.intake = intake;
        this.requests = requests;
        this.process = process;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** Where the case is, as the texts of its page call it: a stage of the journey, structure while it waits for one that was asked, between, paused or closed. */
    @Transactional(readOnly = true)
    String stage(CaseFile caseFile) {
        return switch (caseFile.status()) {
            case CLOSED -> "closed";
            case PAUSED -> "paused";
            case OPEN ->
                referrals.awaited(caseFile).isPresent()
                        ? "structure"
                        : openStage(caseFile).orElse("between");
        };
    }

    private Optional<String> openStage(CaseFile caseFile) {
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

    /**
     * Changes how the person is reached, at once; what else is wrong is a request that the coordinator answers, because a name is
     * not changed without a look at who asks.
     *
     * @param phone as typed; null for none
     * @param email as typed; null for none
     * @param wish what else is to be corrected, in the person's words; null for nothing
     * @throws RuleViolation when the case is closed, the person could not be reached, or has asked for a correction already
     */
    void change(CaseFile caseFile, String phone, String email, String municipality, String wish) {
        if (caseFile.status() == CaseFile.Status.CLOSED) {
            throw new RuleViolation(Problem.CASE_CLOSED, caseFile.number());
        }
        intake.correct(
                caseFile, new CaseFile.Identity(caseFile.firstName(), caseFile.lastName(), phone, email, municipality));
        audit.record(Audit.Action.CHANGED, caseFile.centreId(), caseFile.number(), texts.of("my.data.audit"));
        if (wish != null) {
            long request = requests.receive(caseFile, "correction", clock.today(), "link", wish, null);
            process.start(caseFile.centreId(), caseFile.number(), request, "correction");
        }
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

    /** Takes back one consent that the support can do without; an answer of the structure that comes at the same moment is before it or not heard. */
    void stopSharing(CaseFile caseFile) {
        cases.lock(caseFile.id());
        consents.withdraw(caseFile, Purpose.SHARING, Channel.LINK, null);
        replies.takenBack(caseFile);
    }
}
