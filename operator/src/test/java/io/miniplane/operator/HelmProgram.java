package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The program helm, as people use it. */
record HelmProgram(Path program, Path kubeconfig) {

    private static final Path BUILT = Path.of(System.getProperty("user.home"), ".cache/miniplane/helm/helm");

    /** Finds it; without it the test fails in CI and is skipped elsewhere. */
    static HelmProgram with(Path kubeconfig) {
        return Stream.concat(
                        Stream.of(BUILT),
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                                .map(folder -> Path.of(folder, "helm")))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new HelmProgram(program, kubeconfig))
                .orElseGet(HelmProgram::missing);
    }

    /** Runs it and returns what it wrote; it must end well. */
    String run(String... arguments) {
        var command = new ArrayList<>(List.of(program.toString(), "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.onExit().join().exitValue()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HelmProgram missing() {
        String message = "helm is neither on the path nor in ~/.cache/miniplane/helm: .ci/helm/build makes it";
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        return abort(message);
    }
}
