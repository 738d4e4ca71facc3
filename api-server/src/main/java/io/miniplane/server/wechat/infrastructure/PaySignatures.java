package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.PayNotificationRefused.Reason;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells what WeChat Pay signed a short while ago from everything else. */
record PaySignatures(InstantSource clock) {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String TEST = "WECHATPAY/SIGNTEST/";
    private static final int LONGEST = 1024;

    /** The headers of a signature and what was signed. */
    record Signed(
            @Nullable String timestamp,
            @Nullable String nonce,
            @Nullable String signature,
            @Nullable String serial,
            Content content) {

        static Signed of(PayReply reply) {
            return new Signed(
                    reply.signed("Timestamp"),
                    reply.signed("Nonce"),
                    reply.signed("Signature"),
                    reply.signed("Serial"),
                    reply::body);
        }
    }

    /** The bytes that were signed. */
    @FunctionalInterface
    interface Content {

        byte[] bytes();
    }

    /**
     * The name of the key that is said to have signed it.
     *
     * @throws io.miniplane.server.wechat.PayNotificationRefused when it is not worth the arithmetic
     */
    String serial(Signed signed) {
        String timestamp = signed.timestamp();
        String signature = signed.signature();
        String serial = signed.serial();
        if (timestamp == null || signed.nonce() == null || signature == null || serial == null) {
            throw Reason.UNSIGNED.refusal();
        }
        require(signature.length() <= LONGEST && serial.length() <= LONGEST, Reason.UNSIGNED);
        require(isRecent(timestamp), Reason.STALE);
        require(!signature.startsWith(TEST), Reason.SIGNATURE_TEST);
        return serial;
    }

    /**
     * Holds it against a key; the arithmetic is not for an event loop.
     *
     * @throws io.miniplane.server.wechat.PayNotificationRefused when there is no key, or its holder did not sign it
     */
    static void requireGenuine(Signed signed, @Nullable PublicKey key) {
        if (key == null) {
            throw Reason.UNKNOWN_KEY.refusal();
        }
        boolean isGenuine = PlatformKeys.isGenuine(
                key,
                String.valueOf(signed.timestamp()),
                String.valueOf(signed.nonce()),
                signed.content().bytes(),
                String.valueOf(signed.signature()));
        require(isGenuine, Reason.BAD_SIGNATURE);
    }

    private boolean isRecent(String timestamp) {
        require(timestamp.matches("[0-9]{1,12}"), Reason.UNSIGNED);
        Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(at, clock.instant()).abs().compareTo(WINDOW) < 0;
    }

    private static void require(boolean ought, Reason otherwise) {
        if (!ought) {
            throw otherwise.refusal();
        }
    }
}
