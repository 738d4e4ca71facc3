package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What can be said of the keys of a backend without showing them. */
public sealed interface KeysReport {

    /** All keysets are there and can be read. */
    record Usable(String primaryKeyId, Instant createdAt) implements KeysReport {}

    /** There is no Secret with keys yet. */
    record Absent(String secret) implements KeysReport {}

    /** There were keys and there is no Secret with them any more. */
    record Lost(String problem) implements KeysReport {}

    /** The Secret is there and can't be used. */
    record Broken(String problem) implements KeysReport {}

    /** The Secret of this name is gone. */
    static KeysReport lost(String secret, String backend) {
        return new Lost(("Secret %s is gone: restore it from a backup, with its label %s=%s; without it stored data"
                        + " can't be read; to start anew with new keys, annotate the backend with %s=true")
                .formatted(secret, Backend.LABEL, backend, Backend.DELETE_KEYS));
    }

    /** Reads the Secret of this name. */
    static KeysReport of(String name, Optional<Secret> secret) {
        return secret.<KeysReport>map(KeysReport::read).orElseGet(() -> new Absent(name));
    }

    private static KeysReport read(Secret secret) {
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        for (String file : Keysets.files()) {
            String keyset = data.get(file);
            if (keyset == null || !isKeyset(keyset)) {
                return new Broken("Secret %s has %s %s: restore it from a backup; without it stored data can't be read"
                        .formatted(secret.getMetadata().getName(), keyset == null ? "no" : "an unreadable", file));
            }
        }
        return usable(secret, data);
    }

    private static KeysReport usable(Secret secret, Map<String, String> data) {
        try {
            return new Usable(
                    Keysets.primaryKeyId(decoded(data.getOrDefault(Keysets.DATA, ""))),
                    Instant.parse(secret.getMetadata().getCreationTimestamp()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A keyset was readable a moment ago.", e);
        }
    }

    private static boolean isKeyset(String base64) {
        try {
            Keysets.primaryKeyId(decoded(base64));
            return true;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
