package org.diadromi.notification;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diadromi.DiadromiSettings;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.casefile.CaseFile;
import org.diadromi.casefile.CaseFile.Salutation;
import org.diadromi.casefile.Timeline;
import org.diadromi.centre.Centre;
import org.diadromi.centre.Centres;
import org.diadromi.link.PrivateLinks;
import org.diadromi.notification.MailTemplate.Reader;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes a mail and puts it into the outbox, in the transaction of the step that causes it. */
@Service
public class Notifications {

    private final Map<String, MailContent> contents;
    private final MailWriter writer;
    private final Outbox outbox;
    private final CoordinatorAddresses coordinators;
    private final Centres centres;
    private final PrivateLinks links;
    private final MailRefusals refusals;
    private final MailReaders readers;
    private final Timeline timeline;
    private final Texts texts;
    private final DiadromiSettings settings;
    private final AppClock clock;

    Notifications(
            List<MailContent> contents,
            MailWriter writer,
            Outbox outbox,
            CoordinatorAddresses coordinators,
            Centres centres,
            PrivateLinks links,
            MailRefusals refusals,
            MailReaders readers,
            Timeline timeline,
            Texts texts,
            DiadromiSettings settings,
            AppClock clock) {
        this.contents = contents.stream()
                .flatMap(content -> content.templates().stream().map(template -> Map.entry(template, content)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        this.writer = writer;
        this.outbox = outbox;
        this.coordinators = coordinators;
        this.centres = centres;
        this.links = links;
        this.refusals = refusals;
        this.readers = readers;
        this.timeline = timeline;
        this.texts = texts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Puts the mail into the outbox, unless it is there already for this cause or it is a reminder that its reader refuses. What tells the person of
     * the case how it goes on goes to each member of the team too who has agreed. A person without an e-mail address gets none: the case's timeline
     * says so, and staff tell them by phone.
     *
     * @param name the template, e.g. "not-now"
     * @param cause what causes it, the same when the step is tried again
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void send(String name, CaseFile caseFile, String cause) {
        MailTemplate template = MailTemplate.named(name);
        if (template.reader() != Reader.PERSON) {
            String recipient = template.reader() == Reader.COORDINATOR
                    ? String.join(",", coordinators.of(centres.get(caseFile.centreId())))
                    : contents.get(name).recipient(name, caseFile).orElse(null);
            if (isMissing(recipient)) {
                timeline.add(caseFile, Timeline.Kind.NO_MAIL_ADDRESS, name, null);
            } else {
                put(template, caseFile, recipient, null, cause);
            }
            return;
        }
        if (isMissing(caseFile.email())) {
            timeline.add(caseFile, Timeline.Kind.NO_MAIL_ADDRESS, name, null);
        } else {
            tell(
                    template,
                    caseFile,
                    MailReader.person(caseFile, template.reminder() && refusals.refuses(caseFile)),
                    cause);
        }
        if (template.toTeam()) {
            readers.team(caseFile)
                    .forEach(member -> tell(template, caseFile, member, cause + ":member-" + member.memberId()));
        }
    }

    /** The same for one member of the case's team, whether they have agreed to get mails or are asked for it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void sendToMember(String name, CaseFile caseFile, long memberId, String cause) {
        tell(MailTemplate.named(name), caseFile, readers.member(caseFile, memberId), cause);
    }

    private void tell(MailTemplate template, CaseFile caseFile, MailReader reader, String cause) {
        if (!template.reminder() || !reader.refusesReminders()) {
            put(template, caseFile, reader.email(), reader, cause);
        }
    }

    /** Writes the mail and puts it into the outbox; reader is null where it is nobody whose case it is. */
    private void put(MailTemplate template, CaseFile caseFile, String recipient, MailReader reader, String cause) {
        String name = template.fileName();
        Centre centre = centres.get(caseFile.centreId());
        Locale locale = reader == null ? Texts.GREEK : reader.language();
        MailContent content = contents.get(name);
        Optional<Map<String, Object>> own =
                content == null ? Optional.of(Map.of()) : content.values(name, caseFile, locale);
        if (own.isEmpty()) {
            return;
        }
        Map<String, Object> values = new HashMap<>(own.get());
        values.put(
                "greeting",
                reader != null
                        ? greeting(reader)
                        : texts.of(
                                locale,
                                template.reader() == Reader.COORDINATOR
                                        ? "mail.colleagues"
                                        : "mail.greeting.structure"));
        values.put("caseNumber", caseFile.number());
        values.put("centreName", centre.name(locale));
        values.put("centrePhone", centre.phone());
        values.put("centreEmail", centre.email());
        values.put("signature", signature(centre, locale));
        if (reader != null) {
            values.put("member", reader.isMember());
            values.put("contactPerson", caseFile.person());
            values.put("ownPage", texts.of(locale, template.ownPage(reader.isMember())));
            values.put("privateLink", links.place());
        }
        String invitation = content == null || reader == null
                ? null
                : content.invitation(name, caseFile, reader).orElse(null);
        outbox.put(
                cause,
                caseFile,
                reader == null ? null : reader.memberId(),
                name,
                recipient,
                writer.write(template, locale, values),
                invitation,
                notBefore(template));
    }

    /**
     * Tells the address that a case had until now that its mails go elsewhere: whoever reads there can object, and learns nothing
     * but the number. What waits for the former address goes to the new one, or nowhere.
     *
     * @param former the address until now
     * @param now the address from now on; null where there is none any more
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void addressChanged(CaseFile caseFile, String former, String now) {
        outbox.readdress(caseFile.id(), null, former, now);
        MailTemplate template = MailTemplate.ADDRESS_CHANGED;
        Centre centre = centres.get(caseFile.centreId());
        Locale locale = caseFile.language();
        Map<String, Object> values = new HashMap<>();
        values.put("greeting", texts.of(locale, "mail.greeting.structure"));
        values.put("caseNumber", caseFile.number());
        values.put("none", now == null);
        values.put("centreName", centre.name(locale));
        values.put("centrePhone", centre.phone());
        values.put("centreEmail", centre.email());
        values.put("signature", signature(centre, locale));
        outbox.put(
                template.fileName() + ":" + caseFile.id() + ":" + clock.now(),
                caseFile,
                null,
                template.fileName(),
                former,
                writer.write(template, locale, values),
                null,
                notBefore(template));
    }

    private static boolean isMissing(String address) {
        return address == null || address.isBlank();
    }

    /**
     * Puts a mail about a centre, not about one case, into the outbox for its coordinators, unless it is there already for this
     * cause. A centre without an address gets none.
     *
     * @param values what the template shows beyond the greeting and the centre
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tellCoordinators(Centre centre, String name, String cause, Map<String, Object> values) {
        MailTemplate template = MailTemplate.named(name);
        List<String> recipients = coordinators.of(centre);
        if (recipients.isEmpty()) {
            return;
        }
        Locale locale = Texts.GREEK;
        Map<String, Object> all = new HashMap<>(values);
        all.put("greeting", texts.of(locale, "mail.colleagues"));
        all.put("centreName", centre.name(locale));
        all.put("centrePhone", centre.phone());
        all.put("centreEmail", centre.email());
        all.put("signature", signature(centre, locale));
        outbox.put(
                cause,
                centre.id(),
                name,
                String.join(",", recipients),
                writer.write(template, locale, all),
                notBefore(template));
    }

    /** What the mail ends with after the name of the centre; null for nothing. */
    private static String signature(Centre centre, Locale locale) {
        String lines = Stream.of(centre.address(), centre.signature(locale))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? null : lines;
    }

    private String greeting(MailReader reader) {
        Locale locale = reader.language();
        if (!"el".equals(locale.getLanguage())) {
            return texts.of(locale, "mail.greeting.name", reader.name());
        }
        if (reader.salutation() == Salutation.UNKNOWN || reader.salutationName() == null) {
            return texts.of(locale, "mail.greeting." + reader.salutation());
        }
        return texts.of(locale, "mail.greeting." + reader.salutation() + ".name", reader.salutationName());
    }

    private LocalDateTime notBefore(MailTemplate template) {
        LocalDateTime now = clock.now();
        if (template.askedFor()) {
            return now;
        }
        return settings.mail().quietHours().stream()
                .filter(quiet -> quiet.contains(now.toLocalTime()))
                .findFirst()
                .map(quiet -> {
                    LocalDateTime end = now.toLocalDate().atTime(quiet.to());
                    return end.isAfter(now) ? end : end.plusDays(1);
                })
                .orElse(now);
    }
}
