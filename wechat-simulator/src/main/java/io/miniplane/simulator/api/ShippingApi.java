package io.miniplane.simulator.api;

import io.miniplane.simulator.http.ApiRoutes;
import io.miniplane.simulator.http.Call;
import io.miniplane.simulator.http.ErrCode;
import io.miniplane.simulator.http.Json;
import io.miniplane.simulator.http.Refusal;
import io.miniplane.simulator.http.Reply;
import io.miniplane.simulator.world.PaidOrder;
import io.miniplane.simulator.world.PaidOrder.State;
import io.miniplane.simulator.world.Shipping;
import io.miniplane.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Merchants tell how orders are shipped, without which WeChat keeps the money. */
public final class ShippingApi implements ApiFamily {

    private static final String PREFIX = "/wxa/sec/order/";

    private final World world;
    private final Gate gate;

    /** Orders of this world. */
    public ShippingApi(World world) {
        this.world = world;
        this.gate = new Gate(world);
    }

    @Override
    public void register(ApiRoutes routes) {
        gate.post(routes, PREFIX + "upload_shipping_info", this::upload);
        gate.post(routes, PREFIX + "upload_combined_shipping_info", this::uploadCombined);
        gate.post(routes, PREFIX + "notify_confirm_receive", this::remind);
        gate.post(routes, PREFIX + "set_msg_jump_path", this::jumpPath);
        gate.post(routes, PREFIX + "is_trade_managed", this::isManaged);
        gate.post(routes, PREFIX + "is_trade_management_confirmation_completed", this::isCompleted);
        gate.post(routes, PREFIX + "opspecialorder", this::special);
    }

    /** What is said of one order. */
    private record Told(PaidOrder order, Shipping shipping) {}

    private Reply upload(AppCall call) {
        JsonNode body = call.json();
        requireService(call);
        Instant time = ShippingForm.uploadTime(body);
        return accept(List.of(told(call, body, body, time)));
    }

    private Reply uploadCombined(AppCall call) {
        JsonNode body = call.json();
        requireService(call);
        JsonNode parts = body.path("sub_orders");
        if (!parts.isArray()) {
            throw new Refusal(ErrCode.UNPARSEABLE_BODY);
        }
        Instant time = ShippingForm.uploadTime(body);
        OrderKey whole = OrderKey.read(body.path("order_key"));
        List<Told> told = parts.valueStream()
                .map(part -> told(call, body, part, time))
                .filter(part -> whole.isWholeOf(part.order()))
                .toList();
        if (told.isEmpty() || told.size() < parts.size()) {
            throw new Refusal(ErrCode.SHIPPING_ORDER_UNKNOWN);
        }
        return accept(told);
    }

    private Told told(AppCall call, JsonNode body, JsonNode part, Instant time) {
        OrderKey key = OrderKey.read(part.path("order_key"));
        Shipping shipping = ShippingForm.read(part, time);
        PaidOrder order = Orders.of(world, call.appId(), key);
        if (!order.openId().equals(body.path("payer").path("openid").stringValue(""))) {
            throw new Refusal(ErrCode.NOT_THE_PAYER);
        }
        return new Told(order, shipping);
    }

    /** All or nothing: every order is checked before the first is changed. */
    private Reply accept(List<Told> all) {
        all.forEach(told -> changed(told.order(), told.shipping()));
        List<PaidOrder> shipped = new ArrayList<>();
        for (Told told : all) {
            world.orders()
                    .change(told.order().transactionId(), order -> changed(order, told.shipping()))
                    .filter(order -> order.state() == State.SHIPPED)
                    .ifPresent(shipped::add);
        }
        return Reply.ok().after(() -> shipped.forEach(world.settlements()::shipped));
    }

    private static PaidOrder changed(PaidOrder order, Shipping told) {
        Shipping before = order.shipping();
        switch (order.state()) {
            case REFUNDED, FUNDS_PENDING -> throw new Refusal(ErrCode.NOT_SHIPPABLE);
            case RECEIVED, DONE -> throw new Refusal(ErrCode.SHIPPED_ALREADY);
            case TO_SHIP, SHIPPED -> {}
        }
        if (before == null) {
            return order.with(told);
        }
        boolean sameMode = before.mode() == told.mode();
        Shipping after = sameMode && !before.complete() ? before.joinedBy(told) : told;
        if (!told.uploadedAt().isAfter(before.uploadedAt()) || after.saysTheSameAs(before)) {
            throw new Refusal(ErrCode.NOTHING_CHANGED);
        }
        if (sameMode && !before.complete()) {
            return order.with(after);
        }
        if (before.again()) {
            throw new Refusal(ErrCode.SHIPPED_TWICE);
        }
        return order.with(told.onceMore());
    }

    private void requireService(AppCall call) {
        if (!world.tradeRules().isManaged(call.appId())) {
            throw new Refusal(ErrCode.NOT_AUTHORISED);
        }
    }

    private Reply remind(AppCall call) {
        JsonNode body = call.json();
        PaidOrder order = Orders.named(world, call.appId(), body);
        if (body.path("received_time").asLong(0) <= 0) {
            throw new Refusal(ErrCode.SHIPPING_ARGUMENTS);
        }
        if (order.state() != State.SHIPPED) {
            throw new Refusal(ErrCode.NOT_SHIPPABLE);
        }
        return Reply.ok();
    }

    private Reply jumpPath(AppCall call) {
        String path = Call.text(call.json(), "path", ErrCode.SHIPPING_ARGUMENTS);
        world.tradeRules().jumpPath(call.appId(), path);
        return Reply.ok();
    }

    private Reply isManaged(AppCall call) {
        requireOwn(call);
        return Reply.ok(Json.ok().put("is_trade_managed", world.tradeRules().isManaged(call.appId())));
    }

    private Reply isCompleted(AppCall call) {
        requireOwn(call);
        return Reply.ok(Json.ok().put("completed", world.tradeRules().isManaged(call.appId())));
    }

    private static void requireOwn(AppCall call) {
        if (!Call.text(call.json(), "appid", ErrCode.SHIPPING_ARGUMENTS).equals(call.appId())) {
            throw new Refusal(ErrCode.SHIPPING_ARGUMENTS);
        }
    }

    private Reply special(AppCall call) {
        JsonNode body = call.json();
        String id = Call.text(body, "order_id", ErrCode.SHIPPING_ARGUMENTS);
        PaidOrder order = world.orders()
                .find(id)
                .filter(found -> found.appId().equals(call.appId()))
                .orElseThrow(() -> new Refusal(ErrCode.SHIPPING_ORDER_UNKNOWN));
        if (AppCall.number(body, "type", 1, 2, ErrCode.SHIPPING_ARGUMENTS) == 1) {
            Instant until = Instant.ofEpochSecond(body.path("delay_to").asLong(0));
            if (!until.isAfter(world.clock().instant())) {
                throw new Refusal(ErrCode.SHIPPING_ARGUMENTS);
            }
            world.settlements().delay(order.transactionId(), until);
        } else {
            world.orders().change(order.transactionId(), trial -> trial.in(State.DONE));
        }
        return Reply.ok();
    }
}
