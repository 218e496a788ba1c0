package org.diadromi.link;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.LocalTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diadromi.DiadromiSettings;
import org.diadromi.calendar.AppClock;
import org.diadromi.calendar.BusinessCalendar;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * The links by which people reach their own case from a mail. Each mail has one of its own; the database knows only what
 * it hashes to. Mails are kept with the place of the link, not with the link: it is made when the mail goes out.
 */
@Service
public class PrivateLinks {

    /** Where links lead. */
    public static final String PATH = "/my";

    /** Where the links of structures lead. */
    public static final String STRUCTURE_PATH = "/referral";

    private static final String NO_TOKEN = "*****";
    private static final int BYTES = 32;

    /** What a link opens, whatever it is. */
    public sealed interface Link {

        /** The link's own id, under which it is found again. */
        long linkId();

        /** Whether its time is over: it opens nothing any more. */
        boolean expired();
    }

    /**
     * Whose case a link opens.
     *
     * @param memberId the member of its team to whom it was sent; null where it was sent to its person
     * @param expired whether its time is over: it opens nothing any more
     */
    public record Opened(long linkId, String centreId, String caseNumber, Long memberId, boolean expired)
            implements Link {}

    /**
     * Which referral a structure's link opens.
     *
     * @param expired whether its time is over: it opens nothing any more
     */
    public record ForStructure(long linkId, long referralId, String centreId, String caseNumber, boolean expired)
            implements Link {}

    private final JdbcClient jdbc;
    private final DiadromiSettings settings;
    private final BusinessCalendar calendar;
    private final AppClock clock;
    private final SecureRandom random = new SecureRandom();
    private final String place;
    private final String structurePlace;
    private final Pattern structurePlaces;

    PrivateLinks(JdbcClient jdbc, DiadromiSettings settings, BusinessCalendar calendar, AppClock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.calendar = calendar;
        this.clock = clock;
        String address =
                Optional.ofNullable(settings.publicUrl()).map(URI::toString).orElse("");
        this.place = address.replaceAll("/+$", "") + PATH + "/" + NO_TOKEN;
        this.structurePlace = address.replaceAll("/+$", "") + STRUCTURE_PATH + "/";
        this.structurePlaces = Pattern.compile(Pattern.quote(structurePlace) + "(\\d+)/" + Pattern.quote(NO_TOKEN));
    }

    /** What stands in a mail where its link will be. */
    public String place() {
        return place;
    }

    /** What stands in a mail to a structure where the link to the referral will be. */
    public String place(long referralId) {
        return structurePlace + referralId + "/" + NO_TOKEN;
    }

    /** The place of a mail's link: its last line, where that is one. What somebody has typed above it is none. */
    public Optional<String> placeIn(String text) {
        String last = text.strip().substring(text.strip().lastIndexOf('\n') + 1);
        return last.equals(place) || structurePlaces.matcher(last).matches() ? Optional.of(last) : Optional.empty();
    }

    /** A new link for the person of a case, as below. */
    public Filling fill(String centreId, Long caseId, String text) {
        return fill(centreId, caseId, null, text);
    }

    /**
     * A new link for the case, in all the texts of one mail that have a place for it; none is made where there is no {@link #placeIn
     * place}.
     *
     * @param text the mail's text
     * @param memberId the member of the case's team to whom the mail goes; null where it goes to its person
     */
    public Filling fill(String centreId, Long caseId, Long memberId, String text) {
        String open = placeIn(text).orElse(null);
        if (caseId == null || open == null) {
            return kept -> kept;
        }
        Matcher toStructure = structurePlaces.matcher(open);
        String token = toStructure.matches()
                ? issue(centreId, caseId, null, Long.valueOf(toStructure.group(1)))
                : issue(centreId, caseId, memberId, null);
        String link = open.replace(NO_TOKEN, token);
        return kept -> kept.replace(open, link);
    }

    /** Puts one link into each text of a mail. */
    public interface Filling {
        /** The text with the link in its place. */
        String in(String text);
    }

    private String issue(String centreId, long caseId, Long memberId, Long referralId) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql(
                        "insert into private_link (case_id, member_id, referral_id, token_hash, issued_at, expires_at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        caseId,
                        memberId,
                        referralId,
                        hash(token),
                        clock.now(),
                        calendar.plus(centreId, clock.today(), settings.deadline("private-link"))
                                .atTime(LocalTime.MAX.withNano(0)))
                .update();
        return token;
    }

    /** What the token of a link opens; empty when no such link was ever sent. */
    public Optional<Opened> open(String token) {
        return opened("l.token_hash = ?", hash(token));
    }

    /** What a link that was opened before opens now; empty when it is gone. */
    public Optional<Opened> reopen(long linkId) {
        return opened("l.id = ?", linkId);
    }

    private Optional<Opened> opened(String which, Object value) {
        return jdbc.sql("""
                select l.id, c.centre_id, c.number, l.member_id, l.expires_at < cast(? as timestamp) as expired
                from private_link l join case_file c on c.id = l.case_id
                where l.referral_id is null and """ + " " + which)
                .params(clock.now(), value)
                .query((row, number) -> new Opened(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, Long.class),
                        row.getBoolean(5)))
                .optional();
    }

    /** What the token of a structure's link opens; empty when no such link was ever sent for the referral. */
    public Optional<ForStructure> openForStructure(long referralId, String token) {
        return forStructure("l.referral_id = ? and l.token_hash = ?", referralId, hash(token));
    }

    /** What a structure's link that was opened before opens now; empty when it is gone. */
    public Optional<ForStructure> reopenForStructure(long linkId) {
        return forStructure("l.referral_id is not null and l.id = ?", linkId);
    }

    private Optional<ForStructure> forStructure(String which, Object... values) {
        return jdbc.sql("""
                select l.id, l.referral_id, c.centre_id, c.number, l.expires_at < cast(? as timestamp) as expired
                from private_link l join case_file c on c.id = l.case_id where """ + " " + which)
                .param(clock.now())
                .params(values)
                .query((row, number) -> new ForStructure(
                        row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getBoolean(5)))
                .optional();
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
