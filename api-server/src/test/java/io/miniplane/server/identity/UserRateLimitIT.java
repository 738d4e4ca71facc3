package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserRateLimitIT {

    private static Backend backend;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer(
                "--miniplane.rate-limit.user.enabled=true",
                "--miniplane.rate-limit.user.requests=5",
                "--miniplane.rate-limit.user.period=1h");
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void aUserIsTurnedAwayAndAnotherAtTheSameAddressIsNot() {
        String openId = backend.newOpenId();
        Tokens user = api.logIn(backend.loginCode(openId));
        Tokens other = api.logIn(backend.loginCode());
        for (int i = 0; i < 5; i++) {
            assertThat(api.me(user.token()).status()).isEqualTo(200);
        }
        Answer refused = api.me(user.token());
        assertThat(refused.code()).isEqualTo(42900);
        assertThat(refused.response().headers().firstValue("Retry-After")).contains("720");
        assertThat(api.me(other.token()).status()).isEqualTo(200);

        Tokens anotherSession = api.logIn(backend.loginCode(openId));
        assertThat(api.me(anotherSession.token()).code()).isEqualTo(42900);
        assertThat(api.metrics())
                .containsPattern("miniplane_rate_limited_total\\{[^}]*scope=\"user\"} 2\\.0")
                .containsPattern("miniplane_rate_limited_total\\{[^}]*scope=\"address\"} 0\\.0");
    }

    @Test
    void whoeverHasNoTokenHasNoBucket() {
        for (int i = 0; i < 10; i++) {
            assertThat(api.me("no token").code()).isEqualTo(40102);
        }
    }
}
