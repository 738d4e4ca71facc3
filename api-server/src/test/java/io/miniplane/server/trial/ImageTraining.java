package io.miniplane.server.trial;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.WechatSimulator;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lets the server run as it will in its image, with a user who logs in, and keeps what the runtime learns of its classes
 * (<a href="https://openjdk.org/jeps/514">JEP 514</a>) for the image.
 */
final class ImageTraining {

    private final Path java;
    private final Path image;

    private ImageTraining(Path java, Path image) {
        this.java = java;
        this.image = image;
    }

    /**
     * Makes the cache.
     *
     * @param arguments the linked runtime, and the folder of the image with the layout of the program; the cache goes into
     *     {@code files}
     */
    public static void main(String[] arguments) throws Exception {
        new ImageTraining(Path.of(arguments[0]), Path.of(arguments[1])).run();
    }

    private void run() throws Exception {
        Path root = Files.createDirectories(image.resolve("training"));
        try (TrialFolder folder = TrialFolder.make(root);
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(
                                folder.path("postgres-programs").toFile())
                        .setDataDirectory(folder.path("postgres-data"))
                        .setRegisterShutdownHook(false)
                        .setCleanDataDirectory(false)
                        .start();
                WechatSimulator wechat = WechatSimulator.start(SimulatorOptions.trial(0))) {
            folder.writeCredentials(postgres.getPort(), SimulatorOptions.TRIAL_SECRET);
            folder.writeKeys();
            int port = freePort();
            folder.writePayments(wechat, port);
            folder.writeConfig(SimulatorOptions.TRIAL_APP_ID, wechat.baseUri(), port, freePort());
            train(root, port, wechat);
        }
    }

    private void train(Path root, int port, WechatSimulator wechat) throws IOException, InterruptedException {
        Path cache = image.toAbsolutePath().resolve("files/program.aot");
        Process server = new ProcessBuilder(List.of(
                        java.resolve("bin/java").toString(),
                        "-XX:AOTCacheOutput=" + cache,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        Files.readString(image.resolve("layout/classpath")),
                        MiniplaneServer.class.getName()))
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(image.resolve("training.log").toFile())
                .start();
        try {
            awaitPort(server, port);
            new Tour(port, wechat).seed();
        } finally {
            server.toHandle().destroy();
            server.waitFor();
        }
        if (!Files.exists(cache)) {
            throw new IOException("No cache was made: see " + image.resolve("training.log"));
        }
    }

    private void awaitPort(Process server, int port) throws IOException, InterruptedException {
        String up = "Netty started on port " + port;
        while (!Files.readString(image.resolve("training.log")).contains(up)) {
            if (!server.isAlive()) {
                throw new IOException("The server did not start: see " + image.resolve("training.log"));
            }
            Thread.sleep(100);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
