package io.miniplane.server.payment;

import static io.miniplane.server.payment.Shop.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.payment.Shop.Bought;
import io.miniplane.server.stage.Api;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.server.stage.MerchantSettings;
import io.miniplane.simulator.http.Effect;
import io.miniplane.simulator.http.Fault;
import io.miniplane.simulator.pay.Notice;
import io.miniplane.simulator.pay.NoticeFault;
import io.miniplane.simulator.pay.PayMode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payments that are heard of by notifications alone: nobody asks WeChat Pay meanwhile. */
class PaymentsIT {

    private static final String PREPAY = "/v3/pay/transactions/jsapi";
    private static final String COUNTER = "miniplane_pay_notifications_total";

    @TempDir
    static Path keys;

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = new Shop(keys, 2, "--miniplane.payments.look=1h");
    }

    @AfterAll
    static void shut() {
        shop.close();
    }

    @AfterEach
    void calm() {
        shop.pay.calm();
        shop.pay.keys().mode(PayMode.PUBLIC_KEY);
        shop.backend.simulator().control().clearFaults();
    }

    private static void assertPaidOnce(Bought order) {
        await("the order is paid", () -> order.status().equals("PAID"));
        assertThat(shop.events("order.paid", order.id())).isEqualTo(1);
        assertThat(order.payment().data().path("status").asString()).isEqualTo("paid");
        assertThat(order.payment().data().path("disputes")).isEmpty();
    }

    private static void assertNotPaid(Bought order) {
        assertThat(order.status()).isEqualTo("CONFIRMED");
        assertThat(shop.events("order.paid", order.id())).isZero();
    }

    private static void awaitEnd(Bought order) {
        await("the notification is over", () -> shop.notice(order).state() != Notice.State.UNDER_WAY);
    }

    @Test
    void aBuyerPaysByWhatTheMiniProgramGets() {
        double before = shop.counted("miniplane_payments_total", "paid");
        Bought order = shop.order();
        order.pay(order.prepay());
        assertPaidOnce(order);
        awaitEnd(order);
        assertThat(shop.notice(order).deliveries()).hasSize(1);
        assertThat(shop.notice(order).deliveries().getFirst().status()).isEqualTo(204);
        assertThat(shop.counted("miniplane_payments_total", "paid")).isEqualTo(before + 1);
    }

    @Test
    void askedAgainTheParametersAreFreshForTheSamePayment() {
        Bought order = shop.order();
        Answer first = order.prepay();
        Answer second = order.prepay();
        assertThat(second.data().path("package")).isNotEqualTo(first.data().path("package"));
        assertThat(second.data().path("paySign")).isNotEqualTo(first.data().path("paySign"));
        order.pay(first);
        assertPaidOnce(order);
    }

    @Test
    void theSameNotificationManyTimesPaysOnce() {
        shop.pay.disturb(NoticeFault.DUPLICATE, 1, 4);
        double before = shop.counted(COUNTER, "duplicate");
        Bought order = shop.prepared();
        shop.pay.payOrder(order.number());
        assertPaidOnce(order);
        await("the duplicates came", () -> shop.counted(COUNTER, "duplicate") == before + 4);
        assertThat(shop.events("payment.news", order.id())).isEqualTo(1);
    }

    @Test
    void severalNotificationsOfOnePaymentPayOnce() throws Exception {
        Bought order = shop.prepared();
        shop.pay.payOrder(order.number());
        for (int i = 0; i < 3; i++) {
            shop.pay.notifyAgain(order.number(), null).get(20, TimeUnit.SECONDS);
        }
        assertPaidOnce(order);
        await("all are handled", () -> shop.counted("miniplane_payments_total", "unchanged") >= 3);
        assertThat(shop.events("order.paid", order.id())).isEqualTo(1);
    }

    @Test
    void notificationsThatOvertakeEachOtherPayEachTheirOwn() {
        shop.pay.disturb(NoticeFault.REORDER, 1, 1);
        Bought first = shop.prepared();
        Bought second = shop.prepared();
        shop.pay.payOrder(first.number());
        shop.pay.payOrder(second.number());
        assertPaidOnce(second);
        assertPaidOnce(first);
    }

    @ParameterizedTest
    @CsvSource({
        "FORGE, bad_signature, 401",
        "OLD_TIMESTAMP, stale, 401",
        "SIGNTEST, signature_test, 401",
        "UNKNOWN_SERIAL, unknown_key, 401",
        "WRONG_MERCHANT, wrong_merchant, 422",
        "WRONG_APP, wrong_app, 422",
        "WRONG_KEY, undecryptable, 422"
    })
    void whatIsRefusedIsNotKeptAndTheGenuineOneAfterItPays(NoticeFault fault, String outcome, int status) {
        double before = shop.counted(COUNTER, outcome);
        shop.pay.disturb(fault, 1, 2);
        Bought order = shop.prepared();
        shop.pay.payOrder(order.number());
        awaitEnd(order);
        List<Notice.Delivery> deliveries = shop.notice(order).deliveries();
        assertThat(deliveries).hasSize(3);
        assertThat(deliveries.subList(0, 2)).allSatisfy(refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.answer()).startsWith("{\"code\":\"FAIL\",\"message\":\"");
        });
        assertPaidOnce(order);
        assertThat(shop.events("payment.news", order.id())).isEqualTo(1);
        assertThat(shop.counted(COUNTER, outcome)).isGreaterThanOrEqualTo(before + 2);
    }

    @ParameterizedTest
    @CsvSource({"FORGE", "WRONG_APP"})
    void whatIsNeverGenuineNeverPays(NoticeFault fault) {
        Bought order = shop.prepared();
        shop.pay.disturb(NoticeFault.LOSE, 1, 100);
        shop.pay.payOrder(order.number());
        Answer before = order.payment();
        var _ = shop.pay.notifyAgain(order.number(), fault);
        await(
                "it was refused again and again",
                () -> shop.notice(order).deliveries().size() > 3);
        assertNotPaid(order);
        assertThat(order.payment().data()).isEqualTo(before.data());
    }

    @Test
    void anotherAmountThanTheOrdersNeverPaysAndIsKeptForStaff() {
        double before = shop.counted("miniplane_payments_total", "disputed");
        shop.pay.disturb(NoticeFault.WRONG_AMOUNT, 1, 100);
        Bought order = shop.prepared();
        shop.pay.payOrder(order.number());
        await(
                "the money is noted",
                () -> !order.payment().data().path("disputes").isEmpty());
        assertNotPaid(order);
        assertThat(shop.notice(order).deliveries()).hasSize(1);
        assertThat(order.payment().data().path("status").asString()).isEqualTo("disputed");
        assertThat(order.payment()
                        .data()
                        .path("disputes")
                        .path(0)
                        .path("amount")
                        .asLong())
                .isEqualTo(Shop.PRICE + 1);
        assertThat(shop.counted("miniplane_payments_total", "disputed")).isEqualTo(before + 1);
    }

    @Test
    void moneyForAnOrderThatThereIsNotIsKeptForPeopleAndPaysNothing() throws Exception {
        shop.pay.disturb(NoticeFault.WRONG_ORDER, 1, 1);
        double before = shop.counted("miniplane_payments_total", "unknown");
        Bought order = shop.prepared();
        shop.pay.payOrder(order.number());
        await("it is noted", () -> shop.counted("miniplane_payments_total", "unknown") == before + 1);
        assertNotPaid(order);
        assertThat(shop.backend.rows("SELECT amount FROM payment_disputes WHERE order_id NOT IN"
                        + " (SELECT order_id FROM payments)"))
                .hasSize(1);
        shop.pay.notifyAgain(order.number(), null).get(20, TimeUnit.SECONDS);
        assertPaidOnce(order);
    }

    @Test
    void aReplayedDeliveryHasNoEffect() throws Exception {
        Bought order = shop.paid();
        awaitEnd(order);
        Notice.Delivery replayed = shop.pay.replay(shop.notice(order).id()).get(20, TimeUnit.SECONDS);
        assertThat(replayed.status()).isEqualTo(204);
        assertPaidOnce(order);
        assertThat(shop.events("payment.news", order.id())).isEqualTo(1);
    }

    @Test
    void whatCannotBeStoredIsNotAcknowledged() throws Exception {
        Bought order = shop.prepared();
        try (AutoCloseable _ = shop.backend.lock("pay_notifications_seen")) {
            shop.pay.payOrder(order.number());
            await("a delivery failed", () -> !shop.notice(order).deliveries().isEmpty());
            assertThat(shop.notice(order).deliveries())
                    .allSatisfy(delivery -> assertThat(delivery.accepted()).isFalse());
        }
        assertPaidOnce(order);
    }

    @Test
    void rawNotificationsAreSealed() {
        Bought order = shop.paid();
        assertThat(shop.backend.rows("SELECT data, sealed_data FROM outbox WHERE type = 'payment.news'"
                        + " AND aggregateid = '" + order.id() + "'"))
                .allSatisfy(row -> {
                    assertThat(row.get("data")).isNull();
                    assertThat(row.get("sealed_data")).isNotNull();
                });
    }

    @Test
    void aPaymentThatComesAfterTheCancellationIsPaidBack() {
        Bought order = shop.prepared();
        assertThat(order.cancel().status()).isEqualTo(200);
        shop.pay.payOrder(order.number());
        await("it is paid back", () -> order.refundStatus(0).equals("done"));
        assertThat(shop.events("order.refunded", order.id())).isEqualTo(1);
        assertThat(shop.pay.trade(order.number()).orElseThrow().refunded()).isEqualTo(Shop.PRICE);
        assertThat(order.payment().data().path("refunds")).hasSize(1);
    }

    @Test
    void whatWasPaidForACancelledOrderIsPaidBack() {
        Bought order = shop.paid();
        assertThat(order.cancel().status()).isEqualTo(200);
        await("it is paid back", () -> order.refundStatus(0).equals("done"));
        await("the order knows", () -> shop.events("order.refunded", order.id()) == 1);
        assertThat(shop.pay.trade(order.number()).orElseThrow().refunded()).isEqualTo(Shop.PRICE);
    }

    @Test
    void whileWechatPayIsDownNothingIsHalfDone() {
        Bought order = shop.order();
        shop.backend
                .simulator()
                .control()
                .inject(Fault.always(PREPAY, new Effect.Failure(503, "SYSTEM_ERROR", "down")));
        Answer answer = order.prepay();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo(50320);
        assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(order.status()).isEqualTo("CONFIRMED");
        shop.backend.simulator().control().clearFaults();
        order.pay(order.prepay());
        assertPaidOnce(order);
    }

    @Test
    void whatCannotBePaidSaysWhy() {
        Bought paid = shop.paid();
        assertThat(paid.prepay().code()).isEqualTo(40960);
        Bought cancelled = shop.order();
        cancelled.cancel();
        assertThat(cancelled.prepay().code()).isEqualTo(40961);
        Bought foreign = shop.order();
        assertThat(shop.api()
                        .call("POST", foreign.path("/payment"), paid.token(), null)
                        .code())
                .isEqualTo(40440);
        assertThat(shop.api()
                        .call("POST", "/api/v1/orders/1/payment", paid.token(), null)
                        .code())
                .isEqualTo(40440);
    }

    @Test
    void whatIsPaidButNotHeardOfIsFoundPaidWhenTheBuyerTriesAgain() {
        shop.pay.disturb(NoticeFault.LOSE, 1, 100);
        Bought order = shop.prepared();
        shop.pay.payOrder(order.number());
        assertThat(order.prepay().code()).isEqualTo(40960);
        assertPaidOnce(order);
    }

    /** Every second one is signed by the public key, and every other by the certificate. */
    @Test
    void notificationsSignedByEitherKindOfKeyAreBelievedAlsoWhenTheCertificateChanges() {
        shop.pay.keys().mode(PayMode.BOTH);
        shop.paid();
        shop.paid();
        shop.pay.keys().rotate();
        shop.pay.keys().retire();
        shop.paid();
        shop.paid();
    }

    @Test
    void withoutSettingsPaymentsAreOff() {
        Api off = shop.backend.startServer();
        assertThat(off.call("POST", MerchantSettings.NOTIFICATIONS, null, "{}").code())
                .isEqualTo(50210);
    }
}
