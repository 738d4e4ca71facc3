package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoServersIT {

    private static final Duration SECONDS = Duration.ofSeconds(4);

    private Backend backend;
    private Api one;
    private Api other;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        one = backend.startServer();
        other = backend.startServer();
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void theEndOfASessionIsKnownEverywhereWithinSeconds() {
        Tokens login = one.logIn(backend.loginCode());
        assertThat(other.me(login.token()).status()).isEqualTo(200);

        one.logOut(login.token());
        assertThat(one.me(login.token()).code()).isEqualTo(40104);
        await().atMost(SECONDS).until(() -> other.me(login.token()).code() == 40104);
    }

    @Test
    void aStolenRefreshTokenEndsTheSessionOnEveryServer() {
        Tokens login = one.logIn(backend.loginCode());
        Tokens refreshed = Api.tokens(other.refresh(login.refreshToken()));
        assertThat(one.me(refreshed.token()).status()).isEqualTo(200);

        assertThat(one.refresh(login.refreshToken()).code()).isEqualTo(40106);
        await().atMost(SECONDS).until(() -> other.me(refreshed.token()).code() == 40104);
        await().atMost(SECONDS).until(() -> other.me(login.token()).code() == 40104);
    }

    @Test
    void aServerThatStartsLaterKnowsTheSessionsThatHaveEndedAndReadsTheRowsOfTheOthers() {
        Tokens ended = one.logIn(backend.loginCode());
        Tokens live = one.logIn(backend.loginCode());
        one.call("PUT", Api.ME, live.token(), Map.of("nickname", "Band"));
        one.logOut(ended.token());

        Api later = backend.startServer();
        await().atMost(SECONDS).until(() -> later.me(ended.token()).code() == 40104);
        assertThat(later.me(live.token()).data().path("nickname").asString()).isEqualTo("Band");
    }

    @Test
    void whatEndsWhileAServerCannotReachTheDatabaseIsKnownAfterwards() {
        Tokens ended = one.logIn(backend.loginCode());
        Tokens live = one.logIn(backend.loginCode());
        assertThat(other.me(live.token()).status()).isEqualTo(200);

        backend.stopDatabase();
        await().until(() -> other.me(live.token()).code() == 50302);
        backend.startDatabase();
        backend.execute("UPDATE sessions SET ended_at = now() - interval '1 second', end_reason = 'LOGGED_OUT',"
                + " session_key = NULL, client = NULL WHERE user_id = '" + ended.userId() + "'");

        await().atMost(Duration.ofSeconds(15))
                .until(() -> other.me(live.token()).status() == 200);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> other.me(ended.token()).code() == 40104);
    }
}
