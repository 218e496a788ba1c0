package org.diadromi.counselling;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.PropertyList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Transp;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.XProperty;
import org.diadromi.DiadromiSettings;
import org.diadromi.Texts;
import org.diadromi.calendar.AppClock;
import org.diadromi.counselling.Agenda.Entry;
import org.diadromi.privacy.Audit;
import org.diadromi.workflow.Role;
import org.diadromi.workflow.StaffAccounts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The address at which a calendar program reads the appointments of a member of staff without a login (docs/adr/0031). The
 * database knows only what its token hashes to; what the program gets has a case's number and the person's initials.
 */
@Service
class CalendarFeed {

    static final String PATH = "/calendar/feed/";
    static final String ENDING = ".ics";

    private static final int BYTES = 32;
    private static final int DAYS_BACK = 30;
    private static final int DAYS_AHEAD = 180;
    private static final Duration AGAIN_AFTER = Duration.ofHours(1);

    private final Agenda agenda;
    private final StaffAccounts accounts;
    private final DiadromiSettings settings;
    private final Texts texts;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final AppClock clock;
    private final SecureRandom random = new SecureRandom();

    CalendarFeed(
            Agenda agenda,
            StaffAccounts accounts,
            DiadromiSettings settings,
            Texts texts,
            Audit audit,
            JdbcClient jdbc,
            AppClock clock) {
        this.agenda = agenda;
        this.accounts = accounts;
        this.settings = settings;
        this.texts = texts;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** When the person's address was made; empty when they have none. */
    Optional<LocalDateTime> madeAt(String userId) {
        return jdbc.sql("select made_at from calendar_feed where user_id = ?")
                .param(userId)
                .query(LocalDateTime.class)
                .optional();
    }

    /** Makes a new address in the place of the one before and gives it; it is shown this once. */
    @Transactional
    String renew(String userId) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        // Two clicks at once follow each other: the later address counts.
        jdbc.sql("select user_id from staff_account where user_id = ? for update")
                .param(userId)
                .query(String.class)
                .optional();
        jdbc.sql("delete from calendar_feed where user_id = ?").param(userId).update();
        jdbc.sql("insert into calendar_feed (user_id, token_hash, made_at) values (?, ?, ?)")
                .params(userId, hash(token), clock.now())
                .update();
        audit.record(Audit.Action.CHANGED, null, userId, texts.of("calendar.feed.audit.renewed"));
        return address() + PATH + token + ENDING;
    }

    /** Takes the address back, if there is one. */
    @Transactional
    void revoke(String userId) {
        int gone = jdbc.sql("delete from calendar_feed where user_id = ?")
                .param(userId)
                .update();
        if (gone > 0) {
            audit.record(Audit.Action.CHANGED, null, userId, texts.of("calendar.feed.audit.revoked"));
        }
    }

    /** What the token's address gives; empty when it opens nothing, or its owner works nowhere any more. */
    @Transactional(readOnly = true)
    Optional<String> read(String token) {
        return jdbc.sql("select user_id from calendar_feed where token_hash = ?")
                .param(hash(token))
                .query(String.class)
                .optional()
                .flatMap(userId -> Optional.of(workplaces(userId))
                        .filter(centres -> !centres.isEmpty())
                        .map(centres -> calendar(userId, centres)));
    }

    private Set<String> workplaces(String userId) {
        return accounts.activeRoles(userId).entrySet().stream()
                .filter(centre -> centre.getValue().stream().anyMatch(Role::isStaff))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private String calendar(String userId, Set<String> centres) {
        LocalDate first = clock.today().minusDays(DAYS_BACK);
        LocalDate last = clock.today().plusDays(DAYS_AHEAD);
        Locale locale = Texts.GREEK;
        List<VEvent> events = new ArrayList<>();
        agenda.of(userId, centres, first, last).forEach(entry -> events.add(event(entry, locale)));
        centres.forEach(centre ->
                agenda.absences(centre, userId, first, last).forEach(away -> events.add(event(centre, away, locale))));
        // No METHOD: this is a calendar to read, not a message about one (RFC 5546 wants an organizer in each event of
        // those).
        Calendar calendar = new Calendar()
                .withDefaults()
                .withProdId(Invitation.PRODUCT)
                .withProperty(new XProperty("X-WR-CALNAME", texts.of(locale, "brand")))
                .withProperty(new XProperty("X-PUBLISHED-TTL", AGAIN_AFTER.toString()))
                .withProperty(new RefreshInterval(null, AGAIN_AFTER))
                .withComponent(Invitation.ATHENS)
                .getFluentTarget();
        events.forEach(calendar::add);
        return Invitation.written(calendar);
    }

    private VEvent event(Entry entry, Locale locale) {
        List<Property> properties = new ArrayList<>(List.of(
                new Uid(entry.uid()),
                new DtStamp(clock.instant()),
                new Sequence(entry.revision()),
                new DtStart<>(Invitation.inAthens(entry.startsAt())),
                new DtEnd<>(Invitation.inAthens(entry.endsAt())),
                new Summary(texts.of(
                        locale,
                        "calendar.feed.summary",
                        entry.caseNumber(),
                        initials(entry),
                        texts.of(locale, "mode." + entry.mode()))),
                new Url(URI.create(address() + "/cases/" + entry.caseNumber()))));
        if (entry.place() != null) {
            properties.add(new Location(entry.place()));
        }
        return new VEvent(new PropertyList(properties));
    }

    private VEvent event(String centre, Agenda.Away away, Locale locale) {
        return new VEvent(new PropertyList(List.of(
                new Uid("absence-" + centre + "-" + away.fromDate() + "@diadromi"),
                new DtStamp(clock.instant()),
                new DtStart<>(away.fromDate()),
                new DtEnd<>(away.toDate().plusDays(1)),
                new Summary(texts.of(locale, "calendar.away.own")),
                new Transp(Transp.VALUE_TRANSPARENT))));
    }

    private static String initials(Entry entry) {
        return initial(entry.firstName()) + initial(entry.lastName());
    }

    private static String initial(String name) {
        return name.isBlank() ? "" : name.strip().substring(0, 1).toUpperCase(Texts.GREEK) + ".";
    }

    private String address() {
        return Optional.ofNullable(settings.publicUrl())
                .map(URI::toString)
                .orElse("")
                .replaceAll("/+$", "");
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
