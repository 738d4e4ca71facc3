package io.miniplane.operator.backend;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of a Secret where it is, its version and a digest of its content: some 200 bytes, however large it is. That
 * is enough to see that one of a cluster's many Secrets has changed.
 */
final class SecretDigests implements ItemStore<Secret> {

    /** Annotation of Secrets from here, with the digest; they have no content. */
    private static final String DIGEST = "miniplane.io/digest";

    private static final int DIGEST_BYTES = 16;
    private static final char SEPARATOR = '/';

    /** By namespace and name: the digest, and the version after it. */
    private final Map<String, byte[]> seen = new ConcurrentHashMap<>();

    /** The digest of what is in a Secret, of one from here too. */
    static String digestOf(Secret secret) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        String known = annotations == null ? null : annotations.get(DIGEST);
        return known == null ? HexFormat.of().formatHex(digest(secret)) : known;
    }

    @Override
    public String getKey(Secret secret) {
        return secret.getMetadata().getNamespace()
                + SEPARATOR
                + secret.getMetadata().getName();
    }

    @Override
    public @Nullable Secret put(String key, Secret secret) {
        byte[] version = secret.getMetadata().getResourceVersion().getBytes(StandardCharsets.US_ASCII);
        byte[] entry = Arrays.copyOf(digest(secret), DIGEST_BYTES + version.length);
        System.arraycopy(version, 0, entry, DIGEST_BYTES, version.length);
        return secret(key, seen.put(key, entry));
    }

    @Override
    public @Nullable Secret remove(String key) {
        return secret(key, seen.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return seen.keySet().stream();
    }

    @Override
    public Stream<Secret> values() {
        return seen.entrySet().stream().map(entry -> restored(entry.getKey(), entry.getValue()));
    }

    @Override
    public int size() {
        return seen.size();
    }

    @Override
    public @Nullable Secret get(String key) {
        return secret(key, seen.get(key));
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private static @Nullable Secret secret(String key, byte @Nullable [] entry) {
        return entry == null ? null : restored(key, entry);
    }

    private static Secret restored(String key, byte[] entry) {
        int end = key.indexOf(SEPARATOR);
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(key.substring(0, end))
                .withName(key.substring(end + 1))
                .withResourceVersion(
                        new String(entry, DIGEST_BYTES, entry.length - DIGEST_BYTES, StandardCharsets.US_ASCII))
                .addToAnnotations(DIGEST, HexFormat.of().formatHex(entry, 0, DIGEST_BYTES))
                .endMetadata()
                .build();
    }

    private static byte[] digest(Secret secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
            new TreeMap<>(data).forEach((key, value) -> {
                add(digest, key);
                add(digest, value);
            });
            return Arrays.copyOf(digest.digest(), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
