package io.miniplane.simulator.pay;

import io.miniplane.simulator.security.KeyMaker;
import io.miniplane.simulator.world.RandomText;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs what WeChat Pay sends, rightly or with a fault. Its time is the real one, which receivers compare with theirs. */
final class SignedHeaders {

    private static final Duration OLD = Duration.ofMinutes(10);
    private static final int NONCE = 32;
    private static final int BYTES = 256;

    private @Nullable KeyPair stranger;

    Map<String, String> of(PayKey key, String body, Instant now, @Nullable AnswerFault fault) {
        if (fault == AnswerFault.UNSIGNED) {
            return Map.of();
        }
        Instant at = fault == AnswerFault.OLD_TIMESTAMP ? now.minus(OLD) : now;
        String timestamp = Long.toString(at.getEpochSecond());
        String nonce = RandomText.letters(NONCE);
        String message = RsaSignature.message(timestamp, nonce, body);
        Map<String, String> headers = new HashMap<>();
        headers.put("Wechatpay-Timestamp", timestamp);
        headers.put("Wechatpay-Nonce", nonce);
        headers.put("Wechatpay-Serial", fault == AnswerFault.UNKNOWN_SERIAL ? "PUB_KEY_ID_0000" : key.id());
        headers.put("Wechatpay-Signature", signature(key, message, fault));
        headers.put("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
        return headers;
    }

    private String signature(PayKey key, String message, @Nullable AnswerFault fault) {
        return switch (fault) {
            case FORGED, UNKNOWN_SERIAL -> RsaSignature.sign(stranger().getPrivate(), message);
            case SIGNTEST -> "WECHATPAY/SIGNTEST/" + RandomText.base64(BYTES);
            case null, default -> RsaSignature.sign(key.privateKey(), message);
        };
    }

    private synchronized KeyPair stranger() {
        if (stranger == null) {
            stranger = KeyMaker.rsa();
        }
        return stranger;
    }
}
