package io.miniplane.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.payment.Shop.Bought;
import io.miniplane.simulator.SimulatorOptions;
import io.miniplane.simulator.control.TradeControl;
import io.miniplane.simulator.http.RequestLog;
import io.miniplane.simulator.push.PushCallback;
import io.miniplane.simulator.push.PushFormat;
import io.miniplane.simulator.push.PushMode;
import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.PaidOrder.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the parcel to the money: what WeChat is told of shipping, and what it says when the buyer has the goods. */
class ShippingIT {

    private static final String APP = SimulatorOptions.TRIAL_APP_ID;
    private static final String UPLOAD = "/wxa/sec/order/upload_shipping_info";
    private static final String TOKEN = "ShippingToken1";
    private static final String KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private Shop shop;
    private TradeControl trade;

    @BeforeEach
    void open(@TempDir Path keys) {
        shop = new Shop(
                keys,
                1,
                "--miniplane.wechat.message-push.token=" + TOKEN,
                "--miniplane.wechat.message-push.encoding-aes-key=" + KEY);
        trade = shop.backend.simulator().control().trade();
        PushCallback callback = PushCallback.of(
                shop.api().base().resolve("/api/v1/wechat/push"), TOKEN, KEY, PushMode.Safe, PushFormat.JSON);
        shop.backend
                .simulator()
                .control()
                .pushes()
                .configure(APP, callback)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void ship(Bought order, Map<String, String> how) {
        assertThat(shop.api()
                        .call("PUT", order.path("/shipment"), shop.issuer.token("oli"), how)
                        .status())
                .isEqualTo(200);
    }

    private static Map<String, String> by(String carrier) {
        return Map.of("logistics", "EXPRESS", "carrier", carrier, "trackingNumber", "YT0001");
    }

    private PaidOrder known() {
        return trade.orders(APP).getFirst();
    }

    private void awaitShipped() {
        Shop.await("WeChat knows the shipping", () -> known().state() == State.SHIPPED);
    }

    private List<Map<String, Object>> letters() {
        return shop.backend.rows("SELECT attempts, last_error FROM queue_messages WHERE queue = 'payments.shipments'"
                + " AND dead_at IS NOT NULL");
    }

    @Test
    void anOrderIsToldWhenItIsShippedAndCompletedWhenTheBuyerHasIt() {
        Bought order = shop.paid();
        ship(order, by("YTO"));
        awaitShipped();
        assertThat(known().shipping().parcels()).singleElement().satisfies(parcel -> {
            assertThat(parcel.company()).isEqualTo("YTO");
            assertThat(parcel.trackingNumber()).isEqualTo("YT0001");
            assertThat(parcel.goods()).isEqualTo("龙井茶");
        });
        assertThat(order.status()).isEqualTo("SHIPPED");
        trade.confirm(known().transactionId());
        Shop.await("the order is completed", () -> order.status().equals("COMPLETED"));
        assertThat(shop.events("order.completed", order.id())).isEqualTo(1);
    }

    @Test
    void aPaymentThatTheShippingCallsDoNotKnowYetIsToldAgain() {
        trade.unknownFor(Duration.ofSeconds(3));
        Bought order = shop.paid();
        ship(order, Map.of("logistics", "PICK_UP"));
        awaitShipped();
        assertThat(shop.backend.simulator().control().requests().calls().stream()
                        .filter(call -> call.path().equals(UPLOAD))
                        .map(RequestLog.Entry::outcome))
                .contains("10060001")
                .endsWith("ok");
        assertThat(letters()).isEmpty();
    }

    @Test
    void whatWechatKnowsAlreadyIsNoError() {
        Bought order = shop.paid();
        trade.put(known().transactionId(), State.RECEIVED);
        ship(order, by("YTO"));
        Shop.await(
                "WeChat was told",
                () -> shop.backend.simulator().control().requests().count(UPLOAD) == 1);
        Shop.await("the queue is empty", () -> waiting() == 0);
        assertThat(letters()).isEmpty();
    }

    private long waiting() {
        return shop.backend
                .rows("SELECT 1 FROM queue_messages WHERE queue = 'payments.shipments'")
                .size();
    }

    @Test
    void whatWechatNeverTakesIsADeadLetterThatSaysWhatToDo() {
        Bought order = shop.paid();
        ship(order, by("SF"));
        Shop.await("there is a dead letter", () -> !letters().isEmpty());
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter).containsEntry("attempts", 1);
            assertThat((String) letter.get("last_error"))
                    .contains(order.id(), "for SF, the buyer's phone number", "发货管理");
        });
        assertThat(shop.backend.simulator().control().requests().count(UPLOAD)).isZero();
    }

    @Test
    void aMiniProgramWhoseMoneyIsNotHeldTellsNothing() {
        trade.manage(APP, false);
        ship(shop.paid(), by("YTO"));
        Shop.await(
                "WeChat was asked",
                () -> shop.backend.simulator().control().requests().count(UPLOAD) == 1);
        Shop.await("the queue is empty", () -> waiting() == 0);
        assertThat(letters()).isEmpty();
    }
}
