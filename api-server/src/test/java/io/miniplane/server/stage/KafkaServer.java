package io.miniplane.server.stage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A Kafka of our own, with KRaft, out of the class path of this test: a process that can be killed, with free ports and a folder of its own; one for
 * all tests of a JVM.
 */
public final class KafkaServer {

    /** Who may come in where a password is asked for. */
    public static final String USER = "shop";

    public static final String PASSWORD = "trial-secret";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CLUSTER = "bWluaXBsYW5lLXRyaWFsMQ";
    private static @Nullable KafkaServer shared;

    private final List<Integer> ports = FreePorts.three();
    private final Path folder;
    private @Nullable Process process;

    private KafkaServer() {
        try {
            folder = Files.createTempDirectory("kafka");
            Files.writeString(folder.resolve("server.properties"), properties());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /** The server, running. */
    public static synchronized KafkaServer running() {
        KafkaServer server = shared;
        if (server == null) {
            server = new KafkaServer();
            shared = server;
        }
        server.start();
        return server;
    }

    /** Where it is. */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.getFirst();
    }

    /** Where it asks for a name and a password. */
    public String guardedServers() {
        return "127.0.0.1:" + ports.get(1);
    }

    /** Starts it unless it runs. */
    public synchronized void start() {
        if (process == null || !process.isAlive()) {
            if (!Files.exists(folder.resolve("data"))) {
                format();
            }
            process = java("kafka.Kafka", folder.resolve("server.properties").toString());
            Awaitility.await("Kafka is started").atMost(PATIENCE).until(this::isStarted);
        }
    }

    /** Ends it as a machine does that breaks. */
    public synchronized void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
            process = null;
        }
    }

    /** Ends it and takes all its data away. */
    public synchronized void wipe() {
        kill();
        FileSystemUtils.deleteRecursively(folder.resolve("data").toFile());
    }

    private void format() {
        Process formatting = java(
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                CLUSTER,
                "--config",
                folder.resolve("server.properties").toString(),
                "--add-scram",
                "SCRAM-SHA-512=[name=" + USER + ",password=" + quoted() + "]");
        int exit = formatting.onExit().join().exitValue();
        if (exit != 0) {
            throw new AssertionError("Kafka's storage cannot be made: " + said());
        }
    }

    private boolean isStarted() {
        if (process == null || !process.isAlive()) {
            throw new AssertionError("Kafka ended: " + said());
        }
        return ports.stream().limit(2).allMatch(KafkaServer::isOpen);
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Process java(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                kafkaOnly(),
                program));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without our own classes, whose configuration of the log it would take. */
    private static String kafkaOnly() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar"))
                .reduce((one, other) -> one + File.pathSeparator + other)
                .orElseThrow();
    }

    private String properties() {
        String guard = "org.apache.kafka.common.security.";
        String guarded = "listener.name.guarded.";
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + ports.get(2),
                "listeners=OPEN://127.0.0.1:" + ports.get(0) + ",GUARDED://127.0.0.1:" + ports.get(1)
                        + ",CONTROLLER://127.0.0.1:" + ports.get(2),
                "listener.security.protocol.map=OPEN:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name=OPEN",
                "controller.listener.names=CONTROLLER",
                guarded + "sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN",
                guarded + "scram-sha-512.sasl.jaas.config=" + guard + "scram.ScramLoginModule required;",
                guarded + "plain.sasl.jaas.config=" + guard + "plain.PlainLoginModule required user_" + USER + "="
                        + quoted().replace("\\", "\\\\") + ";",
                "log.dirs=" + folder.resolve("data"),
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "group.initial.rebalance.delay.ms=0",
                "num.network.threads=1",
                "num.io.threads=2",
                "");
    }

    private static String quoted() {
        return '"' + PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        kill();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }
}
