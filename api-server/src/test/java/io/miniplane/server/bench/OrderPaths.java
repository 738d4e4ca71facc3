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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The same orders by the same number of buyers, each of whom orders again when the answer is there, on two paths: with everything that an order needs
 * within the request, and with the events. Each path has a database and a server process of its own, and is loaded by a few buyers, whose answers
 * tell how long one takes, and by more, who bring the machine to its limit. {@code -Dbench.buyers=2,8} and {@code -Dbench.orders=200}, of each buyer, change how many.
 */
final class OrderPaths {

    private static final int ORDERS_OF_EACH = Integer.getInteger("bench.orders", 200);
    private static final List<Integer> BUYERS = Stream.of(
                    System.getProperty("bench.buyers", "2,8").split(",", -1))
            .map(Integer::valueOf)
            .toList();
    private static final int WARM_UP = 4000;
    private static final int FEW = 32;
    private static final int STOCK = 10_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Runs both, prints what they took, and says whether an order was lost or confirmed twice. */
    void compare() throws IOException {
        System.out.printf(
                "%d orders of each buyer on each path; stock %d ms, payment check %d ms, notification %d ms%n",
                ORDERS_OF_EACH,
                SlowServices.STOCK.toMillis(),
                SlowServices.PAYMENT_CHECK.toMillis(),
                SlowServices.NOTIFICATION.toMillis());
        List<Run> within = runs("within the request", OrderBenchServer.SYNCHRONOUS, FEW, "--miniplane.role=api");
        List<Run> events = runs("by events", "/api/v1/orders", WARM_UP, "--miniplane.events.concurrency=64");
        for (int i = 0; i < BUYERS.size(); i++) {
            print(BUYERS.get(i), within.get(i), events.get(i));
        }
    }

    private static void print(int buyers, Run within, Run events) {
        System.out.printf("%n%d buyers%n%s%n%s%n%s%n", buyers, Run.heading(), within.row(), events.row());
        System.out.printf(
                "ratios: throughput %.1f times (10 wanted), mean 1/%.1f (1/20 wanted), p99 1/%.1f (1/10 wanted)%n",
                events.perSecond() / within.perSecond(),
                within.mean() / events.mean(),
                within.at(0.99) / events.at(0.99));
    }

    /** One run for each number of buyers, on one server. */
    private List<Run> runs(String name, String path, int warmUp, String setting) throws IOException {
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
                    .timeout(Duration.ofMinutes(1))
                    .POST(BodyPublishers.ofString("{\"lines\":[{\"productId\":\"" + tea + "\",\"quantity\":1}]}"))
                    .build();
            load(order, warmUp, BUYERS.getLast());
            settle(backend, services, warmUp);
            int before = warmUp;
            List<Run> runs = new ArrayList<>();
            for (int buyers : BUYERS) {
                runs.add(measured(name, buyers, order, new Ground(backend, services, tea, before)));
                before += buyers * ORDERS_OF_EACH;
            }
            return runs;
        }
    }

    private Run measured(String name, int buyers, HttpRequest order, Ground ground) {
        int orders = buyers * ORDERS_OF_EACH;
        String from = "created_at >= '" + now(ground.backend()) + "'";
        long start = System.nanoTime();
        List<Sent> answers = load(order, orders, buyers);
        double seconds = (System.nanoTime() - start) / 1e9;
        settle(ground.backend(), ground.services(), ground.before() + orders);
        Map<String, Object> found = ground.backend()
                .rows("SELECT count(*) AS orders,"
                        + " count(*) FILTER (WHERE status = 'CONFIRMED') AS confirmed,"
                        + " extract(epoch FROM max(confirmed_at) - min(created_at))::float8 AS seconds"
                        + " FROM orders WHERE " + from)
                .getFirst();
        long events = count(
                ground.backend(),
                "SELECT count(*) AS n FROM outbox WHERE type = 'order.confirmed'"
                        + " AND aggregateid IN (SELECT id::text FROM orders WHERE " + from + ")");
        long accepted = answers.stream().filter(Sent::isAccepted).count();
        boolean isRight = accepted == orders
                && found.get("orders").equals(accepted)
                && found.get("confirmed").equals(accepted)
                && events == accepted
                && ground.services().reserved(ground.tea()) == ground.before() + accepted
                && ground.services().calledAgain() == 0;
        return new Run(
                name,
                answers.stream().map(Sent::millis).sorted().toList(),
                seconds,
                orders / (Double) found.get("seconds"),
                isRight ? "each confirmed once" : "WRONG: " + accepted + " accepted, " + found + ", " + events);
    }

    private List<Sent> load(HttpRequest order, int orders, int buyers) {
        return Flux.range(0, orders)
                .flatMap(number -> send(order), buyers)
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

    /** What a run stands on, and how many orders were placed there before it. */
    private record Ground(Backend backend, SlowServices services, ProductId tea, int before) {}

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
