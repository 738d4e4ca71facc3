package io.miniplane.operator.objects;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A digest of the credentials and settings that servers read at their start. It is keyed with the secret of the
 * mini-program: whoever can read pods can't try out passwords against it.
 */
final class RestartChecksum {

    private static final int BYTES = 16;

    private RestartChecksum() {}

    static String of(Backend backend) {
        Mac mac = keyed(backend.credentials());
        backend.credentials().properties().forEach((property, value) -> {
            part(mac, property);
            part(mac, value);
        });
        part(mac, BackendConfigMap.settings(backend.spec()));
        return HexFormat.of().formatHex(mac.doFinal(), 0, BYTES);
    }

    private static void part(Mac mac, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        mac.update(bytes);
    }

    private static Mac keyed(Credentials credentials) {
        String key = Objects.requireNonNull(
                credentials.properties().get(Credentials.APP_SECRET), "credentials without " + Credentials.APP_SECRET);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256.", e);
        }
    }
}
