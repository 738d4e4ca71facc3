package io.miniplane.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.server.gateway.RecordingContainer.Arrived;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The way to the team's own container: who gets there, what it is told, and what happens when it does not answer. */
class ProxyIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Backend backend;
    private static RecordingContainer container;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        container = new RecordingContainer();
        List<String> settings = new ArrayList<>(List.of(
                "--miniplane.gateway.upstream-url=" + container.url(),
                "--miniplane.gateway.recheck=100ms",
                "--miniplane.gateway.drain.quiet=200ms"));
        settings.addAll(route(0, "path=/api/**", "auth=required"));
        settings.addAll(route(1, "path=/api/open/**", "auth=none"));
        settings.addAll(route(2, "path=/api/shop/**", "auth=optional", "methods=GET,POST"));
        settings.addAll(route(3, "path=/api/staff/**", "auth=required", "roles=admin"));
        settings.addAll(route(4, "path=/api/small/**", "auth=none", "body-limit=1KB", "web-socket=false"));
        settings.addAll(route(5, "path=/api/rare", "auth=none", "rate-limit.requests=2", "rate-limit.per=1m"));
        settings.addAll(route(6, "path=/api/hasty/**", "auth=none", "timeout=300ms"));
        settings.addAll(route(7, "path=/api/wide/**", "auth=none", "body-limit=200MB"));
        api = backend.startServer(settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        backend.close();
        container.close();
    }

    @BeforeEach
    void forget() {
        container.forget();
    }

    static List<String> route(int number, String... settings) {
        return Stream.of(settings)
                .map(setting -> "--miniplane.gateway.routes[" + number + "]." + setting)
                .toList();
    }

    @Test
    void theContainerIsToldWhoCalls() {
        String openId = backend.newOpenId();
        Tokens user = api.logIn(backend.loginCode(openId));
        Answer answer =
                call("/api/things?a=1&b=%E4%BD%A0", user.token(), "X-WX-OPENID", "forged", "X-Request-Id", "r-1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEqualTo("hello");
        Arrived told = container.last();
        assertThat(told.uri()).isEqualTo("/api/things?a=1&b=%E4%BD%A0");
        assertThat(told.value("X-WX-OPENID")).isEqualTo(openId);
        assertThat(told.value("X-WX-APPID")).startsWith("wx");
        assertThat(told.value("X-WX-ENV")).isEqualTo("dev");
        assertThat(told.value("X-WX-SOURCE")).isEqualTo("wx_client");
        assertThat(told.value("X-Original-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(told.value("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(told.value("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(told.value("X-Miniplane-User")).isEqualTo(user.userId());
        assertThat(told.value("X-Miniplane-Roles")).isEqualTo("user");
        assertThat(told.value("X-Request-Id")).isEqualTo("r-1");
        assertThat(told.value("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]");
        assertThat(told.values("Authorization")).isEmpty();
        JsonNode proof = claims(told.value("X-Miniplane-Identity"));
        assertThat(proof.path("aud").asString()).isEqualTo("upstream");
        assertThat(proof.path("openid").asString()).isEqualTo(openId);
        assertThat(proof.path("exp").asLong() - proof.path("iat").asLong()).isEqualTo(60);
    }

    @Test
    void theProofOpensNothingHere() {
        Tokens user = api.logIn(backend.loginCode());
        call("/api/things", user.token());
        assertThat(api.me(container.last().value("X-Miniplane-Identity")).code())
                .isEqualTo(40103);
    }

    @Test
    void theLongestPathDecidesWhoGetsThere() {
        Tokens user = api.logIn(backend.loginCode());
        assertThat(call("/api/things", null).code()).isEqualTo(40100);
        assertThat(call("/api/things", "nonsense").code()).isEqualTo(40102);
        assertThat(call("/api/open/things", null).status()).isEqualTo(200);
        assertThat(call("/api/shop/things", null).status()).isEqualTo(200);
        assertThat(container.last().values("X-WX-OPENID")).isEmpty();
        assertThat(call("/api/shop/things", "nonsense").code()).isEqualTo(40102);
        assertThat(call("/api/shop/things", user.token()).status()).isEqualTo(200);
        assertThat(container.last().values("X-WX-OPENID")).hasSize(1);
        assertThat(call("/api/staff/things", user.token()).code()).isEqualTo(40300);
        assertThat(api.call("DELETE", "/api/shop/things", user.token(), null).status())
                .isEqualTo(404);
        assertThat(call("/elsewhere", user.token()).status()).isEqualTo(404);
        assertThat(container.arrived()).hasSize(3);
    }

    @Test
    void theServersOwnAddressesStayItsOwn() {
        Tokens user = api.logIn(backend.loginCode());
        assertThat(api.me(user.token()).status()).isEqualTo(200);
        assertThat(call("/api/v1/no-such-thing", user.token()).code()).isEqualTo(40400);
        assertThat(call("/api/v1/no-such-thing", null).code()).isEqualTo(40100);
        assertThat(call("/.well-known/jwks.json", null).status()).isEqualTo(200);
        assertThat(container.arrived()).isEmpty();
    }

    @Test
    void whoBringsALoginCodeIsLoggedIn() {
        String openId = backend.newOpenId();
        Answer answer = call("/api/things", null, "X-WX-CODE", backend.loginCode(openId));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(container.last().value("X-WX-OPENID")).isEqualTo(openId);
        assertThat(container.last().values("X-WX-CODE")).isEmpty();
        String token =
                answer.response().headers().firstValue("X-Miniplane-Token").orElseThrow();
        assertThat(api.me(token).status()).isEqualTo(200);
        assertThat(answer.response()
                        .headers()
                        .firstValue("X-Miniplane-Token-Expires")
                        .orElseThrow())
                .matches("\\d{10}");
        String refresh = answer.response()
                .headers()
                .firstValue("X-Miniplane-Refresh-Token")
                .orElseThrow();
        assertThat(api.refresh(refresh).status()).isEqualTo(200);
    }

    @Test
    void aWrongLoginCodeIsAnsweredAsALoginAnswersIt() {
        int expected =
                api.call("POST", Api.LOGIN, null, Map.of("code", "wrong")).code();
        assertThat(call("/api/things", null, "X-WX-CODE", "wrong").code()).isEqualTo(expected);
        assertThat(call("/api/things", null, "X-WX-CODE", "x".repeat(300)).code())
                .isEqualTo(40000);
        assertThat(container.arrived()).isEmpty();
    }

    @Test
    void theContainerDoesNotSpeakForTheServer() {
        Answer answer = call("/api/open/own", null, "X-Request-Id", "r-2");
        assertThat(answer.response().headers().firstValue("X-Miniplane-Token")).isEmpty();
        assertThat(answer.response().headers().allValues("X-Request-Id")).containsExactly("r-2");
        assertThat(answer.response().headers().firstValue("X-Own")).contains("yes");
    }

    @Test
    void bodiesAreLimitedByTheirRoute() throws Exception {
        assertThat(post("/api/small/things", BodyPublishers.ofByteArray(new byte[1000]))
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> told = post("/api/small/things", BodyPublishers.ofByteArray(new byte[2000]));
        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(told.body()).contains("41300", "1 KiB");
        HttpResponse<String> streamed = post(
                "/api/small/things",
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[100_000])));
        assertThat(streamed.statusCode()).isEqualTo(413);
        assertThat(streamed.body()).contains("41300", "1 KiB");
    }

    @Test
    void largeBodiesPassBothWays() throws Exception {
        long before = container.received();
        byte[] piece = new byte[1024 * 1024];
        HttpResponse<String> up = post(
                "/api/wide/things",
                BodyPublishers.ofByteArrays(
                        () -> Stream.generate(() -> piece).limit(100).iterator()));
        assertThat(up.statusCode()).isEqualTo(200);
        assertThat(container.received() - before).isEqualTo(100L * piece.length);
        HttpResponse<InputStream> down = HTTP.send(get("/api/wide/large", null).build(), BodyHandlers.ofInputStream());
        assertThat(count(down.body())).isEqualTo(1600L * 64 * 1024);
    }

    @Test
    void tooManyRequestsOfARouteAreHeldBack() {
        assertThat(call("/api/rare", null).status()).isEqualTo(200);
        assertThat(call("/api/rare", null).status()).isEqualTo(200);
        Answer third = call("/api/rare", null);
        assertThat(third.code()).isEqualTo(42900);
        assertThat(third.response().headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aLateAnswerIsNotWaitedFor() {
        assertThat(call("/api/hasty/slow", null).code()).isEqualTo(50420);
        assertThat(call("/api/open/break", null).code()).isEqualTo(50221);
        assertThat(call("/api/open/ill", null).response().body()).isEqualTo("ill");
    }

    @Test
    void piecesOfAnAnswerComeAsTheyAreSent() throws Exception {
        HttpResponse<InputStream> answer = HTTP.sendAsync(
                        get("/api/open/trickle", null).build(), BodyHandlers.ofInputStream())
                .get(5, TimeUnit.SECONDS);
        byte[] first =
                CompletableFuture.supplyAsync(() -> read(answer.body(), 5)).get(5, TimeUnit.SECONDS);
        assertThat(new String(first, StandardCharsets.UTF_8)).isEqualTo("first");
        answer.body().close();
    }

    @Test
    void anEventStreamEndsWithItsSession() throws Exception {
        Tokens user = api.logIn(backend.loginCode());
        HttpResponse<InputStream> events = HTTP.send(
                get("/api/events", user.token())
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(new String(read(events.body(), 7), StandardCharsets.UTF_8)).isEqualTo("data: 0");
        api.logOut(user.token());
        CompletableFuture<Long> rest = CompletableFuture.supplyAsync(() -> count(events.body()));
        assertThat(rest.get(10, TimeUnit.SECONDS)).isPositive();
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> container.closedStreams() > 0);
    }

    @Test
    void aWebSocketTalksToTheContainerUntilItsSessionEnds() throws Exception {
        Tokens user = api.logIn(backend.loginCode());
        Talk talk = new Talk();
        WebSocket socket = HTTP.newWebSocketBuilder()
                .header("Authorization", "Bearer " + user.token())
                .header("X-WX-OPENID", "forged")
                .buildAsync(webSocket("/api/talk"), talk)
                .get(5, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(5, TimeUnit.SECONDS);
        assertThat(talk.heard.poll(5, TimeUnit.SECONDS)).isEqualTo("heard hello");
        assertThat(container.last().value("X-Miniplane-User")).isEqualTo(user.userId());
        assertThat(container.last().value("X-WX-OPENID")).isNotEqualTo("forged");
        api.logOut(user.token());
        assertThat(talk.closed.get(10, TimeUnit.SECONDS)).isEqualTo(4401);
    }

    @Test
    void aWebSocketNeedsATokenAndARouteThatTakesIt() {
        assertThatThrownBy(() -> HTTP.newWebSocketBuilder()
                        .buildAsync(webSocket("/api/talk"), new Talk())
                        .join())
                .isInstanceOf(CompletionException.class);
        assertThatThrownBy(() -> HTTP.newWebSocketBuilder()
                        .buildAsync(webSocket("/api/small/talk"), new Talk())
                        .join())
                .isInstanceOf(CompletionException.class);
        assertThat(container.arrived()).isEmpty();
    }

    @Test
    void whoStopsTheContainerIsToldWhenNothingNeedsItAnyMore() {
        assertThat(api.managementStatus("/internal/drained")).isEqualTo(200);
    }

    @Test
    void requestsAreCountedByRouteAndOutcome() {
        call("/api/open/things", null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(api.metrics().lines().toList())
                        .anyMatch(line -> line.startsWith("miniplane_gateway_request_seconds_count")
                                && line.contains("route=\"/api/open/**\"")
                                && line.contains("outcome=\"ok\""))
                        .anyMatch(line -> line.startsWith("http_requests_total") && line.contains("/api/open/**"))
                        .anyMatch(line -> line.startsWith("miniplane_gateway_in_flight")));
    }

    private static Answer call(String path, String token, String... headers) {
        return api.start("GET", path, token, null, headers).join();
    }

    private static HttpRequest.Builder get(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api.base().resolve(path)).timeout(Duration.ofSeconds(30));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> post(String path, HttpRequest.BodyPublisher body) throws Exception {
        return HTTP.send(get(path, null).POST(body).build(), BodyHandlers.ofString());
    }

    private static URI webSocket(String path) {
        return URI.create(api.base().toString().replace("http", "ws") + path);
    }

    private static JsonNode claims(String jwt) {
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
    }

    private static byte[] read(InputStream stream, int length) {
        try {
            return stream.readNBytes(length);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long count(InputStream stream) {
        try (stream) {
            long all = 0;
            byte[] piece = new byte[64 * 1024];
            for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
                all += length;
            }
            return all;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What a client hears over its WebSocket. */
    private static final class Talk implements WebSocket.Listener {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            heard.add(text.toString());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
