package io.miniplane.server.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class VaultTransitIT extends VaultContract {

    private static final String ROOT = "root";
    private static int port;
    private static @Nullable Process process;

    @BeforeAll
    static void startRealVault() throws IOException {
        Optional<String> program =
                Stream.of("vault", "bao").filter(VaultTransitIT::isOnPath).findFirst();
        assumeThat(program)
                .as("neither vault nor bao is on the PATH, so the real one is not tried")
                .isPresent();
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        process = new ProcessBuilder(
                        program.orElseThrow(),
                        "server",
                        "-dev",
                        "-dev-no-store-token",
                        "-dev-root-token-id=" + ROOT,
                        "-dev-listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(real().post("sys/mounts/transit", Map.of("type", "transit")))
                        .isNotNull());
    }

    @AfterAll
    static void stopRealVault() {
        if (process != null) {
            process.destroy();
        }
    }

    @Override
    WrappingVault vault() {
        return real();
    }

    private static WrappingVault real() {
        return new WrappingVault(port, ROOT);
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, program).canExecute());
    }
}
