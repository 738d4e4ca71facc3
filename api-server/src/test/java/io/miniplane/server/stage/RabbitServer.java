package io.miniplane.server.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A RabbitMQ of our own: free ports, an own node and an own folder; one for all tests of a JVM. */
public final class RabbitServer {

    private static final String MISSING = "RabbitMQ is not installed (Debian package rabbitmq-server)";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static @Nullable RabbitServer shared;

    private final Path program;
    private final Path folder;
    private final List<Integer> ports;
    private final Process names;
    private @Nullable Process process;

    private RabbitServer(Path program) {
        this.program = program;
        this.ports = FreePorts.three();
        try {
            this.folder = Files.createTempDirectory("rabbitmq");
            Files.writeString(
                    folder.resolve("rabbitmq.conf"), "disk_free_limit.absolute = 50MB\nlog.console.level = error\n");
            Files.writeString(folder.resolve("plugins"), "[].");
            this.names = launchNames();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** The server, running; the test is skipped where RabbitMQ is not installed, unless CI is true. */
    public static synchronized RabbitServer running() {
        RabbitServer server = shared;
        if (server == null) {
            Optional<Path> program = program();
            if (program.isEmpty() && "true".equals(System.getenv("CI"))) {
                throw new AssertionError(MISSING);
            }
            Assumptions.assumeTrue(program.isPresent(), MISSING);
            server = new RabbitServer(program.orElseThrow());
            shared = server;
        }
        server.start();
        return server;
    }

    /** Where it is. */
    public String uri() {
        return "amqp://guest:guest@127.0.0.1:" + ports.getFirst();
    }

    /** Starts it unless it runs. */
    public synchronized void start() {
        if (process == null || !process.isAlive()) {
            process = launch();
            Awaitility.await("RabbitMQ is started").atMost(PATIENCE).until(this::isStarted);
        }
    }

    /** Ends it as a machine does that breaks. */
    public synchronized void kill() {
        Process running = process;
        if (running != null) {
            Stream.concat(running.descendants(), Stream.of(running.toHandle())).forEach(ProcessHandle::destroyForcibly);
            running.onExit().join();
            process = null;
        }
    }

    /** Ends it and takes all its data away. */
    public synchronized void wipe() {
        kill();
        delete(folder.resolve("data"));
    }

    /** Lets a quorum queue answer nobody, as one that has lost its majority. */
    public void suspend(String queue) {
        control("eval", "sys:suspend('%2F_" + queue + "').");
    }

    /** Lets it answer again. */
    public void resume(String queue) {
        control("eval", "sys:resume('%2F_" + queue + "').");
    }

    /** Ends all connections. */
    public void disconnectAll() {
        control("close_all_connections", "as a test asked");
    }

    private void control(String act, String argument) {
        try {
            ProcessBuilder builder = prepared(
                    new ProcessBuilder(program.resolveSibling("rabbitmqctl").toString(), act, argument));
            Path answer = folder.resolve("answer");
            int status = builder.redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (status != 0) {
                throw new AssertionError("RabbitMQ refuses: " + Files.readString(answer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder prepared(ProcessBuilder builder) {
        builder.environment()
                .putAll(Map.of(
                        "HOME", folder.toString(),
                        "RABBITMQ_NODENAME", "miniplane-" + ports.getFirst() + "@localhost",
                        "RABBITMQ_NODE_PORT", ports.get(0).toString(),
                        "RABBITMQ_DIST_PORT", ports.get(1).toString(),
                        "ERL_EPMD_PORT", ports.get(2).toString(),
                        "RABBITMQ_MNESIA_BASE", folder.resolve("data").toString(),
                        "RABBITMQ_LOG_BASE", folder.resolve("log").toString(),
                        "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                folder.resolve("plugins").toString()));
        builder.environment()
                .put("RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString());
        return builder;
    }

    private Process launch() {
        ProcessBuilder builder = prepared(new ProcessBuilder(program.toString()));
        builder.environment().put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 1:1");
        Path out = folder.resolve("out");
        try {
            Files.writeString(out, "");
            return builder.redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isStarted() throws IOException {
        String said = Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
        if (process != null && !process.isAlive()) {
            throw new AssertionError("RabbitMQ ended: " + said);
        }
        return said.contains("Starting broker... completed");
    }

    private void end() {
        kill();
        names.destroyForcibly();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The daemon that tells Erlang's nodes of each other: a node would start one that outlives it. */
    private Process launchNames() throws IOException {
        return new ProcessBuilder("epmd", "-port", ports.get(2).toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Optional<Path> program() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/rabbitmq/lib"))) {
            return versions.map(version -> version.resolve("sbin/rabbitmq-server"))
                    .filter(Files::isExecutable)
                    .findFirst();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
