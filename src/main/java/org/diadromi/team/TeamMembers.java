package org.diadromi.team;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.diadromi.GreekText;
import org.diadromi.MailAddress;
import org.diadromi.Problem;
import org.diadromi.RuleViolation;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseClosed;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.casefile.CaseWords;
import org.diadromi.casefile.Doubles;
import org.diadromi.casefile.Timeline;
import org.diadromi.casefile.Vocative;
import org.diadromi.consent.Channel;
import org.diadromi.consent.Consents;
import org.diadromi.consent.Wording;
import org.diadromi.contact.Phones;
import org.diadromi.notification.Notifications;
import org.diadromi.notification.Outbox;
import org.diadromi.privacy.Audit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The team of a case: who is of it beside its person, with the consent of each. A case of which nobody is known but its person has a
 * group size that tells nothing of members; one with members is never smaller than they and the person are.
 */
@Service
@Transactional
public class TeamMembers {

    private static final Logger LOG = LoggerFactory.getLogger(TeamMembers.class);

    /** The mail that asks somebody whether they agree. */
    private static final String CONSENT_MAIL = "team-consent";

    private static final String SELECT = """
            select m.id, m.first_name, m.last_name, m.salutation, m.phone, m.email, m.language, m.added_by, m.added_at,
                   m.asked_at, m.agreed_at, m.left_on, m.reminders_off_at
            from team_member m where\s""";

    /**
     * Who a member is and how they are reached.
     *
     * @param phone as typed; null for none
     * @param email as typed; null for none
     * @param language el or en
     */
    public record Details(
            String firstName, String lastName, Salutation salutation, String phone, String email, String language) {}

    private final CaseFiles cases;
    private final Consents consents;
    private final Notifications notifications;
    private final CaseWords words;
    private final Doubles doubles;
    private final Timeline timeline;
    private final Outbox outbox;
    private final Audit audit;
    private final Texts texts;
    private final JdbcClient jdbc;
    private final AppClock clock;

