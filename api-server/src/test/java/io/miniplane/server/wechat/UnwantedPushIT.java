package io.miniplane.server.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwantedPushIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aPushWithoutHandlerIsKeptUntilThereIsOne(@TempDir Path keys) {
        PushTrial.Collecting.SEEN.clear();
        try (Backend backend = new Backend(keys)) {
            Api without = backend.startServer(PushSender.settings("Safe"));
            PushSender.deliver(without, PushSender.safe(PushIT.text("88001", "kept")));
            PushSender.deliver(without, PushSender.safe("{\"MsgType\":\"hologram\"}"));
            await().atMost(PATIENCE)
                    .until(() ->
                            backend.rows("SELECT * FROM outbox WHERE is_parked").size() == 2);
            assertThat(PushIT.counted(without, "unhandled")).isOne();
            assertThat(PushIT.counted(without, "unknown")).isOne();
            backend.startServerWith(new Class<?>[] {PushTrial.Collecting.class}, PushSender.settings("Safe"));
            await().atMost(PATIENCE).until(() -> PushTrial.Collecting.SEEN.size() == 2);
        }
    }
}
