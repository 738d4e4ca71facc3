package io.miniplane.server.platform;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A server as a process of its own, with what it says on both streams. */
public final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final List<String> out = new CopyOnWriteArrayList<>();
    final List<String> err = new CopyOnWriteArrayList<>();
    private final Process process;
    private final List<Thread> readers;

    /** Starts the program with the class path of this test. */
    public ServerProcess(Class<?> program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        this.process = new ProcessBuilder(command).start();
        this.readers = List.of(
                Thread.startVirtualThread(() -> copy(process.getInputStream(), out)),
                Thread.startVirtualThread(() -> copy(process.getErrorStream(), err)));
    }

    /** What it has said on standard output, line by line. */
    public List<String> out() {
        return out;
    }

    /** Waits until the public port is open and tells it. */
    public int port() {
        return number("Netty started on port (\\d+)");
    }

    int managementPort() {
        return number("management port is (\\d+)");
    }

    /** Sends SIGTERM and goes on reading, which {@link Process#destroy} does not. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** The processor time that it has taken so far. */
    public Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Ends it at once, as a machine does that breaks. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Waits for the end, and for the last line. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Still running: " + out + err);
        }
        for (Thread reader : readers) {
            reader.join(PATIENCE);
        }
        return process.exitValue();
    }

    private int number(String pattern) {
        return Awaitility.await().atMost(PATIENCE).until(() -> find(Pattern.compile(pattern)), found -> found > 0);
    }

    private int find(Pattern pattern) {
        return out.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(matcher -> Integer.parseInt(matcher.group(1)))
                .findFirst()
                .orElse(0);
    }

    private static void copy(InputStream stream, List<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException ended) {
            lines.add("(" + ended.getMessage() + ")");
        }
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
