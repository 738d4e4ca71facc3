package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.WechatFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * API security: requests are encrypted and then signed, answers verified and then decrypted. Refusals come in plain JSON and are trusted no
 * further than that the call failed.
 */
final class ApiSecurity {

    /**
     * The calls that can be secured, by path. Left out of WeChat's list are those whose secured form is not described well enough to rely
     * on: calls by GET, forms, and those answered with a picture.
     */
    static final Map<String, Endpoint> SECURABLE = Stream.of(
                    Endpoint.CLEAR_QUOTA,
                    Endpoint.QUOTA_GET,
                    Endpoint.RID_GET,
                    Endpoint.CHECKENCRYPTEDMSG,
                    Endpoint.GETUSERPHONENUMBER,
                    Endpoint.CUSTOM_SEND,
                    Endpoint.SUBSCRIBE_SEND,
                    Endpoint.DELTEMPLATE,
                    Endpoint.MSG_SEC_CHECK,
                    Endpoint.MEDIA_CHECK_ASYNC,
                    Endpoint.GETUSERRISKRANK)
            .collect(Collectors.toMap(Endpoint::path, Function.identity(), (one, other) -> one, LinkedHashMap::new));

    /** WeChat's number for a request whose serial is missing. */
    static final int SERIAL_WANTED = 40230;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);
    private static final String HEADER = "Wechatmp-";
    private static final Set<String> OURS = Set.of("_n", "_appid", "_timestamp");

    private final String appId;
    private final String baseUrl;
    private final ApiSecuritySettings settings;
    private final SecurityKeys keys;
    private final InstantSource clock;
    private final Randomness random;
    private final AtomicBoolean sendsSerial = new AtomicBoolean();

    /**
     * @param baseUrl how WeChat knows its own address
     * @param settings whole and valid, and on
     * @param keys those of the settings
     */
    ApiSecurity(
            String appId,
            String baseUrl,
            ApiSecuritySettings settings,
            SecurityKeys keys,
            InstantSource clock,
            Randomness random) {
        this.appId = appId;
        this.baseUrl = baseUrl;
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /** A request as it is sent: its body, encrypted, and the headers that prove who sends it. */
    static final class Sealed {

        private final byte[] body;
        private final Map<String, String> headers;

        private Sealed(byte[] body, Map<String, String> headers) {
            this.body = body;
            this.headers = headers;
        }

        byte[] body() {
            return body;
        }

        Map<String, String> headers() {
            return headers;
        }
    }

    boolean covers(WechatCall call) {
        String path = call.endpoint().path();
        return call.body() instanceof CallBody.Json
                && SECURABLE.containsKey(path)
                && (settings.paths().isEmpty() || settings.paths().contains(path));
    }

    /** Encrypts and signs the fields of a request. */
    Sealed seal(WechatCall call, Map<String, ?> fields) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> plaintext = new LinkedHashMap<>();
        plaintext.put("_n", random.nonce());
        plaintext.put("_appid", appId);
        plaintext.put("_timestamp", now);
        call.query().forEach((name, value) -> {
            if (!name.equals("access_token")) {
                plaintext.put(name, value);
            }
        });
        plaintext.putAll(fields);
        byte[] body = encrypted(call, now, JSON.writeValueAsBytes(plaintext));
        return new Sealed(body, headers(now, keys.sign(signed(call, Long.toString(now), body))));
    }

    /** From now on requests carry the serial of the key that signs them. */
    void startSendingSerial() {
        sendsSerial.set(true);
    }

    boolean sendsSerial() {
        return sendsSerial.get();
    }

    /** Notes what WeChat turned out to take. */
    void accepted() {
        (sendsSerial.get() ? Reading.SECURITY_WITH_REQUEST_SERIAL : Reading.SECURITY_WITHOUT_REQUEST_SERIAL).met();
    }

    /**
     * Verifies and decrypts an answer.
     *
     * @return what WeChat answered, without the fields that only secure it
     * @throws WechatFailure.SecurityBroken when anything about it is not as it ought to be
     */
    JsonNode open(WechatCall call, Reply reply, JsonNode sealed) {
        require(sealed.has("data"), "WeChat's answer is not encrypted");
        String timestamp = header(reply.headers(), "TimeStamp");
        require(same(header(reply.headers(), "Appid"), appId), "WeChat's answer is for another app");
        require(isRecent(timestamp), "the time of WeChat's answer is not now");
        String signature = signature(reply.headers());
        require(keys.isGenuine(signed(call, timestamp, reply.body()), signature), "WeChat's signature is wrong");
        ObjectNode plain = decrypted(call, timestamp, sealed);
        require(same(plain.path("_appid").asString(""), appId), "WeChat's answer holds another app");
        require(same(plain.path("_timestamp").asString(""), timestamp), "WeChat's answer holds another time");
        plain.remove(OURS);
        return plain;
    }

    private byte[] encrypted(WechatCall call, long now, byte[] plaintext) {
        byte[] iv = random.iv();
        byte[] ciphertext = keys.encrypt(iv, associated(call, Long.toString(now)), plaintext);
        int end = ciphertext.length - SecurityKeys.TAG_BYTES;
        return JSON.writeValueAsBytes(Fields.with("iv", base64(iv))
                .and("data", base64(Arrays.copyOf(ciphertext, end)))
                .and("authtag", base64(Arrays.copyOfRange(ciphertext, end, ciphertext.length)))
                .map());
    }

    private Map<String, String> headers(long now, String signature) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(HEADER + "Appid", appId);
        headers.put(HEADER + "TimeStamp", Long.toString(now));
        headers.put(HEADER + "Signature", signature);
        if (sendsSerial.get()) {
            headers.put(HEADER + "Serial", given(settings.signingKeySerial()));
        }
        return headers;
    }

    /** While WeChat changes its certificate an answer is signed twice, by the new one and by the one that is deprecated. */
    private String signature(HttpHeaders headers) {
        String held = given(settings.platformCertificateSerial());
        if (same(header(headers, "Serial"), held)) {
            return header(headers, "Signature");
        }
        require(
                same(header(headers, "Serial-Deprecated"), held),
                "WeChat's answer is signed by another certificate than miniplane.wechat.api-security.platform-certificate");
        return header(headers, "Signature-Deprecated");
    }

    private ObjectNode decrypted(WechatCall call, String timestamp, JsonNode sealed) {
        try {
            byte[] data = bytes(sealed, "data");
            byte[] tag = bytes(sealed, "authtag");
            require(tag.length == SecurityKeys.TAG_BYTES, "the tag of WeChat's answer has a wrong length");
            byte[] ciphertext = Arrays.copyOf(data, data.length + tag.length);
            System.arraycopy(tag, 0, ciphertext, data.length, tag.length);
            byte[] plain = keys.decrypt(bytes(sealed, "iv"), associated(call, timestamp), ciphertext);
            if (JSON.readTree(plain) instanceof ObjectNode object) {
                return object;
            }
        } catch (GeneralSecurityException | IllegalArgumentException | JacksonException broken) {
            throw new WechatFailure.SecurityBroken(null, "WeChat's answer cannot be decrypted");
        }
        throw new WechatFailure.SecurityBroken(null, "WeChat's answer holds no JSON object");
    }

    private boolean isRecent(String timestamp) {
        try {
            Instant at = Instant.ofEpochSecond(Long.parseLong(timestamp));
            return Duration.between(at, clock.instant()).abs().compareTo(LARGEST_SKEW) <= 0;
        } catch (NumberFormatException | ArithmeticException | DateTimeException malformed) {
            return false;
        }
    }

    private String url(WechatCall call) {
        return baseUrl + call.endpoint().path();
    }

    private String associated(WechatCall call, String timestamp) {
        return String.join("|", url(call), appId, timestamp, given(settings.symmetricKeySerial()));
    }

    private byte[] signed(WechatCall call, String timestamp, byte[] body) {
        byte[] head = (url(call) + "\n" + appId + "\n" + timestamp + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return message;
    }

    private static String header(HttpHeaders headers, String name) {
        String value = headers.getFirst(HEADER + name);
        return value == null ? "" : value;
    }

    private static byte[] bytes(JsonNode sealed, String field) {
        return Base64.getDecoder().decode(sealed.path(field).asString(""));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void require(boolean ought, String otherwise) {
        if (!ought) {
            throw new WechatFailure.SecurityBroken(null, otherwise);
        }
    }

    private static String given(@Nullable String value) {
        if (value == null) {
            throw new IllegalStateException("API security is not configured");
        }
        return value;
    }
}
