package org.diadromi.privacy;

import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Encrypts what the application itself must be able to read again, with the keys of the sensitive data (docs/adr/0015). */
@Component
public class Secrets {

    /**
     * @param keyId which of the keys
     * @param text what to keep in a table
     */
    public record Sealed(String keyId, String text) {}

    private final DataKeys keys;

    Secrets(DataKeys keys) {
        this.keys = keys;
    }

    /**
     * Encrypts with the current key.
     *
     * @param place where it belongs, e.g. table and row: elsewhere it cannot be decrypted
     */
    public Sealed seal(String secret, String place) {
        return new Sealed(keys.current(), keys.sealBytes(secret.getBytes(StandardCharsets.UTF_8), place));
    }

    /** Decrypts; an {@link IllegalStateException} when it was altered, belongs elsewhere or its key is gone. */
    public String open(Sealed sealed, String place) {
        return new String(keys.openBytes(sealed.keyId(), sealed.text(), place), StandardCharsets.UTF_8);
    }

    /** Refuses to start without a key that something is still encrypted with. */
    public void require(String keyId) {
        keys.require(keyId);
    }
}
