package io.miniplane.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.inventory.application.Asked;
import io.miniplane.server.inventory.application.StockChanges;
import io.miniplane.server.inventory.domain.StockChange;
import io.miniplane.server.platform.events.DomainEvent;
import io.miniplane.server.platform.security.Caller;
import io.miniplane.server.platform.security.Role;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Whatever happens in whatever order at the same time, no unit is lost, made up or held twice. */
class StockInvariantIT {

    private static final int PRODUCTS = 5;
    private static final int ORDERS = 400;
    private static final int ACTS = 1500;
    private static final int IN_STOCK = 40;
    private static final int AT_ONCE = 48;
    private static final Asked STAFF =
            new Asked(new Caller.Staff("https://staff.example", "oli", Set.of(Role.OPERATOR)), null);

    /** What the reservations say of each product must be what its counts say; what staff put in must be there somewhere. */
    private static final String DIFFERENCES = """
            WITH lines AS (
                SELECT status, line.product, line.quantity
                FROM reservations, unnest(products, quantities) AS line (product, quantity))
            SELECT product_id FROM stock WHERE
                reserved <> (SELECT coalesce(sum(quantity), 0) FROM lines WHERE product = product_id AND status = 'HELD')
                OR sold <> (SELECT coalesce(sum(quantity), 0) FROM lines WHERE product = product_id AND status = 'SOLD')
                OR available + reserved + sold <> %d
                    + (SELECT coalesce(sum(delta), 0) FROM stock_changes c WHERE c.product_id = stock.product_id)
            """.formatted(IN_STOCK);

    private static Backend backend;
    private static List<Api> servers;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        servers = Stream.generate(() -> backend.startServer("--miniplane.inventory.expiry-interval=100ms"))
                .limit(2)
                .toList();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    static Stream<Long> seeds() {
        return Stream.of(1L, 2L, System.nanoTime());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noUnitIsLostMadeUpOrHeldTwice(long seed) {
        Random random = new Random(seed);
        Shelf shelf = new Shelf(backend);
        List<ProductId> products = IntStream.range(0, PRODUCTS)
                .mapToObj(i -> shelf.put("Product " + i, 100, IN_STOCK))
                .toList();
        List<UUID> orders = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();
        List<Mono<?>> acts = IntStream.range(0, ACTS)
                .<Mono<?>>mapToObj(i -> act(i, random, products, orders))
                .toList();
        Flux.fromIterable(acts).flatMap(act -> act, AT_ONCE).blockLast(Duration.ofMinutes(2));
        assertThat(backend.rows(DIFFERENCES)).as("seed %d", seed).isEmpty();
        assertThat(backend.rows("SELECT DISTINCT status FROM reservations"))
                .as("seed %d", seed)
                .hasSizeGreaterThanOrEqualTo(4);
    }

    private static Mono<?> act(int number, Random random, List<ProductId> products, List<UUID> orders) {
        Api server = servers.get(number % servers.size());
        Inventory inventory = server.context().getBean(Inventory.class);
        UUID order = orders.get(random.nextInt(orders.size()));
        ProductId product = products.get(random.nextInt(products.size()));
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> inventory.take(order, lines(random, products));
            case 5, 6 -> inventory.sell(order);
            case 7, 8 -> inventory.giveBack(order);
            case 9 -> Mono.fromRunnable(() -> runOut(order)).subscribeOn(Schedulers.boundedElastic());
            default -> change(server, product, random.nextInt(1, 21) * (random.nextBoolean() ? 1 : -1));
        };
    }

    private static List<Line> lines(Random random, List<ProductId> products) {
        return random.ints(random.nextInt(1, 5), 0, products.size())
                .mapToObj(i -> new Line(products.get(i), random.nextInt(1, 9)))
                .toList();
    }

    private static Mono<?> change(Api server, ProductId product, int delta) {
        return server.context()
                .getBean(StockChanges.class)
                .make(DomainEvent.newId(), product, new StockChange(delta, "Stocktaking"), STAFF);
    }

    private static void runOut(UUID order) {
        backend.execute("UPDATE reservations SET expires_at = now() - interval '1 second' WHERE status = 'HELD'"
                + " AND order_id = '" + order + "'");
    }
}
