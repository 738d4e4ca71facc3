package io.miniplane.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.miniplane.simulator.pay.Notice;
import io.miniplane.simulator.pay.NoticeFault;
import io.miniplane.simulator.pay.PayMode;
import io.miniplane.simulator.pay.Payments;
import io.miniplane.simulator.pay.Refund;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a merchant is told of payments and refunds. */
class PayNoticesTest {

    private final PayClient pay = new PayClient();
    private final Payments payments = pay.control().payments();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    private HttpServer merchant;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile int acknowledgement = 200;

    private record Received(String timestamp, String nonce, String serial, String signature, String body) {

        JsonNode json() {
            return PayClient.json(body);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        pay.control().putUser("alice", null, null, false);
        merchant = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        merchant.createContext("/", this::receive);
        merchant.start();
        payments.notifyAt(
                List.of(URI.create("http://127.0.0.1:" + merchant.getAddress().getPort() + "/pay")));
        payments.pace(0.0001);
    }

    @AfterEach
    void stop() {
        merchant.stop(0);
        pay.close();
    }

    private synchronized void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(
                exchange.getRequestHeaders().getFirst("Wechatpay-Timestamp"),
                exchange.getRequestHeaders().getFirst("Wechatpay-Nonce"),
                exchange.getRequestHeaders().getFirst("Wechatpay-Serial"),
                exchange.getRequestHeaders().getFirst("Wechatpay-Signature"),
                body));
        boolean refused = refusals.getAndDecrement() > 0;
        exchange.sendResponseHeaders(refused ? 500 : acknowledgement, -1);
        exchange.close();
    }

    private Received next() throws InterruptedException {
        Received next = received.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("the next delivery").isNotNull();
        return next;
    }

    private boolean isSigned(Received delivery) {
        return PayClient.signs(
                pay.publicKey(), delivery.timestamp(), delivery.nonce(), delivery.signature(), delivery.body());
    }

    private JsonNode content(Received delivery) {
        return PayClient.json(pay.open(delivery.json().path("resource")));
    }

    private void await(String outTradeNo, Notice.State state) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            if (payments.notices().stream()
                    .anyMatch(notice -> notice.outTradeNo().equals(outTradeNo) && notice.state() == state)) {
                return;
            }
            Thread.sleep(10);
        }
        assertThat(payments.notices()).extracting(Notice::state).contains(state);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void one_acknowledgement_ends_the_deliveries(int status) throws Exception {
        acknowledgement = status;
        refusals.set(2);
        payments.pay(pay.prepay("order-1"));
        await("order-1", Notice.State.ACCEPTED);
        assertThat(received).hasSize(3).allMatch(this::isSigned);
        Received first = next();
        assertThat(first.serial()).isEqualTo(payments.keys().publicKeyId());
        assertThat(first.json().path("event_type").stringValue()).isEqualTo("TRANSACTION.SUCCESS");
        assertThat(first.json().path("resource").path("original_type").stringValue())
                .isEqualTo("transaction");
        assertThat(content(first)).isEqualTo(pay.query("order-1"));
        assertThat(next().json().path("id")).isEqualTo(first.json().path("id"));
    }

    @Test
    void a_merchant_who_never_acknowledges_is_told_16_times() throws Exception {
        payments.pace(0.000001);
        acknowledgement = 401;
        payments.pay(pay.prepay("order-1"));
        await("order-1", Notice.State.GIVEN_UP);
        assertThat(payments.notices().getFirst().deliveries()).hasSize(16);
    }

    @ParameterizedTest
    @EnumSource(
            value = NoticeFault.class,
            names = {"FORGE", "UNKNOWN_SERIAL", "SIGNTEST"})
    void a_delivery_can_be_signed_wrongly(NoticeFault fault) throws Exception {
        refusals.set(1);
        payments.disturb(fault, 1, 1);
        payments.pay(pay.prepay("order-1"));
        assertThat(isSigned(next())).isFalse();
        assertThat(isSigned(next())).isTrue();
    }

    @Test
    void a_delivery_can_tell_what_is_not_true() throws Exception {
        payments.pay(pay.prepay("order-1"));
        next();
        var _ = payments.notifyAgain("order-1", NoticeFault.WRONG_AMOUNT);
        Received amount = next();
        assertThat(isSigned(amount)).isTrue();
        assertThat(content(amount).path("amount").path("total").longValue()).isEqualTo(991);
        var _ = payments.notifyAgain("order-1", NoticeFault.WRONG_MERCHANT);
        assertThat(content(next()).path("mchid").stringValue()).isNotEqualTo(pay.merchantId());
        var _ = payments.notifyAgain("order-1", NoticeFault.WRONG_APP);
        assertThat(content(next()).path("appid").stringValue()).isNotEqualTo(SimulatorClient.APP);
        var _ = payments.notifyAgain("order-1", NoticeFault.WRONG_ORDER);
        assertThat(content(next()).path("out_trade_no").stringValue()).isNotEqualTo("order-1");
        var _ = payments.notifyAgain("order-1", NoticeFault.OLD_TIMESTAMP);
        assertThat(Long.parseLong(next().timestamp())).isLessThan(Instant.now().getEpochSecond() - 500);
        var _ = payments.notifyAgain("order-1", NoticeFault.WRONG_KEY);
        Received sealed = next();
        assertThatThrownBy(() -> content(sealed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_notification_can_be_lost_come_late_twice_and_in_another_order() throws Exception {
        payments.disturb(NoticeFault.REORDER, 1, 1);
        payments.pay(pay.prepay("order-1"));
        payments.disturb(NoticeFault.DUPLICATE, 1, 2);
        payments.pay(pay.prepay("order-2"));
        await("order-1", Notice.State.ACCEPTED);
        List<Received> all = new ArrayList<>(received);
        assertThat(all)
                .extracting(delivery -> content(delivery).path("out_trade_no").stringValue())
                .containsExactly("order-2", "order-2", "order-2", "order-1");
        assertThat(all.get(1)).isEqualTo(all.get(0)).isEqualTo(all.get(2));
        received.clear();
        payments.disturb(NoticeFault.LOSE, 1, 1);
        payments.pay(pay.prepay("order-3"));
        await("order-3", Notice.State.ACCEPTED);
        payments.disturb(NoticeFault.DELAY, 1, 1);
        payments.pay(pay.prepay("order-4"));
        await("order-4", Notice.State.ACCEPTED);
        assertThat(received).hasSize(2);
        payments.replay(payments.notices().getFirst().id()).get(10, TimeUnit.SECONDS);
        List<Received> twice = new ArrayList<>(received);
        assertThat(twice.get(2)).isEqualTo(twice.get(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Refund.Status.class,
            names = {"SUCCESS", "CLOSED", "ABNORMAL"})
    void the_end_of_a_refund_is_told(Refund.Status end) throws Exception {
        payments.refundsTake(Duration.ofMillis(10));
        payments.nextRefundEnds(end);
        payments.pay(pay.prepay("order-1"));
        next();
        String notify = ",'notify_url':'https://shop.example/refunds'";
        pay.call(200, "POST", "/v3/refund/domestic/refunds", pay.refundBody("order-1", "r-1", 990, notify));
        Received told = next();
        assertThat(isSigned(told)).isTrue();
        assertThat(told.json().path("event_type").stringValue()).isEqualTo("REFUND." + end);
        JsonNode content = content(told);
        assertThat(content.path("refund_status").stringValue()).isEqualTo(end.name());
        assertThat(content.path("amount").path("refund").longValue()).isEqualTo(990);
        assertThat(content.has("success_time")).isEqualTo(end == Refund.Status.SUCCESS);
    }

    @Test
    void a_merchant_who_changes_to_the_public_key_is_told_by_both_keys() throws Exception {
        payments.keys().mode(PayMode.BOTH);
        payments.pay(pay.prepay("order-1"));
        payments.pay(pay.prepay("order-2"));
        assertThat(List.of(next().serial(), next().serial()))
                .containsExactlyInAnyOrder(
                        payments.keys().publicKeyId(), payments.keys().serials().getFirst());
    }
}
