package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginIT {

    private static Backend backend;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void aLoginOpensTheOwnProfile() {
        Tokens tokens = api.logIn(backend.loginCode());
        assertThat(tokens.expires()).isBetween(inSeconds(7190), inSeconds(7210));

        Answer me = api.me(tokens.token());
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.body().path("message").asString()).isEqualTo("Success");
        assertThat(me.data().path("userId").asString()).isEqualTo(tokens.userId());
        assertThat(me.data().path("nickname").isNull()).isTrue();
        assertThat(Instant.parse(me.data().path("createdAt").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(me.response().headers().firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
    }

    @Test
    void whoLogsInAgainIsTheSameUser() {
        String openId = backend.newOpenId();
        Tokens first = api.logIn(backend.loginCode(openId));
        Tokens second = api.logIn(backend.loginCode(openId));
        assertThat(second.userId()).isEqualTo(first.userId());
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(api.me(first.token()).status()).isEqualTo(200);
        assertThat(api.me(second.token()).status()).isEqualTo(200);
    }

    @Test
    void aCodeServesOnceAndIsRefusedInTheSameWayEver() {
        String code = backend.loginCode();
        api.logIn(code);
        for (String refused : new String[] {code, code, "neverIssued"}) {
            Answer answer = api.call("POST", Api.LOGIN, null, Map.of("code", refused));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo(40001);
            assertThat(answer.body().toString()).doesNotContain(refused);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"code\": null}", "{\"code\": \"  \"}", "LONG"})
    void aLoginWithoutACodeIsToldWhichFieldToSend(String body) {
        String sent = body.equals("LONG") ? "{\"code\": \"" + "x".repeat(257) + "\"}" : body;
        Answer answer = api.call("POST", Api.LOGIN, null, sent);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(40000);
        assertThat(answer.message()).contains("code").contains("wx.login");
    }

    @Test
    void aStaleTokenDoesNotKeepAnybodyFromLoggingIn() {
        Answer answer = api.call("POST", Api.LOGIN, "no.such.token", Map.of("code", backend.loginCode()));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void theSessionKeyIsStoredEncryptedOnly() {
        String openId = backend.newOpenId();
        Tokens tokens = api.logIn(backend.loginCode(openId));
        String sessionKey = backend.simulator()
                .control()
                .liveSessionKey(io.miniplane.simulator.SimulatorOptions.TRIAL_APP_ID, openId)
                .orElseThrow();
        String everything =
                backend.rows("SELECT s::text AS row FROM sessions s").toString();
        assertThat(everything)
                .contains(tokens.userId())
                .doesNotContain(sessionKey)
                .doesNotContain(hex(sessionKey))
                .doesNotContain(tokens.refreshToken());
    }

    @Test
    void loginsAreCountedByOutcome() {
        double before = counted("success");
        double refused = counted("code_refused");
        api.logIn(backend.loginCode());
        api.call("POST", Api.LOGIN, null, Map.of("code", "neverIssued"));
        assertThat(counted("success")).isEqualTo(before + 1);
        assertThat(counted("code_refused")).isEqualTo(refused + 1);
        assertThat(counted("wechat_failed")).isZero();
    }

    private static double counted(String outcome) {
        return api.metrics()
                .lines()
                .filter(line -> line.startsWith("miniplane_logins_total{") && line.contains("\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static long inSeconds(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }
}
