package io.miniplane.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A container that dies, comes back, breaks off, or is about to be stopped. */
class LostContainerIT {

    private static final int NO_CONNECTION = 50220;
    private static final int BROKEN_OFF = 50221;
    private static final int LEFT_ALONE = 50330;

    /** Requests without an answer of which the last twenty are looked at. */
    private static final int MANY = 25;

    private static Backend backend;
    private static Api api;
    private static int port;

    private final AtomicInteger asked = new AtomicInteger();
    private RecordingContainer container;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        try (RecordingContainer first = new RecordingContainer()) {
            port = first.port();
        }
        List<String> settings = new ArrayList<>(List.of(
                "--miniplane.gateway.upstream-url=http://127.0.0.1:" + port, "--miniplane.gateway.drain.quiet=200ms"));
        settings.addAll(ProxyIT.route(0, "path=/api/**", "auth=none", "breaker.open-for=500ms", "timeout=10s"));
        settings.addAll(ProxyIT.route(1, "path=/api/again/**", "auth=none", "retries=2"));
        api = backend.startServer(settings.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @BeforeEach
    void startContainer() {
        container = new RecordingContainer(port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> call("GET", "/api/things").status() == 200);
    }

    @AfterEach
    void stopContainer() {
        container.kill();
    }

    @Test
    void aDeadContainerIsLeftAloneUntilItIsBackAndTheServersOwnRoutesGoOn() {
        Tokens user = api.logIn(backend.loginCode());
        container.kill();
        Answer lost = call("GET", "/api/things");
        assertThat(lost.status()).isEqualTo(502);
        assertThat(lost.code())
                .as("a connection that was there may have broken off")
                .isIn(NO_CONNECTION, BROKEN_OFF);
        for (int request = 0; request < MANY; request++) {
            call("GET", "/api/things");
        }
        Answer refused = call("GET", "/api/things");
        assertThat(refused.code()).isEqualTo(LEFT_ALONE);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(api.me(user.token()).status()).isEqualTo(200);
        assertThat(api.managementStatus("/readyz")).isEqualTo(200);
        assertThat(call("GET", "/api/again/things").code())
                .as("another route has a breaker of its own")
                .isEqualTo(NO_CONNECTION);

        container = new RecordingContainer(port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> call("GET", "/api/things").status() == 200);
    }

    @Test
    void onlyWhatDoesNoHarmTwiceIsAskedAgain() {
        container.kill();
        DisposableServer breaking = breakingOffTwice();
        try {
            assertThat(call("GET", "/api/again/things").status()).isEqualTo(200);
            assertThat(asked).hasValue(3);
            asked.set(0);
            assertThat(call("POST", "/api/again/things").code()).isEqualTo(BROKEN_OFF);
            assertThat(asked).hasValue(1);
        } finally {
            breaking.disposeNow();
        }
    }

    @Test
    void whoStopsTheContainerWaitsForTheRequestsThatItHas() throws Exception {
        CompletableFuture<Answer> slow = api.start("GET", "/api/slow", null, null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> container.arrived().stream()
                        .anyMatch(request -> request.uri().equals("/api/slow")));
        CompletableFuture<Boolean> answered =
                CompletableFuture.supplyAsync(() -> api.managementStatus("/internal/drained") == 200 && slow.isDone());
        assertThat(answered.get(15, TimeUnit.SECONDS)).isTrue();
        assertThat(slow.join().status()).isEqualTo(200);
    }

    private DisposableServer breakingOffTwice() {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle((request, response) -> asked.incrementAndGet() < 3
                        ? Mono.fromRunnable(() -> request.withConnection(connection -> connection.dispose()))
                        : response.sendString(Mono.just("at last")))
                .bindNow();
    }

    private static Answer call(String method, String path) {
        return api.start(method, path, null, null).join();
    }
}
