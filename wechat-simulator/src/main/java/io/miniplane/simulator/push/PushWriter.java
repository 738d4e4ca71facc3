package io.miniplane.simulator.push;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.world.RandomText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Signs, enciphers and writes what goes to one callback. */
final class PushWriter {

    private static final Duration STALENESS = Duration.ofHours(1);
    private static final int OVERSIZE = 2_000_000;

    private final String appId;
    private final PushCallback callback;

    PushWriter(String appId, PushCallback callback) {
        this.appId = appId;
        this.callback = callback;
    }

    /**
     * What makes one delivery differ from the next.
     *
     * @param timestamp Unix seconds
     * @param nonce digits
     * @param random 16 letters or digits
     */
    record Stamp(String timestamp, String nonce, String random) {

        static Stamp at(Instant now) {
            return new Stamp(
                    Long.toString(now.getEpochSecond()), RandomText.digits(9), RandomText.letters(PushCipher.RANDOM));
        }
    }

    /** The question whether the callback knows the token. */
    URI check(Stamp stamp, String echo) {
        Map<String, String> query = signed(stamp, callback.token());
        query.put("echostr", echo);
        return PushLetter.uri(callback.url(), text(query));
    }

    /** A delivery with something wrong, or with nothing when the fault is null. */
    PushLetter write(PushOrder order, Instant now) {
        boolean stale = order.fault() == PushFault.STALE;
        return write(order.message(), order.fault(), Stamp.at(stale ? now.minus(STALENESS) : now));
    }

    PushLetter write(ObjectNode message, @Nullable PushFault fault, Stamp stamp) {
        ObjectNode whole =
                fault == PushFault.OVERSIZED ? message.deepCopy().put("Padding", "x".repeat(OVERSIZE)) : message;
        String token = fault == PushFault.WRONG_SIGNATURE ? callback.token() + "x" : callback.token();
        Map<String, String> query = signed(stamp, token);
        String openId = message.path("FromUserName").stringValue("");
        if (!openId.isEmpty()) {
            query.put("openid", openId);
        }
        String body = text(whole);
        if (callback.mode().enciphers()) {
            String encrypted = encrypt(body, fault, stamp);
            query.put("encrypt_type", "aes");
            query.put("msg_signature", PushSignature.of(token, stamp.timestamp(), stamp.nonce(), encrypted));
            body = text(enclosed(whole).put("Encrypt", encrypted));
        }
        String sent = fault == PushFault.TRUNCATED ? body.substring(0, body.length() / 2) : body;
        return new PushLetter(text(query), callback.format().contentType(), sent);
    }

    private String encrypt(String message, @Nullable PushFault fault, Stamp stamp) {
        String key = callback.encodingAesKey();
        if (fault == PushFault.WRONG_KEY) {
            key = (key.startsWith("A") ? "B" : "A") + key.substring(1);
        }
        String app = fault == PushFault.WRONG_APP ? "wx0000000000000000" : appId;
        return new PushCipher(key).encrypt(stamp.random(), message, app);
    }

    private ObjectNode enclosed(ObjectNode message) {
        return callback.mode() == PushMode.Compatible
                ? message.deepCopy()
                : Json.object().put("ToUserName", message.path("ToUserName").stringValue(""));
    }

    private String text(ObjectNode message) {
        return callback.format() == PushFormat.XML ? PushXml.write(message) : message.toString();
    }

    private static Map<String, String> signed(Stamp stamp, String token) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("signature", PushSignature.of(token, stamp.timestamp(), stamp.nonce()));
        query.put("timestamp", stamp.timestamp());
        query.put("nonce", stamp.nonce());
        return query;
    }

    private static String text(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
