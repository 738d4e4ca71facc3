package io.miniplane.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs after all other tests of all modules and searches what they and the programs they started wrote. */
class LogSearchIT {

    private static final List<String> MODULES = List.of("crds", "wechat-simulator", "api-server", "operator");

    @Test
    void noLogHoldsASecretOrPersonalData() throws IOException {
        List<Path> logs = logs();
        assertThat(logs).as("logs of a test run").isNotEmpty();
        List<String> found = logs.stream().flatMap(LogSearchIT::search).toList();
        assertThat(found)
                .as("lines of logs that hold a secret (the lines themselves are not shown)")
                .isEmpty();
    }

    private static List<Path> logs() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        Stream.Builder<Path> logs = Stream.builder();
        for (String module : MODULES) {
            Path target = root.resolve(module).resolve("target");
            if (Files.isDirectory(target)) {
                try (Stream<Path> files = Files.walk(target)) {
                    files.filter(LogSearchIT::isLog).forEach(logs);
                }
            }
        }
        return logs.build().toList();
    }

    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        boolean report =
                file.getParent().getFileName().toString().endsWith("-reports") && name.matches(".*\\.(txt|dumpstream)");
        return Files.isRegularFile(file) && (report || name.endsWith(".log"));
    }

    private static Stream<String> search(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                    .flatMap(i -> place(log, i + 1, SecretShape.in(lines.get(i))));
        } catch (MalformedInputException binary) {
            return Stream.of(log + ": is not text");
        } catch (IOException unreadable) {
            return Stream.of(log + ": cannot be read");
        }
    }

    private static Stream<String> place(Path log, int line, Optional<SecretShape> shape) {
        return shape.stream().map(found -> "%s:%d: %s".formatted(log, line, found.description()));
    }
}
