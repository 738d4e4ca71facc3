package io.miniplane.server.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletedAuthorIT {

    private static final String CHECKS = "/api/v1/content-checks";
    private static final Map<String, String> PICTURE =
            Map.of("type", "image", "url", "https://cdn.example.com/tea.jpg", "scene", "forum");

    private static Backend backend;
    private static Api server;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        server = backend.startServer();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void theChecksOfAnAccountEndWithItAndNobodyElses() {
        Tokens leaver = server.logIn(backend.loginCode());
        Tokens other = server.logIn(backend.loginCode());
        check(leaver);
        check(leaver);
        check(other);
        backend.execute("INSERT INTO content_verdicts (trace_id) SELECT trace_id FROM content_checks");
        assertThat(server.call("DELETE", Api.ME, leaver.token(), null).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(20)).until(() -> checks(leaver).isEmpty());
        assertThat(checks(other)).hasSize(1);
        assertThat(backend.rows("SELECT trace_id FROM content_verdicts")).isEqualTo(checks(other));
    }

    @Test
    void aCheckThatWasUnderWayWhenItsAccountEndedIsNotKept() {
        Tokens leaver = server.logIn(backend.loginCode());
        backend.simulator()
                .control()
                .inject(Fault.times(1, "/wxa/media_check_async", new Effect.Latency(Duration.ofSeconds(2))));
        CompletableFuture<Answer> check = server.start("POST", CHECKS, leaver.token(), PICTURE);
        await().until(() -> backend.simulator().control().faults().isEmpty());
        assertThat(server.call("DELETE", Api.ME, leaver.token(), null).status()).isEqualTo(200);
        await().until(() -> backend.rows("SELECT * FROM inbox WHERE queue = 'content.deleted-authors'"
                                + " AND event_id = (SELECT id FROM outbox WHERE aggregateid = '" + leaver.userId()
                                + "')")
                        .size()
                == 1);
        assertThat(check.join().code()).isEqualTo(40104);
        assertThat(checks(leaver)).isEmpty();
    }

    private static void check(Tokens author) {
        assertThat(server.call("POST", CHECKS, author.token(), PICTURE).status())
                .isEqualTo(201);
    }

    private static List<Map<String, Object>> checks(Tokens author) {
        return backend.rows("SELECT trace_id FROM content_checks WHERE user_id = '" + author.userId() + "'");
    }
}
