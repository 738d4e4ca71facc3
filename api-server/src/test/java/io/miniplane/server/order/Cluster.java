package io.miniplane.server.order;

import io.miniplane.server.MiniplaneServer;
import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A server that answers and two workers, each a process of its own that can be killed; another takes its place at once. */
final class Cluster implements AutoCloseable {

    private static final int WORKERS = 2;

    private final Backend backend;
    private final List<String> broker;
    private final int port = freePort();
    private final List<ServerProcess> workers = new ArrayList<>();
    private ServerProcess server;

    Cluster(Backend backend, List<String> broker) {
        this.backend = backend;
        this.broker = broker;
        this.server = launchServer();
        server.port();
        IntStream.range(0, WORKERS).forEach(i -> workers.add(launch("--miniplane.role=worker")));
    }

    Api api() {
        return new Api(URI.create("http://127.0.0.1:" + port), null);
    }

    /** The token of a new user. */
    String logIn() {
        return Persistence.ask(
                        () -> api().call("POST", Api.LOGIN, null, Map.of("code", backend.loginCode())),
                        answer -> answer.status() == 200)
                .data()
                .path("token")
                .asString();
    }

    void killServer() {
        server.kill();
        server = launchServer();
    }

    void killWorker(int which) {
        workers.get(which).kill();
        workers.set(which, launch("--miniplane.role=worker"));
    }

    private ServerProcess launchServer() {
        return launch("--miniplane.role=api", "--server.port=" + port);
    }

    private ServerProcess launch(String... settings) {
        Stream<String> quick = Stream.of(
                "--miniplane.events.first-retry=100ms",
                "--miniplane.events.longest-retry=2s",
                "--miniplane.events.attempts=1000",
                "--miniplane.events.poll=500ms",
                "--miniplane.events.lease=3s",
                "--miniplane.events.repair-after=5s");
        String[] all = Stream.of(quick, broker.stream(), Stream.of(settings))
                .flatMap(some -> some)
                .toArray(String[]::new);
        try {
            return new ServerProcess(MiniplaneServer.class, List.of(backend.arguments(all)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        workers.forEach(ServerProcess::close);
    }
}
