package io.miniplane.server.stage;

import io.miniplane.server.platform.observability.ManagementServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API of one server as a client sees it. */
public record Api(URI base, ConfigurableApplicationContext context) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    public static final String LOGIN = "/api/v1/auth/login";
    public static final String REFRESH = "/api/v1/auth/refresh";
    public static final String LOGOUT = "/api/v1/auth/logout";
    public static final String ME = "/api/v1/users/me";

    /** Logs in and expects that it works. */
    public Tokens logIn(String code) {
        return tokens(call("POST", LOGIN, null, Map.of("code", code)));
    }

    public Answer refresh(String refreshToken) {
        return call("POST", REFRESH, null, Map.of("refreshToken", refreshToken));
    }

    public Answer me(String token) {
        return call("GET", ME, token, null);
    }

    public Answer logOut(String token) {
        return call("POST", LOGOUT, token, null);
    }

    public Answer call(String method, String path, @Nullable String token, @Nullable Object body) {
        return start(method, path, token, body).join();
    }

    /** Sends without waiting, with more headers if need be, each a name and a value. */
    public CompletableFuture<Answer> start(
            String method, String path, @Nullable String token, @Nullable Object body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Answer::of);
    }

    public static Tokens tokens(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError("Expected tokens but got " + answer.status() + " " + answer.body());
        }
        JsonNode data = answer.data();
        return new Tokens(
                data.path("token").asString(),
                data.path("expires").asLong(),
                data.path("userId").asString(),
                data.path("refreshToken").asString());
    }

    /** The text of the metrics page. */
    public String metrics() {
        return management("/metrics").body();
    }

    /** What the server tells of itself for whoever runs it. */
    public JsonNode signals() {
        return JSON.readTree(management("/internal/signals").body());
    }

    /** What the server knows of itself, as it tells those inside the pod. */
    public String diagnostics() {
        return management("/internal/diagnostics").body();
    }

    /** The value of a counter whose only label of its own has this value. */
    public double counted(String counter, String label) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(counter + "{") && line.contains("\"" + label + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    /** What the management port answers. */
    public int managementStatus(String path) {
        return management(path).statusCode();
    }

    private HttpResponse<String> management(String path) {
        int port = context.getBean(ManagementServer.class).port();
        URI page = URI.create("http://127.0.0.1:" + port + path);
        try {
            return HTTP.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object body) {
        return body instanceof String text ? text : JSON.writeValueAsString(body);
    }

    public record Tokens(String token, long expires, String userId, String refreshToken) {}

    public record Answer(int status, HttpResponse<String> response, JsonNode body) {

        private static Answer of(HttpResponse<String> response) {
            boolean json = response.headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.contains("json"))
                    .isPresent();
            return new Answer(
                    response.statusCode(), response, json ? JSON.readTree(response.body()) : JSON.createObjectNode());
        }

        public JsonNode data() {
            return body.path("data");
        }

        public int code() {
            return body.path("code").asInt();
        }

        public String message() {
            return body.path("message").asString();
        }
    }
}
