package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HangUpIT {

    private static final int MORE_THAN_THE_POOL_HOLDS = 30;
    private static final String WAITING =
            "SELECT pid FROM pg_stat_activity" + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
    private static final String LEFT_OPEN = "SELECT pid FROM pg_stat_activity"
            + " WHERE datname = current_database() AND state LIKE 'idle in transaction%'";

    private Backend backend;
    private Api api;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        api = backend.startServer();
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void clientsThatHangUpWhileTheDatabaseWorksLeaveNoConnectionBehind() throws Exception {
        api.logIn(backend.loginCode());
        try (AutoCloseable _ = backend.lock("users")) {
            List<CompletableFuture<Answer>> logins = Stream.generate(backend::loginCode)
                    .limit(MORE_THAN_THE_POOL_HOLDS)
                    .map(code -> api.start("POST", Api.LOGIN, null, Map.of("code", code)))
                    .toList();
            await().until(() -> backend.rows(WAITING).size() >= 10);
            logins.forEach(login -> login.cancel(true));
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> acquiredConnections() == 0);
        assertThat(backend.rows(LEFT_OPEN)).isEmpty();
        assertThat(api.me(api.logIn(backend.loginCode()).token()).status()).isEqualTo(200);
    }

    private double acquiredConnections() {
        return api.metrics()
                .lines()
                .filter(line -> line.startsWith("r2dbc_pool_acquired_connections"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .max()
                .orElseThrow();
    }
}
