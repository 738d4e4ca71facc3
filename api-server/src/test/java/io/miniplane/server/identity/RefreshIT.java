package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshIT {

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
    void aRefreshGoesOnWithTheSameSessionAndNewTokens() {
        Tokens login = api.logIn(backend.loginCode());
        Tokens refreshed = Api.tokens(api.refresh(login.refreshToken()));
        assertThat(refreshed.userId()).isEqualTo(login.userId());
        assertThat(refreshed.refreshToken()).isNotEqualTo(login.refreshToken());
        assertThat(api.me(refreshed.token()).status()).isEqualTo(200);
        assertThat(api.me(login.token()).status()).isEqualTo(200);
        assertThat(api.refresh(refreshed.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void aTokenUsedTwiceEndsTheSession() {
        Tokens login = api.logIn(backend.loginCode());
        Tokens refreshed = Api.tokens(api.refresh(login.refreshToken()));

        assertThat(api.refresh(login.refreshToken()).code()).isEqualTo(40106);
        assertThat(api.refresh(login.refreshToken()).code()).isEqualTo(40106);
        assertThat(api.refresh(refreshed.refreshToken()).code()).isEqualTo(40106);
        assertThat(api.me(login.token()).code()).isEqualTo(40104);
        assertThat(api.me(refreshed.token()).code()).isEqualTo(40104);
    }

    @Test
    void aTokenOfLongAgoEndsTheSessionToo() {
        Tokens login = api.logIn(backend.loginCode());
        String newest = login.refreshToken();
        for (int i = 0; i < 3; i++) {
            newest = Api.tokens(api.refresh(newest)).refreshToken();
        }
        assertThat(api.refresh(login.refreshToken()).code()).isEqualTo(40106);
        assertThat(api.me(login.token()).code()).isEqualTo(40104);
    }

    @Test
    void theOtherSessionsOfTheUserGoOn() {
        String openId = backend.newOpenId();
        Tokens other = api.logIn(backend.loginCode(openId));
        Tokens stolen = api.logIn(backend.loginCode(openId));
        api.refresh(stolen.refreshToken());
        assertThat(api.refresh(stolen.refreshToken()).code()).isEqualTo(40106);
        assertThat(api.me(other.token()).status()).isEqualTo(200);
    }

    @RepeatedTest(10)
    void ofSimultaneousUsesExactlyOneWinsAndTheSessionEnds() {
        Tokens login = api.logIn(backend.loginCode());
        List<CompletableFuture<Answer>> calls = Stream.generate(
                        () -> api.start("POST", Api.REFRESH, null, Map.of("refreshToken", login.refreshToken())))
                .limit(4)
                .toList();
        List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(Answer::code).containsExactlyInAnyOrder(200, 40106, 40106, 40106);
        String winner = answers.stream()
                .filter(answer -> answer.status() == 200)
                .map(answer -> Api.tokens(answer).token())
                .findFirst()
                .orElseThrow();
        assertThat(api.me(winner).code()).isEqualTo(40104);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "not base64 at all!",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void aTokenThatNobodyHandedOutIsUnknown(String token) {
        Answer answer = api.refresh(token);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(40105);
    }

    @Test
    void anExpiredTokenIsUnknown() {
        Tokens login = api.logIn(backend.loginCode());
        backend.execute("UPDATE sessions SET refresh_expires_at = now() WHERE user_id = '" + login.userId() + "'");
        assertThat(api.refresh(login.refreshToken()).code()).isEqualTo(40105);
        assertThat(api.me(login.token()).status()).isEqualTo(200);
    }

    @Test
    void afterALogoutNothingOfTheSessionWorksAndASecondLogoutIsFine() {
        Tokens login = api.logIn(backend.loginCode());
        assertThat(api.logOut(login.token()).status()).isEqualTo(200);
        assertThat(api.logOut(login.token()).status()).isEqualTo(200);
        assertThat(api.me(login.token()).code()).isEqualTo(40104);
        assertThat(api.refresh(login.refreshToken()).code()).isEqualTo(40104);
        assertThat(api.call("POST", Api.LOGOUT, null, null).code()).isEqualTo(40100);
        assertThat(api.logOut("no.such.token").code()).isEqualTo(40102);
        assertThat(backend.rows("SELECT session_key FROM sessions WHERE user_id = '" + login.userId() + "'"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("session_key")).isNull());
    }
}
