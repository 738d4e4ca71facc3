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
        String text = PushIT.text("99001", "x");
        Letter plain = PushSender.plain(text);
        Letter sealed = PushSender.safe(text);
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                of("no signature", compatible, plain.without("signature"), 40020, "bad_parameter"),
                of("a signature that is none", compatible, plain.with("signature", "x' OR 1"), 40020, "bad_parameter"),
                of("no timestamp", compatible, plain.without("timestamp"), 40020, "bad_parameter"),
                of("a timestamp that is none", compatible, plain.with("timestamp", "-1"), 40020, "bad_parameter"),
                of(
                        "a timestamp of too many digits",
                        compatible,
                        plain.with("timestamp", "9".repeat(40)),
                        40020,
                        "bad_parameter"),
                of("no nonce", compatible, plain.without("nonce"), 40020, "bad_parameter"),
                of("a nonce that is too long", compatible, plain.with("nonce", "1".repeat(65)), 40020, "bad_parameter"),
                of(
                        "another token",
                        compatible,
                        Letter.signed(now, PushSender.nonce(), "BBBBB", text),
                        40110,
                        "bad_signature"),
                of("another nonce than was signed", compatible, plain.with("nonce", "1"), 40110, "bad_signature"),
                of(
                        "a changed ciphertext",
                        compatible,
                        sealed.withBody(sealed.body().replaceFirst("Encrypt\":\"..", "Encrypt\":\"xx")),
                        40110,
                        "bad_signature"),
                of("no signature of the ciphertext", safe, sealed.without("msg_signature"), 40110, "bad_signature"),
                of(
                        "only a signature of a ciphertext, and none",
                        compatible,
                        plain.without("signature").with("msg_signature", "0".repeat(40)),
                        40110,
                        "bad_signature"),
                of(
                        "too old",
                        compatible,
                        Letter.signed(now - 400, PushSender.nonce(), PushSender.TOKEN, text),
                        40111,
                        "stale"),
                of(
                        "from the future",
                        compatible,
                        Letter.signed(now + 400, PushSender.nonce(), PushSender.TOKEN, text),
                        40111,
                        "stale"),
                of("in the clear where it must not be", safe, plain, 40023, "not_encrypted"),
                of("encrypted where there is no key", keyless, sealed, 40024, "no_key"),
                of("another key", safe, PushSender.safe(text, "B".repeat(43), APP), 40022, "undecryptable"),
                of(
                        "another mini-program",
                        safe,
                        PushSender.safe(text, PushSender.KEY, "wx0000000000000000"),
                        40113,
                        "wrong_app"),
                of(
                        "cut short",
                        safe,
                        sealed.withBody(sealed.body().substring(0, sealed.body().length() / 2)),
                        40021,
                        "malformed"),
                of("empty", compatible, PushSender.plain(""), 40021, "malformed"),
                of("no message", compatible, PushSender.plain("hello"), 40021, "malformed"),
                of("no type", compatible, PushSender.plain("{\"a\":1}"), 40021, "malformed"),
                of("no message inside", safe, PushSender.safe("[1]"), 40021, "malformed"),
                of(
                        "a field twice",
                        compatible,
                        PushSender.plain("{\"MsgType\":\"a\",\"MsgType\":\"b\"}"),
                        40021,
                        "malformed"),
                of("more after the end", compatible, PushSender.plain("{\"MsgType\":\"a\"}{}"), 40021, "malformed"),
                of(
                        "too deep in JSON",
                        compatible,
                        PushSender.plain("{\"MsgType\":\"a\",\"b\":" + "[".repeat(60) + "]".repeat(60) + "}"),
                        40021,
                        "malformed"),
                of(
                        "too deep in XML",
                        compatible,
                        PushSender.plain("<xml><MsgType>a</MsgType>" + "<b>".repeat(60) + "</b>".repeat(60) + "</xml>"),
                        40021,
                        "malformed"),
                of(
                        "a document type",
                        compatible,
                        PushSender.plain(
                                "<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><MsgType>&a;</MsgType></xml>"),
                        40021,
                        "malformed"),
                of(
                        "a bomb",
                        compatible,
                        PushSender.plain(
                                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><xml><MsgType>&b;</MsgType></xml>"),
                        40021,
                        "malformed"),
                of(
                        "an unknown entity",
                        compatible,
                        PushSender.plain("<xml><MsgType>&who;</MsgType></xml>"),
                        40021,
                        "malformed"),
                of(
                        "an instruction",
                        compatible,
                        PushSender.plain("<xml><?php x?><MsgType>a</MsgType></xml>"),
                        40021,
                        "malformed"),
                of("broken XML", compatible, PushSender.plain("<xml><MsgType>a</xml>"), 40021, "malformed"),
                of(
                        "larger than any push",
                        compatible,
                        PushSender.plain(PushIT.text("1", "x".repeat(70_000))),
                        41301,
                        "too_large"),
                of(
                        "much larger than any push",
                        compatible,
                        PushSender.plain(PushIT.text("1", "x".repeat(900_000))),
                        41301,
                        "too_large"));
    }

    private static Arguments of(String name, Api server, Letter letter, int code, String outcome) {
        return Arguments.of(name, server, letter, code, outcome);
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
        try (AutoCloseable lock = backend.lock("outbox")) {
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
