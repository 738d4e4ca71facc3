package io.miniplane.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ManagementIT {

    private static Relay relay;
    private static PlatformServer server;

    @BeforeAll
    static void start() throws Exception {
        relay = new Relay(Postgres.port());
        server = PlatformServer.on(relay.port());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        relay.close();
    }

    @Test
    void readinessFollowsTheDatabaseAndLivenessDoesNot() throws Exception {
        assertThat(status("/readyz")).isEqualTo(200);
        relay.cut();
        await(503);
        assertThat(status("/livez")).isEqualTo(200);
        relay.mend();
        await(200);
    }

    @Test
    void readinessFallsBeforeTheServerStops() throws Exception {
        AvailabilityChangeEvent.publish(server.context, ReadinessState.REFUSING_TRAFFIC);
        assertThat(status("/readyz")).isEqualTo(503);
        AvailabilityChangeEvent.publish(server.context, ReadinessState.ACCEPTING_TRAFFIC);
        await(200);
    }

    @Test
    void metricsCountRequestsUnderTheirRoute() throws Exception {
        server.get("/things/17");
        server.get("/things/18");
        server.get("/no/such/place");
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(server.management("/metrics").body())
                        .contains(
                                "http_requests_total{app_id=\"wx0123456789abcdef\",method=\"GET\",route=\"/things/{id}\",status=\"200\"} 2.0")
                        .contains(
                                "http_request_duration_seconds_bucket{app_id=\"wx0123456789abcdef\",method=\"GET\",route=\"/things/{id}\",status=\"200\",le=")
                        .contains(
                                "http_requests_total{app_id=\"wx0123456789abcdef\",method=\"GET\",route=\"none\",status=\"404\"} 1.0")
                        .contains("jvm_gc_", "jvm_memory_used_bytes", "r2dbc_pool_")
                        .doesNotContain("/things/17"));
    }

    @Test
    void signalsTellOfTrafficKeysAndTheDatabaseWithoutWaitingForIt() throws Exception {
        JsonNode before = signals();
        assertThat(before.path("version").asInt()).isEqualTo(1);
        assertThat(Instant.parse(before.path("startedAt").asString())).isBefore(Instant.now());
        server.get("/things/17");
        server.get("/no/such/place");
        await("signals", () -> total(signals()) - total(before) == 2);
        JsonNode requests = signals().path("requests");
        assertThat(requests.path("seconds").asDouble()).isPositive();
        assertThat(requests.path("serverErrors")).isEqualTo(before.at("/requests/serverErrors"));
        assertThat(requests.path("buckets").size()).isEqualTo(11);
        await("database", () -> signals().path("database").asString().equals("UP"));
        relay.cut();
        await("no database", () -> signals().path("database").asString().equals("DOWN"));
        relay.mend();
        await("database again", () -> signals().path("database").asString().equals("UP"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/env", "/actuator", "/prometheus", "/shutdown", "/things/1"})
    void nothingElseIsExposed(String path) throws Exception {
        assertThat(status(path)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/livez", "/readyz", "/internal/signals"})
    void thePublicPortDoesNotServeThem(String path) throws Exception {
        assertThat(server.get(path).statusCode()).isEqualTo(404);
    }

    private static void await(int status) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(status("/readyz")).isEqualTo(status));
    }

    private static void await(String what, Callable<Boolean> holds) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(holds);
    }

    private static JsonNode signals() throws Exception {
        return JsonMapper.shared()
                .readTree(server.management("/internal/signals").body());
    }

    private static long total(JsonNode signals) {
        return signals.at("/requests/total").asLong();
    }

    private static int status(String path) throws Exception {
        return server.management(path).statusCode();
    }
}
