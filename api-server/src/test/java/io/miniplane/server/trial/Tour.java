package io.miniplane.server.trial;

import io.miniplane.simulator.People;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.miniplane.simulator.world.Profile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.JsonNode;

/** A user who is there from the start, and the lines that try the server as that user. */
final class Tour {

    private static final String OPEN_ID = "oTrialUser-0000000000000001";
    private static final UUID TEA = UUID.fromString("01930000-0000-7000-8000-000000000001");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port;
    private final WechatSimulator wechat;
    private final WebClient server;

    Tour(int port, WechatSimulator wechat) {
        this.port = port;
        this.wechat = wechat;
        this.server = WebClient.create("http://127.0.0.1:" + port);
    }

    /** Puts tea on the shelf, as staff does; a trial has no issuer that staff could sign in with. */
    void stock(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "WITH made AS (INSERT INTO products (id, name, description, price, is_published, issuer, subject)"
                            + " VALUES ('" + TEA + "', '龙井茶', '', 990, true, 'https://staff.example', 'trial')"
                            + " RETURNING id) INSERT INTO stock (product_id, available) SELECT id, 100 FROM made");
        }
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

                Order tea, ask to pay it, and press Pay on the page:

                  ORDER=$(curl -s http://127.0.0.1:%1$d/api/v1/orders -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                    -d '{"lines":[{"productId":"%5$s","quantity":1}]}' | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')
                  sleep 1
                  curl -s -X POST http://127.0.0.1:%1$d/api/v1/orders/$ORDER/payment -H "Authorization: Bearer $TOKEN"
                  curl -s http://127.0.0.1:%1$d/api/v1/orders/$ORDER -H "Authorization: Bearer $TOKEN"

                Ctrl-C stops everything and leaves nothing behind.
                """.formatted(port, wechat.baseUri(), SimulatorOptions.TRIAL_APP_ID, OPEN_ID, TEA);
    }
}
