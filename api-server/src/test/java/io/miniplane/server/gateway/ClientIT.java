package io.miniplane.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of mini-programs: its own tests, and one of them against this server and a container behind it. */
class ClientIT {

    private static final Path FOLDER = Path.of("client").toAbsolutePath();
    private static final long PATIENCE_MINUTES = 5;

    @TempDir
    private Path keys;

    @Test
    void theClientCallsTheServer() throws Exception {
        String npm = npm();
        try (Backend backend = new Backend(keys);
                RecordingContainer container = new RecordingContainer()) {
            List<String> settings = new ArrayList<>(List.of("--miniplane.gateway.upstream-url=" + container.url()));
            settings.addAll(ProxyIT.route(0, "path=/api/**", "auth=required"));
            Api api = backend.startServer(settings.toArray(String[]::new));
            String openId = backend.newOpenId();
            Map<String, String> environment = Map.of(
                    "MINIPLANE_URL",
                    api.base().toString(),
                    "MINIPLANE_CODES",
                    backend.loginCode(openId) + "," + backend.loginCode(openId));
            run(Map.of(), npm, "ci", "--no-progress");
            String said = run(environment, npm, "test");
            assertThat(said).contains("# fail 0", "# skipped 0");
            assertThat(container.last().value("X-WX-OPENID")).isEqualTo(openId);
        }
    }

    private static String npm() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, "npm"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(() -> abort("npm is not on the path: install the packages nodejs and npm"));
    }

    private String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path log = keys.resolve("npm.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            String said = Files.readString(log);
            assertThat(ended && process.exitValue() == 0).as(said).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
