package io.miniplane.server.wechat;

import io.miniplane.server.stage.Api;
import io.miniplane.simulator.SimulatorOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.chanjar.weixin.common.util.crypto.WxCryptUtil;

/** Pushes what a test wants to an address, encrypted by WxJava and signed by the rules alone. */
public final class PushSender {

    public static final String PATH = "/api/v1/wechat/push";
    static final String TOKEN = "AAAAA";
    static final String KEY = "A".repeat(43);

    private static final AtomicLong NONCES = new AtomicLong(1_000_000);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private PushSender() {}

    /** The settings of a server that takes pushes. */
    public static String[] settings(String mode, String... more) {
        return Stream.concat(
                        Stream.of(
                                "--miniplane.wechat.message-push.token=" + TOKEN,
                                "--miniplane.wechat.message-push.encoding-aes-key=" + KEY,
                                "--miniplane.wechat.message-push.mode=" + mode),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    public static Letter plain(String body) {
        return Letter.signed(Instant.now().getEpochSecond(), nonce(), TOKEN, body);
    }

    public static Letter safe(String message) {
        return safe(message, KEY, SimulatorOptions.TRIAL_APP_ID);
    }

    public static Letter safe(String message, String key, String appId) {
        String encrypted = new WxCryptUtil(TOKEN, key, appId).encrypt("0123456789abcdef", message);
        Letter letter = plain("{\"ToUserName\":\"gh_1\",\"Encrypt\":\"" + encrypted + "\"}");
        return letter.with(
                "msg_signature",
                sha1(TOKEN, letter.query().get("timestamp"), letter.query().get("nonce"), encrypted));
    }

    static HttpResponse<String> send(Api server, Letter letter) {
        return start(server, letter).join();
    }

    /** Delivers as WeChat does: again where the answer is no success, three times in all. */
    public static void deliver(Api server, Letter letter) {
        String answer = "";
        for (int time = 0; time < 3 && !answer.equals("success"); time++) {
            answer = send(server, letter).body();
        }
        if (!answer.equals("success")) {
            throw new AssertionError("Not taken: " + answer);
        }
    }

    static CompletableFuture<HttpResponse<String>> start(Api server, Letter letter) {
        return HTTP.sendAsync(
                HttpRequest.newBuilder(server.base().resolve(PATH + letter.queryText()))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", letter.body().startsWith("<") ? "text/xml" : "application/json")
                        .POST(BodyPublishers.ofString(letter.body()))
                        .build(),
                BodyHandlers.ofString());
    }

    static HttpResponse<String> check(Api server, Map<String, String> query) throws Exception {
        URI address = server.base().resolve(PATH + new Letter(query, "").queryText());
        return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    static String sha1(String... parts) {
        try {
            String sorted = Stream.of(parts).sorted().collect(Collectors.joining());
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(sorted.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String nonce() {
        return Long.toString(NONCES.incrementAndGet());
    }

    public record Letter(Map<String, String> query, String body) {

        static Letter signed(long timestamp, String nonce, String token, String body) {
            Map<String, String> query = new LinkedHashMap<>();
            query.put("signature", sha1(token, Long.toString(timestamp), nonce));
            query.put("timestamp", Long.toString(timestamp));
            query.put("nonce", nonce);
            return new Letter(query, body);
        }

        Letter with(String name, String value) {
            Map<String, String> changed = new LinkedHashMap<>(query);
            changed.put(name, value);
            return new Letter(changed, body);
        }

        Letter without(String name) {
            Map<String, String> changed = new LinkedHashMap<>(query);
            changed.remove(name);
            return new Letter(changed, body);
        }

        Letter withBody(String other) {
            return new Letter(query, other);
        }

        public String queryText() {
            return query.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&", "?", ""));
        }
    }
}
