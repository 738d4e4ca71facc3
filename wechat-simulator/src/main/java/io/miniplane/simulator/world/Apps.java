package io.miniplane.simulator.world;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The registered mini-programs with their secrets. */
public final class Apps {

    private static final Pattern APP_ID = Pattern.compile("wx[0-9a-f]{16}");
    private static final Pattern SECRET = Pattern.compile("[0-9A-Za-z]{32}");

    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    /**
     * Registers an app or gives it another secret.
     *
     * @param appId {@code wx} and 16 lower-case hexadecimal digits
     * @param secret 32 letters and digits
     * @throws IllegalArgumentException when either has another shape
     */
    public void put(String appId, String secret) {
        if (!APP_ID.matcher(appId).matches()) {
            throw new IllegalArgumentException(
                    "An appId is \"wx\" followed by 16 lower-case hexadecimal digits, for example wx0123456789abcdef.");
        }
        if (!SECRET.matcher(secret).matches()) {
            throw new IllegalArgumentException("The secret of an app has 32 letters and digits.");
        }
        secrets.put(appId, secret);
    }

    /** The registered appIds in order. */
    public List<String> all() {
        return secrets.keySet().stream().sorted().toList();
    }

    /** Whether the app is registered. */
    public boolean knows(String appId) {
        return secrets.containsKey(appId);
    }

    /** Whether this is the secret of the app. */
    public boolean isSecret(String appId, String secret) {
        String expected = secrets.getOrDefault(appId, "");
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }
}
