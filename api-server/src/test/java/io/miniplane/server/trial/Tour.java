package io.miniplane.server.trial;

import io.miniplane.simulator.People;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.miniplane.simulator.world.Profile;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.JsonNode;

/** A user who is there from the start, and the lines that try the server as that user. */
final class Tour {

    private static final String OPEN_ID = "oTrialUser-0000000000000001";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port;
    private final WechatSimulator wechat;
    private final WebClient server;

    Tour(int port, WechatSimulator wechat) {
        this.port = port;
        this.wechat = wechat;
        this.server = WebClient.create("http://127.0.0.1:" + port);
    }

    void seed() {
        People.seed(wechat.control());
        wechat.control().putUser(OPEN_ID, null, null, false, Profile.named("小明"));
        String code = wechat.control()
                .loginCode(SimulatorOptions.TRIAL_APP_ID, OPEN_ID)
                .code();
        JsonNode login = server.post()
                .uri("/api/v1/auth/login")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("code", code))
                .retrieve()
                .bodyToMono(JsonNode.class)
                .block(PATIENCE);
        server.put()
                .uri("/api/v1/users/me")
                .headers(
                        headers -> headers.setBearerAuth(login.at("/data/token").asString()))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(Map.of("nickname", "小明"))
                .retrieve()
                .toBodilessEntity()
                .block(PATIENCE);
    }

    String text() {
        return """

                Miniplane serves on http://127.0.0.1:%1$d, with a simulated WeChat on %2$s.

                Open %2$s in a browser: there a person logs in as anybody, sends pushes and lets calls fail.

                Log in as the user who is there already, and read the profile:

                  CODE=$(curl -s %2$s/_control/login-codes -H 'Content-Type: application/json' \\
                    -d '{"appId":"%3$s","openId":"%4$s"}' | sed 's/.*"code":"\\([^"]*\\)".*/\\1/')
                  TOKEN=$(curl -s http://127.0.0.1:%1$d/api/v1/auth/login -H 'Content-Type: application/json' \\
                    -d "{\\"code\\":\\"$CODE\\"}" | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
                  curl -s http://127.0.0.1:%1$d/api/v1/users/me -H "Authorization: Bearer $TOKEN"

                Ctrl-C stops everything and leaves nothing behind.
                """.formatted(port, wechat.baseUri(), SimulatorOptions.TRIAL_APP_ID, OPEN_ID);
    }
}
