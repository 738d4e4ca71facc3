package io.miniplane.simulator.push;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where an app wants its messages, as its owner enters it in the console of WeChat.
 *
 * @param url the address of the server, http or https
 * @param token the word that signs, 3 to 32 letters and digits
 * @param encodingAesKey the key that enciphers, 43 letters and digits
 * @param mode how messages are enclosed
 * @param format their language
 * @param deliveries how often a push is delivered at most, 1 to 10
 * @param retryAfter how long after a failed delivery the next one follows
 */
public record PushCallback(
        URI url,
        String token,
        String encodingAesKey,
        PushMode mode,
        PushFormat format,
        int deliveries,
        Duration retryAfter) {

    /** How often WeChat delivers a push that nobody takes. */
    public static final int DELIVERIES = 3;

    /** How long the simulator waits between two deliveries; WeChat tells no number. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z]{3,32}");
    private static final Pattern KEY = Pattern.compile("[0-9A-Za-z]{43}");

    /** @throws IllegalArgumentException when one of the values has another shape */
    public PushCallback {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "The \"url\" of a push callback is absolute, for example http://127.0.0.1:8080/api/v1/wechat/push.");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException("The \"token\" of a push callback has 3 to 32 letters and digits.");
        }
        if (!KEY.matcher(encodingAesKey).matches()) {
            throw new IllegalArgumentException(
                    "The \"encodingAesKey\" of a push callback has exactly 43 letters and digits.");
        }
        if (deliveries < 1 || deliveries > 10) {
            throw new IllegalArgumentException("The \"deliveries\" of a push callback are 1 to 10.");
        }
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("The time until the next delivery is 0 or more.");
        }
    }

    /** A callback with the usual three deliveries. */
    public static PushCallback of(URI url, String token, String encodingAesKey, PushMode mode, PushFormat format) {
        return new PushCallback(url, token, encodingAesKey, mode, format, DELIVERIES, RETRY_AFTER);
    }

    /** The same with another number of deliveries and another time between them. */
    public PushCallback delivering(int most, Duration apart) {
        return new PushCallback(url, token, encodingAesKey, mode, format, most, apart);
    }

    @Override
    public String toString() {
        return "PushCallback[" + url + ", " + mode + ", " + format + ", token and key redacted]";
    }
}
