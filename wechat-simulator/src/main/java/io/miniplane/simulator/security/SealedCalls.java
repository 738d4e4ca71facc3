package io.miniplane.simulator.security;

import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.world.AppSecurity;
import io.miniplane.simulator.world.AppSecurity.DeveloperKey;
import io.miniplane.simulator.world.AppSecurity.SymmetricKey;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Opens sealed calls, and refuses those that were not sealed by the app. */
final class SealedCalls {

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String OFFICIAL = "https://api.weixin.qq.com";
    private static final List<String> HEADERS =
            List.of(Headers.APPID, Headers.TIMESTAMP, Headers.SIGNATURE, Headers.SERIAL);

    private SealedCalls() {}

    /**
     * A call that was opened.
     *
     * @param call the call in the clear
     * @param address the address without query that was signed
     * @param symmetric the key that it was encrypted with
     */
    record Opened(Call call, String address, SymmetricKey symmetric) {}

    static boolean isSealed(Call call) {
        return HEADERS.stream().anyMatch(name -> !call.header(name).isEmpty());
    }

    /**
     * Opens a call.
     *
     * @param appId the app that its access token speaks for
     * @param security how the app is secured, or null
     * @throws Refusal when it is not sealed by the app
     */
    static Opened open(String appId, @Nullable AppSecurity security, Call call, Instant now) {
        long timestamp = checkHeaders(appId, security, call, now);
        SymmetricKey symmetric = security == null ? null : security.symmetric();
        DeveloperKey developer = security == null ? null : security.developer();
        if (symmetric == null) {
            throw new Refusal(ErrCode.NO_SYMMETRIC_KEY);
        }
        if (developer == null) {
            throw new Refusal(ErrCode.NO_PUBLIC_KEY);
        }
        String serial = call.header(Headers.SERIAL);
        if (!serial.isEmpty() && !serial.equals(developer.serial())) {
            throw new Refusal(ErrCode.BAD_SEAL_SIGNATURE);
        }
        String address = addresses(call)
                .filter(candidate -> Signing.isGenuine(
                        developer.key(),
                        Texts.toSign(candidate, appId, timestamp, call.body()),
                        call.header(Headers.SIGNATURE)))
                .findFirst()
                .orElseThrow(() -> new Refusal(ErrCode.BAD_SEAL_SIGNATURE));
        String bound = Texts.toBind(address, appId, timestamp, symmetric.serial());
        Call opened = call.body().isBlank() ? call : decrypted(call, symmetric, bound, appId, timestamp);
        return new Opened(opened, address, symmetric);
    }

    private static long checkHeaders(String appId, @Nullable AppSecurity security, Call call, Instant now) {
        if (security != null && security.serialRequired()) {
            required(call, Headers.SERIAL, ErrCode.SEAL_SERIAL_MISSING);
        }
        String timestamp = required(call, Headers.TIMESTAMP, ErrCode.SEAL_TIME_MISSING);
        required(call, Headers.SIGNATURE, ErrCode.SEAL_SIGNATURE_MISSING);
        String named = required(call, Headers.APPID, ErrCode.SEAL_APPID_MISSING);
        if (!named.matches("wx[0-9a-f]{16}")) {
            throw new Refusal(ErrCode.BAD_SEAL_APPID);
        }
        if (!named.equals(appId)) {
            throw new Refusal(ErrCode.SEAL_APPID_MISMATCH);
        }
        if (!timestamp.matches("\\d{1,12}")) {
            throw new Refusal(ErrCode.SEAL_EXPIRED);
        }
        Duration skew = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        if (skew.abs().compareTo(SKEW.plusSeconds(1)) >= 0) {
            throw new Refusal(ErrCode.SEAL_EXPIRED);
        }
        return Long.parseLong(timestamp);
    }

    private static String required(Call call, String header, ErrCode otherwise) {
        String value = call.header(header);
        if (value.isEmpty()) {
            throw new Refusal(otherwise);
        }
        return value;
    }

    /** Servers sign WeChat's own address, or the one that they call. */
    private static Stream<String> addresses(Call call) {
        return Stream.of(OFFICIAL, "http://" + call.header("host"), "https://" + call.header("host"))
                .map(start -> start + call.path());
    }

    private static Call decrypted(Call call, SymmetricKey symmetric, String bound, String appId, long timestamp) {
        JsonNode clear;
        try {
            clear = Json.parse(Envelope.open(symmetric.key(), call.json(), bound));
        } catch (GeneralSecurityException | JacksonException forged) {
            throw new Refusal(ErrCode.BAD_ENCRYPTION);
        }
        if (!(clear instanceof ObjectNode object) || object.path("_timestamp").asLong(0) != timestamp) {
            throw new Refusal(ErrCode.BAD_ENCRYPTION);
        }
        if (!object.path("_appid").stringValue("").equals(appId)) {
            throw new Refusal(ErrCode.BAD_SEAL_APPID);
        }
        if (object.path("_n").stringValue("").isEmpty()) {
            throw new Refusal(ErrCode.BAD_ENCRYPTION);
        }
        object.remove(List.of("_n", "_appid", "_timestamp"));
        return call.with(query(call, object), object.toString());
    }

    /** What was in the query is inside the encrypted body. */
    private static Map<String, String> query(Call call, ObjectNode object) {
        Map<String, String> query = new HashMap<>(call.query());
        object.properties().stream()
                .filter(property -> property.getValue().isString())
                .forEach(property ->
                        query.putIfAbsent(property.getKey(), property.getValue().stringValue()));
        return query;
    }
}
