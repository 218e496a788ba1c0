package org.diadromi.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The keys of the sensitive data: the first encrypts, the others only decrypt what was written before them. AES-256-GCM of the
 * JDK, a random 96-bit nonce for each value (NIST SP 800-38D); docs/adr/0015 has the reasons.
 */
@Component
class DataKeys {

    private static final String DEMO =
            "demo:" + Base64.getEncoder().encodeToString("no secret: demonstration only!!!".getBytes());
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,20}");
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Every value is made as long as this: an answer is not to be told by the length of its cipher text. */
    private static final int PADDED = 16;

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final String current;
    private final SecureRandom random = new SecureRandom();

    /** @param written {@code id:base64,id:base64,…}; a demonstration that has none uses one that everybody knows */
    DataKeys(@Value("${diadromi.data.keys:}") String written, @Value("${diadromi.demo:false}") boolean demo) {
        String all = written.isBlank() && demo ? DEMO : written;
        if (all.isBlank()) {
            throw new UnusableDataKeys("DIADROMI_DATA_KEYS is not set");
        }
        for (String part : all.split(",")) {
            add(part.strip());
        }
        current = keys.keySet().iterator().next();
    }

    private void add(String part) {
        // No message repeats what was set: it is a secret, even where it is a wrong one.
        String[] parts = part.split(":", 2);
        if (parts.length != 2 || !ID.matcher(parts[0]).matches()) {
            throw new UnusableDataKeys("DIADROMI_DATA_KEYS has a part that is not of the form id:base64");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(parts[1]);
        } catch (IllegalArgumentException e) {
            throw new UnusableDataKeys("The key " + parts[0] + " of DIADROMI_DATA_KEYS is not in Base64");
        }
        if (key.length != KEY_BYTES) {
            throw new UnusableDataKeys(
                    "The key " + parts[0] + " of DIADROMI_DATA_KEYS has " + key.length + " bytes, not " + KEY_BYTES);
        }
        if (keys.put(parts[0], new SecretKeySpec(key, "AES")) != null) {
            throw new UnusableDataKeys("DIADROMI_DATA_KEYS has two keys with the id " + parts[0]);
        }
    }

    /** The id of the key that encrypts. */
    String current() {
        return current;
    }

    /** Refuses to go on without a key that something is still encrypted with. */
    void require(String keyId) {
        if (!keys.containsKey(keyId)) {
            throw new UnusableDataKeys(
                    "Sensitive data are encrypted with the key " + keyId + ", which is not in DIADROMI_DATA_KEYS");
        }
    }

    /**
     * Encrypts a short text with the current key.
     *
     * @param place where it belongs: elsewhere it cannot be decrypted
     */
    String seal(String text, String place) {
        byte[] padded = ("%-" + PADDED + "s").formatted(text).getBytes(StandardCharsets.US_ASCII);
        if (padded.length != PADDED) {
            throw new IllegalArgumentException("Longer than " + PADDED + " characters");
        }
        return sealBytes(padded, place);
    }

    /** Encrypts what may be of any length, which then shows; otherwise as above. */
    String sealBytes(byte[] plain, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce, place).doFinal(plain);
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no AES-256-GCM", e);
        }
    }

    /** Decrypts what was sealed for the place; an {@link IllegalStateException} when it was altered or belongs elsewhere. */
    String open(String keyId, String sealed, String place) {
        return new String(openBytes(keyId, sealed, place), StandardCharsets.US_ASCII).strip();
    }

    /** Decrypts what {@link #sealBytes} made, as above. */
    byte[] openBytes(String keyId, String sealed, String place) {
        require(keyId);
        byte[] bytes = Base64.getDecoder().decode(sealed);
        byte[] nonce = java.util.Arrays.copyOf(bytes, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, keyId, nonce, place)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The value of " + place + " has been altered, or moved there", e);
        }
    }

    private Cipher cipher(int mode, String keyId, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((keyId + "/" + place).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** The application cannot keep or read sensitive data with the keys it was given. */
    static final class UnusableDataKeys extends RuntimeException {
        UnusableDataKeys(String why) {
            super(why);
        }
    }
}
