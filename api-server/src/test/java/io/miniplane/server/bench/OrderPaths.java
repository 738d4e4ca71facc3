package io.miniplane.server.bench;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.platform.ServerProcess;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The same orders by the same number of buyers, each of whom orders again when the answer is there, on two paths: with everything that an order needs
 * within the request, and with the events. Each path has a database and a server process of its own. {@code -Dorders=…} and {@code -Dbuyers=…} change
 * how many.
 */
final class OrderPaths {

    private static final int ORDERS = Integer.getInteger("orders", 1000);
    private static final int BUYERS = Integer.getInteger("buyers", 8);
    private static final int STOCK = 10_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Runs both, prints what they took, and says whether an order was lost or confirmed twice. */
    void compare() throws IOException {
        System.out.printf(
                "%d orders on each path by %d buyers; stock %d ms, payment check %d ms, notification %d ms%n",
                ORDERS,
                BUYERS,
                SlowServices.STOCK.toMillis(),
                SlowServices.PAYMENT_CHECK.toMillis(),
                SlowServices.NOTIFICATION.toMillis());
        Run within = run("within the request", OrderBenchServer.SYNCHRONOUS, BUYERS * 4, "--miniplane.role=api");
        Run events = run("by events", "/api/v1/orders", 4000, "--miniplane.events.concurrency=64");
        System.out.println(Run.heading());
        System.out.println(within.row());
        System.out.println(events.row());
        System.out.printf(
                "ratios: throughput %.1f times (10 wanted), mean 1/%.1f (1/20 wanted), p99 1/%.1f (1/10 wanted)%n",
                events.perSecond() / within.perSecond(),
                within.mean() / events.mean(),
                within.at(0.99) / events.at(0.99));
    }

    private Run run(String name, String path, int warmUp, String setting) throws IOException {
        try (SlowServices services = new SlowServices();
                Backend backend = new Backend(Files.createTempDirectory("bench"));
                ServerProcess server = new ServerProcess(
                        OrderBenchServer.class,
                        List.of(backend.arguments(Stream.concat(Stream.of(setting), Stream.of(services.settings()))
                                .toArray(String[]::new))))) {
            URI base = URI.create("http://127.0.0.1:" + server.port());
            String token = new Api(base, null).logIn(backend.loginCode()).token();
            ProductId tea = new Shelf(backend).put("Tea", 1990, 0);
            services.put(tea, STOCK);
            HttpRequest order = HttpRequest.newBuilder(base.resolve(path))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofSeconds(60))
                    .POST(BodyPublishers.ofString("{\"lines\":[{\"productId\":\"" + tea + "\",\"quantity\":1}]}"))
                    .build();
            load(order, warmUp);
            settle(backend, services, warmUp);
            return measured(name, order, backend, services, tea, warmUp);
        }
    }

    private Run measured(
            String name, HttpRequest order, Backend backend, SlowServices services, ProductId tea, int before) {
        String from = "created_at >= '" + now(backend) + "'";
        long start = System.nanoTime();
        List<Sent> answers = load(order, ORDERS);
        double seconds = (System.nanoTime() - start) / 1e9;
        settle(backend, services, before + ORDERS);
        Map<String, Object> found = backend.rows("SELECT count(*) AS orders,"
                        + " count(*) FILTER (WHERE status = 'CONFIRMED') AS confirmed,"
                        + " extract(epoch FROM max(confirmed_at) - min(created_at))::float8 AS seconds"
                        + " FROM orders WHERE " + from)
                .getFirst();
        long events = count(
                backend,
                "SELECT count(*) AS n FROM outbox WHERE type = 'order.confirmed'"
                        + " AND aggregateid IN (SELECT id::text FROM orders WHERE " + from + ")");
        long accepted = answers.stream().filter(Sent::isAccepted).count();
        boolean isRight = accepted == ORDERS
                && found.get("orders").equals(accepted)
                && found.get("confirmed").equals(accepted)
                && events == accepted
                && services.reserved(tea) == before + accepted
                && services.calledAgain() == 0;
        return new Run(
                name,
                answers.stream().map(Sent::millis).sorted().toList(),
                seconds,
                ORDERS / (Double) found.get("seconds"),
                isRight ? "each confirmed once" : "WRONG: " + accepted + " accepted, " + found + ", " + events);
    }

    private List<Sent> load(HttpRequest order, int orders) {
        return Flux.range(0, orders)
                .flatMap(number -> send(order), BUYERS)
                .collectList()
                .block(PATIENCE);
    }

    private Mono<Sent> send(HttpRequest order) {
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return Mono.fromFuture(() -> http.sendAsync(order, BodyHandlers.ofString()))
                    .map(HttpResponse::statusCode)
                    .map(status -> new Sent((System.nanoTime() - start) / 1e6, status == 201));
        });
    }

    /** Until every order is decided and both services were called for each. */
    private static void settle(Backend backend, SlowServices services, int orders) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> services.called() >= 2 * orders
                        && count(backend, "SELECT count(*) AS n FROM orders WHERE status = 'CREATED'") == 0);
    }

    private static Object now(Backend backend) {
        return backend.rows("SELECT clock_timestamp()::text AS now").getFirst().get("now");
    }

    private static long count(Backend backend, String sql) {
        return (Long) backend.rows(sql).getFirst().get("n");
    }

    private record Sent(double millis, boolean isAccepted) {}

    /**
     * How a path did.
     *
     * @param name of the path
     * @param millis how long each answer took, the shortest first
     * @param seconds how long all answers took
     * @param confirmed orders per second from the first order to the last confirmation
     * @param verdict whether every order was confirmed once
     */
    private record Run(String name, List<Double> millis, double seconds, double confirmed, String verdict) {

        double perSecond() {
            return millis.size() / seconds;
        }

        double mean() {
            return millis.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }

        double at(double share) {
            return millis.get((int) Math.min(millis.size() - 1L, Math.round(millis.size() * share)));
        }

        static String heading() {
            return String.format(
                    "%-20s %10s %9s %9s %9s %12s  %s",
                    "path", "answers/s", "mean ms", "p50 ms", "p99 ms", "confirmed/s", "orders");
        }

        String row() {
            return String.format(
                    "%-20s %10.1f %9.1f %9.1f %9.1f %12.1f  %s",
                    name, perSecond(), mean(), at(0.5), at(0.99), confirmed, verdict);
        }
    }
}
