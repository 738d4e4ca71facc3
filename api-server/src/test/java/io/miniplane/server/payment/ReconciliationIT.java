package io.miniplane.server.payment;

import static io.miniplane.server.payment.Shop.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.payment.Shop.Bought;
import io.miniplane.simulator.pay.NoticeFault;
import io.miniplane.simulator.pay.TradeState;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payments of which no notification comes. */
class ReconciliationIT {

    private static final String QUERY = "/v3/pay/transactions/out-trade-no/{out_trade_no}";

    @TempDir
    static Path keys;

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = new Shop(
                keys,
                2,
                "--miniplane.payments.look=100ms",
                "--miniplane.payments.first-check=300ms",
                "--miniplane.payments.longest-check=2s",
                "--miniplane.orders.payment-timeout=6s",
                "--miniplane.orders.sweep=200ms");
    }

    @AfterAll
    static void shut() {
        shop.close();
    }

    @AfterEach
    void calm() {
        shop.pay.calm();
    }

    private static TradeState atWechat(Bought order) {
        return shop.pay.trade(order.number()).orElseThrow().state();
    }

    @Test
    void whatWasLostIsAskedForOnceAmongAllWorkers() {
        shop.pay.disturb(NoticeFault.LOSE, 8, 100);
        long before = shop.backend.simulator().control().requests().count(QUERY);
        List<Bought> orders =
                IntStream.range(0, 8).mapToObj(i -> shop.prepared()).toList();
        orders.forEach(order -> shop.pay.payOrder(order.number()));
        for (Bought order : orders) {
            await("the order is paid", () -> order.status().equals("PAID"));
            assertThat(shop.events("order.paid", order.id())).isEqualTo(1);
        }
        String ids = String.join("', '", orders.stream().map(Bought::id).toList());
        Object checks = shop.backend
                .rows("SELECT sum(checks) AS n FROM payments WHERE order_id IN ('" + ids + "')")
                .getFirst()
                .get("n");
        assertThat(shop.backend.simulator().control().requests().count(QUERY) - before)
                .isEqualTo(((Long) checks).longValue());
    }

    @Test
    void thePaymentOfACancelledOrderIsClosedAtWechat() {
        Bought order = shop.prepared();
        order.cancel();
        await("it is closed", () -> atWechat(order) == TradeState.CLOSED);
        await(
                "that is known",
                () -> order.payment().data().path("status").asString().equals("closed"));
    }

    @Test
    void aPaymentThatNobodyMakesIsClosed() {
        Bought order = shop.prepared();
        await("the order is cancelled", () -> order.status().equals("CANCELLED"));
        await("it is closed", () -> atWechat(order) == TradeState.CLOSED);
        assertThat(order.prepay().code()).isEqualTo(40961);
    }

    @Test
    void aRefundWhoseNotificationIsLostIsAskedAbout() {
        Bought order = shop.paid();
        shop.pay.disturb(NoticeFault.LOSE, 1, 100);
        assertThat(order.refund(Shop.PRICE).status()).isEqualTo(201);
        await("it is done", () -> order.status().equals("REFUNDED"));
        assertThat(shop.events("order.refunded", order.id())).isEqualTo(1);
    }
}
