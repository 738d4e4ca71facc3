package io.miniplane.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.Shelf.Counts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders while a server, workers with their relays, and the broker are killed, and PostgreSQL restarts twice. A few hundred orders unless
 * {@code -Dminiplane.chaos.orders=5000} asks for more.
 */
abstract class ChaosContract {

    private static final int ORDERS = Integer.getInteger("miniplane.chaos.orders", 150);
    private static final int ROUNDS = Math.max(1, ORDERS / 1000);
    private static final int BUYERS = 8;
    /** Grows with the orders: a share of them is awaited at a time. */
    private static final Duration PATIENCE = Duration.ofMinutes(4).plusSeconds(ORDERS / 5);

    private final Map<String, String> accepted = new ConcurrentHashMap<>();
    private final ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor();
    private Backend backend;
    private Cluster cluster;

    /** The settings that choose the broker, which runs. */
    abstract List<String> broker();

    /** Kills the broker and starts it again, where it is not PostgreSQL. */
    abstract void restartBroker();

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        backend.commitForGood();
        cluster = new Cluster(backend, broker());
    }

    @AfterEach
    void stop() {
        buyers.shutdownNow();
        cluster.close();
        backend.close();
    }

    @Test
    void everyAcceptedOrderIsDecidedOnceWhateverDies() {
        long seed = Long.getLong("miniplane.chaos.seed", System.nanoTime());
        Api api = cluster.api();
        Shelf shelf = new Shelf(backend);
        List<ProductId> products = IntStream.range(0, 5)
                .mapToObj(i -> shelf.put("Tea " + i, 1000, ORDERS / 8))
                .toList();
        String token = cluster.logIn();
        long begun = System.nanoTime();
        CompletableFuture<?>[] buying = IntStream.range(0, BUYERS)
                .mapToObj(buyer -> CompletableFuture.runAsync(() -> buy(api, token, products, buyer), buyers))
                .toArray(CompletableFuture[]::new);
        List<String> acts = harm(new Random(seed));
        CompletableFuture.allOf(buying).join();
        awaitCalm();
        assertDecided();
        assertStock(shelf, products);
        assertOneEffect();
        report(acts, seed, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Each act comes when its share of the orders is accepted. */
    private List<String> harm(Random random) {
        List<String> acts = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            acts.addAll(List.of("server", "worker 0", "worker 1", "broker"));
        }
        acts.addAll(List.of("PostgreSQL", "PostgreSQL"));
        Collections.shuffle(acts, random);
        for (int i = 0; i < acts.size(); i++) {
            int share = ORDERS * i / acts.size();
            await().atMost(PATIENCE).until(() -> accepted.size() >= share);
            act(acts.get(i));
        }
        return acts;
    }

    private void act(String what) {
        switch (what) {
            case "server" -> cluster.killServer();
            case "worker 0" -> cluster.killWorker(0);
            case "worker 1" -> cluster.killWorker(1);
            case "broker" -> restartBroker();
            default -> backend.restartDatabase();
        }
    }

    /** Asks with one key until the order is accepted; every tenth is cancelled, if it still can be. */
    private void buy(Api api, String token, List<ProductId> products, int buyer) {
        for (int i = buyer; i < ORDERS; i += BUYERS) {
            Object basket = Counter.basket(products.get(i % products.size()), 1);
            String key = UUID.randomUUID().toString();
            String order = Persistence.ask(
                            () -> api.start("POST", Counter.ORDERS, token, basket, "Idempotency-Key", key)
                                    .join(),
                            answer -> answer.status() == 201)
                    .data()
                    .path("id")
                    .asString();
            accepted.put(key, order);
            if (i % 10 == 0) {
                Persistence.ask(
                        () -> api.call("PUT", Counter.ORDERS + "/" + order + "/cancellation", token, null),
                        answer -> answer.status() < 500 && answer.status() != 429);
            }
        }
    }

    private void awaitCalm() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .until(() -> count("orders WHERE status = 'CREATED'") == 0
                        && count("queue_messages WHERE dead_at IS NULL") == 0
                        && count("outbox WHERE relayed_at IS NULL AND NOT is_parked") == 0
                        && open() == 0);
    }

    /** Events that a queue should have handled and has not. */
    private long open() {
        return count(
                "outbox JOIN event_subscriptions wanted ON wanted.type = outbox.type AND relayed_at > since"
                        + " WHERE NOT EXISTS (SELECT FROM inbox WHERE event_id = outbox.id AND inbox.queue = wanted.queue)"
                        + " AND NOT EXISTS (SELECT FROM queue_messages m WHERE m.position = outbox.position AND m.queue = wanted.queue)");
    }

    private void assertDecided() {
        assertThat(accepted).hasSize(ORDERS);
        assertThat(accepted.values()).doesNotHaveDuplicates();
        assertThat(backend.rows("SELECT id::text FROM orders").stream().map(row -> row.get("id")))
                .containsExactlyInAnyOrderElementsOf(List.copyOf(accepted.values()));
        assertThat(backend.rows("SELECT id FROM orders WHERE NOT (status = 'CONFIRMED'"
                        + " OR (status = 'CANCELLED' AND cancel_reason IN ('BY_USER', 'OUT_OF_STOCK')))"))
                .isEmpty();
    }

    private void assertStock(Shelf shelf, List<ProductId> products) {
        for (ProductId product : products) {
            Counts counts = shelf.counts(product);
            assertThat(counts.available() + counts.reserved() + counts.sold()).isEqualTo(ORDERS / 8);
            assertThat(counts.reserved())
                    .isEqualTo(count("orders JOIN order_items ON order_id = id WHERE status = 'CONFIRMED'"
                            + " AND product_id = '" + product + "'"));
        }
    }

    private void assertOneEffect() {
        assertThat(backend.rows("SELECT type, aggregateid FROM outbox WHERE aggregatetype = 'order'"
                        + " GROUP BY type, aggregateid HAVING count(*) > 1"))
                .isEmpty();
        assertThat(count("outbox WHERE type = 'order.created'")).isEqualTo(ORDERS);
        assertThat(backend.rows("SELECT queue, last_error FROM queue_messages WHERE dead_at IS NOT NULL"))
                .isEmpty();
    }

    private void report(List<String> acts, long seed, Duration took) {
        List<Map<String, Object>> statuses = backend.rows(
                "SELECT status, cancel_reason, count(*) FROM orders GROUP BY status, cancel_reason ORDER BY status, cancel_reason");
        System.out.printf(
                "%s: %d orders in %d s, seed %d%n  killed or restarted: %s%n  orders: %s%n  events: %d, handled %d times by queues, dead letters 0%n",
                getClass().getSimpleName(),
                ORDERS,
                took.toSeconds(),
                seed,
                acts,
                statuses,
                count("outbox"),
                count("inbox"));
    }

    private long count(String from) {
        return (Long) backend.rows("SELECT count(*) FROM " + from).getFirst().get("count");
    }
}
