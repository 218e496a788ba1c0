package org.diadromi;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.time.Instant;
import javax.crypto.spec.SecretKeySpec;

/** What an app for one-time codes shows. */
public final class Telephone {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Telephone() {}

    /** The code of now, or of so many half minutes later. */
    public static String code(String secret, int later) {
        BigInteger number = BigInteger.ONE;
        for (char letter : secret.toCharArray()) {
            number = number.shiftLeft(5).or(BigInteger.valueOf(BASE32.indexOf(letter)));
        }
        byte[] withLeadingOne = number.toByteArray();
        byte[] key = java.util.Arrays.copyOfRange(withLeadingOne, 1, withLeadingOne.length);
        try {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(key, "RAW"), Instant.now().plusSeconds(30L * later));
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }
}
