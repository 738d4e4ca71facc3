package io.miniplane.server.platform.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How every keyset file is written: plain, or wrapped by a key management service. A file of the other way is refused, so that nobody
 * who can write files takes the protection off unseen.
 *
 * @param kms unwraps the keysets; null where they are plain
 */
record KeysetEnvelope(@Nullable Aead kms) {

    private static final String SETTING = "miniplane.keys.kms.uri";

    static KeysetEnvelope of(KmsSettings settings) {
        if (!settings.isOn()) {
            return new KeysetEnvelope(null);
        }
        VaultClient vault = new VaultClient(Objects.requireNonNull(settings.token()));
        return new KeysetEnvelope(vault.getAead(Objects.requireNonNull(settings.uri())));
    }

    /**
     * Reads a keyset; the name of the keyset is the associated data, so that one wrapped keyset does not pass for another.
     *
     * @throws KeysetUnreadable when it is plain and should be wrapped, or the other way round
     * @throws KmsFailure when the service does not unwrap it
     */
    KeysetHandle open(Path path, String name, byte[] content, Configuration configuration)
            throws GeneralSecurityException {
        String text = new String(content, StandardCharsets.UTF_8);
        boolean wrapped = JsonMapper.shared().readTree(text).has("encryptedKeyset");
        if (kms == null) {
            if (wrapped) {
                throw new KeysetUnreadable(
                        path, "is wrapped by a key management service", "set " + SETTING + " to its key");
            }
            return TinkJsonProtoKeysetFormat.parseKeyset(text, configuration, InsecureSecretKeyAccess.get());
        }
        if (!wrapped) {
            throw new KeysetUnreadable(
                    path, "is not wrapped though " + SETTING + " is set", "wrap it with that key, or unset " + SETTING);
        }
        return TinkJsonProtoKeysetFormat.parseEncryptedKeyset(
                text, kms, name.getBytes(StandardCharsets.UTF_8), configuration);
    }
}
