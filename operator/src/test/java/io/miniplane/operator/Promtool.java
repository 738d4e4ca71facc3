package io.miniplane.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus' own judge of rules. A test that needs it is skipped where it isn't installed, except in CI. */
public final class Promtool {

    private Promtool() {}

    /** What it says of the files, which must please it. */
    public static String run(String verb, String noun, List<String> files) throws IOException, InterruptedException {
        require("promtool");
        var command = new ArrayList<>(List.of("promtool", verb, noun));
        command.addAll(files);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Skips the test, but in CI, where a program of Prometheus is not installed. */
    static void require(String program) {
        boolean inCi = "true".equals(System.getenv("CI"));
        boolean isInstalled = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(inCi || isInstalled, program + " is not installed (Debian package prometheus)");
    }
}
