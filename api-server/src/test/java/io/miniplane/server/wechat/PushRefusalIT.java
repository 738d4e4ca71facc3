package io.miniplane.server.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.wechat.PushSender.Letter;
import io.miniplane.simulator.SimulatorOptions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class PushRefusalIT {

    private static final String APP = SimulatorOptions.TRIAL_APP_ID;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String TEXT = PushIT.text("99001", "x");
    private static final Map<Integer, String> OUTCOMES = Map.of(
            40020, "bad_parameter",
            40021, "malformed",
            40022, "undecryptable",
            40023, "not_encrypted",
            40024, "no_key",
            40110, "bad_signature",
            40111, "stale",
            40113, "wrong_app",
            41301, "too_large");

    private static Backend backend;
    private static Api compatible;
    private static Api safe;
    private static Api keyless;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        compatible = backend.startServer(PushSender.settings("Compatible"));
        safe = backend.startServer(PushSender.settings("Safe"));
        keyless = backend.startServer(
                "--miniplane.wechat.message-push.token=" + PushSender.TOKEN,
                "--miniplane.wechat.message-push.mode=Plain");
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(addresses(), signatures(), encryption(), shapes(), dangers())
                .flatMap(Function.identity());
    }

    private static Stream<Arguments> addresses() {
        Letter letter = PushSender.plain(TEXT);
        return Stream.of(
                of("no signature", compatible, letter.without("signature"), 40020),
                of("a signature that is none", compatible, letter.with("signature", "x' OR 1"), 40020),
                of("no timestamp", compatible, letter.without("timestamp"), 40020),
                of("a timestamp that is none", compatible, letter.with("timestamp", "-1"), 40020),
                of("a timestamp without end", compatible, letter.with("timestamp", "9".repeat(40)), 40020),
                of("no nonce", compatible, letter.without("nonce"), 40020),
                of("a nonce without end", compatible, letter.with("nonce", "1".repeat(65)), 40020),
                of("too old", compatible, signed(-400, PushSender.TOKEN), 40111),
                of("from the future", compatible, signed(400, PushSender.TOKEN), 40111));
    }

    private static Stream<Arguments> signatures() {
        Letter plain = PushSender.plain(TEXT);
        Letter sealed = PushSender.safe(TEXT);
        String changed = sealed.body().replaceFirst("Encrypt\":\"..", "Encrypt\":\"xx");
        Letter other = plain.without("signature").with("msg_signature", "0".repeat(40));
        return Stream.of(
                of("another token", compatible, signed(0, "BBBBB"), 40110),
                of("another nonce than was signed", compatible, plain.with("nonce", "1"), 40110),
                of("a changed ciphertext", compatible, sealed.withBody(changed), 40110),
                of("no signature of the ciphertext", safe, sealed.without("msg_signature"), 40110),
                of("a signature of a ciphertext that is not there", compatible, other, 40110));
    }

    private static Stream<Arguments> encryption() {
        Letter sealed = PushSender.safe(TEXT);
        Letter half = sealed.withBody(sealed.body().substring(0, sealed.body().length() / 2));
        return Stream.of(
                of("in the clear where it must not be", safe, PushSender.plain(TEXT), 40023),
                of("encrypted where there is no key", keyless, sealed, 40024),
                of("another key", safe, PushSender.safe(TEXT, "B".repeat(43), APP), 40022),
                of("another mini-program", safe, PushSender.safe(TEXT, PushSender.KEY, "wx0000000000000000"), 40113),
                of("cut short", safe, half, 40021),
                of("no message inside", safe, PushSender.safe("[1]"), 40021));
    }

    private static Stream<Arguments> shapes() {
        return Stream.of(
                of("empty", ""),
                of("no message", "hello"),
                of("no type", "{\"a\":1}"),
                of("a field twice", "{\"MsgType\":\"a\",\"MsgType\":\"b\"}"),
                of("more after the end", "{\"MsgType\":\"a\"}{}"),
                of("broken XML", "<xml><MsgType>a</xml>"),
                of("larger than any push", compatible, ofLength(70_000), 41301),
                of("much larger than any push", compatible, ofLength(900_000), 41301));
    }

    private static Stream<Arguments> dangers() {
        String list = "[".repeat(60) + "]".repeat(60);
        String nest = "<b>".repeat(60) + "</b>".repeat(60);
        String file = "<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><MsgType>&a;</MsgType></xml>";
        String bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><xml><MsgType>&b;</MsgType></xml>";
        return Stream.of(
                of("too deep in JSON", "{\"MsgType\":\"a\",\"b\":" + list + "}"),
                of("too deep in XML", "<xml><MsgType>a</MsgType>" + nest + "</xml>"),
                of("a document type", file),
                of("a bomb", bomb),
                of("an unknown entity", "<xml><MsgType>&who;</MsgType></xml>"),
                of("an instruction", "<xml><?php x?><MsgType>a</MsgType></xml>"));
    }

    private static Arguments of(String name, String body) {
        return of(name, compatible, PushSender.plain(body), 40021);
    }

    private static Arguments of(String name, Api server, Letter letter, int code) {
        return Arguments.of(name, server, letter, code, OUTCOMES.get(code));
    }

    private static Letter ofLength(int length) {
        return PushSender.plain(PushIT.text("1", "x".repeat(length)));
    }

    private static Letter signed(int seconds, String token) {
        return Letter.signed(Instant.now().getEpochSecond() + seconds, PushSender.nonce(), token, TEXT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void whatIsNotRightIsRefusedCountedAndNotKept(String name, Api server, Letter letter, int code, String outcome) {
        double before = PushIT.counted(server, outcome);
        int kept = kept();
        HttpResponse<String> answer = PushSender.send(server, letter);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("code").asInt())
                .isEqualTo(code);
        assertThat(answer.statusCode()).isEqualTo(code / 100);
        assertThat(PushIT.counted(server, outcome)).isEqualTo(before + 1);
        assertThat(kept()).isEqualTo(kept);
    }

    @Test
    void aNonceServesOneMessageOnEveryServer() {
        Letter first = PushSender.plain(PushIT.text("99100", "mine"));
        assertThat(PushSender.send(compatible, first).body()).isEqualTo("success");
        int kept = kept();
        double before = PushIT.counted(keyless, "replayed");
        HttpResponse<String> forged = PushSender.send(keyless, first.withBody(PushIT.text("99101", "forged")));
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(forged.body()).contains("40112");
        assertThat(PushIT.counted(keyless, "replayed")).isEqualTo(before + 1);
        assertThat(kept()).isEqualTo(kept);
        assertThat(PushSender.send(keyless, first).body()).isEqualTo("success");
    }

    @Test
    void allOutcomesAreThereFromTheStart() {
        Api fresh = backend.startServer(PushSender.settings("Safe"));
        for (String outcome : new String[] {
            "accepted", "duplicate", "unhandled", "unknown", "checked", "unavailable", "stale", "replayed", "too_large"
        }) {
            assertThat(PushIT.counted(fresh, outcome)).isZero();
        }
    }

    @Test
    void aDatabaseThatIsSlowIsNotWaitedForAndKeepsNoHalfOfAPush() throws Exception {
        PushSender.send(safe, PushSender.safe(PushIT.text("99200", "warm")));
        int kept = kept();
        Letter late = PushSender.safe(PushIT.text("99201", "late"));
        try (AutoCloseable _ = backend.lock("outbox")) {
            IntStream.range(0, 3).forEach(time -> {
                long start = System.nanoTime();
                HttpResponse<String> answer = PushSender.send(safe, late);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1100));
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });
        }
        await().during(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> kept() == kept);
        assertThat(PushIT.counted(safe, "unavailable")).isEqualTo(3);
        assertThat(PushSender.send(safe, late).body()).isEqualTo("success");
        assertThat(kept()).isEqualTo(kept + 3);
    }

    private static int kept() {
        return backend.rows("SELECT id::text FROM outbox UNION ALL SELECT encode(key, 'hex') FROM wechat_pushes_seen")
                .size();
    }
}
