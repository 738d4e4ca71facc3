package io.miniplane.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.order.PaymentSettlement.Settled;
import io.miniplane.server.order.PaymentSettlement.Settlement;
import io.miniplane.server.order.PaymentSettlement.TooLate;
import io.miniplane.server.order.application.ChangeOrder;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.Shelf.Counts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What happens to orders that nobody ends, with two workers that look for them, and at the moment of a payment. */
class OverdueOrdersIT {

    private static final int ORDERS = 60;

    private Backend backend;
    private Shelf shelf;
    private Counter counter;
    private Api other;

    @BeforeEach
    void start(@TempDir Path keys) {
        backend = new Backend(keys);
        shelf = new Shelf(backend);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    private void startServers(String... settings) {
        counter = new Counter(backend.startServer(settings));
        other = backend.startServer(settings);
    }

    @Test
    void unpaidOrdersAreCancelledOnceByWhicheverWorkerAndGiveTheirGoodsBack() {
        startServers("--miniplane.orders.payment-timeout=2s", "--miniplane.orders.sweep=100ms");
        ProductId tea = shelf.put("Tea", 1000, 1000);
        String token = user();
        List<String> ids = place(token, tea);
        await().atMost(Counter.PATIENCE)
                .untilAsserted(() -> assertThat(statuses()).isEqualTo(Map.of("CANCELLED", (long) ORDERS)));
        await().atMost(Counter.PATIENCE)
                .untilAsserted(() -> assertThat(shelf.counts(tea)).isEqualTo(new Counts(1000, 0, 0)));
        assertThat(backend.rows("SELECT 1 FROM outbox WHERE type = 'order.cancelled'"))
                .hasSize(ORDERS);
        assertThat(counter.read(token, ids.getFirst())
                        .data()
                        .path("cancellation")
                        .path("reason")
                        .asString())
                .isEqualTo("UNPAID");
    }

    @Test
    void shippedOrdersCompleteByThemselves() {
        startServers("--miniplane.orders.completed-after=1s", "--miniplane.orders.sweep=100ms");
        String token = user();
        String id = counter.paid(token, shelf.put("Tea", 1000, 10), 1);
        backend.execute("UPDATE orders SET status = 'SHIPPED', version = version + 1, logistics = 'VIRTUAL',"
                + " shipped_at = now() WHERE id = '" + id + "'");
        counter.awaitStatus(token, id, "COMPLETED");
        assertThat(backend.rows("SELECT 1 FROM outbox WHERE type = 'order.completed'"))
                .hasSize(1);
    }

    @Test
    void aPaymentAtTheMomentOfTheCancellationWinsOrLosesCleanly() {
        startServers();
        ProductId tea = shelf.put("Tea", 1000, 1000);
        String token = user();
        List<String> ids = place(token, tea);
        await().atMost(Counter.PATIENCE)
                .untilAsserted(() -> assertThat(statuses()).isEqualTo(Map.of("CONFIRMED", (long) ORDERS)));
        Instant later = Instant.now().plus(Duration.ofHours(1));
        List<Settlement> settlements = Flux.fromIterable(ids)
                .flatMap(id -> Mono.zip(settle(id), expire(id, later)).map(both -> both.getT1()), ORDERS)
                .collectList()
                .block(Counter.PATIENCE);
        long won = settlements.stream().filter(new Settled()::equals).count();
        long lost =
                settlements.stream().filter(new TooLate(new Fen(1000))::equals).count();
        assertThat(won + lost).isEqualTo(ORDERS);
        assertThat(count("status = 'PAID' AND cancel_reason IS NULL AND paid = 1000"))
                .isEqualTo(won);
        assertThat(count("status = 'CANCELLED' AND cancel_reason = 'UNPAID' AND refund_due = 0 AND paid = 1000"))
                .isEqualTo(lost);
        assertThat(backend.rows("SELECT 1 FROM outbox WHERE type = 'order.paid'"))
                .hasSize((int) won);
        assertThat(backend.rows("SELECT 1 FROM outbox WHERE type = 'order.cancelled'"))
                .hasSize((int) lost);
        await().atMost(Counter.PATIENCE)
                .untilAsserted(() -> assertThat(shelf.counts(tea)).isEqualTo(new Counts(1000 - won, 0, won)));
    }

    @Test
    void aPaymentThatIsToldOftenAtOnceIsSettledOnce() {
        startServers();
        String token = user();
        String id = counter.confirmed(token, shelf.put("Tea", 1000, 10), 1);
        List<Settlement> settlements =
                Flux.range(0, 50).flatMap(i -> settle(id), 50).collectList().block(Counter.PATIENCE);
        assertThat(settlements).filteredOn(new Settled()::equals).hasSize(1);
        assertThat(settlements)
                .filteredOn(new PaymentSettlement.AlreadySettled()::equals)
                .hasSize(49);
        assertThat(backend.rows("SELECT 1 FROM outbox WHERE type = 'order.paid'"))
                .hasSize(1);
    }

    private Mono<Settlement> settle(String id) {
        Api server = id.hashCode() % 2 == 0 ? counter.api() : other;
        return server.context()
                .getBean(PaymentSettlement.class)
                .settle(OrderId.parse(id), "4200" + id.substring(24), new Fen(1000), Instant.now())
                .subscribeOn(Schedulers.parallel());
    }

    private Mono<Boolean> expire(String id, Instant later) {
        return other.context()
                .getBean(ChangeOrder.class)
                .change(OrderId.parse(id), order -> order.expire(later, Duration.ofMinutes(30)))
                .hasElement()
                .subscribeOn(Schedulers.parallel());
    }

    private List<String> place(String token, ProductId tea) {
        return IntStream.range(0, ORDERS)
                .mapToObj(i -> Counter.id(counter.place(token, Counter.basket(tea, 1))))
                .toList();
    }

    private Map<String, Long> statuses() {
        return backend.rows("SELECT status, count(*) AS n FROM orders GROUP BY status").stream()
                .collect(Collectors.toMap(row -> (String) row.get("status"), row -> (Long) row.get("n")));
    }

    private long count(String condition) {
        return backend.rows("SELECT 1 FROM orders WHERE " + condition).size();
    }

    private String user() {
        return counter.api().logIn(backend.loginCode()).token();
    }
}
