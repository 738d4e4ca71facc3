package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Aead;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;

/** Encrypts single fields for storage with AES-256-GCM; the key id is part of the ciphertext, so older keys still decrypt after a rotation. */
public final class FieldCipher {

    private final Supplier<Aead> keys;

    FieldCipher(Supplier<Aead> keys) {
        this.keys = keys;
    }

    /** Encrypts a text with the primary key, bound to the place where it is stored. */
    public byte[] encrypt(FieldLocation location, String plaintext) {
        try {
            return keys.get().encrypt(plaintext.getBytes(StandardCharsets.UTF_8), location.associatedData());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The data keyset cannot encrypt", e);
        }
    }

    /**
     * Decrypts what {@link #encrypt} made for the same location.
     *
     * @throws UndecryptableField when no loaded key fits, or the ciphertext was made for another location
     */
    public String decrypt(FieldLocation location, byte[] ciphertext) {
        try {
            return new String(keys.get().decrypt(ciphertext, location.associatedData()), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new UndecryptableField(location, e);
        }
    }
}
