package io.miniplane.operator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The inventory service of a team: it has enough of everything and takes its time. */
final class SlowStock implements AutoCloseable {

    private static final byte[] TAKEN = "{\"outcome\": \"taken\"}".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final AtomicInteger answered = new AtomicInteger();
    private volatile Duration latency;

    private SlowStock(HttpServer server, Duration latency) {
        this.server = server;
        this.latency = latency;
    }

    static SlowStock answeringAfter(Duration latency) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var stock = new SlowStock(server, latency);
            server.createContext("/reservations/", exchange -> {
                try (exchange) {
                    Thread.sleep(stock.latency);
                    exchange.getRequestBody().readAllBytes();
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, TAKEN.length);
                    exchange.getResponseBody().write(TAKEN);
                    stock.answered.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            server.start();
            return stock;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many answers it gave. */
    int answered() {
        return answered.get();
    }

    void answerAfter(Duration time) {
        latency = time;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
