package io.miniplane.simulator.pay;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Who a call is from, and the proof of it. */
record Authorization(String merchantId, String nonce, String timestamp, String serial, String signature) {

    private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
    private static final Pattern PART = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
    private static final Set<String> PARTS = Set.of("mchid", "nonce_str", "timestamp", "serial_no", "signature");
    private static final Duration LEEWAY = Duration.ofMinutes(5);
    private static final int LONGEST_NONCE = 32;
    private static final int SHOWN = 64;

    static Authorization of(Call call) {
        String header = call.header("Authorization");
        Map<String, String> parts = new HashMap<>();
        Matcher matcher = PART.matcher(header);
        while (matcher.find()) {
            parts.put(matcher.group(1), matcher.group(2));
        }
        if (!header.startsWith(SCHEME) || !parts.keySet().equals(PARTS)) {
            throw refused("The Authorization header is missing or malformed", Json.object());
        }
        return new Authorization(
                parts.getOrDefault("mchid", ""),
                parts.getOrDefault("nonce_str", ""),
                parts.getOrDefault("timestamp", ""),
                parts.getOrDefault("serial_no", ""),
                parts.getOrDefault("signature", ""));
    }

    /** Refuses what the merchant did not sign within the last minutes, by the simulated clock or the real one. */
    void verify(Merchant merchant, Call call, Instant simulated, Instant real) {
        if (!serial.equalsIgnoreCase(merchant.certificateSerial())) {
            throw refused("The serial_no is not that of the merchant's certificate", issue("serial_no", "unknown"));
        }
        if (nonce.isEmpty() || nonce.length() > LONGEST_NONCE) {
            throw refused("The nonce_str has 1 to 32 characters", issue("nonce_str", "wrong length"));
        }
        Optional<Instant> at = time();
        if (at.filter(time -> isNear(time, simulated) || isNear(time, real)).isEmpty()) {
            throw refused("The timestamp is too far from now", issue("timestamp", "expired"));
        }
        String message = RsaSignature.message(call.method(), call.uri(), timestamp, nonce, call.body());
        if (!RsaSignature.verifies(merchant.keys().getPublic(), message, signature)) {
            throw refused("The signature is wrong", mismatch(call, message));
        }
    }

    private Optional<Instant> time() {
        return timestamp.matches("[0-9]{1,11}")
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(timestamp)))
                : Optional.empty();
    }

    private static boolean isNear(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(LEEWAY) <= 0;
    }

    private static ObjectNode issue(String field, String issue) {
        return Json.object()
                .put("field", field)
                .put("location", "authorization")
                .put("issue", issue);
    }

    private static ObjectNode mismatch(Call call, String message) {
        ObjectNode detail = issue("signature", "sign not match");
        detail.putObject("sign_information")
                .put("method", call.method())
                .put("url", call.uri())
                .put("truncated_sign_message", message.substring(0, Math.min(SHOWN, message.length())))
                .put("sign_message_length", message.length());
        return detail;
    }

    private static PayRefusal refused(String sentence, ObjectNode detail) {
        return new PayRefusal(PayCode.SIGN_ERROR, sentence, detail);
    }

    /** Tells nothing of the signature. */
    @Override
    public String toString() {
        return "[redacted]";
    }
}
