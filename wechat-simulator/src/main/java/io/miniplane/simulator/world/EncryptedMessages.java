package io.miniplane.simulator.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers by their hashes which encrypted data WeChat made for an app, for 3 days. */
public final class EncryptedMessages {

    private static final Duration MEMORY = Duration.ofDays(3);

    private final InstantSource clock;
    private final Map<Key, Instant> made = new LinkedHashMap<>();

    EncryptedMessages(InstantSource clock) {
        this.clock = clock;
    }

    private record Key(String appId, String hash) {}

    /**
     * Remembers encrypted data, by the hash of its text and by that of its bytes: servers send either.
     *
     * @param encryptedData base64
     */
    public synchronized void add(String appId, String encryptedData) {
        Instant now = clock.instant();
        made.values().removeIf(at -> at.isBefore(now.minus(MEMORY)));
        made.put(new Key(appId, hash(encryptedData.getBytes(StandardCharsets.US_ASCII))), now);
        made.put(new Key(appId, hash(Base64.getDecoder().decode(encryptedData))), now);
    }

    /**
     * When the data of a hash was made; empty when it is none of this app's or too old.
     *
     * @param hash SHA-256 in lower-case hexadecimal digits
     */
    public synchronized Optional<Instant> madeAt(String appId, String hash) {
        return Optional.ofNullable(made.get(new Key(appId, hash)))
                .filter(at -> !at.isBefore(clock.instant().minus(MEMORY)));
    }

    private static String hash(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
