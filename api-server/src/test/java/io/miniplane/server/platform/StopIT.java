package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.miniplane.trial.PlatformApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StopIT {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void whatIsInFlightFinishesAndWhatIsNewIsRefused() throws Exception {
        try (ServerProcess server = started()) {
            int port = server.port();
            int management = server.managementPort();
            CompletableFuture<HttpResponse<String>> slow =
                    client.sendAsync(request(port, "/slow?millis=4000"), BodyHandlers.ofString());
            Thread.sleep(1000);
            server.terminate();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(client.send(request(management, "/readyz"), BodyHandlers.ofString())
                                    .statusCode())
                            .isEqualTo(503));
            assertThatThrownBy(
                            () -> HttpClient.newHttpClient().send(request(port, "/things/1"), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(slow.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(server.exitCode()).isEqualTo(143);
        }
    }

    @Test
    void everyLineIsJsonWithTheIdsOfItsRequest() throws Exception {
        try (ServerProcess server = started()) {
            int port = server.port();
            client.send(request(port, "/logs"), BodyHandlers.ofString());
            client.send(request(port, "/fault"), BodyHandlers.ofString());
            Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> line(server, "/fault") != null);
            server.out.forEach(
                    line -> assertThat(JsonMapper.shared().readTree(line).propertyNames())
                            .contains("timestamp", "level", "logger", "message", "app_id"));
            JsonNode access = line(server, "/fault");
            assertThat(access.get("status").asInt()).isEqualTo(500);
            assertThat(access.get("method").asString()).isEqualTo("GET");
            assertThat(access.get("elapsed_ms").isNumber()).isTrue();
            assertThat(access.get("app_id").asString()).isEqualTo("wx0123456789abcdef");
            assertThat(access.get("trace_id").asString()).matches("[0-9a-f]{32}");
            assertThat(access.get("span_id").asString()).matches("[0-9a-f]{16}");
            assertThat(access.get("request_id").asString()).isEqualTo("request-7");
            assertThat(server.out).anyMatch(line -> line.contains("stack_trace") && line.contains("request-7"));
            assertThat(server.out).anyMatch(line -> line.contains("a line of a module") && line.contains("request-7"));
        }
    }

    private static ServerProcess started() throws IOException {
        return new ServerProcess(PlatformApplication.class, Postgres.arguments(Postgres.port()));
    }

    private static JsonNode line(ServerProcess server, String route) {
        return server.out.stream()
                .map(JsonMapper.shared()::readTree)
                .filter(line -> line.path("route").asString("").equals(route))
                .findFirst()
                .orElse(null);
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("X-Request-Id", "request-7")
                .build();
    }
}
