package io.miniplane.operator.objects;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the Secret of a backend's keys holds.
 *
 * @param keysets the keys
 * @param rotation where their replacement stands
 */
record BackendKeys(Keysets keysets, KeyRotation rotation) {

    /** Where the replacement stands; servers don't read it. */
    static final String ROTATION = "rotation.json";

    /** Data that can't be used; the message says which entry and shows nothing of it. */
    static final class DamagedException extends Exception {

        DamagedException(String problem) {
            super(problem);
        }
    }

    /**
     * Reads the data of the Secret.
     *
     * @param data values in Base64
     * @param createdAt when the keys were made that were never replaced
     * @throws DamagedException when an entry is missing or unreadable
     */
    static BackendKeys read(Map<String, String> data, Instant createdAt) throws DamagedException {
        var keysets = new LinkedHashMap<String, Keyset>();
        for (String file : Keysets.files()) {
            String text = data.get(file);
            if (text == null) {
                throw new DamagedException("no " + file);
            }
            keysets.put(file, decoded(text).flatMap(BackendKeys::keyset).orElseThrow(() -> unreadable(file)));
        }
        String rotation = data.get(ROTATION);
        return new BackendKeys(
                new Keysets(keysets),
                rotation == null
                        ? KeyRotation.none(createdAt)
                        : decoded(rotation).flatMap(KeyRotation::read).orElseThrow(() -> unreadable(ROTATION)));
    }

    /** The data of a Secret that holds them. */
    Map<String, String> data() {
        var data = new TreeMap<>(encoded(keysets));
        data.put(ROTATION, encoded(rotation.text()));
        return data;
    }

    /** The data of a Secret whose keys were never replaced. */
    static Map<String, String> encoded(Keysets keysets) {
        var data = new TreeMap<String, String>();
        keysets.json().forEach((file, keyset) -> data.put(file, encoded(keyset)));
        return data;
    }

    /** With a new key in every keyset, which encrypts and signs nothing yet. */
    BackendKeys introduced(Instant now) {
        Keysets more = keysets.introduced();
        return new BackendKeys(more, rotation.introduced(more.newest(), now));
    }

    /** With the next phase of the replacement that is under way. */
    BackendKeys next(Instant now) {
        return switch (rotation.phase()) {
            case STABLE -> this;
            case INTRODUCED -> new BackendKeys(keysets.promoted(rotation.newest()), rotation.promoted(now));
            case PRIMARY -> new BackendKeys(keysets, rotation.retiring(now));
            case RETIRED -> new BackendKeys(keysets.retired(), rotation.completed(now));
        };
    }

    private static DamagedException unreadable(String file) {
        return new DamagedException("an unreadable " + file);
    }

    private static Optional<Keyset> keyset(String json) {
        try {
            return Optional.of(Keyset.parse(json));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
