package io.miniplane.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.platform.crypto.KeysetDirectory;
import io.miniplane.server.platform.crypto.Keysets;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two replicas one has its keyset files later than the other, as when a Secret reaches one node before the next. */
class LaggingReplicaIT {

    private static final Duration REREAD = Duration.ofMillis(500);
    private static final Duration SLACK = Duration.ofSeconds(3);

    private Backend backend;
    private KeysetDirectory early;
    private KeysetDirectory late;
    private Api first;
    private Api second;

    @BeforeEach
    void start(@TempDir Path keys, @TempDir Path others) {
        backend = new Backend(keys);
        early = backend.keys();
        late = early.copyTo(others);
        String reread = "--miniplane.keys.poll=" + REREAD.toMillis() + "ms";
        first = backend.startServer(reread, "--miniplane.keys.reencryption.enabled=false");
        second = backend.startServer(
                reread, "--miniplane.keys.reencryption.enabled=false", "--miniplane.keys.directory=" + late.path());
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void whileOneReplicaIsAPhaseBehindEachReadsWhatTheOtherWrites() {
        early.introduce("data");
        awaitLoaded(first, early);
        assertEachReadsTheOther();
        hand("data");
        awaitLoaded(second, early);
        early.promote("data");
        awaitLoaded(first, early);
        assertEachReadsTheOther();
        hand("data");
        awaitLoaded(second, early);
        assertEachReadsTheOther();
    }

    @Test
    void aRowUnderAKeyThatAReplicaHasNotIsAnsweredAsAFaultUntilItHasReadItAndIsNotLost() {
        Tokens user = first.logIn(backend.loginCode());
        early.rotate("data");
        awaitLoaded(first, early);
        write(first, user, "Early");
        assertThat(second.me(user.token()).code()).isEqualTo(50000);
        hand("data");
        await().atMost(REREAD.plus(SLACK)).until(() -> second.me(user.token()).status() == 200);
        assertThat(name(second, user)).isEqualTo("Early");
    }

    @Test
    void aTokenUnderAKeyThatAReplicaHasNotIsRefusedUntilItHasReadIt() {
        early.rotate("jwt");
        await().atMost(REREAD.plus(SLACK))
                .until(() -> first.context()
                                .getBean(Keysets.class)
                                .loaded()
                                .get(2)
                                .all()
                                .size()
                        == 2);
        Tokens user = first.logIn(backend.loginCode());
        assertThat(second.me(user.token()).code()).isEqualTo(40102);
        hand("jwt");
        await().atMost(REREAD.plus(SLACK)).until(() -> second.me(user.token()).status() == 200);
    }

    private void assertEachReadsTheOther() {
        Tokens user = first.logIn(backend.loginCode());
        write(first, user, "Written early");
        assertThat(name(second, user)).isEqualTo("Written early");
        write(second, user, "Written late");
        assertThat(name(first, user)).isEqualTo("Written late");
    }

    private static void write(Api server, Tokens user, String name) {
        assertThat(server.call("PUT", Api.ME, user.token(), Map.of("nickname", name))
                        .status())
                .isEqualTo(200);
    }

    private static String name(Api server, Tokens user) {
        return server.me(user.token()).data().path("nickname").asString();
    }

    private void hand(String keyset) {
        late.write(keyset, early.text(keyset));
    }

    private static void awaitLoaded(Api server, KeysetDirectory files) {
        int keys = files.read("data").size();
        long primary = files.primary("data");
        await().atMost(REREAD.plus(SLACK))
                .until(() -> server.context().getBean(Keysets.class).loaded().stream()
                        .anyMatch(loaded -> loaded.keyset().equals("data")
                                && loaded.all().size() == keys
                                && loaded.primary() == primary));
    }
}
