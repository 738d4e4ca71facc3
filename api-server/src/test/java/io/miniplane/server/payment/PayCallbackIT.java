package io.miniplane.server.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.miniplane.server.payment.Shop.Bought;
import io.miniplane.server.stage.TestContainer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The container is told what WeChat Pay notified, once, however often that came. */
class PayCallbackIT {

    private static final String PAY = "/wechat/pay";

    @Test
    void theContainerIsToldOfAPaymentAsWechatPayWroteIt(@TempDir Path keys) {
        try (TestContainer container = new TestContainer();
                Shop shop = new Shop(
                        keys,
                        1,
                        "--miniplane.payments.look=1h",
                        "--miniplane.gateway.upstream-url=" + container.url(),
                        "--miniplane.gateway.callbacks.pay.path=" + PAY)) {
            Bought order = shop.paid();
            Shop.await("the container is told", () -> !container.taken(PAY).isEmpty());
            List<TestContainer.Posted> told = container.taken(PAY);
            assertThat(told).hasSize(1);
            JsonNode resource = JsonMapper.shared().readTree(told.getFirst().body());
            assertThat(resource.path("out_trade_no").asString()).isEqualTo(order.number());
            assertThat(resource.path("trade_state").asString()).isEqualTo("SUCCESS");
            assertThat(told.getFirst().headers()).containsEntry("X-WX-SOURCE", "wx_pay");
        }
    }
}
