package io.miniplane.server.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwayAuthorIT {

    @TempDir
    private Path folder;

    @Test
    void anAuthorWhoWasAwayForLongIsTold() {
        try (Backend backend = new Backend(folder)) {
            Api server = backend.startServer();
            String user = server.logIn(backend.loginCode()).token();
            backend.simulator().control().advance(Duration.ofHours(3));
            Map<String, String> text = Map.of("type", "text", "content", "tea", "scene", "comment");
            assertThat(server.call("POST", "/api/v1/content-checks", user, text).code())
                    .isEqualTo(40011);
        }
    }
}
