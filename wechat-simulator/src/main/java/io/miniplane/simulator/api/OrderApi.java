package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.Shipping;
import io.miniplane.simulator.world.World;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells merchants how far their orders are. */
public final class OrderApi implements ApiFamily {

    private static final int LARGEST_PAGE = 100;
    private static final int LAST_STATE = 6;

    private final World world;
    private final Gate gate;

    /** Orders of this world. */
    public OrderApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, "/wxa/sec/order/get_order", this::order);
        gate.post(routes, "/wxa/sec/order/get_order_list", this::list);
    }

    private Reply order(AppCall call) {
        world.settlements().settleDue();
        ObjectNode reply = Json.ok();
        reply.set("order", describe(Orders.named(world, call.appId(), call.json())));
        return Reply.ok(reply);
    }

    private Reply list(AppCall call) {
        world.settlements().settleDue();
        JsonNode body = call.json();
        int size = body.has("page_size")
                ? AppCall.number(body, "page_size", 1, LARGEST_PAGE, ErrCode.SHIPPING_ARGUMENTS)
                : LARGEST_PAGE;
        List<PaidOrder> all = world.orders().of(call.appId()).stream()
                .filter(world.tradeRules()::knows)
                .filter(wish(body))
                .toList();
        int start = start(all, AppCall.optional(body, "last_index", ErrCode.SHIPPING_ARGUMENTS));
        List<PaidOrder> page = all.stream().skip(start).limit(size).toList();
        ObjectNode reply = Json.ok()
                .put("last_index", page.isEmpty() ? "" : page.getLast().transactionId())
                .put("has_more", start + page.size() < all.size());
        ArrayNode orders = reply.putArray("order_list");
        page.forEach(order -> orders.add(describe(order)));
        return Reply.ok(reply);
    }

    private static Predicate<PaidOrder> wish(JsonNode body) {
        long begin = body.path("pay_time_range").path("begin_time").asLong(0);
        long end = body.path("pay_time_range").path("end_time").asLong(Long.MAX_VALUE);
        String openId = AppCall.optional(body, "openid", ErrCode.SHIPPING_ARGUMENTS);
        int state = body.has("order_state")
                ? AppCall.number(body, "order_state", 1, LAST_STATE, ErrCode.SHIPPING_ARGUMENTS)
                : 0;
        return order -> order.paidAt().getEpochSecond() >= begin
                && order.paidAt().getEpochSecond() <= end
                && (openId.isEmpty() || openId.equals(order.openId()))
                && (state == 0 || state == order.state().number());
    }

    private static int start(List<PaidOrder> all, String lastIndex) {
        if (lastIndex.isEmpty()) {
            return 0;
        }
        List<String> ids = all.stream().map(PaidOrder::transactionId).toList();
        if (!ids.contains(lastIndex)) {
            throw new Refusal(ErrCode.SHIPPING_ARGUMENTS);
        }
        return ids.indexOf(lastIndex) + 1;
    }

    private static ObjectNode describe(PaidOrder order) {
        ObjectNode described = Json.object()
                .put("transaction_id", order.transactionId())
                .put("merchant_id", order.merchantId())
                .put("sub_merchant_id", "")
                .put("merchant_trade_no", order.outTradeNo())
                .put("description", order.description())
                .put("paid_amount", order.amount())
                .put("openid", order.openId())
                .put("trade_create_time", order.paidAt().getEpochSecond())
                .put("pay_time", order.paidAt().getEpochSecond())
                .put("order_state", order.state().number())
                .put("in_complaint", false);
        Shipping shipping = order.shipping();
        if (shipping != null) {
            described.set("shipping", describe(shipping));
        }
        return described;
    }

    private static ObjectNode describe(Shipping shipping) {
        ObjectNode described = Json.object()
                .put("delivery_mode", shipping.mode())
                .put("logistics_type", shipping.logistics())
                .put("finish_shipping", shipping.complete())
                .put("finish_shipping_count", finishes(shipping));
        ArrayNode parcels = described.putArray("shipping_list");
        shipping.parcels()
                .forEach(parcel -> parcels.addObject()
                        .put("tracking_no", parcel.trackingNumber())
                        .put("express_company", parcel.company())
                        .put("goods_desc", parcel.goods())
                        .put("upload_time", shipping.uploadedAt().getEpochSecond()));
        return described;
    }

    private static int finishes(Shipping shipping) {
        if (!shipping.complete()) {
            return 0;
        }
        return shipping.again() ? 2 : 1;
    }
}
