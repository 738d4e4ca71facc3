package io.miniplane.server.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.stage.TeamStock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What an order needs of others, as slow as it is in the classic example: the stock takes 200 ms, the check of the payment 300 ms, the notification 250
 * ms. Each counts for which orders it was called.
 */
final class SlowServices implements AutoCloseable {

    static final Duration STOCK = Duration.ofMillis(200);
    static final Duration PAYMENT_CHECK = Duration.ofMillis(300);
    static final Duration NOTIFICATION = Duration.ofMillis(250);

    private final TeamStock stock = TeamStock.start(STOCK);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final HttpServer server;

    SlowServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/payment-check/", exchange -> answer(exchange, PAYMENT_CHECK));
        server.createContext("/notification/", exchange -> answer(exchange, NOTIFICATION));
        server.start();
    }

    /** The settings of a server that calls them. */
    String[] settings() {
        return new String[] {
            stock.setting(),
            "--bench.services=http://127.0.0.1:" + server.getAddress().getPort()
        };
    }

    void put(ProductId product, long quantity) {
        stock.put(product, quantity);
    }

    /** How many of a product are reserved. */
    long reserved(ProductId product) {
        return stock.count(product, TeamStock.Status.HELD);
    }

    /** How many calls there were, each for an order and by one of the services. */
    int called() {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many orders one of the services was called for more than once. */
    long calledAgain() {
        return calls.values().stream().filter(times -> times > 1).count();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        stock.close();
    }

    private void answer(HttpExchange exchange, Duration time) throws IOException {
        exchange.getRequestBody().readAllBytes();
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        calls.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }
}
