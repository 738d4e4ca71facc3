package io.miniplane.server.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.inventory.Inventory.Sale;
import io.miniplane.server.inventory.Inventory.Taking;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.Shelf.Counts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What orders do to the stock, through two servers at once. */
class StockIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 64;

    private static Backend backend;
    private static Shelf shelf;
    private static Api one;
    private static List<Api> servers;
    private static List<Inventory> inventories;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        shelf = new Shelf(backend);
        one = backend.startServer("--miniplane.inventory.expiry-interval=100ms");
        Api other = backend.startServer("--miniplane.inventory.expiry-interval=100ms");
        servers = List.of(one, other);
        inventories = servers.stream()
                .map(api -> api.context().getBean(Inventory.class))
                .toList();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void fiveHundredBuyersForAHundredUnitsGetExactlyAHundred() {
        ProductId tea = shelf.put("Tea", 1900, 100);
        List<Taking> takings = atOnce(500, i -> inventory(i).take(UUID.randomUUID(), List.of(new Line(tea, 1))));
        assertThat(takings).filteredOn(new Taking.Taken()::equals).hasSize(100);
        assertThat(takings).filteredOn(new Taking.Refused(Set.of(tea))::equals).hasSize(400);
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(0, 100, 0));
    }

    @Test
    void anOrderGetsAllOfItsLinesOrNone() {
        ProductId tea = shelf.put("Tea", 1900, 10);
        ProductId pot = shelf.put("Pot", 9900, 1);
        ProductId unknown = new ProductId(UUID.randomUUID());
        assertThat(take(UUID.randomUUID(), new Line(tea, 3), new Line(pot, 2))).isEqualTo(refused(pot));
        assertThat(take(UUID.randomUUID(), new Line(tea, 1), new Line(unknown, 1)))
                .isEqualTo(refused(unknown));
        assertThat(take(UUID.randomUUID(), new Line(tea, 11), new Line(pot, 2))).isEqualTo(refused(tea, pot));
        assertThat(take(UUID.randomUUID(), new Line(tea, 6), new Line(pot, 1), new Line(tea, 5)))
                .isEqualTo(refused(tea));
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(10, 0, 0));
        assertThat(shelf.counts(pot)).isEqualTo(new Counts(1, 0, 0));

        assertThat(take(UUID.randomUUID(), new Line(tea, 6), new Line(pot, 1), new Line(tea, 4)))
                .isEqualTo(new Taking.Taken());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(0, 10, 0));
        assertThat(shelf.counts(pot)).isEqualTo(new Counts(0, 1, 0));
    }

    @Test
    void ordersThatNameTheSameProductsInDifferentOrderDoNotWaitForEachOther() {
        List<ProductId> products = IntStream.range(0, 4)
                .mapToObj(i -> shelf.put("Product " + i, 100, 1000))
                .toList();
        List<Taking> takings = atOnce(400, i -> {
            List<Line> lines = IntStream.range(0, 4)
                    .mapToObj(line -> new Line(products.get(i % 2 == 0 ? line : 3 - line), 1))
                    .toList();
            UUID order = UUID.randomUUID();
            return inventory(i)
                    .take(order, lines)
                    .flatMap(taken ->
                            i % 3 == 0 ? inventory(i + 1).giveBack(order).thenReturn(taken) : Mono.just(taken));
        });
        assertThat(takings).containsOnly(new Taking.Taken());
        assertThat(products)
                .allSatisfy(product -> assertThat(shelf.counts(product)).isEqualTo(new Counts(734, 266, 0)));
    }

    @Test
    void theSameOrderTakesOnceHoweverOftenAndWhereverItAsks() {
        ProductId tea = shelf.put("Tea", 1900, 5);
        UUID order = UUID.randomUUID();
        assertThat(atOnce(100, i -> inventory(i).take(order, List.of(new Line(tea, 5)))))
                .containsOnly(new Taking.Taken());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(0, 5, 0));

        assertThat(atOnce(100, i -> inventory(i).sell(order))).containsOnly(new Sale.Sold());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(0, 0, 5));
        assertThat(take(order, new Line(tea, 5))).isEqualTo(new Taking.Taken());

        atOnce(100, i -> inventory(i).giveBack(order).thenReturn(true));
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(5, 0, 0));
    }

    @Test
    void aRefusalStaysOneThoughMoreComesIn() {
        ProductId tea = shelf.put("Tea", 1900, 1);
        UUID order = UUID.randomUUID();
        assertThat(take(order, new Line(tea, 2))).isEqualTo(refused(tea));
        backend.execute("UPDATE stock SET available = 10 WHERE product_id = '" + tea + "'");
        assertThat(take(order, new Line(tea, 2))).isEqualTo(refused(tea));
        giveBack(order);
        assertThat(take(order, new Line(tea, 2))).isEqualTo(refused(tea));
        assertThat(sell(order)).isEqualTo(new Sale.NothingHeld());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(10, 0, 0));
    }

    @Test
    void whatWasGivenBackBeforeItWasTakenIsNotTaken() {
        ProductId tea = shelf.put("Tea", 1900, 1);
        UUID order = UUID.randomUUID();
        giveBack(order);
        assertThat(take(order, new Line(tea, 1))).isEqualTo(new Taking.Closed());
        assertThat(sell(order)).isEqualTo(new Sale.NothingHeld());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(1, 0, 0));
    }

    @Test
    void whatWasGivenBackCanNeitherBeSoldNorTakenAgain() {
        ProductId tea = shelf.put("Tea", 1900, 1);
        UUID order = UUID.randomUUID();
        take(order, new Line(tea, 1));
        giveBack(order);
        assertThat(sell(order)).isEqualTo(new Sale.NothingHeld());
        assertThat(take(order, new Line(tea, 1))).isEqualTo(new Taking.Closed());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(1, 0, 0));
    }

    @Test
    void anOrderThatNeverTookAnythingHasNothingToSell() {
        assertThat(sell(UUID.randomUUID())).isEqualTo(new Sale.NothingHeld());
    }

    @Test
    void whatIsNeitherSoldNorGivenBackReturnsToTheStockAfterItsTime() {
        ProductId tea = shelf.put("Tea", 1900, 9);
        ProductId pot = shelf.put("Pot", 9900, 9);
        UUID sold = UUID.randomUUID();
        take(sold, new Line(tea, 1));
        sell(sold);
        atOnce(3, i -> inventory(i).take(UUID.randomUUID(), List.of(new Line(tea, 1), new Line(pot, 2))));
        double before = expired();
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(5, 3, 1));

        shelf.letReservationsRunOut();
        await().atMost(PATIENCE).until(() -> shelf.counts(tea).equals(new Counts(8, 0, 1)));
        assertThat(shelf.counts(pot)).isEqualTo(new Counts(9, 0, 0));
        await().atMost(PATIENCE).until(() -> expired() >= before + 3);
    }

    @Test
    void aSaleAfterTheTimeTakesTheGoodsAnewWhereTheyAreStillThere() {
        ProductId tea = shelf.put("Tea", 1900, 2);
        UUID order = expired(tea, 2);
        assertThat(sell(order)).isEqualTo(new Sale.Sold());
        assertThat(sell(order)).isEqualTo(new Sale.Sold());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(0, 0, 2));
    }

    @Test
    void aSaleAfterTheTimeTellsWhatWentToOthers() {
        ProductId tea = shelf.put("Tea", 1900, 2);
        UUID order = expired(tea, 2);
        take(UUID.randomUUID(), new Line(tea, 1));
        assertThat(sell(order)).isEqualTo(new Sale.Gone(Set.of(tea)));
        assertThat(sell(order)).isEqualTo(new Sale.Gone(Set.of(tea)));
        giveBack(order);
        assertThat(sell(order)).isEqualTo(new Sale.NothingHeld());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(1, 1, 0));
    }

    @Test
    void whatExpiredIsTakenAnewByAnOrderThatAsksAgain() {
        ProductId tea = shelf.put("Tea", 1900, 2);
        UUID order = expired(tea, 2);
        assertThat(take(order, new Line(tea, 2))).isEqualTo(new Taking.Taken());
        assertThat(shelf.counts(tea)).isEqualTo(new Counts(0, 2, 0));
    }

    @Test
    void everyActIsCountedByItsOutcome() {
        ProductId tea = shelf.put("Tea", 1900, 1);
        double before = requests("take", "refused");
        assertThat(inventory(0)
                        .take(UUID.randomUUID(), List.of(new Line(tea, 2)))
                        .block(PATIENCE))
                .isEqualTo(refused(tea));
        assertThat(requests("take", "refused")).isEqualTo(before + 1);
        assertThat(requests("sell", "failed")).isZero();
        assertThat(requests("give_back", "failed")).isZero();
    }

    private static double requests(String call, String outcome) {
        return one.metrics()
                .lines()
                .filter(line -> line.startsWith("miniplane_inventory_request_seconds_count{"))
                .filter(line -> line.contains("call=\"" + call + "\"") && line.contains("outcome=\"" + outcome + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static UUID expired(ProductId product, int quantity) {
        UUID order = UUID.randomUUID();
        take(order, new Line(product, quantity));
        shelf.letReservationsRunOut();
        await().atMost(PATIENCE).until(() -> shelf.counts(product).reserved() == 0);
        return order;
    }

    /** By either server. */
    private static double expired() {
        return servers.stream()
                .flatMap(server -> server.metrics().lines())
                .filter(line -> line.startsWith("miniplane_reservations_expired_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static <T> List<T> atOnce(int times, IntFunction<Mono<T>> act) {
        return Flux.range(0, times).flatMap(act::apply, AT_ONCE).collectList().block(PATIENCE);
    }

    private static Inventory inventory(int i) {
        return inventories.get(i % inventories.size());
    }

    private static Taking take(UUID order, Line... lines) {
        return inventory(0).take(order, List.of(lines)).block(PATIENCE);
    }

    private static Sale sell(UUID order) {
        return inventory(1).sell(order).block(PATIENCE);
    }

    private static void giveBack(UUID order) {
        inventory(1).giveBack(order).block(PATIENCE);
    }

    private static Taking refused(ProductId... products) {
        return new Taking.Refused(Set.of(products));
    }
}