    /** The mails come last: some tell of a person's request, which knows the transfers, which know the team. */
    TeamMembers(
            CaseFiles cases,
            Consents consents,
            @Lazy Notifications notifications,
            CaseWords words,
            Doubles doubles,
            Timeline timeline,
            Outbox outbox,
            Audit audit,
            Texts texts,
            JdbcClient jdbc,
            AppClock clock) {
        this.cases = cases;
        this.consents = consents;
        this.notifications = notifications;
        this.words = words;
        this.doubles = doubles;
        this.timeline = timeline;
        this.outbox = outbox;
        this.audit = audit;
        this.texts = texts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Everybody of the case's team but its person: those who are of it in the order in which they came, then those who left. */
    @Transactional(readOnly = true)
    public List<TeamMember> of(CaseFile caseFile) {
        return jdbc.sql(SELECT + "m.case_id = ? order by case when m.left_on is null then 0 else 1 end, m.id")
                .param(caseFile.id())
                .query(TeamMember.class)
                .list();
    }

    /** The member of that id, if they are of the case's team. */
    @Transactional(readOnly = true)
    public Optional<TeamMember> find(CaseFile caseFile, long id) {
        return jdbc.sql(SELECT + "m.case_id = ? and m.id = ?")
                .params(caseFile.id(), id)
                .query(TeamMember.class)
                .optional();
    }

    /**
     * Adds somebody to the team.
     *
     * @param agreed how they told staff that they agree; null where a mail asks them
     * @throws RuleViolation when the case is closed, they are of the team already, could not be reached, or have yet to be asked and
     *     more is known of them than it takes to ask
     */
    public TeamMember add(CaseFile caseFile, Details typed, Channel agreed, String byUser) {
        lockOpen(caseFile);
        Details details = checked(typed, agreed != null);
        refuseTwice(caseFile, details, -1);
        jdbc.sql("""
                insert into team_member (case_id, first_name, last_name, salutation, salutation_name, phone, email, language,
                                         added_by, added_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        caseFile.id(),
                        details.firstName(),
                        details.lastName(),
                        details.salutation().name(),
                        Vocative.suggest(details.lastName(), details.salutation()),
                        details.phone(),
                        details.email(),
                        details.language(),
                        byUser,
                        clock.now())
                .update();
        TeamMember member = jdbc.sql(SELECT + "m.id = (select max(l.id) from team_member l where l.case_id = ?)")
                .param(caseFile.id())
                .query(TeamMember.class)
                .single();
        cases.memberAdded(caseFile);
        recognise(caseFile);
        timeline.add(caseFile, Timeline.Kind.MEMBER_ADDED, null, byUser);
        record(Audit.Action.CHANGED, caseFile, "team.audit.added");
        if (agreed == null) {
            ask(caseFile, member);
        } else {
            agree(caseFile, member, Wording.TEAM_MEMBER_TOLD, Texts.GREEK, agreed, byUser);
        }
        return find(caseFile, member.id()).orElseThrow();
    }

    /**
     * Corrects who a member is and how they are reached.
     *
     * @throws RuleViolation as {@link #add} does
     */
    public void change(CaseFile caseFile, TeamMember member, Details typed) {
        lockOpen(caseFile);
        Details details = checked(typed, member.agreedAt() != null);
        refuseTwice(caseFile, details, member.id());
        jdbc.sql("""
                update team_member set first_name = ?, last_name = ?, salutation = ?, salutation_name = ?, phone = ?, email = ?,
                    language = ?
                where id = ?
                """)
                .params(
                        details.firstName(),
                        details.lastName(),
                        details.salutation().name(),
                        Vocative.suggest(details.lastName(), details.salutation()),
                        details.phone(),
                        details.email(),
                        details.language(),
                        member.id())
                .update();
        if (member.email() != null && !member.email().equalsIgnoreCase(details.email())) {
            outbox.readdress(caseFile.id(), member.id(), member.email(), details.email());
        }
        recognise(caseFile);
        record(Audit.Action.CHANGED, caseFile, "team.audit.changed");
    }

    /**
     * Asks by mail whether they agree; once a day, however often it is pressed.
     *
     * @throws RuleViolation when they have agreed, have left, or have no mail
     */
    public void askAgain(CaseFile caseFile, TeamMember member) {
        lockOpen(caseFile);
        requireAsked(caseFile, member);
        if (member.email() == null) {
            throw new RuleViolation(Problem.MEMBER_NEEDS_MAIL);
        }
        ask(caseFile, member);
        record(Audit.Action.CHANGED, caseFile, "team.audit.asked");
    }

    private void ask(CaseFile caseFile, TeamMember member) {
        jdbc.sql("update team_member set asked_at = ? where id = ?")
                .params(clock.now(), member.id())
                .update();
        notifications.sendToMember(
                CONSENT_MAIL, caseFile, member.id(), CONSENT_MAIL + ":" + member.id() + ":" + clock.today());
    }

    /**
     * Records what a member who was asked told staff.
     *
     * @throws RuleViolation when the case is closed, or they have agreed or left meanwhile
     */
    public void agreed(CaseFile caseFile, TeamMember member, Channel how, String byUser) {
        lockOpen(caseFile);
        requireAsked(caseFile, member);
        agree(caseFile, member, Wording.TEAM_MEMBER_TOLD, Texts.GREEK, how, byUser);
        record(Audit.Action.CHANGED, caseFile, "team.audit.agreed");
    }

    /**
     * Keeps that a member agreed on their own page.
     *
     * @param locale the language in which they read what they agree to
     * @param phone as typed; null for none
     * @throws RuleViolation when the case is closed, or they have agreed or left meanwhile
     */
    public void agreesByLink(CaseFile caseFile, TeamMember member, Locale locale, String phone) {
        lockOpen(caseFile);
        requireAsked(caseFile, member);
        if (phone != null) {
            jdbc.sql("update team_member set phone = ? where id = ?")
                    .params(Phones.normalize(phone), member.id())
                    .update();
        }
        agree(caseFile, member, Wording.TEAM_MEMBER, locale, Channel.LINK, null);
        record(Audit.Action.CHANGED, caseFile, "team.audit.agreed");
    }

    private void agree(
            CaseFile caseFile, TeamMember member, Wording wording, Locale locale, Channel how, String byUser) {
        jdbc.sql("update team_member set agreed_at = ? where id = ?")
                .params(clock.now(), member.id())
                .update();
        consents.give(caseFile, member.id(), wording, locale, how, byUser);
        timeline.add(caseFile, Timeline.Kind.MEMBER_AGREED, null, byUser);
        recognise(caseFile);
    }

    /**
     * Keeps that a member left the team; what was theirs stays, and no mail goes to them any more.
     *
     * @throws RuleViolation when the case is closed, the day is yet to come, or they have not agreed or have left already
     */
    public void left(CaseFile caseFile, TeamMember member, LocalDate on, String byUser) {
        lockOpen(caseFile);
        TeamMember now = again(caseFile, member);
        if (now.state() == TeamMember.State.LEFT) {
            throw new RuleViolation(Problem.MEMBER_HAS_LEFT);
        }
        if (now.state() == TeamMember.State.ASKED) {
            throw new RuleViolation(Problem.MEMBER_NOT_AGREED_YET);
        }
        if (on.isAfter(clock.today())) {
            throw new RuleViolation(Problem.DATE_IN_FUTURE);
        }
        jdbc.sql("update team_member set left_on = ? where id = ?")
                .params(on, member.id())
                .update();
        outbox.drop(member.id());
        timeline.add(caseFile, Timeline.Kind.MEMBER_LEFT, null, byUser);
        record(Audit.Action.CHANGED, caseFile, "team.audit.left");
    }

    /** Erases all that is a member's: who they are, what they agreed to, their links and their mails. A second time changes nothing. */
    public void erase(CaseFile caseFile, TeamMember member, String byUser) {
        lock(caseFile);
        if (find(caseFile, member.id()).isEmpty()) {
            return;
        }
        outbox.erase(member.id());
        for (String table : List.of("private_link", "consent")) {
            jdbc.sql("delete from " + table + " where member_id = ?")
                    .param(member.id())
                    .update();
        }
        jdbc.sql("delete from team_member where id = ?").param(member.id()).update();
        cases.memberErased(caseFile);
        recognise(caseFile);
        timeline.add(caseFile, Timeline.Kind.MEMBER_REMOVED, null, byUser);
        record(Audit.Action.ERASED, caseFile, "team.audit.erased");
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                // Whoever restores an older backup finds here what has to be erased again.
                LOG.info("Erased the member {} of the team of case {}", member.id(), caseFile.number());
            }
        });
    }

    /** Nobody is asked any more whether they agree to hear of a case that has ended. */
    @EventListener
    void on(CaseClosed closed) {
        CaseFile caseFile = closed.caseFile();
        if (caseFile.groupSize() > 1) {
            of(caseFile).stream()
                    .filter(member -> member.state() == TeamMember.State.ASKED)
                    .forEach(member -> outbox.drop(member.id()));
        }
    }

    /** Whether a member gets reminders too, from now on. */
    public void wantsReminders(TeamMember member, boolean wants) {
        jdbc.sql("update team_member set reminders_off_at = ? where id = ?")
                .params(wants ? null : clock.now(), member.id())
                .update();
    }

    // What has to hold ---------------------------------------------------------------------------------------

    private void lockOpen(CaseFile caseFile) {
        if (lock(caseFile).status() == CaseFile.Status.CLOSED) {
            throw new RuleViolation(Problem.CASE_CLOSED, caseFile.number());
        }
    }

    /** Of two who change the same team at once, the second sees what the first did. */
    private CaseFile lock(CaseFile caseFile) {
        return cases.locked(caseFile.centreId(), caseFile.number());
    }

    private TeamMember again(CaseFile caseFile, TeamMember member) {
        return find(caseFile, member.id()).orElseThrow(() -> new RuleViolation(Problem.CHANGED_MEANWHILE));
    }

    private void requireAsked(CaseFile caseFile, TeamMember member) {
        switch (again(caseFile, member).state()) {
            case AGREED -> throw new RuleViolation(Problem.MEMBER_AGREED_ALREADY);
            case LEFT -> throw new RuleViolation(Problem.MEMBER_HAS_LEFT);
            default -> {}
        }
    }

    /** With phone and mail in their standard forms; of whoever has not agreed no more than it takes to ask them. */
    private static Details checked(Details typed, boolean agreed) {
        if (!agreed && typed.email() == null) {
            throw new RuleViolation(Problem.MEMBER_NEEDS_MAIL);
        }
        if (!agreed && typed.phone() != null) {
            throw new RuleViolation(Problem.MEMBER_NOT_AGREED_YET);
        }
        if (typed.phone() == null && typed.email() == null) {
            throw new RuleViolation(Problem.CONTACT_NEEDS_PHONE_OR_MAIL);
        }
        return new Details(
                typed.firstName(),
                typed.lastName(),
                typed.salutation(),
                typed.phone() == null ? null : Phones.normalize(typed.phone()),
                typed.email() == null ? null : MailAddress.checked(typed.email()),
                typed.language());
    }

    /** Nobody is of a team twice, nor its person and a member of it. */
    private void refuseTwice(CaseFile caseFile, Details details, long but) {
        boolean person = same(details, caseFile.person(), caseFile.phone(), caseFile.email());
        boolean member = of(caseFile).stream()
                .anyMatch(other -> other.id() != but
                        && other.state() != TeamMember.State.LEFT
                        && same(details, other.person(), other.phone(), other.email()));
        if (person || member) {
            throw new RuleViolation(Problem.MEMBER_THERE, details.firstName() + " " + details.lastName());
        }
    }

    private static boolean same(Details details, String name, String phone, String email) {
        boolean reached = details.phone() != null && details.phone().equals(phone)
                || details.email() != null && details.email().equalsIgnoreCase(email);
        return reached
                && GreekText.fold(details.firstName() + " " + details.lastName())
                        .equals(GreekText.fold(name));
    }

    private void recognise(CaseFile caseFile) {
        words.write(caseFile.id());
        doubles.notice(caseFile.id());
    }

    private void record(Audit.Action action, CaseFile caseFile, String detail) {
        audit.record(action, caseFile.centreId(), caseFile.number(), texts.of(detail));
    }
}
