package org.diadromi.workflow;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.diadromi.calendar.AppClock;
import org.diadromi.privacy.Secrets;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The second step of a login, for whoever has turned it on: the code that an app on their telephone shows (TOTP, RFC 6238: six digits,
 * thirty seconds, SHA-1, as all such apps do), or one of ten codes that they have kept for the day on which the telephone is gone.
 */
@Service
@Transactional
public class SecondFactors implements SmartInitializingSingleton {

    private static final int SECRET_BYTES = 20;
    private static final int RECOVERY_CODES = 10;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** A telephone's clock may be half a minute off. */
    private static final int STEPS_OFF = 1;

    private static final SecureRandom RANDOM = new SecureRandom();

    private record Row(String keyId, String secret, long lastStep) {}

    private final TimeBasedOneTimePasswordGenerator totp = new TimeBasedOneTimePasswordGenerator();
    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final LoginThrottle throttle;
    private final AppClock clock;

    SecondFactors(JdbcClient jdbc, Secrets secrets, LoginThrottle throttle, AppClock clock) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.throttle = throttle;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        jdbc.sql("select distinct key_id from second_factor")
                .query(String.class)
                .list()
                .forEach(secrets::require);
    }

    /** Whether the person has turned it on. */
    @Transactional(readOnly = true)
    public boolean isOn(String userId) {
        return row(userId).isPresent();
    }

    /** How many of the codes for the day without telephone are left. */
    @Transactional(readOnly = true)
    public int recoveryCodesLeft(String userId) {
        return jdbc.sql("select count(*) from recovery_code where user_id = ?")
                .param(userId)
                .query(Integer.class)
                .single();
    }

    /** A new secret, as apps take it. */
    String newSecret() {
        return random(SECRET_BYTES * 8 / 5);
    }

    /**
     * Turns it on for a person who has shown that their app knows the secret.
     *
     * @return the codes for the day without telephone, which are kept nowhere as they are; empty when the code is wrong
     */
    Optional<List<String>> turnOn(String userId, String secret, String code) {
        long step = step(secret, code, 0);
        if (step == 0) {
            return Optional.empty();
        }
        jdbc.sql("delete from second_factor where user_id = ?").param(userId).update();
        Secrets.Sealed sealed = secrets.seal(secret, place(userId));
        jdbc.sql("insert into second_factor (user_id, key_id, secret, since, last_step) values (?, ?, ?, ?, ?)")
                .params(userId, sealed.keyId(), sealed.text(), clock.now(), step)
                .update();
        changed(userId);
        return Optional.of(newRecoveryCodes(userId));
    }

    /** Ten new codes in place of those that were left. */
    List<String> newRecoveryCodes(String userId) {
        jdbc.sql("delete from recovery_code where user_id = ?").param(userId).update();
        List<String> codes = IntStream.range(0, RECOVERY_CODES)
                .mapToObj(i -> random(16).toLowerCase(Locale.ROOT))
                .toList();
        codes.forEach(code -> jdbc.sql("insert into recovery_code (user_id, hash) values (?, ?)")
                .params(userId, hash(code))
                .update());
        return codes.stream()
                .map(code -> String.join("-", code.split("(?<=\\G.{4})")))
                .toList();
    }

    /**
     * Whether the code is the one that the person's app shows, or one of their list; either is taken once.
     *
     * @param address where the request comes from
     * @throws TooManyTries when there were too many wrong ones
     */
    boolean isRight(String userId, String code, String address) {
        return throttle.attempt(userId + "\ncode", address, () -> isRight(userId, code.replaceAll("[\\s-]", "")));
    }

    private boolean isRight(String userId, String code) {
        if (code.length() > 6) {
            return jdbc.sql("delete from recovery_code where user_id = ? and hash = ?")
                            .params(userId, hash(code.toLowerCase(Locale.ROOT)))
                            .update()
                    == 1;
        }
        Row row = row(userId).orElse(null);
        if (row == null) {
            return false;
        }
        long step =
                step(secrets.open(new Secrets.Sealed(row.keyId(), row.secret()), place(userId)), code, row.lastStep());
        return step > 0
                && jdbc.sql("update second_factor set last_step = ? where user_id = ? and last_step < ?")
                                .params(step, userId, step)
                                .update()
                        == 1;
    }

    /** Turns it off; the person logs in with the password alone until they turn it on again. */
    public void turnOff(String userId) {
        jdbc.sql("delete from second_factor where user_id = ?").param(userId).update();
        throttle.forgive(userId + "\ncode");
        changed(userId);
    }

    private void changed(String userId) {
        jdbc.sql("update staff_account set version = version + 1 where user_id = ?")
                .param(userId)
                .update();
    }

    private Optional<Row> row(String userId) {
        return jdbc.sql("select key_id, secret, last_step from second_factor where user_id = ?")
                .param(userId)
                .query(Row.class)
                .optional();
    }

    /** The step of time whose code this is, later than the one given; 0 for none. */
    private long step(String secret, String code, long after) {
        long now = realNow().getEpochSecond() / totp.getTimeStep().toSeconds();
        for (long step = now - STEPS_OFF; step <= now + STEPS_OFF; step++) {
            if (step > after
                    && MessageDigest.isEqual(
                            code(secret, step).getBytes(StandardCharsets.US_ASCII),
                            code.getBytes(StandardCharsets.UTF_8))) {
                return step;
            }
        }
        return 0;
    }

    private String code(String secret, long step) {
        try {
            return totp.generateOneTimePasswordString(
                    new SecretKeySpec(bytes(secret), "RAW"),
                    Instant.ofEpochSecond(step * totp.getTimeStep().toSeconds()),
                    Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Telephones do not follow the clock of a demonstration. */
    private Instant realNow() {
        return clock.instant().minus(clock.offset());
    }

    private static String place(String userId) {
        return "second_factor/" + userId;
    }

    private static String random(int letters) {
        StringBuilder text = new StringBuilder();
        RANDOM.ints(letters, 0, BASE32.length()).forEach(i -> text.append(BASE32.charAt(i)));
        return text.toString();
    }

    private static byte[] bytes(String base32) {
        byte[] bytes = new byte[base32.length() * 5 / 8];
        long buffer = 0;
        int bits = 0;
        int at = 0;
        for (char letter : base32.toCharArray()) {
            buffer = buffer << 5 | BASE32.indexOf(letter);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }

    /** The codes are random enough (80 bits) for a hash without salt and without effort. */
    private static String hash(String code) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
