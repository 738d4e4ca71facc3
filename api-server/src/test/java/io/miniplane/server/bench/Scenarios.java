package io.miniplane.server.bench;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.wechat.PushSender;
import io.miniplane.simulator.SimulatorOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What is measured; the first one is what the others are compared to. */
final class Scenarios {

    static final String[] SETTINGS = PushSender.settings("Compatible");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Backend backend;
    private final URI base;
    private final String openId;
    private final String token;
    private final String order;
    private @Nullable String anyOrder;

    Scenarios(Backend backend, URI base) {
        this.backend = backend;
        this.base = base;
        this.openId = backend.newOpenId();
        this.token = new Api(base, null).logIn(backend.loginCode(openId)).token();
        this.order = "{\"lines\":[{\"productId\":\"" + new Shelf(backend).put("Tea", 1990, 100_000_000)
                + "\",\"quantity\":1}]}";
    }

    List<Scenario> all() {
        return List.of(
                Scenario.of("GET /.well-known/jwks.json", number -> get("/.well-known/jwks.json"), Scenarios::isOk),
                pushes("push, safe JSON, handled", number -> PushSender.safe(text(number, 1))),
                pushes("push, plain JSON, handled", number -> PushSender.plain(text(number, 2))),
                pushes("push, safe JSON, come again", number -> PushSender.safe(text(1, 1))),
                Scenario.of("login", number -> login(), Scenarios::isOk),
                Scenario.of("phone binding", number -> bindPhone(), Scenarios::isOk),
                new Scenario(
                        "POST /orders, until confirmed",
                        number -> placeOrder(),
                        answer -> answer.statusCode() == 201,
                        this::isHandled),
                Scenario.of("GET /orders/{id}", number -> readOrder(), Scenarios::isOk));
    }

    private CompletableFuture<HttpResponse<String>> placeOrder() {
        return send(HttpRequest.newBuilder(base.resolve("/api/v1/orders"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(order)));
    }

    private CompletableFuture<HttpResponse<String>> readOrder() {
        return send(HttpRequest.newBuilder(base.resolve("/api/v1/orders/" + anyOrder()))
                .header("Authorization", "Bearer " + token));
    }

    /** One of the scenario before. */
    private String anyOrder() {
        if (anyOrder == null) {
            anyOrder = backend.rows("SELECT id FROM orders LIMIT 1")
                    .getFirst()
                    .get("id")
                    .toString();
        }
        return anyOrder;
    }

    private Scenario pushes(String name, IntFunction<PushSender.Letter> letter) {
        return new Scenario(
                name,
                number -> post(letter.apply(number)),
                answer -> answer.body().equals("success"),
                this::isHandled);
    }

    private boolean isHandled() {
        return backend.rows(
                        "SELECT 1 FROM outbox WHERE relayed_at IS NULL AND NOT is_parked UNION ALL SELECT 1 FROM queue_messages LIMIT 1")
                .isEmpty();
    }

    private CompletableFuture<HttpResponse<String>> login() {
        return post("/api/v1/auth/login", "{\"code\":\"" + backend.loginCode() + "\"}");
    }

    private CompletableFuture<HttpResponse<String>> bindPhone() {
        String code = backend.simulator().control().phoneCode(SimulatorOptions.TRIAL_APP_ID, openId);
        return send(HttpRequest.newBuilder(base.resolve("/api/v1/users/me/phone"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"code\":\"" + code + "\"}")));
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)));
    }

    private CompletableFuture<HttpResponse<String>> post(PushSender.Letter letter) {
        return post(PushSender.PATH + letter.queryText(), letter.body());
    }

    private CompletableFuture<HttpResponse<String>> post(String path, String body) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.sendAsync(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    private static boolean isOk(HttpResponse<String> answer) {
        return answer.statusCode() == 200;
    }

    private static String text(int number, int series) {
        return "{\"ToUserName\":\"gh_1\",\"FromUserName\":\"o9AgO5Kd5ggOC-bXrbNODIiE3bGY\",\"CreateTime\":1714112445,"
                + "\"MsgType\":\"text\",\"Content\":\"hello\",\"MsgId\":" + (series * 100_000_000L + number) + "}";
    }
}
