package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RiskIT {

    private static final String RANK = "/wxa/getuserriskrank";
    private static final String ON = "--miniplane.identity.risk.enabled=true";
    private static final String FROM_3 = "--miniplane.identity.risk.block-from=3";

    private Backend backend;
    private Control wechat;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        wechat = backend.simulator().control();
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void whoIsTooRiskyIsKeptOutAndCounted() {
        Api api = backend.startServer(ON, FROM_3);
        Answer blocked = logIn(api, 3);
        assertThat(blocked.status()).isEqualTo(403);
        assertThat(blocked.code()).isEqualTo(40302);
        assertThat(logIn(api, 4).code()).isEqualTo(40302);
        assertThat(logIn(api, 2).status()).isEqualTo(200);
        assertThat(backend.rows("SELECT id FROM users")).hasSize(1);
        assertThat(api.counted("miniplane_logins_total", "risky")).isEqualTo(2);
        assertThat(api.counted("miniplane_login_risk_checks_total", "blocked")).isEqualTo(2);
        assertThat(api.counted("miniplane_login_risk_checks_total", "passed")).isEqualTo(1);
        assertThat(api.counted("miniplane_login_risk_checks_total", "unknown")).isZero();
    }

    @Test
    void nobodyIsAskedAboutUnlessItIsSwitchedOn() {
        Api api = backend.startServer();
        assertThat(logIn(api, 4).status()).isEqualTo(200);
        assertThat(wechat.requests().count(RANK)).isZero();
    }

    @Test
    void aWechatThatFailsKeepsNobodyOutUnlessThatIsAskedFor() {
        Api open = backend.startServer(ON, FROM_3);
        Api closed = backend.startServer(ON, FROM_3, "--miniplane.identity.risk.fail-closed=true");
        Map<Effect, Integer> faults = Map.of(
                new Effect.Status(500), 50301,
                new Effect.Errcode(48001, "no right"), 50203,
                new Effect.Errcode(61010, "not active"), 50301,
                new Effect.Garbage("{}"), 50202);
        faults.forEach((effect, code) -> {
            wechat.inject(Fault.always(RANK, effect));
            assertThat(logIn(open, 4).status()).as(effect.toString()).isEqualTo(200);
            assertThat(logIn(closed, 0).code()).as(effect.toString()).isEqualTo(code);
            wechat.clearFaults();
        });
        assertThat(open.counted("miniplane_login_risk_checks_total", "unknown")).isEqualTo(4);
        assertThat(closed.counted("miniplane_logins_total", "wechat_failed")).isEqualTo(4);
        assertThat(backend.rows("SELECT id FROM sessions")).hasSize(4);
    }

    @Test
    void aSlowWechatIsNotWaitedFor() {
        Api api = backend.startServer(ON, "--miniplane.identity.risk.time-limit=300ms");
        logIn(api, 0);
        wechat.inject(Fault.always(RANK, new Effect.Latency(Duration.ofSeconds(5))));
        long before = System.nanoTime();
        assertThat(logIn(api, 4).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    private Answer logIn(Api api, int rank) {
        String openId = backend.newOpenId();
        wechat.content().riskRank(openId, rank);
        return api.call("POST", Api.LOGIN, null, Map.of("code", backend.loginCode(openId)));
    }
}
