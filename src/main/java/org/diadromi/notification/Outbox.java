package org.diadromi.notification;

import jakarta.activation.DataHandler;
import jakarta.activation.FileTypeMap;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diadromi.DiadromiSettings;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFiles;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.link.PrivateLinks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.thymeleaf.exceptions.TemplateEngineException;

/**
 * The mails that wait, were sent, failed, or lost their point before they could go out. A mail is claimed before it is sent; if the
 * process dies in between, the claim runs out and the mail is sent again under the same Message-ID, by which mail programs know it.
 */
@Component
public class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration CLAIM = Duration.ofMinutes(10);

    /** A mail as the list shows it. */
    public record Entry(
            long id,
            String centreId,
            String template,
            String recipient,
            String subject,
            String status,
            int attempts,
            LocalDateTime createdAt,
            LocalDateTime sentAt,
            String lastError) {}

    /**
     * A mail as it was written.
     *
     * @param writingCentreId the centre that wrote it; of a case that has gone to another centre since, that is not the one it belongs to
     */
    public record Content(
            String writingCentreId,
            String recipient,
            String language,
            String subject,
            String bodyText,
            String invitation) {}

    /**
     * The mails of a centre that have not gone out.
     *
     * @param waiting how many are due or will be
     * @param failed how many were given up
     * @param oldest since when the oldest has been due that still waits; null when none is due
     */
    public record Queue(String centreId, long waiting, long failed, LocalDateTime oldest) {}

    private record Due(
            long id,
            String centreId,
            String writingCentreId,
            Long caseId,
            Long memberId,
            String template,
            String recipient,
            String language,
            String subject,
            String bodyText,
            String invitation,
            String messageId,
            int attempts,
            LocalDateTime createdAt) {}

    private static final String OLD =
            "from outbox_mail where status in ('SENT', 'FAILED', 'DROPPED') and created_at < :before";

    private final JdbcClient jdbc;
    private final JavaMailSender sender;
    private final ObjectProvider<MailContent> contents;
    private final MailWriter writer;
    private final CaseFiles cases;
    private final Centres centres;
    private final PrivateLinks links;
    private final DiadromiSettings settings;
    private final AppClock clock;

    Outbox(
            JdbcClient jdbc,
            ObjectProvider<JavaMailSender> sender,
            ObjectProvider<MailContent> contents,
            MailWriter writer,
            CaseFiles cases,
            Centres centres,
            PrivateLinks links,
            DiadromiSettings settings,
            AppClock clock) {
        this.jdbc = jdbc;
        this.sender =
                sender.getIfAvailable(() -> new FileMailSender(settings.mail().directory()));
        // Asked for when a mail goes out: some of them know who puts mails into the outbox.
        this.contents = contents;
        this.writer = writer;
        this.cases = cases;
        this.centres = centres;
        this.links = links;
        this.settings = settings;
        this.clock = clock;
    }

    void put(
            String cause,
            CaseFile caseFile,
            Long memberId,
            String template,
            String recipient,
            MailWriter.Written mail,
            String invitation,
            LocalDateTime notBefore) {
        String host =
                Optional.ofNullable(settings.publicUrl()).map(URI::getHost).orElse("localhost");
        jdbc.sql("""
                insert into outbox_mail (cause, centre_id, writing_centre_id, case_id, member_id, template, recipient, language, subject, body_text,
                                         invitation, message_id, status, attempts, next_attempt, created_at)
                select cast(? as varchar(200)), c.centre_id, c.centre_id, c.id, cast(? as bigint), cast(? as varchar(40)), cast(? as varchar(500)),
                       cast(? as varchar(2)), cast(? as varchar(300)), cast(? as varchar(10000)),
                       cast(? as varchar(10000)), cast(? as varchar(200)), 'PENDING', 0, cast(? as timestamp), cast(? as timestamp)
                from case_file c
                where c.id = ? and not exists (select 1 from outbox_mail m where m.cause = ?)
                """)
                .params(
                        cause,
                        memberId,
                        template,
                        recipient,
                        mail.language(),
                        mail.subject(),
                        mail.text(),
                        invitation,
                        "<" + UUID.randomUUID() + "@" + host + ">",
                        notBefore,
                        clock.now(),
                        caseFile.id(),
                        cause)
                .update();
    }

    /** The same for a mail about a centre and no case of it. */
    void put(
            String cause,
            String centreId,
            String template,
            String recipient,
            MailWriter.Written mail,
            LocalDateTime notBefore) {
        String host =
                Optional.ofNullable(settings.publicUrl()).map(URI::getHost).orElse("localhost");
        jdbc.sql("""
                insert into outbox_mail (cause, centre_id, writing_centre_id, template, recipient, language, subject, body_text, message_id, status,
                                         attempts, next_attempt, created_at)
                select cast(? as varchar(200)), c.id, c.id, cast(? as varchar(40)), cast(? as varchar(500)),
                       cast(? as varchar(2)), cast(? as varchar(300)), cast(? as varchar(10000)),
                       cast(? as varchar(200)), 'PENDING', 0, cast(? as timestamp), cast(? as timestamp)
                from centre c where c.id = ? and not exists (select 1 from outbox_mail m where m.cause = ?)
                """)
                .params(
                        cause,
                        template,
                        recipient,
                        mail.language(),
                        mail.subject(),
                        mail.text(),
                        "<" + UUID.randomUUID() + "@" + host + ">",
                        notBefore,
                        clock.now(),
                        centreId,
                        cause)
                .update();
    }

    /** Sends what is due; called every few seconds. Two that run at once share the mails between them. */
    @Scheduled(fixedDelay = 5_000, initialDelay = 5_000)
    public void sendDue() {
        List<Due> due = jdbc.sql("""
                select id, centre_id, writing_centre_id, case_id, member_id, template, recipient, language, subject, body_text, invitation, message_id, attempts, created_at
                from outbox_mail where status in ('PENDING', 'SENDING') and next_attempt <= ?
                order by next_attempt, id
                fetch first 50 rows only
                """).param(clock.now()).query(Due.class).list();
        due.stream().filter(this::claim).forEach(this::deliver);
    }

    private boolean claim(Due mail) {
        return jdbc.sql("""
                        update outbox_mail set status = 'SENDING', attempts = attempts + 1, next_attempt = ?
                        where id = ? and attempts = ? and status in ('PENDING', 'SENDING')
                        """)
                        .params(clock.now().plus(CLAIM), mail.id(), mail.attempts())
                        .update()
                == 1;
    }

    private void deliver(Due mail) {
        if (hasPassed(mail)) {
            jdbc.sql("update outbox_mail set status = 'DROPPED' where id = ? and status = 'SENDING'")
                    .param(mail.id())
                    .update();
            return;
        }
        try {
            sender.send(message(mail));
            jdbc.sql("update outbox_mail set status = 'SENT', sent_at = ?, last_error = null where id = ?")
                    .params(clock.now(), mail.id())
                    .update();
        } catch (MailException | MessagingException | TemplateEngineException e) {
            failed(mail, e);
        }
    }

    /** Whether the mail tells what is not so any more: the case has ended, a later mail says otherwise, or its matter is over. */
    private boolean hasPassed(Due mail) {
        MailTemplate template = MailTemplate.named(mail.template());
        if (!template.passes() || mail.caseId() == null) {
            return false;
        }
        Optional<CaseFile> caseFile = cases.find(mail.centreId(), mail.caseId());
        if (caseFile.isEmpty() || caseFile.get().status() == CaseFile.Status.CLOSED) {
            return true;
        }
        return isOvertaken(mail, template)
                || contents.stream()
                        .filter(content -> content.templates().contains(mail.template()))
                        .anyMatch(content -> !content.hasPoint(mail.template(), caseFile.get(), mail.createdAt()));
    }

    private boolean isOvertaken(Due mail, MailTemplate template) {
        return !template.overtakenBy().isEmpty()
                && jdbc.sql("""
                                select count(*) from outbox_mail
                                where case_id = :case and coalesce(member_id, 0) = :reader and id > :id and template in (:later)
                                """)
                                .param("case", mail.caseId())
                                .param("reader", mail.memberId() == null ? 0L : mail.memberId())
                                .param("id", mail.id())
                                .param(
                                        "later",
                                        template.overtakenBy().stream()
                                                .map(MailTemplate::fileName)
                                                .toList())
                                .query(Long.class)
                                .single()
                        > 0;
    }

    /**
     * The case goes to another centre, and with it what waits; reminders of what was arranged at the centre that it leaves are not
     * sent any more.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void handOver(long caseId, String toCentre) {
        jdbc.sql("""
                update outbox_mail set status = 'DROPPED'
                where case_id = :case and status in ('PENDING', 'SENDING') and template in (:passing)
                """)
                .param("case", caseId)
                .param("passing", MailTemplate.passing())
                .update();
        jdbc.sql("update outbox_mail set centre_id = ? where case_id = ?")
                .params(toCentre, caseId)
                .update();
    }

    /**
     * What waits for somebody at an address that is theirs no more goes to the right one, and nowhere when they have none left.
     *
     * @param memberId which member of the case's team; null is its person
     * @param now the right address, or null
     */
    public void readdress(long caseId, Long memberId, String former, String now) {
        jdbc.sql("""
                update outbox_mail set %s
                where case_id = :case and coalesce(member_id, 0) = :member and recipient = :former and status in ('PENDING', 'FAILED')
                """.formatted(now == null ? "status = 'DROPPED'" : "recipient = :now"))
                .param("now", now)
                .param("case", caseId)
                .param("member", memberId == null ? 0L : memberId)
                .param("former", former)
                .update();
    }

    private void failed(Due mail, Exception e) {
        int attempts = mail.attempts() + 1;
        boolean last = attempts >= settings.mail().attempts();
        Duration pause = settings.mail().firstRetry().multipliedBy(1L << Math.min(attempts - 1, 20));
        if (pause.compareTo(settings.mail().longestRetry()) > 0) {
            pause = settings.mail().longestRetry();
        }
        // The server's answer often repeats the address, so the log has the kind of failure only.
        LOG.warn(
                "Mail {} failed for the {}. time ({}){}",
                mail.id(),
                attempts,
                e.getClass().getSimpleName(),
                last ? "; given up" : "");
        String error = String.valueOf(e.getMessage());
        jdbc.sql(
                        "update outbox_mail set status = ?, next_attempt = ?, last_error = ? where id = ? and status = 'SENDING'")
                .params(
                        last ? "FAILED" : "PENDING",
                        clock.now().plus(pause),
                        error.substring(0, Math.min(error.length(), 500)),
                        mail.id())
                .update();
    }

    private MimeMessage message(Due mail) throws MessagingException {
        MimeMessage message = new FixedIdMessage(mail.messageId());
        MimeMessageHelper helper =
                new MimeMessageHelper(
                        message, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED, StandardCharsets.UTF_8.name()) {
                    @Override
                    protected FileTypeMap getDefaultFileTypeMap(MimeMessage any) {
                        // What is attached says its type; Spring's own map would be read from its file for each mail.
                        return FileTypeMap.getDefaultFileTypeMap();
                    }
                };
        Centre centre = centres.get(mail.centreId());
        helper.setFrom(sender(centre));
        if (centre.email() != null) {
            helper.setReplyTo(centre.email());
        }
        helper.setTo(mail.recipient().split(","));
        helper.setSubject(mail.subject());
        String page = writer.page(mail.writingCentreId(), mail.language(), mail.subject(), mail.bodyText());
        PrivateLinks.Filling link = links.fill(mail.centreId(), mail.caseId(), mail.memberId(), mail.bodyText());
        helper.setText(link.in(mail.bodyText()), link.in(page));
        helper.setSentDate(java.util.Date.from(clock.instant()));
        if (mail.invitation() != null) {
            attach(mail.invitation(), helper);
        }
        return message;
    }

    /**
     * The invitation twice: as a third form of what the text says, by which mail programs show buttons to accept it, and as a file,
     * for those that know calendars as files only. The same UID makes it one entry.
     */
    private static void attach(String invitation, MimeMessageHelper helper) throws MessagingException {
        byte[] bytes = invitation.getBytes(StandardCharsets.UTF_8);
        String type = "text/calendar; charset=UTF-8; method=" + method(invitation);
        MimeBodyPart form = new MimeBodyPart();
        form.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type)));
        try {
            // The text and the page are the first part of what the helper made.
            ((MimeMultipart) helper.getMimeMultipart().getBodyPart(0).getContent()).addBodyPart(form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        helper.addAttachment("invitation.ics", new ByteArrayResource(bytes), type);
    }

    /** What the calendar entry asks of the reader's calendar: a mail program goes by it before it opens the entry. */
    private static String method(String invitation) {
        return invitation.contains("METHOD:CANCEL") ? "CANCEL" : "REQUEST";
    }

    /** What has not gone out, centre by centre; centres without are left out. */
    public List<Queue> queues() {
        return jdbc.sql("""
                select centre_id, count(*) filter (where status <> 'FAILED') as waiting,
                       count(*) filter (where status = 'FAILED') as failed,
                       min(case when status <> 'FAILED' and attempts > 0 then created_at
                                when status <> 'FAILED' and next_attempt <= ? then next_attempt end) as oldest
                from outbox_mail where status in ('PENDING', 'SENDING', 'FAILED') group by centre_id order by centre_id
                """).param(clock.now()).query(Queue.class).list();
    }

    private InternetAddress sender(Centre centre) throws MessagingException {
        InternetAddress sender = new InternetAddress(
                centre.senderAddress() == null ? settings.mail().from() : centre.senderAddress());
        try {
            sender.setPersonal(
                    centre.senderName() == null ? centre.name() : centre.senderName(), StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
        return sender;
    }

    /** How many mails a page of {@link #latest} has. */
    public static final int PAGE = 50;

    /**
     * The mails of the centres that were given up, newest first, up to 200.
     *
     * @param centreIds null for all
     */
    public List<Entry> failed(Collection<String> centreIds) {
        return entries(centreIds, "status = 'FAILED'", 200).query(Entry.class).list();
    }

    /**
     * A page of the other mails of the centres, newest first.
     *
     * @param centreIds null for all
     * @param before only those that are older than this id; null for the newest
     */
    public List<Entry> latest(Collection<String> centreIds, Long before) {
        return entries(centreIds, "status <> 'FAILED'" + (before == null ? "" : " and id < :before"), PAGE)
                .param("before", before)
                .query(Entry.class)
                .list();
    }

    /** The ids first, from the index alone: the mails themselves are wide. */
    private JdbcClient.StatementSpec entries(Collection<String> centreIds, String which, int most) {
        String sql = """
                select id, centre_id, template, recipient, subject, status, attempts, created_at, sent_at, last_error
                from outbox_mail where id in (
                    select id from outbox_mail where %s %s order by id desc fetch first %d rows only)
                order by id desc
                """;
        return centreIds == null
                ? jdbc.sql(sql.formatted(which, "", most))
                : jdbc.sql(sql.formatted(which, "and centre_id in (:centres)", most))
                        .param("centres", centreIds.isEmpty() ? List.of("") : centreIds);
    }

    /** The mail, if it is one of the centres'; of any centre when the list is null. */
    public Optional<Content> content(long id, Collection<String> centreIds) {
        return owner(id)
                .filter(centre -> centreIds == null || centreIds.contains(centre))
                .flatMap(centre -> jdbc.sql(
                                "select writing_centre_id, recipient, language, subject, body_text, invitation from outbox_mail where id = ?")
                        .param(id)
                        .query(Content.class)
                        .optional());
    }

    /** Tries a failed mail of the centres again; false when there is none. */
    public boolean retry(long id, Collection<String> centreIds) {
        return owner(id)
                .filter(centre -> centreIds == null || centreIds.contains(centre))
                .map(centre -> jdbc.sql(
                                        "update outbox_mail set status = 'PENDING', attempts = 0, next_attempt = ? where id = ? and status = 'FAILED'")
                                .params(clock.now(), id)
                                .update()
                        == 1)
                .orElse(false);
    }

    /**
     * How many mails that wait no more are older.
     *
     * @param centreIds null for all
     */
    public long olderThan(LocalDateTime before, Collection<String> centreIds) {
        return jdbc.sql("select count(*) " + OLD + " and (:all or centre_id in (:centres))")
                .param("before", before)
                .param("all", centreIds == null)
                .param("centres", centreIds == null || centreIds.isEmpty() ? List.of("") : centreIds)
                .query(Long.class)
                .single();
    }

    /** Deletes the mails that wait no more and are older, with the files of those that went out as files; says how many. */
    public long forget(LocalDateTime before) {
        if (sender instanceof FileMailSender files) {
            jdbc.sql("select message_id " + OLD)
                    .param("before", before)
                    .query(String.class)
                    .list()
                    .forEach(files::delete);
        }
        return jdbc.sql("delete " + OLD).param("before", before).update();
    }

    /** Drops the mails to a member of a team that have yet to go out. */
    public void drop(long memberId) {
        jdbc.sql("delete from outbox_mail where member_id = ? and status = 'PENDING'")
                .param(memberId)
                .update();
    }

    /** Deletes every mail to a member of a team and, once that is committed, the files of those that went out as files. */
    public void erase(long memberId) {
        if (sender instanceof FileMailSender files) {
            List<String> messages = jdbc.sql("select message_id from outbox_mail where member_id = ?")
                    .param(memberId)
                    .query(String.class)
                    .list();
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    messages.forEach(files::delete);
                }
            });
        }
        jdbc.sql("delete from outbox_mail where member_id = ?").param(memberId).update();
    }

    private Optional<String> owner(long id) {
        return jdbc.sql("select centre_id from outbox_mail where id = ?")
                .param(id)
                .query(String.class)
                .optional();
    }

    /** Keeps its Message-ID when it is saved, so that a second sending is known for what it is. */
    private static final class FixedIdMessage extends MimeMessage {
        private final String id;

        FixedIdMessage(String id) {
            super((jakarta.mail.Session) null);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
