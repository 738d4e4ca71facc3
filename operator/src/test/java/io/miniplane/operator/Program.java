package io.miniplane.operator;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of Miniplane's programs, started from its jar as a user would, and what it writes. */
final class Program implements AutoCloseable {

    private static final Path LOGS = Path.of("target/end-to-end");

    private final String name;
    private final Process process;

    private Program(String name, Process process) {
        this.name = name;
        this.process = process;
    }

    /** Starts the jar of a module with no environment but the given. */
    static Program start(String module, List<String> arguments, Map<String, String> environment, Path directory) {
        try {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    jar(module).toString()));
            command.addAll(arguments);
            Files.createDirectories(LOGS);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            LOGS.resolve(module + ".log").toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Program(module, builder.start());
        } catch (IOException e) {
            throw new IllegalStateException(module + " does not start", e);
        }
    }

    /** Waits until the program answers 200 there; fails at once when it has ended. */
    Program answering(URI uri) {
        await(name + " answers " + uri).atMost(Duration.ofSeconds(90)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with status " + process.exitValue() + ": see " + LOGS);
            }
            return Web.statusOf(uri) == 200;
        });
        return this;
    }

    /** Resident memory in MiB. */
    long residentMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** Takes the processor away from the program: it answers nobody, and its connections stay. */
    void freeze() {
        signal("STOP");
    }

    /** Lets it go on where it was. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new IllegalStateException("No signal can be sent", e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("No port is free", e);
        }
    }

    /** Asks the program to stop, as the kubelet does, and waits as long as the kubelet would. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(45, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not stop within the grace period");
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Path jar(String module) throws IOException {
        try (var files = Files.list(Path.of("..", module, "target"))) {
            return files.filter(file -> file.getFileName().toString().matches(module + "-.*-exec\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Package " + module + " first: ./mvnw verify does"))
                    .toAbsolutePath();
        }
    }
}
