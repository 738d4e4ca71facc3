package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramIT {

    private static final int STOPPED_BY_SIGTERM = 143;

    @TempDir
    private Path directory;

    @Test
    void toldToStopTheProgramGivesItsLeaseBackAndItsLogHoldsNoSecret() throws IOException, InterruptedException {
        ControlPlane plane = ControlPlane.shared();
        Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), plane.kubeconfig());
        Process program = start(Map.of(
                "KUBECONFIG", kubeconfig.toString(),
                "MINIPLANE_HTTP_PORT", "0",
                "MINIPLANE_LEASE_NAMESPACE", "miniplane-system",
                "POD_NAME", "process"));
        try {
            Shop shop = Shop.in(plane, "process").withSecrets().applied();
            Shop.until("deployment", () -> shop.deployment().get() != null, Duration.ofSeconds(30));

            program.destroy();
            assertThat(program.waitFor(20, TimeUnit.SECONDS))
                    .as("stops in time")
                    .isTrue();
            assertThat(program.exitValue()).isEqualTo(STOPPED_BY_SIGTERM);
            var lease = plane.admin()
                    .leases()
                    .inNamespace("miniplane-system")
                    .withName("miniplane-operator")
                    .get();
            assertThat(lease.getSpec().getHolderIdentity()).isNullOrEmpty();
            assertThat(Files.readAllLines(log()))
                    .allMatch(line -> line.startsWith("{\"timestamp\":\""))
                    .anyMatch(line -> line.contains("The operator has stopped."))
                    .noneMatch(line -> line.contains("0123456789abcdef0123") || line.contains("trial-password"));
        } finally {
            program.destroyForcibly();
        }
    }

    @Test
    void aWrongSettingStopsTheStartWithOneSentence() throws IOException, InterruptedException {
        Process program = start(Map.of("MINIPLANE_LEADER_ELECTION", "perhaps"));

        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(2);
        assertThat(Files.readAllLines(log()))
                .singleElement()
                .asString()
                .contains("MINIPLANE_LEADER_ELECTION is \\\"perhaps\\\": set it to true or false.");
    }

    @Test
    void withArgumentsTheProgramIsACommandLineThatWritesNothingButItsAnswer() throws IOException, InterruptedException {
        Process program = start(Map.of(), "status", "--kubeconfig", "missing");

        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(1);
        assertThat(Files.readAllLines(log()))
                .containsExactly("miniplane: missing can't be read: name a kubeconfig with --kubeconfig.");
    }

    private Path log() {
        return directory.resolve("log");
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.of(
                List.of(java, "-cp", System.getProperty("java.class.path"), OperatorMain.class.getName()),
                List.of(arguments));
        var builder = new ProcessBuilder(command.flatMap(List::stream).toList())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
