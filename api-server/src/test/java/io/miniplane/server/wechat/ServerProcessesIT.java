package io.miniplane.server.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.control.Control;
import io.miniplane.simulator.http.RequestLog;
import io.miniplane.simulator.world.TokenVerdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers as processes of their own, which share a database and one WeChat, and each keep the access token themselves. */
class ServerProcessesIT {

    private static final int SERVERS = 3;
    private static final int CALLS_OF_EACH = 20;
    private static final String PHONE = "/api/v1/users/me/phone";
    private static final String WECHAT_PHONE = "/wxa/business/getuserphonenumber";
    private static final String WECHAT_TOKEN = "/cgi-bin/stable_token";

    private static final List<ServerProcess> PROCESSES = new ArrayList<>();
    private static final List<Api> APIS = new ArrayList<>();
    private static Backend backend;
    private static Control control;

    @BeforeAll
    static void start(@TempDir Path keys) throws IOException {
        backend = new Backend(keys);
        control = backend.simulator().control();
        for (int i = 0; i < SERVERS; i++) {
            // Young servers on a busy machine are slow, which is not what is measured here.
            ServerProcess process = new ServerProcess(
                    MiniplaneServer.class, List.of(backend.arguments("--miniplane.wechat.time-limit=10s")));
            PROCESSES.add(process);
            // One after the other, because the first one makes the tables.
            URI base = URI.create("http://127.0.0.1:" + process.port());
            APIS.add(new Api(base, null));
        }
    }

    @AfterAll
    static void stop() {
        PROCESSES.forEach(ServerProcess::close);
        backend.close();
    }

    /** Everybody has a token that works. */
    @BeforeEach
    void settle() {
        bindings(1).forEach(ServerProcessesIT::assertBound);
        control.clearRequests();
    }

    @Test
    void a_token_that_ends_while_calls_run_costs_each_process_one_refresh_and_no_call() {
        List<CompletableFuture<Answer>> before = bindings(CALLS_OF_EACH / 2);
        control.endTokens(TokenVerdict.EXPIRED, false);
        List<CompletableFuture<Answer>> after = bindings(CALLS_OF_EACH / 2);
        before.forEach(ServerProcessesIT::assertBound);
        after.forEach(ServerProcessesIT::assertBound);
        RequestLog.Snapshot requests = control.requests();
        long refused = outcomes(requests, "42001");
        assertThat(refused).isPositive();
        assertThat(requests.count(WECHAT_PHONE)).isEqualTo(SERVERS * CALLS_OF_EACH + refused);
        assertThat(requests.count(WECHAT_TOKEN)).isEqualTo(SERVERS);
        assertThat(forcedRefreshes()).isZero();
    }

    @Test
    void a_dead_token_that_is_handed_out_still_is_replaced_by_force_once_over_all_processes() {
        backend.execute("DELETE FROM wechat_forced_refreshes");
        control.endTokens(TokenVerdict.NOT_NEWEST, true);
        bindings(CALLS_OF_EACH).forEach(ServerProcessesIT::assertBound);
        assertThat(forcedRefreshes()).isEqualTo(1);
        assertThat(outcomes(control.requests(), "ok")).isEqualTo(SERVERS * CALLS_OF_EACH);
        backend.execute("DELETE FROM wechat_forced_refreshes");
    }

    /** Lets users bind their phone numbers, so many at once at each server. */
    private static List<CompletableFuture<Answer>> bindings(int ofEach) {
        return APIS.stream()
                .flatMap(api -> IntStream.range(0, ofEach).mapToObj(i -> binding(api)))
                .toList();
    }

    private static CompletableFuture<Answer> binding(Api api) {
        String openId = backend.newOpenId();
        String token = api.logIn(backend.loginCode(openId)).token();
        String code = control.phoneCode(SimulatorOptions.TRIAL_APP_ID, openId);
        return api.start("PUT", PHONE, token, Map.of("code", code));
    }

    private static void assertBound(CompletableFuture<Answer> answer) {
        assertThat(answer.join().status()).as("%s", answer.join().body()).isEqualTo(200);
    }

    private static long outcomes(RequestLog.Snapshot requests, String outcome) {
        return requests.calls().stream()
                .filter(call ->
                        call.path().equals(WECHAT_PHONE) && call.outcome().equals(outcome))
                .count();
    }

    private static long forcedRefreshes() {
        return backend.rows("SELECT unnest(grants) FROM wechat_forced_refreshes")
                .size();
    }
}
