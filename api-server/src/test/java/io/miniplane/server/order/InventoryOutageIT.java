package io.miniplane.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.inventory.Inventory;
import io.miniplane.server.inventory.Line;
import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.platform.events.EventHandler.Effect;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.Shelf.Counts;
import io.miniplane.server.stage.TeamStock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/** Orders while the inventory is away: for a few seconds, unless {@code -Dminiplane.outage.seconds=60} asks for more. */
class InventoryOutageIT {

    private static final int ORDERS = 200;
    private static final int AT_ONCE = 20;
    private static final int STOCK = 1_000_000;
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("miniplane.outage.seconds", 3));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Backend backend;
    private Shelf shelf;
    private Counter counter;

    @BeforeEach
    void start(@TempDir Path keys) {
        Flaky.isAway = false;
        Flaky.CALLS.clear();
        backend = new Backend(keys);
        shelf = new Shelf(backend);
    }

    private void startServer(String... settings) {
        counter = new Counter(backend.startServerWith(
                new Class<?>[] {Flaky.class},
                Stream.concat(
                                Stream.of(settings),
                                Stream.of(
                                        "--miniplane.events.first-retry=100ms",
                                        "--miniplane.events.longest-retry=5s",
                                        "--miniplane.events.attempts=1000"))
                        .toArray(String[]::new)));
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void ordersAreAcceptedAtFullSpeedAndConfirmedAfterwardsEachInItsOrder() {
        startServer();
        String token = counter.api().logIn(backend.loginCode()).token();
        ProductId tea = shelf.put("Tea", 1000, STOCK);
        double usual = ordersPerSecond(token, tea, Duration.ZERO);
        awaitStatuses(Map.of("CONFIRMED", (long) ORDERS));

        Flaky.isAway = true;
        Flaky.CALLS.clear();
        double meanwhile = ordersPerSecond(token, tea, OUTAGE);
        List<String> waiting = waiting();
        long cancelled = waiting.size() / 4;
        long kept = waiting.size() - cancelled;
        waiting.stream().limit(cancelled).forEach(id -> counter.put(token, id, "cancellation", null));
        assertThat(statuses()).isEqualTo(Map.of("CONFIRMED", (long) ORDERS, "CREATED", kept, "CANCELLED", cancelled));

        Flaky.isAway = false;
        awaitStatuses(Map.of("CONFIRMED", ORDERS + kept, "CANCELLED", cancelled));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(shelf.counts(tea)).isEqualTo(new Counts(STOCK - ORDERS - kept, ORDERS + kept, 0)));
        assertThat(waiting)
                .allSatisfy(id -> assertThat(Flaky.CALLS.get(UUID.fromString(id)))
                        .as("what was done for an order that the inventory did not know")
                        .isIn(List.of("take"), List.of("take", "giveBack")));
        assertThat(backend.rows("SELECT 1 FROM queue_messages WHERE dead_at IS NOT NULL"))
                .isEmpty();
        System.out.printf(
                "Inventory away for %d s: %.0f orders accepted per second beside %.0f before; %d waited, %d of them cancelled meanwhile%n",
                OUTAGE.toSeconds(), meanwhile, usual, waiting.size(), cancelled);
    }

    @Test
    void ordersWaitForAStockServiceOfTheTeamThatIsOffTheNetwork() {
        try (TeamStock stock = TeamStock.start()) {
            startServer(stock.setting(), "--miniplane.inventory.breaker-open-for=500ms");
            String token = counter.api().logIn(backend.loginCode()).token();
            ProductId tea = shelf.put("Tea", 1000, 0);
            stock.put(tea, ORDERS - 50).stop();
            accept(token, tea, ORDERS);
            assertThat(statuses()).isEqualTo(Map.of("CREATED", (long) ORDERS));
            stock.restart();
            awaitStatuses(Map.of("CONFIRMED", ORDERS - 50L, "CANCELLED", 50L));
            assertThat(stock.count(tea, TeamStock.Status.HELD)).isEqualTo(ORDERS - 50);
        }
    }

    /** Orders at least {@link #ORDERS}, and for at least that long. */
    private double ordersPerSecond(String token, ProductId tea, Duration time) {
        long start = System.nanoTime();
        int accepted = 0;
        while (accepted < ORDERS || System.nanoTime() - start < time.toNanos()) {
            accept(token, tea, AT_ONCE);
            accepted += AT_ONCE;
        }
        return accepted / ((System.nanoTime() - start) / 1e9);
    }

    private void accept(String token, ProductId tea, int orders) {
        IntStream.range(0, orders)
                .mapToObj(i -> counter.api().start("POST", Counter.ORDERS, token, Counter.basket(tea, 1)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .forEach(answer -> assertThat(answer.status()).isEqualTo(201));
    }

    private List<String> waiting() {
        return backend.rows("SELECT id FROM orders WHERE status = 'CREATED' ORDER BY id").stream()
                .map(row -> row.get("id").toString())
                .toList();
    }

    private void awaitStatuses(Map<String, Long> expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(statuses()).isEqualTo(expected));
    }

    private Map<String, Long> statuses() {
        return backend.rows("SELECT status, count(*) AS n FROM orders GROUP BY status").stream()
                .collect(Collectors.toMap(row -> (String) row.get("status"), row -> (Long) row.get("n")));
    }

    /** No configuration by name, or every server of every test would find it. The product's own inventory, when it is there. */
    static class Flaky {

        static final Map<UUID, List<String>> CALLS = new ConcurrentHashMap<>();
        static volatile boolean isAway;

        @Bean
        static BeanPostProcessor flakyInventory() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return name.equals("inventory") ? flaky((Inventory) bean) : bean;
                }
            };
        }

        private static Inventory flaky(Inventory real) {
            return new Inventory() {
                @Override
                public Mono<Taking> take(UUID order, List<Line> lines) {
                    return through(order, "take", Mono.defer(() -> real.take(order, lines)));
                }

                @Override
                public Mono<Void> giveBack(UUID order) {
                    return through(order, "giveBack", Mono.defer(() -> real.giveBack(order)));
                }

                @Override
                public Mono<Sale> sell(UUID order) {
                    return through(order, "sell", Mono.defer(() -> real.sell(order)));
                }

                @Override
                public Duration reservationTime() {
                    return real.reservationTime();
                }

                @Override
                public Effect effect() {
                    return real.effect();
                }
            };
        }

        private static <T> Mono<T> through(UUID order, String act, Mono<T> call) {
            return Mono.defer(() -> {
                if (isAway) {
                    return Mono.error(new IllegalStateException("away"));
                }
                CALLS.computeIfAbsent(order, any -> new CopyOnWriteArrayList<>())
                        .add(act);
                return call;
            });
        }
    }
}
