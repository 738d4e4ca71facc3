package io.miniplane.server.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.push.PushCallback;
import io.miniplane.simulator.push.PushFormat;
import io.miniplane.simulator.push.PushMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a verdict: from the simulated WeChat, encrypted, through the message push and its queue. */
class PushedVerdictIT {

    private static final String TOKEN = "ContentChecks1";
    private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private static final String CHECKS = "/api/v1/content-checks";

    @TempDir
    private Path folder;

    @Test
    void wechatItselfPushesTheVerdict() {
        try (Backend backend = new Backend(folder)) {
            Api server = backend.startServer(
                    "--miniplane.wechat.message-push.token=" + TOKEN,
                    "--miniplane.wechat.message-push.encoding-aes-key=" + KEY);
            configure(backend, server);
            String user = server.logIn(backend.loginCode()).token();
            Map<String, String> picture =
                    Map.of("type", "image", "url", "https://cdn.example.com/simulate-risky.jpg", "scene", "forum");
            Answer created = server.call("POST", CHECKS, user, picture);
            String location =
                    created.response().headers().firstValue("Location").orElseThrow();
            Answer judged = Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> server.call("GET", location, user, null),
                            answer -> !status(answer).equals("pending"));
            assertThat(status(judged)).isEqualTo("done");
            assertThat(judged.data().path("suggestion").asString()).isEqualTo("risky");
            assertThat(judged.data().path("label").asString()).isEqualTo("abuse");
        }
    }

    private static void configure(Backend backend, Api server) {
        PushCallback callback = PushCallback.of(
                server.base().resolve("/api/v1/wechat/push"), TOKEN, KEY, PushMode.Safe, PushFormat.JSON);
        backend.simulator()
                .control()
                .pushes()
                .configure(SimulatorOptions.TRIAL_APP_ID, callback)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static String status(Answer answer) {
        return answer.data().path("status").asString();
    }
}
