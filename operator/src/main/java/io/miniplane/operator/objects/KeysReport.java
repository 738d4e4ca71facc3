package io.miniplane.operator.objects;

import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.Map;

/** What can be said of the keys of a backend without showing them. */
public sealed interface KeysReport {

    /**
     * All keysets are there and can be read.
     *
     * @param primaries id of the key of each keyset that encrypts or signs, by the name of the keyset
     * @param rotation where their replacement stands
     */
    record Usable(Map<String, Long> primaries, KeyRotation rotation) implements KeysReport {

        /** Id of the key that encrypts data at rest. */
        public String primaryKeyId() {
            return String.valueOf(primaries.get(Keysets.nameOf(Keysets.DATA)));
        }
    }

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

    /** Reads a Secret. */
    static KeysReport of(Secret secret) {
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        try {
            BackendKeys keys =
                    BackendKeys.read(data, Instant.parse(secret.getMetadata().getCreationTimestamp()));
            return new Usable(keys.keysets().primaries(), keys.rotation());
        } catch (BackendKeys.DamagedException e) {
            return new Broken("Secret %s has %s: restore it from a backup; without it stored data can't be read"
                    .formatted(secret.getMetadata().getName(), e.getMessage()));
        }
    }
}
