package io.miniplane.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves {@code /metrics}, {@code /livez}, {@code /readyz} and {@code /queues/}. */
final class HttpEndpoints implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpEndpoints(HttpServer server) {
        this.server = server;
    }

    /** Starts serving on a port, 0 for any free one. */
    static HttpEndpoints start(int port, Health health, PrometheusMeterRegistry metrics, QueueEndpoint queues)
            throws IOException {
        var endpoints = new HttpEndpoints(HttpServer.create(new InetSocketAddress(port), 0));
        endpoints.server.setExecutor(endpoints.threads);
        endpoints.server.createContext("/livez", exchange -> answer(exchange, health.liveness()));
        endpoints.server.createContext("/readyz", exchange -> answer(exchange, health.readiness()));
        endpoints.server.createContext(
                "/metrics",
                exchange -> send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape()));
        endpoints.server.createContext(QueueEndpoint.PATH, exchange -> {
            QueueEndpoint.Answer answer = queues.get(exchange.getRequestURI().getPath());
            send(exchange, answer.status(), "application/json", answer.json());
        });
        endpoints.server.start();
        return endpoints;
    }

    /** The port that is served. */
    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Health.Answer answer) throws IOException {
        send(exchange, answer.good() ? 200 : 503, "text/plain; charset=utf-8", answer.text() + "\n");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
