package io.miniplane.server.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.miniplane.server.inventory.ProductId;
import io.miniplane.server.order.PaymentSettlement.AlreadySettled;
import io.miniplane.server.order.PaymentSettlement.Refunded;
import io.miniplane.server.order.PaymentSettlement.Settled;
import io.miniplane.server.order.PaymentSettlement.TooLate;
import io.miniplane.server.order.PaymentSettlement.WrongAmount;
import io.miniplane.server.platform.Fen;
import io.miniplane.server.platform.security.UserId;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.Api.Tokens;
import io.miniplane.server.stage.Backend;
import io.miniplane.server.stage.Shelf;
import io.miniplane.server.stage.Shelf.Counts;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderPaymentIT {

    private static Backend backend;
    private static Shelf shelf;
    private static Counter counter;

    @BeforeAll
    static void start(@TempDir Path keys) {
        backend = new Backend(keys);
        shelf = new Shelf(backend);
        counter = new Counter(backend.startServer());
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void paymentsAreSettledOnceAndOnlyInFull() {
        String token = user().token();
        ProductId tea = shelf.put("Tea", 1000, 10);
        String id = counter.confirmed(token, tea, 2);
        assertThat(counter.settle(id, 1999)).isEqualTo(new WrongAmount(new Fen(2000)));
        assertThat(counter.status(token, id)).isEqualTo("CONFIRMED");
        assertThat(counter.settle(id, 2000)).isEqualTo(new Settled());
        assertThat(counter.settle(id, 2000)).isEqualTo(new AlreadySettled());
        assertThat(events(id)).containsExactly("order.created", "order.confirmed", "order.paid");

        String cancelled = counter.confirmed(token, tea, 2);
        counter.put(token, cancelled, "cancellation", null);
        assertThat(counter.settle(cancelled, 2000)).isEqualTo(new TooLate(new Fen(2000)));
        assertThat(counter.settlement()
                        .refunded(OrderId.parse(cancelled), "refund", new Fen(2000))
                        .block(Counter.PATIENCE))
                .isEqualTo(new Refunded(true));
        assertThat(counter.status(token, cancelled)).isEqualTo("REFUNDED");
    }

    @Test
    void aPaidOrderThatIsPaidBackUnshippedGivesItsGoodsBack() {
        String token = user().token();
        ProductId tea = shelf.put("Tea", 1000, 10);
        String id = counter.paid(token, tea, 2);
        counter.settlement()
                .refunded(OrderId.parse(id), "part", new Fen(500))
                .then(counter.settlement().refunded(OrderId.parse(id), "rest", new Fen(1500)))
                .block(Counter.PATIENCE);
        assertThat(counter.status(token, id)).isEqualTo("REFUNDED");
        await().atMost(Counter.PATIENCE)
                .untilAsserted(() -> assertThat(shelf.counts(tea)).isEqualTo(new Counts(10, 0, 0)));
    }

    @Test
    void goodsThatWentToOthersBeforeThePaymentEndTheOrder() {
        String token = user().token();
        ProductId tea = shelf.put("Tea", 1000, 2);
        String id = counter.confirmed(token, tea, 2);
        backend.execute("UPDATE reservations SET status = 'EXPIRED' WHERE order_id = '" + id + "'");
        backend.execute("UPDATE stock SET reserved = 0 WHERE product_id = '" + tea + "'");
        counter.settle(id, 2000);
        counter.awaitStatus(token, id, "CANCELLED");
        Answer read = counter.read(token, id);
        assertThat(read.data().path("cancellation").path("reason").asString()).isEqualTo("OUT_OF_STOCK");
        assertThat(read.data().path("cancellation").path("refundDue").asLong()).isEqualTo(2000);
    }

    @Test
    void paymentKnowsWhatCanBePaid() {
        Tokens user = user();
        String id = counter.confirmed(user.token(), shelf.put("龙井茶", 1000, 10), 2);
        PayableOrders payable = counter.api().context().getBean(PayableOrders.class);
        UserId owner = new UserId(UUID.fromString(user.userId()));
        assertThat(payable.find(OrderId.parse(id), owner).block(Counter.PATIENCE))
                .isInstanceOfSatisfying(PayableOrders.Payable.class, found -> {
                    assertThat(found.total()).isEqualTo(new Fen(2000));
                    assertThat(found.description()).isEqualTo("龙井茶");
                });
        assertThat(payable.find(OrderId.parse(id), new UserId(UUID.randomUUID()))
                        .block(Counter.PATIENCE))
                .isNull();
        counter.settle(id, 2000);
        assertThat(payable.find(OrderId.parse(id), owner).block(Counter.PATIENCE))
                .isEqualTo(new PayableOrders.NotPayable(OrderStatus.PAID));
    }

    private static List<Object> events(String order) {
        return backend.rows("SELECT type FROM outbox WHERE aggregateid = '" + order + "' ORDER BY position").stream()
                .map(row -> row.get("type"))
                .toList();
    }

    private static Tokens user() {
        return counter.api().logIn(backend.loginCode());
    }
}
