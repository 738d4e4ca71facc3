package io.miniplane.simulator.control;

import static io.miniplane.simulator.control.ControlRoutes.done;
import static io.miniplane.simulator.control.Orders.required;

import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.PaidOrder.State;
import io.miniplane.simulator.world.PaidOrders.Sale;
import io.miniplane.simulator.world.RandomText;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Orders over HTTP. */
final class TradeControlApi implements ControlFamily {

    private final TradeControl control;

    TradeControlApi(TradeControl control) {
        this.control = control;
    }

    record NewOrder(
            @Nullable String appId,
            @Nullable String openId,
            @Nullable String merchantId,
            @Nullable String outTradeNo,
            @Nullable String combinedTradeNo,
            @Nullable String description,
            @Nullable Long amount) {

        Sale sale() {
            return new Sale(
                    merchantId == null ? "1900000001" : merchantId,
                    outTradeNo == null ? RandomText.letters(20) : outTradeNo,
                    description == null ? "Tea" : description,
                    amount == null ? 100 : amount);
        }
    }

    record NewState(@Nullable Integer state) {

        State chosen() {
            int number = required(state, "state");
            return Stream.of(State.values())
                    .filter(candidate -> candidate.number() == number)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("The \"state\" of an order is from 1 to 6."));
        }
    }

    record Rules(
            @Nullable String appId,
            @Nullable Boolean managed,
            @Nullable Long unknownSeconds) {}

    @Override
    public void register(ControlRoutes routes) {
        routes.post("/_control/orders", NewOrder.class, this::pay);
        routes.put(
                "/_control/orders/{transactionId}",
                "transactionId",
                NewState.class,
                (id, order) -> tell(control.put(id, order.chosen())));
        routes.put(
                "/_control/orders/{transactionId}/receipt",
                "transactionId",
                Object.class,
                (id, order) -> tell(control.confirm(id)));
        routes.put("/_control/trade-rules", Rules.class, order -> done(() -> rule(order)));
    }

    private JsonNode pay(NewOrder order) {
        return tell(control.pay(
                required(order.appId(), "appId"),
                required(order.openId(), "openId"),
                order.sale(),
                Optional.ofNullable(order.combinedTradeNo())));
    }

    private void rule(Rules order) {
        if (order.unknownSeconds() != null) {
            control.unknownFor(Duration.ofSeconds(order.unknownSeconds()));
        }
        if (order.managed() != null) {
            control.manage(required(order.appId(), "appId"), order.managed());
        }
    }

    private static JsonNode tell(PaidOrder order) {
        return Json.object()
                .put("transactionId", order.transactionId())
                .put("merchantId", order.merchantId())
                .put("outTradeNo", order.outTradeNo())
                .put("openId", order.openId())
                .put("paidAt", order.paidAt().toString())
                .put("state", order.state().number());
    }
}
