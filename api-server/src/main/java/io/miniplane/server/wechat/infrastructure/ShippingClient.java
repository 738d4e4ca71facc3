package io.miniplane.server.wechat.infrastructure;

import io.miniplane.server.wechat.CombinedShipment;
import io.miniplane.server.wechat.OrderName;
import io.miniplane.server.wechat.OrderPage;
import io.miniplane.server.wechat.OrderQuery;
import io.miniplane.server.wechat.Shipment;
import io.miniplane.server.wechat.ShippedOrder;
import io.miniplane.server.wechat.ShippingInfo;
import io.miniplane.server.wechat.SpecialOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Tells and reads shipping by WeChat's {@code /wxa/sec/order} calls. */
final class ShippingClient implements ShippingInfo {

    private static final int PRESALE = 1;
    private static final int TRIAL = 2;

    private final AuthorisedCalls calls;
    private final String appId;

    ShippingClient(AuthorisedCalls calls, String appId) {
        this.calls = calls;
        this.appId = appId;
    }

    @Override
    public Mono<Told> upload(Shipment shipment) {
        return tell(Endpoint.UPLOAD_SHIPPING_INFO, ShippingFields.of(shipment));
    }

    @Override
    public Mono<Told> upload(CombinedShipment shipment) {
        return tell(Endpoint.UPLOAD_COMBINED_SHIPPING_INFO, ShippingFields.of(shipment));
    }

    private Mono<Told> tell(Endpoint endpoint, Fields body) {
        return calls.send(
                call(endpoint, body).welcoming(ShippingErrcodes.KNOWN_ALREADY.keySet()),
                reply -> ShippingErrcodes.KNOWN_ALREADY.getOrDefault(
                        reply.path("errcode").asInt(0), Told.ACCEPTED));
    }

    @Override
    public Mono<ShippedOrder> order(OrderName order) {
        return send(Endpoint.GET_ORDER, ShippingFields.name(order)).map(reply -> order(Answers.object(reply, "order")));
    }

    @Override
    public Mono<OrderPage> orders(OrderQuery query) {
        return send(Endpoint.GET_ORDER_LIST, ShippingFields.of(query)).map(ShippingClient::page);
    }

    @Override
    public Mono<Void> remindOfReceipt(OrderName order, Instant receivedAt) {
        Fields body = ShippingFields.name(order).and("received_time", receivedAt.getEpochSecond());
        return send(Endpoint.NOTIFY_CONFIRM_RECEIVE, body).then();
    }

    @Override
    public Mono<Void> openFromMessages(String path) {
        return send(Endpoint.SET_MSG_JUMP_PATH, Fields.with("path", path)).then();
    }

    @Override
    public Mono<Boolean> isManaged() {
        return send(Endpoint.IS_TRADE_MANAGED, Fields.with("appid", appId))
                .map(reply -> Answers.flag(reply, "is_trade_managed"));
    }

    @Override
    public Mono<Boolean> isConfirmationComplete() {
        return send(Endpoint.IS_TRADE_MANAGEMENT_CONFIRMATION_COMPLETED, Fields.with("appid", appId))
                .map(reply -> Answers.flag(reply, "completed"));
    }

    @Override
    public Mono<Void> except(SpecialOrder order) {
        Fields body = Fields.with("order_id", order.number());
        return send(
                        Endpoint.OPSPECIALORDER,
                        switch (order) {
                            case SpecialOrder.Presale(var number, var until) ->
                                body.and("type", PRESALE).and("delay_to", until.getEpochSecond());
                            case SpecialOrder.Trial(var number) -> body.and("type", TRIAL);
                        })
                .then();
    }

    private Mono<JsonNode> send(Endpoint endpoint, Fields body) {
        return calls.send(call(endpoint, body), reply -> reply);
    }

    private static WechatCall call(Endpoint endpoint, Fields body) {
        return WechatCall.post(endpoint, body.map(), ShippingErrcodes::failure);
    }

    private static OrderPage page(JsonNode reply) {
        @Nullable String next = reply.path("has_more").asBoolean(false) ? Answers.text(reply, "last_index") : null;
        return new OrderPage(Answers.list(reply, "order_list", ShippingClient::order), next);
    }

    private static ShippedOrder order(JsonNode order) {
        return new ShippedOrder(
                Answers.text(order, "transaction_id"),
                new OrderName.Trade(Answers.text(order, "merchant_id"), Answers.text(order, "merchant_trade_no")),
                Answers.text(order, "openid"),
                order.path("paid_amount").asLong(0),
                Answers.optionalMoment(order, "pay_time"),
                ShippedOrder.State.of(order.path("order_state").asInt(0)),
                order.path("shipping")
                        .path("shipping_list")
                        .valueStream()
                        .map(parcel -> parcel.path("tracking_no").asString(""))
                        .filter(number -> !number.isEmpty())
                        .toList());
    }
}
