package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginThrottleIT {

    private static final String ON = "--miniplane.identity.login-throttle.enabled=true";

    private Backend backend;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void aUserLogsInOnlySoOftenOverAllServersAndMayAgainAfterAWhile() {
        Api one = perUser();
        Api other = perUser();
        String openId = backend.newOpenId();
        assertThat(logIn(one, openId).status()).isEqualTo(200);
        assertThat(logIn(other, openId).status()).isEqualTo(200);
        assertThat(logIn(one, openId).status()).isEqualTo(200);

        Answer refused = logIn(other, openId);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo(42903);
        assertThat(wait(refused)).isBetween(1L, 4L);
        assertThat(logIn(one, openId).code()).isEqualTo(42903);
        assertThat(backend.rows("SELECT id FROM sessions")).hasSize(3);
        assertThat(logIn(other, backend.newOpenId()).status())
                .as("another user")
                .isEqualTo(200);
        assertThat(limited(other)).isEqualTo(1);

        await().atMost(Duration.ofSeconds(6)).until(() -> logIn(one, openId).status() == 200);
    }

    @Test
    void loginsAtOneTimeOnTwoServersCountEachOther() {
        Api one = perUser();
        Api other = perUser();
        String openId = backend.newOpenId();
        List<CompletableFuture<Answer>> logins = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Map<String, String> body = Map.of("code", backend.loginCode(openId));
            logins.add((i % 2 == 0 ? one : other).start("POST", Api.LOGIN, null, body));
        }
        List<Integer> statuses =
                logins.stream().map(login -> login.join().status()).toList();
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(3);
        assertThat(statuses.stream().filter(status -> status == 429)).hasSize(17);
        assertThat(backend.rows("SELECT id FROM sessions")).hasSize(3);
    }

    @Test
    void aRefusedLoginChangesNothingOfTheUser() {
        Api one = perUser();
        String openId = backend.newOpenId();
        for (int i = 0; i < 3; i++) {
            logIn(one, openId);
        }
        List<Map<String, Object>> before = backend.rows("SELECT last_login_at FROM users");
        assertThat(logIn(one, openId).code()).isEqualTo(42903);
        assertThat(backend.rows("SELECT last_login_at FROM users")).isEqualTo(before);
    }

    @Test
    void anAddressTriesOnlySoOftenWhateverComesOfItAndWechatIsNotAskedBeyond() {
        Api one = backend.startServer(
                ON,
                "--miniplane.identity.login-throttle.address-burst=3",
                "--miniplane.identity.login-throttle.address-interval=2s");
        assertThat(from(one, "203.0.113.7", "neverIssued").code()).isEqualTo(40001);
        assertThat(from(one, "203.0.113.7", backend.loginCode()).status()).isEqualTo(200);
        assertThat(from(one, "203.0.113.7", "neverIssued").code()).isEqualTo(40001);
        long asked = asked();

        String code = backend.loginCode();
        Answer refused = from(one, "203.0.113.7", code);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo(42904);
        assertThat(wait(refused)).isBetween(1L, 2L);
        assertThat(asked()).isEqualTo(asked);
        assertThat(limited(one)).isEqualTo(1);

        assertThat(from(one, "203.0.113.8", code).status())
                .as("another address")
                .isEqualTo(200);
        String next = backend.loginCode();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> from(one, "203.0.113.7", next).status() == 200);
    }

    @Test
    void allAddressesOfOneIpv6NetworkAreOneClient() {
        Api one = backend.startServer(
                ON,
                "--miniplane.identity.login-throttle.address-burst=1",
                "--miniplane.identity.login-throttle.address-interval=1h");
        assertThat(from(one, "2001:db8:0:7::1", "x").code()).isEqualTo(40001);
        assertThat(from(one, "2001:db8:0:7:ffff::2", "x").code()).isEqualTo(42904);
        assertThat(from(one, "2001:db8:0:8::1", "x").code()).isEqualTo(40001);
    }

    private Api perUser() {
        return backend.startServer(
                ON,
                "--miniplane.identity.login-throttle.user-logins=3",
                "--miniplane.identity.login-throttle.user-window=4s");
    }

    private Answer logIn(Api server, String openId) {
        return server.call("POST", Api.LOGIN, null, Map.of("code", backend.loginCode(openId)));
    }

    private static Answer from(Api server, String address, String code) {
        return server.start("POST", Api.LOGIN, null, Map.of("code", code), "X-Forwarded-For", address)
                .join();
    }

    private long asked() {
        return backend.simulator().control().requests().count("/sns/jscode2session");
    }

    private static long wait(Answer answer) {
        return Long.parseLong(
                answer.response().headers().firstValue("Retry-After").orElseThrow());
    }

    private static double limited(Api server) {
        return server.counted("miniplane_logins_total", "limited");
    }
}
