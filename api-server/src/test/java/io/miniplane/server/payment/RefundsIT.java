package io.miniplane.server.payment;

import static io.miniplane.server.payment.Shop.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.payment.Shop.Bought;
import io.miniplane.server.stage.Api.Answer;
import io.miniplane.simulator.pay.Refund;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What staff pays back. */
class RefundsIT {

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

    @Test
    void staffPaysBackAPartAndThenTheRest() {
        Bought order = shop.paid();
        double paid = counted("paid");
        Answer part = order.refund(500);
        assertThat(part.status()).isEqualTo(201);
        assertThat(part.data().path("status").asString()).isEqualTo("requested");
        await("the part is paid back", () -> order.refundStatus(0).equals("done"));
        assertThat(order.status()).isEqualTo("PAID");
        assertThat(counted("paid")).as("orders that came to be paid").isEqualTo(paid);

        Answer more = order.refund(2001);
        assertThat(more.code()).isEqualTo(40965);
        assertThat(more.message()).contains("2000").doesNotContain("2,000");
        assertThat(order.refund(2000).status()).isEqualTo(201);
        await(
                "it waits for the minute",
                () -> order.payment().data().path("refunds").size() == 2);
        shop.backend.simulator().control().advance(Duration.ofSeconds(61));
        await("all is paid back", () -> order.status().equals("REFUNDED"));
        assertThat(order.refund(1).code()).isEqualTo(40965);
        assertThat(shop.pay.trade(order.number()).orElseThrow().refunded()).isEqualTo(Shop.PRICE);
    }

    @Test
    void oneKeyMakesOneRefundHoweverOftenItIsAskedFor() {
        Bought order = shop.paid();
        String key = UUID.randomUUID().toString();
        var asked = IntStream.range(0, 12)
                .mapToObj(i -> shop.servers
                        .get(i % 2)
                        .start(
                                "POST",
                                order.path("/refunds"),
                                shop.issuer.token("oli"),
                                Map.of("amount", 500, "reason", "少发一件"),
                                "Idempotency-Key",
                                key))
                .toList();
        assertThat(asked.stream()
                        .map(answer -> answer.join().data().path("id").asString())
                        .distinct())
                .hasSize(1);
        assertThat(order.refund(501, "Idempotency-Key", key).code()).isEqualTo(40930);
        assertThat(order.payment().data().path("refunds")).hasSize(1);
    }

    @Test
    void refundsAtTheSameTimeNeverExceedThePayment() {
        Bought order = shop.paid();
        var asked = IntStream.range(0, 10)
                .mapToObj(i -> shop.servers
                        .get(i % 2)
                        .start(
                                "POST",
                                order.path("/refunds"),
                                shop.issuer.token("oli"),
                                Map.of("amount", 1000, "reason", "少发一件")))
                .toList();
        assertThat(asked.stream().filter(answer -> answer.join().status() == 201))
                .hasSize(2);
        assertThat(asked.stream().filter(answer -> answer.join().code() == 40965))
                .hasSize(8);
    }

    @Test
    void aRefundThatIsNotMadeCanBeMadeAnew() {
        Bought order = shop.paid();
        shop.pay.nextRefundEnds(Refund.Status.CLOSED);
        order.refund(Shop.PRICE);
        await("it failed", () -> order.refundStatus(0).equals("failed"));
        assertThat(order.status()).isEqualTo("PAID");
        assertThat(order.refund(Shop.PRICE).status()).isEqualTo(201);
    }

    @Test
    void whoCancelsDuringARefundThatFailsIsPaidBackAllTheSame() {
        Bought order = shop.paid();
        shop.pay.nextRefundEnds(Refund.Status.CLOSED);
        order.refund(Shop.PRICE);
        order.cancel();
        await("it failed", () -> order.refundStatus(0).equals("failed"));
        shop.backend.simulator().control().advance(Duration.ofSeconds(61));
        await("the money is back", () -> order.status().equals("REFUNDED"));
    }

    @Test
    void aLongReasonIsCutForWeChatPayWhichCountsBytes() {
        Bought order = shop.paid();
        assertThat(shop.api()
                        .call(
                                "POST",
                                order.path("/refunds"),
                                shop.issuer.token("oli"),
                                Map.of("amount", 500, "reason", "少发一件".repeat(20)))
                        .status())
                .isEqualTo(201);
        await("it is done", () -> order.refundStatus(0).equals("done"));
    }

    @Test
    void aRefundThatTheCardDoesNotTakeIsLeftToStaff() {
        Bought order = shop.paid();
        shop.pay.nextRefundEnds(Refund.Status.ABNORMAL);
        order.refund(Shop.PRICE);
        await("it is stuck", () -> order.refundStatus(0).equals("stuck"));
        assertThat(shop.api()
                        .call("PUT", order.path("/shipment"), shop.issuer.token("oli"), Map.of("logistics", "PICK_UP"))
                        .code())
                .isEqualTo(40935);
        assertThat(order.refund(1).code()).isEqualTo(40965);
    }

    @Test
    void onlyWhatIsPaidIsPaidBackAndOnlyByThoseWhoRunTheShop() {
        Bought order = shop.prepared();
        assertThat(order.refund(1).code()).isEqualTo(40964);
        assertThat(shop.order().refund(1).code()).isEqualTo(40461);
        assertThat(order.refund(0).code()).isEqualTo(40000);
        assertThat(shop.api()
                        .call(
                                "POST",
                                order.path("/refunds"),
                                shop.issuer.token("sue"),
                                Map.of("amount", 1, "reason", "x"))
                        .status())
                .isEqualTo(403);
    }

    private static double counted(String status) {
        return shop.servers.stream()
                .mapToDouble(server -> server.counted("miniplane_orders_total", status))
                .sum();
    }
}
