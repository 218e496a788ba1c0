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

    private static final String NO_TOKEN = "*****";
    private static final int BYTES = 32;

    /**
     * Whose case a link opens.
     *
     * @param expired whether its time is over: it opens nothing any more
     */
    public record Opened(long linkId, String centreId, String caseNumber, boolean expired) {}

    private final JdbcClient jdbc;
    private final DiadromiSettings settings;
    private final BusinessCalendar calendar;
    private final AppClock clock;
    private final SecureRandom random = new SecureRandom();
    private final String place;

    PrivateLinks(JdbcClient jdbc, DiadromiSettings settings, BusinessCalendar calendar, AppClock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.calendar = calendar;
        this.clock = clock;
        String address =
                Optional.ofNullable(settings.publicUrl()).map(URI::toString).orElse("");
        this.place = address.replaceAll("/+$", "") + PATH + "/" + NO_TOKEN;
    }

    /** What stands in a mail where its link will be. */
    public String place() {
        return place;
    }

    /** A new link for the case, in all the texts of one mail that have a place for it; none is made where there is no place. */
    public Filling fill(String centreId, Long caseId, String text) {
        if (caseId == null || !text.contains(place)) {
            return kept -> kept;
        }
        String link = place.replace(NO_TOKEN, issue(centreId, caseId));
        return kept -> kept.replace(place, link);
    }

    /** Puts one link into each text of a mail. */
    public interface Filling {
        /** The text with the link in its place. */
        String in(String text);
    }

    private String issue(String centreId, long caseId) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql("insert into private_link (case_id, token_hash, issued_at, expires_at) values (?, ?, ?, ?)")
                .params(
                        caseId,
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
        return jdbc.sql(
                        """
                select l.id, c.centre_id, c.number, l.expires_at < cast(? as timestamp) as expired
                from private_link l join case_file c on c.id = l.case_id where """
                                + " " + which)
                .params(clock.now(), value)
                .query((row, number) ->
                        new Opened(row.getLong(1), row.getString(2), row.getString(3), row.getBoolean(4)))
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
